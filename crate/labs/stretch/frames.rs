//! The frames by name. What is not asked about is empty, and nothing is computed for it.

use std::f64::consts::{FRAC_PI_4, TAU};

use super::{
    settings::{Settings, View},
    state::Stretch,
};
use crate::math::rotary::{
    profile::{continuum, log_law},
    scheme::Scheme,
    stack::Terms,
    terms::spread,
    turning::Trick,
    window::{Window, power_law, softmax},
};
use crate::runtime::{error::SessionError, frame::Frame};

/// Columns that terms are drawn in.
const COLUMNS: usize = 96;
/// Columns that a row of attention is drawn in.
const BARS: usize = 48;
/// Distances of a curve over a logarithmic axis.
const PLACES: usize = 160;
/// Lengths of a key's bias.
const BIASES: usize = 33;

/// Every frame, who asks for it, and how many columns it has.
const ALL: [(&str, View, usize); 14] = [
    ("terms", View::Terms, 13),
    ("spread", View::Terms, 2),
    ("gaze", View::Terms, 3),
    ("profile", View::Terms, 4),
    ("shares", View::Window, 5),
    ("growth", View::Window, 5),
    ("rows", View::Cancel, 5),
    ("lift", View::Cancel, 3),
    ("effect", View::Cancel, 3),
    ("family", View::Family, 7),
    ("family_shares", View::Family, 7),
    ("family_mass", View::Family, 7),
    ("tricks", View::Tricks, 7),
    ("angles", View::Tricks, 8),
];
const ENTROPIES: (&str, View, usize) = ("trick_entropy", View::Tricks, 7);

pub fn frame(lab: &Stretch, at: usize, name: &str) -> Result<Frame, SessionError> {
    let known = ALL.iter().chain([&ENTROPIES]).find(|(one, _, _)| *one == name);
    let Some((name, view, width)) = known else {
        return Err(SessionError::UnknownFrame(name.to_owned()));
    };
    let data = if *view == lab.settings.view { data(lab, at, name) } else { Vec::new() };
    Ok(Frame::new(name, [data.len() / width, *width], data.into_iter().map(|x| x as f32).collect()))
}

fn data(lab: &Stretch, at: usize, name: &str) -> Vec<f64> {
    match name {
        "terms" => terms(lab, at),
        "spread" => spreads(lab, at),
        "gaze" => gaze(lab, at),
        "profile" => profile(lab),
        "shares" => shares(lab, at),
        "growth" => growth(lab),
        "rows" => rows(lab, at),
        "lift" => lift(lab, at),
        "effect" => effect(lab, at),
        "family" => family(lab),
        "family_shares" => family_shares(lab, at),
        "family_mass" => {
            over_lengths(lab, Scheme::ALL.map(|scheme| (scheme, lab.settings.trick)), |w| w.mass)
        }
        "tricks" => tricks(lab, at),
        "angles" => angles(lab, at),
        "trick_entropy" => over_lengths(lab, Trick::ALL.map(|trick| (Scheme::Bias, trick)), |w| w.entropy),
        other => unreachable!("{other} is in the list and has no data"),
    }
}

/// What a fingerprint is made of: the profile, and the first terms.
pub fn proof(lab: &Stretch, at: usize) -> Vec<f32> {
    let mut all = profile(lab);
    all.extend(lab.stacked(at).iter().take(16).flat_map(|terms| terms.first));
    all.extend(over_lengths(lab, [(lab.settings.scheme, lab.settings.trick)], |w| w.entropy));
    all.into_iter().map(|x| if x.is_finite() { x as f32 } else { -1.0 }).collect()
}

/// Whole distances that a logarithmic axis shows: 1 to the longest.
fn distances(longest: usize, places: usize) -> Vec<usize> {
    let most = libm::log((longest.max(2) - 1) as f64);
    let place = |i: usize| libm::exp(most * i as f64 / (places - 1) as f64).round() as usize;
    let mut all: Vec<usize> = (0..places).map(place).collect();
    all.dedup();
    all
}

fn longest(settings: &Settings) -> usize {
    settings.length.max(settings.train_length)
}

