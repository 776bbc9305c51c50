//! The window that the chosen scheme leaves open: its mass, its entropy, its power, and whether it stays while the text grows.

use crate::experiment::parameter::{Reference, text};
use crate::labs::stretch::{
    frames::{law_window, power},
    papers::{ALIBI, ARTICLE, KERPLE, ROPE, SANDWICH},
    said::{claim, note, shown},
    settings::Settings,
    state::Stretch,
};
use crate::math::rotary::{
    scheme::Scheme,
    window::{Window, geometric, level, slope},
};
use crate::runtime::readout::{Note, Readout};

/// Where a fitted power begins.
const NEAR: usize = 8;

pub fn all(lab: &Stretch, at: usize) -> Vec<Readout> {
    let Settings { scheme, trick, train_length, base, .. } = lab.settings;
    let n = lab.settings.tokens(at);
    let here = lab.windows(scheme, trick, &[n])[0];
    let short = lab.windows(scheme, trick, &[train_length.min(n)])[0];
    let (known, [open_mass, open_entropy]) = theory(lab, n);
    let says = || why(lab, n);
    let reference = source(scheme);
    let mut all = vec![
        claim(
            "window_mass",
            text("Mass inside the last keys, as many as training had", "最近的键（训练长度那么多个）所得的份额"),
            reference,
        )
        .equals(Some(here.mass), known.mass, open_mass, says()),
        claim("window_entropy", text("Entropy of attention, in nats", "注意力的熵，以奈特计"), reference).equals(
            Some(here.entropy),
            known.entropy,
            open_entropy,
            says(),
        ),
        claim(
            "window_drift",
            text("Entropy gained since the length of training", "自训练长度以来熵的增量"),
            ARTICLE,
        )
        .below(
            Some(here.entropy - short.entropy),
            0.1,
            note(
                format!("From {} to {n} tokens. Depends: near zero means that the window does not grow with the text.", train_length.min(n)),
                format!("从 {} 到 {n} 个词。看情况：接近零说明窗口不随文本变宽。", train_length.min(n)),
            ),
        ),
        shift(lab),
    ];
    if let Some(p) = power(lab, scheme, n) {
        let critical = libm::log(base);
        all.push(
            claim("critical_strength", text("Strength, beside ln base", "强度，对照 ln base"), ARTICLE).above(
                Some(p * critical),
                critical,
                note(
                    format!("Far keys together get a finite share only if the power is above 1; now it is {}.", shown(p)),
                    format!("只有幂次大于 1，远处所有键合起来的份额才有限；现在是 {}。", shown(p)),
                ),
            ),
        );
        let end = train_length.min(n);
        if end > 2 * NEAR {
            let scale = lab.scale(scheme, trick, n);
            let scores = lab.scores(scheme, trick);
            let points = (NEAR..end).map(|k| (libm::log1p(k as f64), scale * scores[k]));
            // By equal steps of the logarithm, so that far keys do not outvote near ones.
            let even = points.clone().enumerate().filter(|(i, (x, _))| {
                let step = |x: f64| (8.0 * x).floor();
                *i == 0 || step(*x) > step(libm::log((NEAR + i) as f64))
            });
            let fitted = -slope(even.map(|(_, point)| point).collect::<Vec<_>>().into_iter());
            all.push(
                claim("window_power", text("Power p of k^(−p), fitted", "k^(−p) 的幂次 p，拟合"), ARTICLE)
                    .equals(
                        Some(fitted),
                        p,
                        0.1 * p.abs() + 1e-9,
                        note(
                            "Expected: c cos φ/ln base. Depends: stretching and a short text bend it.",
                            "期望值：c cos φ/ln base。看情况：伸展方法与过短的文本会使它偏离。",
                        ),
                    ),
            );
        }
    }
    all
}

fn source(scheme: Scheme) -> Reference {
    match scheme {
        Scheme::Bias | Scheme::Nope => ARTICLE,
        Scheme::Alibi | Scheme::Window => ALIBI,
        Scheme::Kerple => KERPLE,
        Scheme::Sandwich => SANDWICH,
    }
}

/// What to expect, and how far off it may be.
fn theory(lab: &Stretch, n: usize) -> (Window, [f64; 2]) {
    let Settings { scheme, train_length, slope, width, .. } = lab.settings;
    match scheme {
        Scheme::Alibi => (geometric(slope, train_length, n), [1e-9; 2]),
        Scheme::Nope => (level(train_length, n), [1e-9; 2]),
        Scheme::Window => (level(train_length, n.min(width)), [1e-9; 2]),
        Scheme::Kerple => (by_power(lab, n), [1e-9; 2]),
        Scheme::Bias | Scheme::Sandwich => (by_power(lab, n), [0.05, 0.5]),
    }
}

fn by_power(lab: &Stretch, n: usize) -> Window {
    let p = power(lab, lab.settings.scheme, n).expect("a scheme with a logarithm has a power");
    law_window(p, lab.settings.train_length, n)
}

fn why(lab: &Stretch, n: usize) -> Note {
    match lab.settings.scheme {
        Scheme::Alibi => note(
            format!("{n} keys of weights e^(−slope·k): a geometric sum."),
            format!("{n} 个键，权重 e^(−斜率·k)：等比求和。"),
        ),
        Scheme::Nope => note(format!("{n} keys that share alike."), format!("{n} 个键平分。")),
        Scheme::Window => note(
            "Keys within the width share alike; beyond it nothing is seen.",
            "宽度之内的键平分，之外一概看不见。",
        ),
        Scheme::Kerple => note(
            "Weights (1 + k)^(−c/ln base): the law of a power itself.",
            "权重 (1 + k)^(−c/ln base)：正是幂律本身。",
        ),
        Scheme::Bias | Scheme::Sandwich => note(
            format!(
                "{n} keys with logits c·g(k). Expected: weights (1 + k)^(−c cos φ/ln base). Depends: g only follows its logarithm on the average."
            ),
            format!(
                "{n} 个键，得分 c·g(k)。期望值：权重 (1 + k)^(−c cos φ/ln base)。看情况：g 只是平均而言遵循对数律。"
            ),
        ),
    }
}

/// Every scheme here is relative.
fn shift(lab: &Stretch) -> Readout {
    let Settings { scheme, trick, .. } = lab.settings;
    let (turning, training) = (lab.settings.turning(trick), lab.settings.training());
    let strength = lab.settings.strength();
    let gap = lab.text(0, |text| {
        let (query, key) = (text.query(0), text.key(0));
        let score = |m: usize, n: usize| {
            let score = strength.score(scheme, &turning, &training, (&query, m), (&key, n));
            if score.is_finite() { score } else { 0.0 }
        };
        [1usize, 5, 40]
            .into_iter()
            .map(|k| (score(50, 50 - k) - score(1050, 1050 - k)).abs())
            .fold(0.0, f64::max)
    });
    claim(
        "scheme_shift",
        text("Change of the scheme’s score when both places move", "两个位置都移动时该方案得分的变化"),
        ROPE,
    )
    .equals(
        Some(gap),
        0.0,
        1e-9,
        note("Places 50 and 1,050, distances 1, 5 and 40.", "位置 50 与 1050，距离 1、5、40。"),
    )
}
