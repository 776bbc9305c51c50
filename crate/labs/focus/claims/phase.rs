//! Softmax as a random-energy model: where formulas end, and what keeps entropy constant.

use crate::experiment::parameter::text;
use crate::labs::focus::{
    papers::{ARTICLE, DERRIDA, EXTREMES, LENGTH},
    said::{claim, note, shown},
    settings::FIRST,
    state::{Focus, Measure},
};
use crate::math::concentration::{
    finite::Law,
    kernel::Kernel,
    nodes::{below, density, panels},
    phases,
};
use crate::runtime::readout::Readout;

pub fn all(lab: &Focus, at: usize) -> Vec<Readout> {
    let n = lab.settings.keys(at) as f64;
    let gamma = lab.settings.gamma;
    let law = Law::of(Kernel::Exp, 0.0, gamma);
    let mut all = marks(lab, at, n);
    all.push(leading(&law, n, gamma));
    all.extend(scaling(&law, n, gamma));
    all
}

fn marks(lab: &Focus, at: usize, n: f64) -> Vec<Readout> {
    let top = lab.mean(at, Measure::Top).map_or(f64::NAN, |mean| mean.value);
    let expected = highest(n);
    let critical = claim("gamma_critical", text("γ where softmax freezes, √(2 ln n): above the largest key", "softmax 冻结处的 γ，√(2 ln n)：高于最大的键"), EXTREMES).above(
        Some(phases::freezes(n)),
        expected,
        note(
            format!("No key of {} is expected to stick out more than this; expected is their largest e, {} as an integral, {} measured.", shown(n), shown(expected), shown(top)),
            format!("{} 个键里，最突出的一个预计也不超过它；期望值是其中最大的 e，积分得 {}，实测 {}。", shown(n), shown(expected), shown(top)),
        ),
    );
    // e^{2γe} has its mean at e = 2γ: there must be keys.
    let breaks = phases::breaks(n);
    let there = n * below(-2.0 * breaks);
    let breaking = claim(
        "gamma_breaks",
        text("γ where the formula for endless texts ends, √(ln n/2)", "无穷长公式失效处的 γ，√(ln n/2)"),
        DERRIDA,
    )
    .equals(
        Some(breaks),
        phases::freezes(n) / 2.0,
        1e-12,
        note(
            format!(
                "Half of the γ where it freezes: Σa² lives on keys at e = 2γ, and there {} of {} keys stand.",
                shown(there),
                shown(n)
            ),
            format!(
                "正好是冻结处的一半：Σa² 靠 e = 2γ 处的键，而那里 {1} 个键中只有 {0} 个。",
                shown(there),
                shown(n)
            ),
        ),
    );
    vec![critical, breaking]
}

/// E of the largest of n normal numbers.
fn highest(n: f64) -> f64 {
    let term = |(x, w): &(f64, f64)| {
        w * x * n * density(*x) * libm::exp((n - 1.0) * libm::log(below(*x).max(1e-300)))
    };
    panels(-9.0, 9.0, 0.25).iter().map(term).sum()
}

fn leading(law: &Law, n: f64, gamma: f64) -> Readout {
    let (rem, exact) = (phases::concentration(n, gamma), law.concentrations(&[n])[0]);
    claim("concentration_rem", text("S of softmax to leading order in ln n", "softmax 的 S，ln n 的主阶"), DERRIDA).equals(
        Some(rem),
        exact,
        0.75 * exact,
        note(
            format!("exp(−γ²/2), then exp((γ − √(2 ln n))²/2)/√n, then 1/√n. A leading order is a matter of factors: here {} of the exact mean.", shown(rem / exact)),
            format!("先是 exp(−γ²/2)，再是 exp((γ − √(2 ln n))²/2)/√n，最后 1/√n。主阶只管到倍数：这里是精确平均值的 {}。", shown(rem / exact)),
        ),
    )
}

fn scaling(law: &Law, n: f64, gamma: f64) -> Vec<Readout> {
    let kept = law.entropies(&[FIRST])[0];
    let found = keeps(kept, n, gamma);
    let (root, log) = (phases::root_law(n, FIRST, gamma).max(0.0), phases::log_law(n, FIRST, gamma));
    vec![
        claim("scaling_gamma", text("γ at n that keeps the entropy of 512 keys, beside √(γ² + 2 ln(n/512))", "在 n 处保持 512 个键时的熵所需的 γ，对照 √(γ² + 2 ln(n/512))"), ARTICLE).equals(
            found,
            root,
            0.05 * root,
            note(
                format!("Entropy {} at γ = {} and 512 keys. Depends: the law holds to 5 % while γ stays well below √(2 ln n).", shown(kept), shown(gamma)),
                format!("512 个键、γ = {1} 时的熵为 {0}。看情况：γ 远低于 √(2 ln n) 时，此律差在 5 % 以内。", shown(kept), shown(gamma)),
            ),
        ),
        claim("scaling_log", text("The log n law, γ ln n/ln 512, beside the γ that keeps entropy", "log n 律 γ ln n/ln 512，对照保持熵的 γ"), LENGTH).equals(
            found.map(|_| log),
            found.unwrap_or(log),
            0.05 * found.unwrap_or(log),
            note(
                "Depends: it is the law of keys on a sphere of fixed radius; Gaussian keys ask for the root of a logarithm while attention is wide, and come near this law where it is narrow, about γ = 3.",
                "看情况：这是键在固定半径球面上时的律；高斯键在注意力宽时要求对数的平方根，窄时（γ 约为 3）则接近此律。",
            ),
        ),
    ]
}

/// The γ at which n keys have that entropy; `None` where no γ has.
fn keeps(entropy: f64, n: f64, near: f64) -> Option<f64> {
    if n == FIRST {
        return Some(near);
    }
    let miss = |gamma: f64| Law::of(Kernel::Exp, 0.0, gamma).entropies(&[n])[0] - entropy;
    // More than ln n no γ gives; and where it is nearly frozen γ does not reach far.
    if entropy > libm::log(n) {
        return None;
    }
    let guess = phases::root_law(n, FIRST, near).max(0.0);
    let (mut low, mut high) = (0.9 * guess, 1.1 * guess + 0.2);
    let (mut at_low, mut at_high) = (miss(low), miss(high));
    while at_low < 0.0 && low > 0.0 {
        (high, at_high) = (low, at_low);
        low = (low - 1.0).max(0.0);
        at_low = miss(low);
    }
    while at_high > 0.0 && high < 60.0 {
        (low, at_low) = (high, at_high);
        high *= 1.5;
        at_high = miss(high);
    }
    if at_low < 0.0 || at_high > 0.0 {
        return None;
    }
    // Regula falsi (Illinois): the end that stays counts half.
    let mut side = 0;
    let mut middle = low;
    for _ in 0..60 {
        middle = (low * at_high - high * at_low) / (at_high - at_low);
        let at = miss(middle);
        if at.abs() < 1e-8 || high - low < 1e-8 {
            break;
        }
        if at > 0.0 {
            (low, at_low) = (middle, at);
            at_high /= if side == 1 { 2.0 } else { 1.0 };
            side = 1;
        } else {
            (high, at_high) = (middle, at);
            at_low /= if side == -1 { 2.0 } else { 1.0 };
            side = -1;
        }
    }
    Some(middle)
}