/// Stretches of 0 … n − 1, each about as many times as far back as the one before; they stay where they are while n grows.
fn reaches(n: usize, longest: usize) -> Vec<std::ops::Range<usize>> {
    let mut start = 0;
    let mut all = Vec::new();
    for k in distances(longest, COLUMNS) {
        if start < n {
            all.push(start..(k + 1).min(n));
            start = k + 1;
        }
    }
    all
}

/// Where such a stretch is drawn.
fn middle(range: &std::ops::Range<usize>) -> f64 {
    ((range.start.max(1) * (range.end - 1).max(1)) as f64).sqrt()
}

/// Stretches of 0 … n − 1, about as long as one another.
fn bins(n: usize, most: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let count = n.min(most);
    (0..count).map(move |i| i * n / count..(i + 1) * n / count)
}

/// What to expect of the four terms, the newest key first: means, divided by √d, as softmax sees them. [n][4]
pub fn expected(lab: &Stretch, at: usize) -> Vec<[f64; 4]> {
    let Settings { a, b, angle, d, trick, .. } = lab.settings;
    let n = lab.settings.tokens(at);
    let [mean, _] = lab.drawn();
    let d = d as f64;
    let scale = lab.settings.turning(trick).scale(n) / d.sqrt();
    // The common mean stands at 45° in every pair and is mean·√d long.
    let long = mean * d.sqrt();
    let wave = |phase: f64| lab.waves(trick, phase);
    let [one, two, three, four] = [wave(0.0), wave(FRAC_PI_4), wave(angle - FRAC_PI_4), wave(angle)];
    (0..n)
        .map(|k| {
            let all = [long * long * one[k], a * long * two[k], long * b * three[k], a * b * four[k]];
            all.map(|term| term * scale)
        })
        .collect()
}

/// How far single keys and queries stray from that: one number a term.
pub fn strays(lab: &Stretch, at: usize) -> [f64; 4] {
    let Settings { a, b, d, isotropy, trick, .. } = lab.settings;
    let scale = lab.settings.turning(trick).scale(lab.settings.tokens(at));
    let root = (d as f64).sqrt();
    let first = isotropy * isotropy + 2.0 * isotropy * (1.0 - isotropy);
    [first.sqrt(), a * isotropy.sqrt() / root, b * isotropy.sqrt() / root, 0.0].map(|stray| stray * scale)
}

/// How far terms were measured to stray: the root of the mean square.
pub fn measured_strays(all: &[Terms], expected: &[[f64; 4]]) -> [f64; 4] {
    std::array::from_fn(|j| {
        let sum: f64 = all
            .iter()
            .zip(expected)
            .map(|(terms, known)| terms.squares[j] - 2.0 * terms.mean[j] * known[j] + known[j] * known[j])
            .sum();
        (sum.max(0.0) / all.len() as f64).sqrt()
    })
}

/// [columns, 13]: a distance; the four terms, means over a column's keys and all queries; of one key and the first query; expected.
fn terms(lab: &Stretch, at: usize) -> Vec<f64> {
    let (all, known) = (lab.stacked(at), expected(lab, at));
    reaches(all.len(), longest(&lab.settings))
        .into_iter()
        .flat_map(|range| {
            let count = range.len() as f64;
            let mean = |j: usize| all[range.clone()].iter().map(|terms| terms.mean[j]).sum::<f64>() / count;
            let law = |j: usize| known[range.clone()].iter().map(|terms| terms[j]).sum::<f64>() / count;
            let mut row = vec![middle(&range)];
            row.extend((0..4).map(mean));
            row.extend(all[range.start].first);
            row.extend((0..4).map(law));
            row
        })
        .collect()
}

/// [4, 2]: how far each term strays, measured and expected.
fn spreads(lab: &Stretch, at: usize) -> Vec<f64> {
    let measured = measured_strays(&lab.stacked(at), &expected(lab, at));
    measured.into_iter().zip(strays(lab, at)).flat_map(|(measured, known)| [measured, known]).collect()
}

/// [columns, 3]: a distance, and how much of the first query's attention lies up to there, with biases and without.
fn gaze(lab: &Stretch, at: usize) -> Vec<f64> {
    let all = lab.stacked(at);
    let of = |terms: usize| -> Vec<f64> {
        softmax(&all.iter().map(|one| one.first[..terms].iter().sum()).collect::<Vec<f64>>())
    };
    let (with, without) = (of(4), of(1));
    let (mut inside, mut plain) = (0.0, 0.0);
    reaches(all.len(), longest(&lab.settings))
        .into_iter()
        .flat_map(|range| {
            inside += with[range.clone()].iter().sum::<f64>();
            plain += without[range.clone()].iter().sum::<f64>();
            [(range.end - 1).max(1) as f64, inside, plain]
        })
        .collect()
}

