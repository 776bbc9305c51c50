//! The chosen kernel on n keys: measured, expected at this n, and for endless texts.

use std::f64::consts::PI;

use crate::experiment::parameter::text;
use crate::labs::focus::{
    papers::{ARTICLE, ENTMAX, RENYI, RETENTION, SPARSITY, TOPK},
    said::{claim, note, shown},
    settings::Reader,
    state::{Focus, Mean, Measure},
};
use crate::math::concentration::{decay, kernel::Kernel, limit};
use crate::runtime::readout::{Note, Readout};

/// What double precision leaves open in the exact laws.
const EXACT: f64 = 1e-7;

pub fn all(lab: &Focus, at: usize) -> Vec<Readout> {
    let mut all = measured(lab, at);
    all.extend(theory(lab, at));
    all.extend(floors(lab));
    all
}

fn over(mean: Option<Mean>, n: f64) -> Note {
    match mean {
        Some(Mean { count, open, .. }) => note(
            format!(
                "Mean over {count} texts of {} keys, open by {} (five deviations). Expected: the exact mean at this n.",
                shown(n),
                shown(open)
            ),
            format!(
                "{count} 段 {} 个键的文本的平均，允许偏差 {}（五个标准差）。期望值：这个 n 下精确的平均值。",
                shown(n),
                shown(open)
            ),
        ),
        None => note(
            "All weights are zero in nearly all texts: there is nothing to attend to. Raise β, or take more keys.",
            "几乎所有文本里权重全为零：没有可注意的对象。请调大 β，或多取一些键。",
        ),
    }
}

fn measured(lab: &Focus, at: usize) -> Vec<Readout> {
    let n = lab.settings.keys(at) as f64;
    let mean = |what| lab.mean(at, what);
    let s =
        claim("concentration", text("S = Σ|a|/(√n √Σa²), measured", "S = Σ|a|/(√n √Σa²)，实测"), SPARSITY);
    let tokens = claim("effective_tokens", text("Effective tokens n S²", "有效词数 n S²"), RENYI);
    let entropy = claim("entropy", text("Entropy of the weights, nats", "权重的熵（nat）"), RENYI);
    let largest = claim("largest_weight", text("The largest weight", "最大的权重"), ARTICLE);
    let numbers = [Measure::Concentration, Measure::Tokens, Measure::Entropy, Measure::Largest].map(mean);
    let [a, b, c, d] = numbers.map(|mean| mean.map(|mean| mean.value));
    let open = |i: usize, size: f64| numbers[i].map_or(0.0, |mean: Mean| mean.open) + EXACT * (1.0 + size);
    let says = |i: usize| over(numbers[i], n);
    match lab.settings.reader {
        Reader::Exp
        | Reader::Relu2
        | Reader::Relu
        | Reader::Identity
        | Reader::Elu1
        | Reader::Softplus
        | Reader::Logn => {
            // Nothing is expected where all weights are zero.
            let known = lab.expected(at).filter(|known| known.concentration.is_finite());
            let known = |of: fn(crate::math::concentration::finite::Expected) -> f64| known.map_or(0.0, of);
            let (es, et, eh, el) =
                (known(|e| e.concentration), known(|e| e.tokens), known(|e| e.entropy), known(|e| e.largest));
            vec![
                s.equals(a, es, open(0, es), says(0)),
                tokens.equals(b, et, open(1, et), says(1)),
                entropy.equals(c, eh, open(2, eh), says(2)),
                // The law of the largest is summed over steps of the keys' law.
                largest.equals(d, el, open(3, el) + 2e-3 * el, says(3)),
            ]
        }
        Reader::Decay => {
            let lambda = lab.settings.lambda;
            let (known, most) = (decay::tokens(lambda, n), decay::share(lambda, n, 0.0));
            let spread = entropy_of_decay(lambda, n);
            let says = || {
                note(
                    "Measured on the weights λ^{back} of the whole text. Expected: the closed form of the geometric sum.",
                    "在整段文本的权重 λ^{距离} 上测得。期望值：几何级数的解析式。",
                )
            };
            vec![
                s.equals(a, (known / n).sqrt(), 1e-9, says()),
                tokens.equals(b, known, 1e-9 * known, says()),
                entropy.equals(c, spread, 1e-8 * (1.0 + spread), says()),
                largest.equals(d, most, 1e-9, says()),
            ]
        }
        Reader::Topk => {
            let k = (lab.settings.k as f64).min(n);
            let slack = 1.0 + 1e-9;
            let says = || {
                note(
                    format!(
                        "Top-k sees {} of {} keys, so these are its bounds whatever the scores.",
                        shown(k),
                        shown(n)
                    ),
                    format!(
                        "top-k 只看 {1} 个键中的 {0} 个，无论得分如何，这就是它的界。",
                        shown(k),
                        shown(n)
                    ),
                )
            };
            let reference = TOPK;
            vec![
                s.below(a, (k / n).sqrt() * slack, says()),
                tokens.below(b, k * slack, says()),
                entropy.below(c, libm::log(k) + 1e-9, says()),
                claim("largest_weight", text("The largest weight", "最大的权重"), reference).above(
                    d,
                    1.0 / k / slack,
                    says(),
                ),
            ]
        }
        Reader::Entmax => {
            let soft = lab.law(Reader::Exp, n).map(|law| law.expected(n));
            let soft =
                |of: fn(crate::math::concentration::finite::Expected) -> f64| soft.map_or(f64::NAN, of);
            let says = || {
                note(
                    "No law is known for it; expected to be sparser than softmax is at the same γ, and it gives exact zeros.",
                    "没有已知的定律；应当比同一 γ 下的 softmax 更稀疏，并给出精确的零。",
                )
            };
            vec![
                s.below(a, soft(|e| e.concentration) + EXACT, says()),
                tokens.below(b, soft(|e| e.tokens) * (1.0 + EXACT), says()),
                entropy.below(c, soft(|e| e.entropy) + EXACT, says()),
                claim("largest_weight", text("The largest weight", "最大的权重"), ENTMAX).above(
                    d,
                    soft(|e| e.largest) - 2e-3,
                    says(),
                ),
            ]
        }
    }
}

