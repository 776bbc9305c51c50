//! Softmax over products of random queries and keys, with √d and without.

use crate::experiment::parameter::text;
use crate::labs::init::{
    papers::{ARTICLE, ATTENTION, T5},
    said::{claim, note, shown},
    state::{Born, Heads},
};
use crate::runtime::readout::Readout;
use crate::signal::{
    attention::{DRAWS, Scaling, jacobian, jacobian_by_entries},
    normal::{PLACES, below},
};

/// How many estimated deviations Student's t of `DRAWS` − 1 degrees of freedom stays within as surely as a normal number within five.
const STUDENT: f64 = 8.9;
/// Means over queries are made of three places.
const BLENDED: f64 = 2e-3;

/// E of the largest of n normal numbers.
fn highest(n: f64) -> f64 {
    PLACES.iter().map(|(x, w)| w * x * n * libm::exp((n - 1.0) * libm::log(below(*x).max(1e-300)))).sum()
}

pub fn all(lab: &Born) -> Vec<Readout> {
    let (n, d, scaling) = (lab.settings.n, lab.settings.d as f64, lab.settings.scaling);
    let heads = lab.heads(scaling);
    let asked = scaling.deviation(d);
    let mean = |what: usize| {
        let moments = heads.moments(what);
        (moments.mean, STUDENT * moments.deviation() / ((DRAWS - 1) as f64).sqrt())
    };
    let ([sd, largest, rough], [top, ..]) = ([0, 1, 2].map(mean), [mean(3)]);
    let says = |heads: &Heads| {
        note(
            format!(
                "{} rows over {n} keys. Expected: exact for normal logits of deviation {}, an integral.",
                16 * DRAWS,
                shown(heads.deviation)
            ),
            format!(
                "{} 行，每行 {n} 个键。期望值：标准差为 {} 的正态 logits 的精确积分。",
                16 * DRAWS,
                shown(heads.deviation)
            ),
        )
    };
    let row = &heads.rows[0];
    let gap = lab.gap();
    vec![
        claim("logit_sd", text("Deviation of the logits, measured: √d, or 1", "logits 的标准差，实测：√d 或 1"), ARTICLE).equals(
            Some(sd.0),
            asked,
            sd.1 + 0.02 * asked / d,
            note(
                format!("q·k of N(0, 1) numbers has variance d = {d}; e to three deviations is {}.", shown(libm::exp(3.0 * asked))),
                format!("N(0, 1) 的 q·k 方差为 d = {d}；e 的三倍标准差次方是 {}。", shown(libm::exp(3.0 * asked))),
            ),
        ),
        claim("largest_weight_mean", text("The largest weight of a row, mean", "一行中最大的权重，平均"), ARTICLE)
            .equals(Some(largest.0), heads.expected.largest, largest.1 + BLENDED, says(&heads)),
        claim("jacobian_norm", text("Softmax’s Jacobian, ½Σ|∂p/∂s| = 1 − Σp², mean", "softmax 的雅可比 ½Σ|∂p/∂s| = 1 − Σp²，平均"), ARTICLE)
            .equals(Some(rough.0), heads.expected.jacobian, rough.1 + BLENDED, says(&heads)),
        claim("jacobian_entries", text("The Jacobian of one row, entry by entry", "单行的雅可比，逐项求和"), ARTICLE).equals(
            Some(jacobian_by_entries(row)),
            jacobian(row),
            1e-9,
            note("½Σ|p_i(δ_ij − p_j)|, beside 1 − Σp² of this row.", "½Σ|p_i(δ_ij − p_j)|，对照这一行的 1 − Σp²。"),
        ),
        claim("logit_top", text("The largest logit of a row in deviations: about three for 512 keys", "一行中最大的 logit 是几个标准差：512 个键时约为 3"), ATTENTION).equals(
            Some(top.0),
            highest(n as f64),
            top.1 + 2.0 / d,
            note("Expected: of n independent normal numbers.", "期望值：n 个独立正态数的最大值。"),
        ),
        claim("t5_gap", text("Logits divided by √d against those with √d inside the init", "除以 √d 的 logits 与放进初始化的 logits 之差"), T5).equals(
            Some(gap),
            0.0,
            1e-5,
            note("The largest difference, in deviations: the same numbers drawn, the same products. T5’s own code puts the whole 1/√d into the queries.", "最大的差（以标准差计）：抽到的数相同，内积也相同。T5 的代码把整个 1/√d 都放进查询。"),
        ),
    ]
}

impl Born {
    /// How far logits divided by √d are from those with √d inside the init, at most, in deviations.
    fn gap(&self) -> f64 {
        let [one, other] = [Scaling::Root, Scaling::Inside].map(|scaling| self.first_logits(scaling));
        one.iter().zip(&other).map(|(a, b)| f64::from((a - b).abs())).fold(0.0, f64::max)
    }
}