/// [places, 4]: k, g(k), its continuum and, where b is not turned from a, the law of the logarithm.
fn profile(lab: &Stretch) -> Vec<f64> {
    let Settings { base, angle, .. } = lab.settings;
    let waves = lab.waves(Trick::Plain, angle);
    let law = |k: f64| if angle == 0.0 { log_law(base, k) } else { f64::NAN };
    distances(longest(&lab.settings), PLACES)
        .into_iter()
        .flat_map(|k| [k as f64, waves[k], continuum(base, angle, k as f64), law(k as f64)])
        .collect()
}

/// The law of a power that the chosen scheme comes to, if it comes to one: its exponent in a text of `n` tokens.
pub fn power(lab: &Stretch, scheme: Scheme, n: usize) -> Option<f64> {
    let strength = lab.settings.strength();
    match scheme {
        Scheme::Bias => {
            let scale = lab.scale(scheme, lab.settings.trick, n);
            Some(strength.power() * libm::cos(strength.angle) * scale)
        }
        Scheme::Kerple | Scheme::Sandwich => Some(strength.power()),
        Scheme::Alibi | Scheme::Window | Scheme::Nope => None,
    }
}

/// Shares of attention by distance in a text of `n` tokens.
fn attention(lab: &Stretch, scheme: Scheme, trick: Trick, n: usize) -> Vec<f64> {
    let scale = lab.scale(scheme, trick, n);
    let scores = lab.scores(scheme, trick);
    softmax(
        &scores[..n]
            .iter()
            .map(|s| if *s == f64::NEG_INFINITY { *s } else { s * scale })
            .collect::<Vec<f64>>(),
    )
}

/// A share as it is drawn; nothing beyond the text.
fn share(shares: &[f64], k: usize) -> f64 {
    shares.get(k).copied().unwrap_or(f64::NAN)
}

/// [places, 5]: k, and what a key there gets in a text as long as training, as now, as at last, and by the law of a power now.
fn shares(lab: &Stretch, at: usize) -> Vec<f64> {
    let Settings { scheme, trick, .. } = lab.settings;
    let lengths = lab.settings.lengths();
    let of = |n: usize| attention(lab, scheme, trick, n);
    let n = lengths[at];
    let (first, now, last) = (of(lengths[0]), of(n), of(lengths[lengths.len() - 1]));
    let law = power(lab, scheme, n).map(|p| softmax(&power_law(p, n))).unwrap_or_default();
    distances(longest(&lab.settings), PLACES)
        .into_iter()
        .flat_map(|k| [k as f64, share(&first, k), share(&now, k), share(&last, k), share(&law, k)])
        .collect()
}

/// [lengths, 5]: n, mass and entropy, and by the law of a power.
fn growth(lab: &Stretch) -> Vec<f64> {
    let Settings { scheme, trick, train_length, .. } = lab.settings;
    let lengths = lab.settings.lengths();
    let windows = lab.windows(scheme, trick, &lengths);
    lengths
        .iter()
        .zip(windows)
        .flat_map(|(n, window)| {
            let law = power(lab, scheme, *n).map(|p| law_window(p, train_length, *n));
            let law = law.unwrap_or(Window { mass: f64::NAN, entropy: f64::NAN });
            [*n as f64, window.mass, window.entropy, law.mass, law.entropy]
        })
        .collect()
}

/// The window of weights (1 + k)^(−p).
pub fn law_window(p: f64, near: usize, n: usize) -> Window {
    crate::math::rotary::window::growth(&power_law(p, n), near, &[(n, 1.0)])[0]
}

/// [columns, 5]: a distance, and shares of one row before and after a key's bias, without rotations and with them.
fn rows(lab: &Stretch, at: usize) -> Vec<f64> {
    let rows = lab.rows(at);
    let shares = rows.iter().flat_map(|row| [softmax(&row.before), softmax(&row.after)]).collect::<Vec<_>>();
    bins(shares[0].len(), BARS)
        .flat_map(|range| {
            let middle = (range.start + range.end - 1) as f64 / 2.0;
            let sum = |shares: &Vec<f64>| shares[range.clone()].iter().sum::<f64>();
            std::iter::once(middle).chain(shares.iter().map(sum)).collect::<Vec<_>>()
        })
        .collect()
}

