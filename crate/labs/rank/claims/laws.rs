//! Laws of kernels that hold for every head: rows, scale, total positivity.

use nalgebra::DMatrix;

use crate::experiment::parameter::text;
use crate::labs::rank::{
    papers::{ARTICLE, LINEAR, NOPE, POSITIVE},
    said::{claim, note},
    state::Towers,
};
use crate::maps::{
    kernel::{Head, Kernel},
    mask::Mask,
};
use crate::runtime::readout::Readout;

/// By how much keys are scaled.
const SCALE: f64 = 2.0;

pub fn all(towers: &Towers) -> Vec<Readout> {
    vec![rows(towers), variance(towers), scale(towers), positive()]
}

fn rows(towers: &Towers) -> Readout {
    let map = &towers.now().map;
    let off = map.row_iter().map(|row| (row.sum() - 1.0).abs() / (1.0 + row.abs().sum())).fold(0.0, f64::max);
    claim("row_sum_error", text("Rows sum to one", "各行之和为一"), ARTICLE).equals(
        Some(off),
        0.0,
        1e-12,
        note("The largest miss, over what is added up.", "最大偏差，相对于相加的量。"),
    )
}

/// What reading leaves of values that know nothing of each other: a mean of many is small, so its size tells how many there were.
fn variance(towers: &Towers) -> Readout {
    let settings = &towers.settings;
    let last = settings.n - 1;
    let value = towers.now().map.row(last).norm_squared();
    let seen = (0..settings.n).filter(|j| settings.mask.sees(last, *j)).count();
    let least = 1.0 / seen as f64;
    let title = text(
        "Variance of what the last token reads of independent values",
        "最后一个字从独立的值中读到的方差",
    );
    let claim = claim("last_variance", title, NOPE);
    let is_even = settings.kernel == Kernel::Uniform && settings.mask != Mask::Mixed;
    if is_even {
        return claim.equals(
            Some(value),
            least,
            1e-12,
            note(
                format!("Expected: 1/{seen}. So without any code of position a causal mean still tells its place, by its size."),
                format!("期望值：1/{seen}。所以没有位置编码，因果平均也凭大小透露自己的位置。"),
            ),
        );
    }
    claim.above(
        Some(value),
        least * (1.0 - 1e-12),
        note(
            format!("Never below 1/{seen}, that of the plain mean of all it sees (Cauchy and Schwarz)."),
            format!("不低于 1/{seen}，即对所见一切取简单平均时的值（Cauchy–Schwarz）。"),
        ),
    )
}

/// The same head with keys twice as large.
fn scale(towers: &Towers) -> Readout {
    let settings = &towers.settings;
    let change = towers.scaled(SCALE);
    let claim = |title| claim("scale_change", title, LINEAR);
    let is_flat = settings.n == 1 || settings.kernel == Kernel::Softmax && settings.gain == 0.0;
    match settings.kernel {
        Kernel::Softmax if !is_flat => claim(text("Larger keys sharpen softmax", "键放大，softmax 变尖")).above(
            Some(change),
            1e-9,
            note(
                "The largest change of a weight when all keys are doubled. Gain is how sharp a softmax is.",
                "所有键加倍时权重的最大变化。增益就是 softmax 的尖锐程度。",
            ),
        ),
        Kernel::Exp if !is_flat => claim(text("Larger keys change exp features", "键放大，exp 特征会变")).above(
            Some(change),
            1e-9,
            note("The largest change of a weight when all keys are doubled.", "所有键加倍时权重的最大变化。"),
        ),
        Kernel::Elu1 if !is_flat => claim(text("Larger keys change elu + 1", "键放大，elu + 1 会变")).above(
            Some(change),
            1e-9,
            note(
                "The largest change of a weight when all keys are doubled: the 1 does not grow with them.",
                "所有键加倍时权重的最大变化：那个 1 并不随之放大。",
            ),
        ),
        Kernel::Softmax
        | Kernel::Elu1
        | Kernel::Relu
        | Kernel::Identity
        | Kernel::Exp
        | Kernel::Uniform => {
            claim(text("Larger keys change nothing", "键放大，什么也不变")).equals(
                Some(change),
                0.0,
                1e-9,
                note(
                    "The largest change of a weight, over the largest weight, when all keys are doubled: the scale is divided out again.",
                    "所有键加倍时权重的最大变化（相对于最大权重）：倍数在归一化时又被约掉。",
                ),
            )
        }
    }
}

/// det exp(q qᵀ) for q = (0, 1, 2).
fn positive() -> Readout {
    let q = DMatrix::from_column_slice(3, 1, &[0.0, 1.0, 2.0]);
    let head = Head { queries: q.clone(), keys: q };
    let raised = head.logits(1.0).map(libm::exp);
    let e = std::f64::consts::E;
    let expected = (e - 1.0) * (e * e - 1.0) * (e * e - e);
    claim("exp_determinant", text("exp raises the rank: det exp(q qᵀ), q = (0, 1, 2)", "exp 提升秩：q = (0, 1, 2) 时的 det exp(q qᵀ)"), POSITIVE)
        .equals(
            Some(raised.determinant()),
            expected,
            1e-9,
            note(
                "q qᵀ has rank one. Expected: (e − 1)(e² − 1)(e² − e), which is positive: of numbers that differ the exponential makes full rank, already at d = 1. So a two-way softmax is of full rank, too.",
                "q qᵀ 的秩为一。期望值：(e − 1)(e² − 1)(e² − e) > 0：只要数各不相同，取指数便得满秩，d = 1 时已然。所以双向 softmax 同样满秩。",
            ),
        )
}
