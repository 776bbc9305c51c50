//! The frames by name. What is not asked about is empty, and nothing is computed for it.

use super::{
    settings::{Settings, View},
    state::{Born, DRAWN},
    sweep::{RATES, STEPS, Sweep},
};
use crate::labs::twins::Schooling;
use crate::runtime::{error::SessionError, frame::Frame};
use crate::signal::{
    activation::{Activation, bent},
    attention::Scaling,
    ladder,
    law::{cut_variance, kept},
    normal::density,
};
use crate::train::{
    small::sublayers::Stacked,
    widths::{Parametrisation, WIDTHS},
};

/// Bars of a histogram.
const BARS: usize = 61;
/// Places of a curve.
const PLACES: usize = 121;
/// Rows of attention that are drawn, and the stretches of their keys.
const ROWS: usize = 8;
const COLUMNS: usize = 96;
/// How far the ruler and the activation are drawn.
const RULER: f64 = 5.0;
const INPUT: f64 = 4.0;

pub fn frame(lab: &Born, at: usize, name: &str) -> Result<Frame, SessionError> {
    let view = lab.settings.view;
    let rows = |name: &'static str, width: usize, data: Vec<f32>| {
        Ok(Frame::new(name, [data.len() / width, width], data))
    };
    let all: [(&'static str, View, usize); 9] = [
        ("layers", View::Signal, 9),
        ("histogram", View::Signal, 2),
        ("ruler", View::Truncation, 3),
        ("cuts", View::Truncation, 2),
        ("activation", View::Truncation, 3),
        ("tuned", View::Truncation, 1),
        ("rows", View::Attention, 1),
        ("curve", View::Attention, 5),
        ("heads", View::Attention, 3),
    ];
    let ladder = [("rungs", View::Residual, 8), ("shares", View::Residual, 2)];
    if let Some((name, _, width)) =
        all.into_iter().chain(ladder).find(|(one, of, _)| *one == name && *of != view)
    {
        return Ok(Frame::new(name, [0, width], Vec::new()));
    }
    match name {
        "layers" => rows("layers", 9, layers(lab)),
        "histogram" => rows("histogram", 2, histogram(lab, at)),
        "ruler" => rows("ruler", 3, ruler(lab)),
        "cuts" => rows("cuts", 2, cuts()),
        "activation" => rows("activation", 3, activation(&lab.settings.activation)),
        "tuned" => rows("tuned", 1, tuned(&lab.settings)),
        "rows" => Ok(attention(lab)),
        "curve" => rows("curve", 5, lab.curve().iter().flatten().map(|x| *x as f32).collect()),
        "heads" => rows("heads", 3, heads(lab)),
        "rungs" => rows("rungs", 8, rungs(lab)),
        "shares" => rows("shares", 2, shares(lab, at)),
        other => Err(SessionError::UnknownFrame(other.to_owned())),
    }
}

/// What a fingerprint is made of: what is drawn large.
pub fn proof(lab: &Born, at: usize) -> Vec<f32> {
    let all = match lab.settings.view {
        View::Signal => layers(lab),
        View::Truncation => [ruler(lab), tuned(&lab.settings)].concat(),
        View::Attention => heads(lab),
        View::Residual => [rungs(lab), shares(lab, at)].concat(),
        View::Train | View::Transfer => Vec::new(),
    };
    all.into_iter().map(|value| if value.is_finite() { value } else { -1.0 }).collect()
}

/// Of the networks that learn beside each other.
pub fn training(schooling: &Schooling<Stacked>, name: &str) -> Option<Frame> {
    Some(match name {
        "twin_losses" => schooling.looks("twin_losses", 0),
        "twin_rights" => schooling.looks("twin_rights", 1),
        "twin_logits" => schooling.looks("twin_logits", 2),
        "twin_largest" => schooling.looks("twin_largest", 3),
        "twin_pairs" => schooling.pairs(),
        "twin_updates" => schooling.watched("twin_updates", 0),
        "twin_gradients" => schooling.watched("twin_gradients", 1),
        _ => return None,
    })
}