/// [places, 3]: a distance, and what a key's bias adds to the score there, without rotations and with them.
fn lift(lab: &Stretch, at: usize) -> Vec<f64> {
    let rows = lab.rows(at);
    let row = |k: usize| [k as f64, rows[0].lift[k], rows[1].lift[k]];
    distances(rows[0].lift.len(), PLACES).into_iter().flat_map(row).collect()
}

/// [biases, 3]: |b|, and the largest change of a share, without rotations and with them.
fn effect(lab: &Stretch, at: usize) -> Vec<f64> {
    // The score is linear in b.
    let rows = lab.lifts(at, &spread(1.0, 0.0, lab.settings.d));
    (0..BIASES).flat_map(|i| [i as f64, rows[0].effect_of(i as f64), rows[1].effect_of(i as f64)]).collect()
}

/// [places, 7]: k, and what each scheme adds there beyond what it adds at distance 0.
fn family(lab: &Stretch) -> Vec<f64> {
    let trick = lab.settings.trick;
    let all = Scheme::ALL.map(|scheme| lab.scores(scheme, trick));
    let row = |k: usize| {
        let added = all.each_ref().map(|scores| scores[k] - scores[0]);
        std::iter::once(k as f64).chain(added.map(|x| if x.is_finite() { x } else { f64::NAN }))
    };
    distances(longest(&lab.settings), PLACES).into_iter().flat_map(row).collect()
}

/// [places, 7]: k, and what a key there gets by each scheme now.
fn family_shares(lab: &Stretch, at: usize) -> Vec<f64> {
    let (trick, n) = (lab.settings.trick, lab.settings.tokens(at));
    let all = Scheme::ALL.map(|scheme| attention(lab, scheme, trick, n));
    let row = |k: usize| std::iter::once(k as f64).chain(all.each_ref().map(|shares| share(shares, k)));
    distances(longest(&lab.settings), PLACES).into_iter().flat_map(row).collect()
}

/// [lengths, 1 + ways]: n, and a number of the window of each way.
fn over_lengths<const N: usize>(
    lab: &Stretch,
    ways: [(Scheme, Trick); N],
    number: impl Fn(&Window) -> f64,
) -> Vec<f64> {
    let lengths = lab.settings.lengths();
    let all = ways.map(|(scheme, trick)| lab.windows(scheme, trick, &lengths));
    let row = |(i, n): (usize, &usize)| {
        std::iter::once(*n as f64)
            .chain(all.each_ref().map(|windows| number(&windows[i])))
            .collect::<Vec<_>>()
    };
    lengths.iter().enumerate().flat_map(row).collect()
}

/// [places, 7]: k, and the wave of each way to stretch, times what it multiplies scores by now.
fn tricks(lab: &Stretch, at: usize) -> Vec<f64> {
    let n = lab.settings.tokens(at);
    let all = Trick::ALL.map(|trick| lab.waves(trick, lab.settings.angle));
    let scales = Trick::ALL.map(|trick| lab.scale(Scheme::Bias, trick, n));
    let row = |k: usize| {
        let waves = all.iter().zip(scales).map(|(waves, scale)| waves[k] * scale);
        std::iter::once(k as f64).chain(waves).collect::<Vec<_>>()
    };
    distances(longest(&lab.settings), PLACES).into_iter().flat_map(row).collect()
}

/// [pairs, 8]: turns within the length of training, and within the text of now by each way to stretch.
fn angles(lab: &Stretch, at: usize) -> Vec<f64> {
    let (training, n) = (lab.settings.training(), lab.settings.tokens(at));
    let all = Trick::ALL.map(|trick| lab.settings.turning(trick));
    (0..training.pairs)
        .flat_map(|i| {
            let seen = training.frequency(i) * training.length as f64 / TAU;
            let now = all.each_ref().map(|turning| {
                let furthest = n.min(turning.held.saturating_add(1)) as f64;
                turning.frequencies[i] * furthest / TAU
            });
            [i as f64, seen].into_iter().chain(now).collect::<Vec<_>>()
        })
        .collect()
}
