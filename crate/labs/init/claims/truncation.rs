//! The cut normal law, and activations tuned to mean 0 and second moment 1.

use crate::experiment::parameter::text;
use crate::labs::init::{
    papers::{ARTICLE, SELU},
    said::{claim, note, shown},
    state::{Born, DRAWN},
};
use crate::math::statistics::Moments;
use crate::runtime::readout::Readout;
use crate::signal::{
    activation::{self, bent},
    law::{cut_variance, kept},
};

use super::{bounded, finite};

pub fn all(lab: &Born) -> Vec<Readout> {
    let mut all = cut(lab);
    all.extend(tuned(lab));
    all
}

/// The mean of some numbers, and five deviations of it.
fn mean_of(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let moments = Moments::of(values);
    (moments.mean, 5.0 * moments.deviation() / (moments.count as f64).sqrt())
}

fn cut(lab: &Born) -> Vec<Readout> {
    let at = lab.settings.cut;
    let variance = cut_variance(at);
    let (measured, open) = mean_of(lab.cut_draws().iter().map(|x| x * x));
    let (inside, inside_open) =
        mean_of(lab.tried().iter().map(|x| f64::from(u8::from(f64::from(x.abs()) < at))));
    let root = variance.sqrt();
    let says = || {
        note(
            format!(
                "Expected: of {DRAWN} draws. Who asks such a sampler for 1/m gets {} of it.",
                shown(variance)
            ),
            format!("期望值：来自 {DRAWN} 次抽样。向这样的采样器要 1/m，只得到它的 {}。", shown(variance)),
        )
    };
    vec![
        claim(
            "truncation_variance",
            text(
                "Variance of a normal law cut at ±c, 1 − 2cφ(c)/(2Φ(c) − 1)",
                "在 ±c 截断的正态分布的方差，1 − 2cφ(c)/(2Φ(c) − 1)",
            ),
            ARTICLE,
        )
        .equals(Some(variance), measured, open, says()),
        claim(
            "truncation_correction",
            text("What its numbers have to be multiplied by, 1/√variance", "应乘以的修正系数，1/√方差"),
            ARTICLE,
        )
        .equals(
            Some(1.0 / root),
            1.0 / measured.sqrt(),
            0.75 * open / (measured * measured.sqrt()),
            says(),
        ),
        claim("truncation_deviation", text("Its standard deviation", "它的标准差"), ARTICLE).equals(
            Some(root),
            measured.sqrt(),
            0.75 * open / measured.sqrt(),
            says(),
        ),
        claim(
            "truncation_kept",
            text("Share of draws that stay, 2Φ(c) − 1", "保留下来的比例，2Φ(c) − 1"),
            ARTICLE,
        )
        .equals(
            Some(kept(at)),
            inside,
            inside_open + 5.0 / DRAWN as f64,
            note("Expected: of as many draws of N(0, 1).", "期望值：来自同样多次 N(0, 1) 抽样。"),
        ),
    ]
}

fn tuned(lab: &Born) -> Vec<Readout> {
    let activation = &lab.settings.activation;
    let passed = activation.passed(1.0);
    let drawn = lab.tried();
    let values = || drawn.iter().map(|x| activation.at(f64::from(*x))[0]);
    let (moment, open) = mean_of(values().map(|y| y * y));
    let (mean, mean_open) = mean_of(values());
    let gain = 1.0 / passed.moment.sqrt();
    let plain = || drawn.iter().map(|x| activation.shape.at(f64::from(*x))[0]);
    let (shift_drawn, shift_open) = mean_of(plain());
    let deviation = Moments::of(plain()).deviation();
    let fourth = Moments::of(plain().map(|y| (y - shift_drawn).powi(2))).deviation();
    let scale_open = 5.0 * fourth / (DRAWN as f64).sqrt() / deviation.powi(3);
    let best = activation.tuned();
    let [bend, along] = bent();
    let drawn_says = || {
        note(
            format!("On N(0, 1): an integral. Expected: the mean over {DRAWN} draws."),
            format!("在 N(0, 1) 上积分所得。期望值：{DRAWN} 次抽样的平均。"),
        )
    };
    vec![
        claim("activation_moment", text("Second moment of the activation, E φ(z)²", "激活函数的二阶矩 E φ(z)²"), ARTICLE)
            .equals(finite(passed.moment), bounded(moment), bounded(open + 1e-9), drawn_says()),
        claim("activation_mean", text("Mean of the activation, E φ(z)", "激活函数的均值 E φ(z)"), ARTICLE)
            .equals(finite(passed.mean), bounded(mean), bounded(mean_open + 1e-9), drawn_says()),
        claim("activation_gain", text("The gain that keeps moment 1, 1/√E φ(z)²", "保持二阶矩为 1 的增益，1/√E φ(z)²"), ARTICLE).equals(
            finite(gain),
            bounded(1.0 / moment.sqrt()),
            bounded(0.75 * open * gain * gain * gain + 1e-9),
            note("Weights times this number, or the activation itself: for relu √2, He’s rule; for sigmoid nothing but the activation helps.", "可乘在权重上，也可乘在激活函数上：relu 为 √2，即 He 法则；对 sigmoid 只有改激活函数才有效。"),
        ),
        claim("tuned_shift", text("The shift that takes the mean away", "使均值归零的平移"), ARTICLE)
            .equals(best.map(|[shift, _]| shift), bounded(shift_drawn), bounded(shift_open + 1e-9), drawn_says()),
        claim("tuned_scale", text("The scale that then makes the second moment 1", "随后使二阶矩为 1 的缩放"), ARTICLE)
            .equals(best.map(|[_, scale]| scale), bounded(1.0 / deviation), bounded(scale_open + 1e-9), drawn_says()),
        claim("selu_bend", text("elu bent until its mean is 0: α in closed form, beside SELU’s constant", "弯折 elu 直到均值为 0：α 的解析式，对照 SELU 的常数"), SELU).equals(
            Some(bend),
            activation::SELU[1],
            1e-12,
            note("1/(√(2π)(½ − √e Φ(−1))).", "1/(√(2π)(½ − √e Φ(−1)))。"),
        ),
        claim("selu_scale", text("and scaled until its second moment is 1: λ, beside SELU’s constant", "再缩放到二阶矩为 1：λ，对照 SELU 的常数"), SELU).equals(
            Some(along),
            activation::SELU[0],
            1e-12,
            note("1/√(½ + α²(e² Φ(−2) − 2√e Φ(−1) + ½)).", "1/√(½ + α²(e² Φ(−2) − 2√e Φ(−1) + ½))。"),
        ),
    ]
}