/// Of the runs of every width, parametrisation and rate.
pub fn sweeping(sweep: &Sweep, name: &str) -> Option<Frame> {
    let (parametrisations, widths) = (Parametrisation::ALL.len(), WIDTHS.len());
    let each = || (0..parametrisations).flat_map(move |p| (0..widths).map(move |w| (p, w)));
    Some(match name {
        // The loss at each rate, one octave apart, the first 2⁻¹².
        "sweep" => {
            let losses = each().flat_map(|(p, w)| (0..RATES).map(move |rate| sweep.loss(p, w, rate) as f32));
            Frame::new("sweep", [parametrisations, widths, RATES], losses.collect())
        }
        // log₂ of the best rate.
        "best_rates" => {
            let best = each().map(|(p, w)| sweep.best(p, w).map_or(f32::NAN, |rate| rate as f32));
            Frame::new("best_rates", [parametrisations, widths], best.collect())
        }
        // By how much each of the three layers gives another number, step by step.
        "changes" => {
            let all = sweep.changes().iter().flatten().map(|x| *x as f32).collect();
            Frame::new("changes", [parametrisations * widths, STEPS, 3], all)
        }
        _ => return None,
    })
}

/// [depth + 1, 9]: second moment, the map's; mean, the map's; gradient, the map's; shares off, saturated, dead. The input first.
fn layers(lab: &Born) -> Vec<f32> {
    let ran = lab.ran();
    let gradients = lab.gradients();
    let row = |l: usize| {
        let one = &ran.measured[l];
        let (moment, mean) =
            if l == 0 { (1.0, 0.0) } else { (ran.map[l - 1].passed.moment, ran.map[l - 1].passed.mean) };
        let gone = [one.off, one.saturated, one.dead];
        [one.moment, moment, one.mean, mean, one.gradient, gradients[l], gone[0], gone[1], gone[2]]
    };
    (0..ran.measured.len()).flat_map(row).map(|x| x as f32).collect()
}

/// [bars, 2]: a value, and how much of what comes out of layer `at` lies there, over the fullest bar.
fn histogram(lab: &Born, at: usize) -> Vec<f32> {
    let ran = lab.ran();
    let input = lab.input();
    let values = if at == 0 { &input } else { &ran.layers[at - 1].after };
    let wide = values.iter().filter(|x| x.is_finite()).fold(0f32, |wide, x| wide.max(x.abs()));
    let wide = f64::from(wide).max(f64::MIN_POSITIVE);
    let mut counts = [0u32; BARS];
    for x in values.iter().filter(|x| x.is_finite()) {
        let bar = ((f64::from(*x) / wide + 1.0) / 2.0 * BARS as f64) as usize;
        counts[bar.min(BARS - 1)] += 1;
    }
    let most = f64::from(counts.iter().copied().max().unwrap_or(1).max(1));
    let middle = |bar: usize| ((bar as f64 + 0.5) / BARS as f64 * 2.0 - 1.0) * wide;
    (0..BARS).flat_map(|bar| [middle(bar) as f32, (f64::from(counts[bar]) / most) as f32]).collect()
}

/// [bars, 3]: a place, how densely the cut draws lie there, and the cut law.
fn ruler(lab: &Born) -> Vec<f32> {
    let cut = lab.settings.cut;
    let mut counts = [0u32; BARS];
    let drawn = lab.cut_draws();
    for x in drawn.iter() {
        let bar = ((x / RULER + 1.0) / 2.0 * BARS as f64) as usize;
        counts[bar.min(BARS - 1)] += 1;
    }
    let wide = 2.0 * RULER / BARS as f64;
    let row = |bar: usize| {
        let place = (bar as f64 + 0.5) * wide - RULER;
        let law = if place.abs() < cut { density(place) / kept(cut) } else { 0.0 };
        [place, f64::from(counts[bar]) / (DRAWN as f64 * wide), law]
    };
    (0..BARS).flat_map(row).map(|x| x as f32).collect()
}

