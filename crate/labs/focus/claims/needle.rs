//! One key that matches among n that do not, and decay, which does not read keys at all.

use crate::experiment::parameter::text;
use crate::labs::focus::{
    papers::{ARTICLE, ENTMAX, LINEAR, RETENTION, TOPK},
    said::{claim, note, shown},
    settings::Reader,
    state::{Focus, Measure},
};
use crate::math::concentration::decay;
use crate::runtime::readout::Readout;

/// Values that a recurrence and a sum are compared on.
const RECURRED: usize = 512;

pub fn all(lab: &Focus, at: usize) -> Vec<Readout> {
    let mut all = needle(lab, at);
    all.extend(decaying(lab, at));
    all
}

fn needle(lab: &Focus, at: usize) -> Vec<Readout> {
    let reader = lab.settings.reader;
    let n = lab.settings.keys(at) as f64;
    let mean = lab.mean(at, Measure::Needle);
    let value = mean.map(|mean| mean.value);
    let open = mean.map_or(0.0, |mean| mean.open);
    let (gamma, margin) = lab.scaled(reader, n);
    let weight = claim(
        "needle_weight",
        text("The needle’s weight among n keys, measured", "针在 n 个键中的权重，实测"),
        ARTICLE,
    );
    let theory = claim(
        "needle_theory",
        text("f(β+m)/(f(β+m) + n E f), beside the exact mean", "f(β+m)/(f(β+m) + n E f)，对照精确平均"),
        ARTICLE,
    );
    match reader {
        Reader::Exp
        | Reader::Relu2
        | Reader::Relu
        | Reader::Identity
        | Reader::Elu1
        | Reader::Softplus
        | Reader::Logn => {
            let law = lab.law(reader, n);
            let exact = law.as_ref().map_or(f64::NAN, |law| law.needle(n, margin));
            let formula =
                law.as_ref().map(|law| law.needle_formula(n, margin, gamma)).filter(|x| x.is_finite());
            vec![
                weight.equals(
                    value,
                    exact,
                    open + 1e-7,
                    note(
                        format!("One key of margin m = {} among {} others. Expected: the exact mean at this n.", shown(lab.settings.margin), shown(n)),
                        format!("{1} 个键之外再加一个优势 m = {0} 的键。期望值：这个 n 下精确的平均值。", shown(lab.settings.margin), shown(n)),
                    ),
                ),
                theory.equals(
                    formula,
                    exact,
                    0.1 * exact + 1e-6,
                    note(
                        "For softmax eᵐ/(eᵐ + n exp(γ²/2)). Depends: holds where the sum of the others stays near its mean, that is, for γ well below √(2 ln n).",
                        "对 softmax 即 eᵐ/(eᵐ + n exp(γ²/2))。看情况：其余各项之和接近其均值时成立，即 γ 远低于 √(2 ln n) 时。",
                    ),
                ),
            ]
        }
        Reader::Decay => {
            let share = decay::share(lab.settings.lambda, n + 1.0, n);
            let says = || {
                note(
                    "The needle stands at the beginning of the text, n places back. Decay does not read keys: the margin changes nothing.",
                    "针在文本开头，往回 n 个位置。衰减不看键的内容：优势再大也无济于事。",
                )
            };
            vec![
                weight.equals(value, share, 1e-12, says()),
                theory.equals(Some(share), value.unwrap_or(f64::NAN), 1e-12, says()),
            ]
        }
        Reader::Topk | Reader::Entmax => {
            let soft = lab.law(Reader::Exp, n).map_or(f64::NAN, |law| law.needle(n, lab.settings.margin));
            let says = || {
                note(
                    "Expected: at least what softmax gives it. Depends: a needle that does not stick out is not seen at all.",
                    "期望值：至少不低于 softmax 给它的权重。看情况：不够突出的针根本看不见。",
                )
            };
            let reference = if reader == Reader::Topk { TOPK } else { ENTMAX };
            vec![
                claim(
                    "needle_weight",
                    text("The needle’s weight among n keys, measured", "针在 n 个键中的权重，实测"),
                    reference,
                )
                .above(value, soft - 1e-9, says()),
                theory.below(None, 1.0, says()),
            ]
        }
    }
}

fn decaying(lab: &Focus, at: usize) -> Vec<Readout> {
    let n = lab.settings.keys(at);
    let lambda = lab.settings.lambda;
    let (sum, squares) =
        decay::weights(lambda).take(n).fold((0.0, 0.0), |(sum, squares), a| (sum + a, squares + a * a));
    let measured = sum * sum / squares;
    let known = decay::tokens(lambda, n as f64);
    let ever = (1.0 + lambda) / (1.0 - lambda);
    let bench = lab.bench(at);
    let values: Vec<f64> = bench.keys().iter().take(RECURRED).map(|e| f64::from(*e)).collect();
    let (quadratic, recurrent) = (decay::quadratic(lambda, &values), decay::recurrent(lambda, &values));
    vec![
        claim(
            "decay_tokens",
            text("Decay: effective tokens of λ^{back}", "衰减：λ^{距离} 的有效词数"),
            RETENTION,
        )
        .equals(
            Some(measured),
            known,
            1e-9 * known,
            note(
                format!(
                    "λ = {}: (1 + λ)/(1 − λ) = {} tokens, however long the text grows.",
                    shown(lambda),
                    shown(ever)
                ),
                format!("λ = {}：(1 + λ)/(1 − λ) = {} 个词，无论文本多长。", shown(lambda), shown(ever)),
            ),
        ),
        claim(
            "decay_recurrent",
            text("A state of one number says the same as the whole sum", "只存一个数的状态，与整个求和一致"),
            LINEAR,
        )
        .equals(
            Some(recurrent),
            quadratic,
            1e-10 * (1.0 + values.iter().map(|v| v.abs()).sum::<f64>()),
            note(
                format!("s ← λs + v over {} values, beside Σ λ^{{back}} v.", values.len()),
                format!("对 {} 个值做 s ← λs + v，对照 Σ λ^{{距离}} v。", values.len()),
            ),
        ),
    ]
}
