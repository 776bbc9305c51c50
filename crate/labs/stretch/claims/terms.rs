//! The four terms: that they are four, that only distance counts, that two of them average out, and whether the fourth is seen.

use crate::experiment::parameter::text;
use crate::labs::stretch::{
    frames::{expected, measured_strays, strays},
    papers::{ARTICLE, ROPE},
    places::QUERIES,
    said::{claim, note, shown},
    settings::Settings,
    state::Stretch,
};
use crate::math::rotary::terms::{biased, dot, four, turned};
use crate::runtime::readout::Readout;

/// Keys that identities are measured on.
const KEYS: usize = 64;
/// By how much both places are shifted.
const SHIFT: usize = 1000;

pub fn all(lab: &Stretch, at: usize) -> Vec<Readout> {
    let mut all = identities(lab, at);
    all.extend(averages(lab, at));
    all
}

fn identities(lab: &Stretch, at: usize) -> Vec<Readout> {
    let Settings { a: long, b: wide, trick, .. } = lab.settings;
    let [a, b] = lab.biases();
    let turning = lab.settings.turning(trick);
    let newest = lab.settings.tokens(at) - 1;
    let (mut gap, mut shifted, mut size) = (0f64, 0f64, 1f64);
    lab.text(at, |text| {
        let query = text.query(0);
        let at = |place: usize, x: &[f64]| turned(&turning.frequencies, place as f64, x);
        let score =
            |m: usize, n: usize, key: &[f64]| dot(&at(m, &biased(&query, &a)), &at(n, &biased(key, &b)));
        for k in 0..KEYS.min(newest + 1).min(turning.held) {
            let key = text.key(k);
            let whole = score(newest, newest - k, &key);
            let terms = four(&turning.frequencies, k as f64, [&query, &a], [&key, &b]);
            gap = gap.max((whole - terms.iter().sum::<f64>()).abs());
            shifted = shifted.max((whole - score(newest + SHIFT, newest + SHIFT - k, &key)).abs());
            size = size.max(terms.iter().map(|term| term.abs()).sum());
        }
    });
    // An angle at place m is rounded by m times the last bit, and so is a score by as much of its size.
    let open = 4e-16 * (newest + SHIFT) as f64 * size + 1e-13 * size;
    vec![
        claim(
            "four_term_gap",
            text("(q+a)ᵀR(k+b) less its four terms, at most", "(q+a)ᵀR(k+b) 与四项之和的最大差"),
            ARTICLE,
        )
        .equals(
            Some(gap),
            0.0,
            open,
            note(
                format!("Turned at the places themselves, beside four terms turned by the distance; |a| = {}, |b| = {}.", shown(long), shown(wide)),
                format!("左边按绝对位置旋转，右边四项按距离旋转；|a| = {}，|b| = {}。", shown(long), shown(wide)),
            ),
        ),
        claim(
            "shift_gap",
            text("Change of a score when both places move by 1,000", "两个位置都移动 1000 时得分的变化"),
            ROPE,
        )
        .equals(
            Some(shifted),
            0.0,
            open,
            note("Only the distance counts, also with biases.", "只与距离有关，加了偏置也一样。"),
        ),
    ]
}