/// −Σ p ln p of λ^{back}: ln of its sum, less ln λ times the mean of back.
fn entropy_of_decay(lambda: f64, n: f64) -> f64 {
    if lambda == 0.0 {
        return 0.0;
    }
    let power = libm::pow(lambda, n);
    let sum = (1.0 - power) / (1.0 - lambda);
    let back = lambda / (1.0 - lambda) - n * power / (1.0 - power);
    libm::log(sum) - back * libm::log(lambda)
}

/// S for endless texts, S at this n, and how far the first is from the second.
fn theory(lab: &Focus, at: usize) -> Vec<Readout> {
    let reader = lab.settings.reader;
    let n = lab.settings.keys(at) as f64;
    let beta = lab.settings.beta;
    let gamma = lab.scaled(reader, n).0;
    let endless =
        claim("concentration_theory", text("S by its closed form, n → ∞", "S 的解析式，n → ∞"), ARTICLE);
    let here = claim(
        "concentration_finite",
        text("S to be expected of n keys, beside n → ∞", "n 个键时 S 的期望，对照 n → ∞"),
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
            let kernel = reader.kernel().unwrap_or(Kernel::Exp);
            let known = limit::known(kernel, beta, gamma);
            let summed = if known.is_none() { 0.0 } else { limit::quadrature(kernel, beta, gamma) };
            let summed = if kernel == Kernel::Softplus { trapezoid(beta, gamma) } else { summed };
            let expected = lab.expected(at).map(|expected| expected.concentration).filter(|s| s.is_finite());
            let limit = known.unwrap_or(f64::NAN);
            vec![
                endless.equals(
                    known,
                    summed,
                    1e-9,
                    note(
                        format!("At β = {} and γ = {}. Expected: its two integrals over the normal law, by quadrature.", shown(beta), shown(gamma)),
                        format!("β = {}，γ = {}。期望值：对正态分布的两个积分，用数值求积。", shown(beta), shown(gamma)),
                    ),
                ),
                here.equals(
                    expected,
                    limit,
                    0.05 * limit,
                    note(
                        "Depends: holds to 5 % where the text is long enough for its γ. For softmax that ends at γ = √(ln n/2): beyond, the few largest keys decide, and no text is endless.",
                        "看情况：文本相对于 γ 足够长时，差在 5 % 以内成立。对 softmax，界在 γ = √(ln n/2)：越过它，由最大的几个键说了算，没有哪段文本是无穷长的。",
                    ),
                ),
                doubled(lab, kernel, gamma),
            ]
        }
        Reader::Decay => {
            let known = decay::concentration(lab.settings.lambda, n);
            let summed = lab.mean(at, Measure::Concentration).map_or(f64::NAN, |mean| mean.value);
            let says = || {
                note(
                    "√((1 − λⁿ)(1 + λ)/(n (1 − λ)(1 + λⁿ))), beside the sum itself: exact at every n.",
                    "√((1 − λⁿ)(1 + λ)/(n (1 − λ)(1 + λⁿ)))，对照直接求和：对每个 n 都精确。",
                )
            };
            let reference = RETENTION;
            vec![
                endless.equals(Some(known), summed, 1e-9, says()),
                claim(
                    "concentration_finite",
                    text("S to be expected of n keys", "n 个键时 S 的期望"),
                    reference,
                )
                .equals(Some(known), summed, 1e-9, says()),
            ]
        }
        Reader::Topk | Reader::Entmax => {
            let says = || {
                note(
                    "A guest: it looks at all scores before it weighs one, so no closed form of the article speaks of it.",
                    "客座：它先看完所有得分再定权重，文章里没有它的解析式。",
                )
            };
            vec![endless.below(None, 1.0, says()), here.below(None, 1.0, says())]
        }
    }
}

