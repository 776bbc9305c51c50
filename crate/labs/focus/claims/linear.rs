//! Linear attention with features: σ/μ, the shape of the query, and the sentence about d that the article has the wrong way round.

use std::f64::consts::PI;

use crate::experiment::parameter::text;
use crate::labs::focus::{
    papers::{ARTICLE, LINEAR},
    said::{claim, note, shown},
    state::Focus,
};
use crate::math::concentration::features::{self, Features};
use crate::runtime::readout::Readout;

pub fn all(lab: &Focus, at: usize) -> Vec<Readout> {
    let settings = &lab.settings;
    let (d, shape) = (settings.d, settings.shape);
    let norms = features::norm_ratio(d, shape);
    let s = lab.linear_formula(d, shape);
    let one_hot = lab.linear_formula(d, 1.0);
    let (measured, open) = lab.linear(at);
    let wide = 4 * d;
    let squares: f64 = features::query(d, shape).map(|q| q * q).sum();
    let sum: f64 = features::query(d, shape).sum();
    vec![
        ratio(settings.features),
        claim("linear_concentration", text("S of linear attention q̃·k̃, measured", "线性注意力 q̃·k̃ 的 S，实测"), ARTICLE).equals(
            Some(measured),
            s,
            open,
            note(
                format!("On {} keys of {d} coordinates. Expected: 1/√(1 + (σ/μ)² (|q̃|₂/|q̃|₁)²).", lab.linear_keys(at)),
                format!("取 {} 个 {d} 维的键。期望值：1/√(1 + (σ/μ)² (|q̃|₂/|q̃|₁)²)。", lab.linear_keys(at)),
            ),
        ),
        claim("query_norms", text("|q̃|₂/|q̃|₁ lies between 1/√d and 1", "|q̃|₂/|q̃|₁ 介于 1/√d 与 1 之间"), ARTICLE).equals(
            Some(squares.sqrt() / sum),
            norms.clamp(1.0 / (d as f64).sqrt(), 1.0),
            1e-12,
            note(
                format!("Flat: 1/√d = {}; one-hot: 1. √d is the largest of the inverse, |q̃|₁/|q̃|₂.", shown(1.0 / (d as f64).sqrt())),
                format!("平坦时 1/√d = {}，独热时 1。√d 是倒数 |q̃|₁/|q̃|₂ 的最大值。", shown(1.0 / (d as f64).sqrt())),
            ),
        ),
        claim("article_dimension", text("The article: a larger d makes it sparser (4d beside d)", "文章：d 越大越稀疏（4d 对照 d）"), ARTICLE).below(
            Some(lab.linear_formula(wide, shape)),
            s,
            note(
                "Fails: with a flat query a larger d makes attention flatter, with a one-hot one it changes nothing. The article takes √d for the largest |q̃|₂/|q̃|₁.",
                "不成立：查询平坦时，d 越大注意力越平；独热时毫无影响。文章把 √d 当成了 |q̃|₂/|q̃|₁ 的最大值。",
            ),
        ),
        claim("one_hot_floor", text("Ours: a one-hot query is sparsest, whatever d", "我们：独热的查询最稀疏，与 d 无关"), ARTICLE).above(
            Some(s),
            one_hot - 1e-12,
            note(
                format!("1/√(1 + (σ/μ)²) = {} is the floor of this feature map; only a larger σ/μ lowers it.", shown(one_hot)),
                format!("1/√(1 + (σ/μ)²) = {} 是这个特征映射的下限；只有更大的 σ/μ 才能降低它。", shown(one_hot)),
            ),
        ),
    ]
}

fn ratio(map: Features) -> Readout {
    let closed = map.closed_ratio();
    let [mean, deviation] = map.moments();
    let summed = if closed.is_some() { deviation / mean } else { trapezoid(map) };
    claim("feature_ratio", text("σ/μ of the feature map on N(0, 1)", "特征映射在 N(0, 1) 上的 σ/μ"), LINEAR)
        .equals(
            Some(map.ratio()),
            summed,
            1e-9,
            match closed {
                Some(_) => note("Closed form, beside quadrature.", "解析式，对照数值求积。"),
                None => {
                    note("No closed form: two rules of quadrature.", "没有解析式：两种数值求积互相对照。")
                }
            },
        )
}

/// σ/μ by the trapezoid rule, which is exact to rounding for what is smooth.
fn trapezoid(map: Features) -> f64 {
    let moment = |power: i32| -> f64 {
        let each = (-640..=640).map(|k| f64::from(k) / 64.0);
        each.map(|x| map.at(x).powi(power) * libm::exp(-x * x / 2.0)).sum::<f64>() / 64.0 / (2.0 * PI).sqrt()
    };
    let mean = moment(1);
    (moment(2) - mean * mean).sqrt() / mean
}