fn averages(lab: &Stretch, at: usize) -> Vec<Readout> {
    let Settings { train_length, isotropy, a, b, .. } = lab.settings;
    let (stacked, known) = (lab.stacked(at), expected(lab, at));
    let (n, queries) = (stacked.len(), QUERIES as f64);
    let keys = n as f64;
    let mean = |j: usize| stacked.iter().map(|terms| terms.mean[j]).sum::<f64>() / keys;
    let law = |j: usize| known.iter().map(|terms| terms[j]).sum::<f64>() / keys;
    let stray = strays(lab, at);
    let measured = measured_strays(&stacked, &known);
    // The third term is one vector's product with the mean of all turned biases: its deviation is that of 16 queries.
    let turned = mean_turned(lab, at);
    let anisotropic = isotropy < 1.0;
    let washes = |which: &str, en: &str| {
        if anisotropic {
            note(
                format!(
                    "Queries and keys share a mean (isotropy {}): the {en} term does not average out.",
                    shown(isotropy)
                ),
                format!("查询与键有共同的均值（各向同性 {}）：第{which}项不会平均为零。", shown(isotropy)),
            )
        } else {
            note(
                "Expected for isotropic queries and keys: zero, to five deviations of the mean.".to_owned(),
                "各向同性时的期望值：零，误差不超过平均值的五倍标准差。".to_owned(),
            )
        }
    };
    // Between distance 0 and the end of training, over what the other terms stray together.
    let end = train_length.min(n) - 1;
    let noise = stray[..3].iter().map(|x| x * x).sum::<f64>().sqrt();
    let drop = stacked[0].mean[3] - stacked[end].mean[3];
    vec![
        claim("term_two_mean", text("Mean of aᵀRk over all keys", "aᵀRk 对所有键的平均"), ARTICLE).equals(
            Some(mean(1)),
            law(1),
            5.0 * stray[1] / keys.sqrt() + 1e-9 * (1.0 + a),
            washes("二", "second"),
        ),
        claim("term_three_mean", text("Mean of qᵀRb over 16 queries and all distances", "qᵀRb 对 16 个查询与所有距离的平均"), ARTICLE)
            .equals(
                Some(mean(2)),
                law(2),
                5.0 * turned / queries.sqrt() + 1e-9 * (1.0 + b),
                washes("三", "third"),
            ),
        claim("term_two_spread", text("How far aᵀRk strays, in a score", "aᵀRk 在得分中的散布"), ARTICLE).equals(
            Some(measured[1]),
            stray[1],
            5.0 * stray[1] / (2.0 * keys).sqrt() + 1e-9 * (1.0 + a),
            note("Expected: |a| σ/√d.", "期望值：|a| σ/√d。"),
        ),
        claim(
            "fourth_term_drop",
            text("Drop of the fourth term within training, over the stray of the other three", "第四项在训练长度内的下降，与其余三项散布之比"),
            ARTICLE,
        )
        .above(
            Some(if noise > 0.0 { drop / noise } else { f64::INFINITY }).filter(|x| x.is_finite()),
            1.0,
            note(
                "Depends: above 1 the fourth term is seen through the others. Trained models differ from layer to layer.",
                "看情况：大于 1 时第四项能从其余各项中显现。训练好的模型逐层不同。",
            ),
        ),
    ]
}

/// The deviation of one query's third term, averaged over all distances.
fn mean_turned(lab: &Stretch, at: usize) -> f64 {
    let Settings { b, d, trick, .. } = lab.settings;
    let turning = lab.settings.turning(trick);
    let n = lab.settings.tokens(at);
    let [_, spread] = lab.drawn();
    // Σ over k of a turn by kθ, for each pair: a geometric sum, and its last term again where distances stop.
    let held = turning.held.min(n - 1);
    let share = b * b * 2.0 / d as f64;
    let length: f64 = turning
        .frequencies
        .iter()
        .map(|theta| {
            let (cos, sin) = geometric(*theta, held + 1);
            let rest = (n - 1 - held) as f64;
            let angle = held as f64 * theta;
            let (cos, sin) = (cos + rest * libm::cos(angle), sin + rest * libm::sin(angle));
            share * (cos * cos + sin * sin) / (n * n) as f64
        })
        .sum();
    spread * length.sqrt() / (d as f64).sqrt() * turning.scale(n)
}

/// Σ e^(ikθ) for k = 0 … `count` − 1.
fn geometric(theta: f64, count: usize) -> (f64, f64) {
    let ratio = libm::sin(0.5 * count as f64 * theta) / libm::sin(0.5 * theta);
    let middle = 0.5 * (count - 1) as f64 * theta;
    (ratio * libm::cos(middle), ratio * libm::sin(middle))
}