/// [·, 2]: a cut, and the variance that it leaves.
fn cuts() -> Vec<f32> {
    let places = (0..PLACES).map(|k| RULER * k as f64 / (PLACES - 1) as f64);
    places.flat_map(|cut| [cut as f32, cut_variance(cut) as f32]).collect()
}

/// [·, 3]: x, the shape as it is, and scaled and shifted.
fn activation(activation: &Activation) -> Vec<f32> {
    let row = |k: usize| {
        let x = INPUT * (2.0 * k as f64 / (PLACES - 1) as f64 - 1.0);
        [x, activation.shape.at(x)[0], activation.at(x)[0]]
    };
    (0..PLACES).flat_map(row).map(|x| x as f32).collect()
}

/// [6, 1]: mean and second moment as they are; shift and scale that make them 0 and 1; ELU's bend, and the scale that goes with it.
fn tuned(settings: &Settings) -> Vec<f32> {
    let now = settings.activation.passed(1.0);
    let [shift, scale] = settings.activation.tuned().unwrap_or([f64::NAN; 2]);
    let [bend, along] = bent();
    [now.mean, now.moment, shift, scale, bend, along].map(|x| x as f32).to_vec()
}

/// [3, rows, columns]: the largest weight in each stretch of some rows without the division, with it, and inside the initialisation.
fn attention(lab: &Born) -> Frame {
    let n = lab.settings.n;
    let columns = n.min(COLUMNS);
    let stretch = |row: &[f64], c: usize| {
        row[c * n / columns..(c + 1) * n / columns].iter().copied().fold(0.0, f64::max) as f32
    };
    let all = [Scaling::None, Scaling::Root, Scaling::Inside].map(|scaling| lab.heads(scaling));
    let rows = all.iter().flat_map(|heads| heads.rows.iter().take(ROWS));
    let data = rows.flat_map(|row| (0..columns).map(|c| stretch(row, c)).collect::<Vec<_>>()).collect();
    Frame::new("rows", [3, ROWS, columns], data)
}

/// [3, 3]: deviation of the logits, mean largest weight, mean 1 − Σp², for each of the three.
fn heads(lab: &Born) -> Vec<f32> {
    [Scaling::None, Scaling::Root, Scaling::Inside]
        .into_iter()
        .flat_map(|scaling| {
            let heads = lab.heads(scaling);
            [0, 1, 2].map(|what| heads.moments(what).mean as f32)
        })
        .collect()
}

/// [depth + 1, 8]: second moment, cosine with the next, what reaches here of a change of x_1, the direct way; each measured, then
/// as endlessly wide branches have it.
fn rungs(lab: &Born) -> Vec<f32> {
    let climbed = lab.climbed();
    let (climb, known, kind) = (&climbed.0.rungs, &climbed.1, lab.plan().kind);
    let row = |l: usize| {
        let (one, other) = (&climb[l], &known[l]);
        let direct = [climb, known].map(|rungs| ladder::straight(rungs, l, kind));
        let reached = [one.reached.sqrt(), other.reached.sqrt()];
        [one.moment, other.moment, one.cosine, other.cosine, reached[0], reached[1], direct[0], direct[1]]
    };
    (0..known.len()).flat_map(row).map(|x| x as f32).collect()
}

/// [at + 1, 2]: what x_0 and each branch weigh in x_at; measured, and as endlessly wide branches have it.
fn shares(lab: &Born, at: usize) -> Vec<f32> {
    let climbed = lab.climbed();
    let pairs = ladder::shares(&climbed.0.rungs, at).into_iter().zip(ladder::shares(&climbed.1, at));
    pairs.flat_map(|(measured, known)| [measured as f32, known as f32]).collect()
}