/// S of softplus by the trapezoid rule, which is exact to rounding for what is smooth.
fn trapezoid(beta: f64, gamma: f64) -> f64 {
    let moment = |power: i32| -> f64 {
        let each = (-640..=640).map(|k| f64::from(k) / 64.0);
        each.map(|x| Kernel::Softplus.at(beta + gamma * x).powi(power) * libm::exp(-x * x / 2.0)).sum::<f64>()
            / 64.0
            / (2.0 * PI).sqrt()
    };
    moment(1) / moment(2).sqrt()
}

/// What a query twice as long makes of S: nothing, if the kernel is homogeneous.
fn doubled(lab: &Focus, kernel: Kernel, gamma: f64) -> Readout {
    let beta = lab.settings.beta;
    let now = limit::known(kernel, beta, gamma);
    let twice = limit::known(kernel, 2.0 * beta, 2.0 * gamma);
    if kernel.is_homogeneous() {
        claim("doubled_query", text("A query twice as long leaves S as it was", "查询加倍，S 不变"), ARTICLE)
            .equals(
                twice,
                now.unwrap_or(f64::NAN),
                1e-9,
                note(
                    "f(cx) = cᵖ f(x): no temperature tunes this kernel; only β/γ does.",
                    "f(cx) = cᵖ f(x)：温度调不动这个核，只有 β/γ 能。",
                ),
            )
    } else {
        claim("doubled_query", text("A query twice as long makes S smaller", "查询加倍，S 变小"), ARTICLE)
            .below(
                twice,
                now.unwrap_or(f64::NAN),
                note(
                    "Depends: always so for softmax, as long as γ > 0.",
                    "看情况：对 softmax，只要 γ > 0 就总成立。",
                ),
            )
    }
}

/// What the article says of the identity and of relu².
fn floors(lab: &Focus) -> Vec<Readout> {
    let (beta, gamma) = (lab.settings.beta, lab.settings.gamma);
    let least = (-600..=600)
        .filter_map(|k| limit::closed(Kernel::Identity, f64::from(k) / 100.0, 1.0))
        .fold(f64::INFINITY, f64::min);
    let floor = claim(
        "identity_floor",
        text("The identity’s S never falls below √(2/π)", "恒等核的 S 从不低于 √(2/π)"),
        ARTICLE,
    )
    .equals(
        Some(least),
        (2.0 / PI).sqrt(),
        1e-9,
        note("The least of its closed form over −6 ≤ β/γ ≤ 6.", "解析式在 −6 ≤ β/γ ≤ 6 上的最小值。"),
    );
    let at_zero = 1.0 / 6f64.sqrt();
    let s = limit::closed(Kernel::Relu2, beta, gamma);
    let says = note(
        format!(
            "relu² gets sparse only where β < 0; here β = {}. At β = 0 its S is 1/√6 at any γ.",
            shown(beta)
        ),
        format!("relu² 只在 β < 0 时变稀疏；这里 β = {}。β = 0 时，任何 γ 下 S 都是 1/√6。", shown(beta)),
    );
    let title = text("relu² at these β and γ, beside 1/√6", "此 β、γ 下的 relu²，对照 1/√6");
    let relu2 = claim("relu2_side", title, ARTICLE);
    let relu2 = match beta {
        _ if beta < 0.0 && gamma > 0.0 => relu2.below(s, at_zero, says),
        _ if beta == 0.0 => relu2.equals(s, at_zero, 1e-9, says),
        _ => relu2.above(s, at_zero, says),
    };
    vec![floor, relu2]
}
