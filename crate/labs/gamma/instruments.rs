//! The two instruments that tell Γ from an impostor: Wielandt's bound on a strip, and Bohr and Mollerup's convexity.

use super::settings::Settings;
use crate::math::{
    complex::{Complex, complex, sincos_pi},
    gamma::{fourier::impostor_factor, quick},
};
use std::{cell::Cell, f64::consts::PI};

/// How far up and down the strip is searched.
pub const HEIGHT: f64 = 3.0;
/// Where the convexity is searched.
pub const LEAST: f64 = 0.1;
pub const MOST: f64 = 6.0;

/// |Γ(z)| and |Γ(z) (1 + ε sin 2πz)|.
fn sizes(z: Complex, epsilon: f64) -> [f64; 2] {
    let size = libm::exp(quick::ln_gamma(z).re);
    [size, size * impostor_factor(z, epsilon).abs()]
}

/// The largest of both over 1 ≤ Re z ≤ 2 at height y.
fn widest(y: f64, epsilon: f64) -> [f64; 2] {
    (0..=20)
        .map(|i| sizes(complex(1.0 + f64::from(i) / 20.0, y), epsilon))
        .fold([0.0; 2], |[a, b], [c, d]| [a.max(c), b.max(d)])
}

/// [·, 3]: y, and the logarithms of both maxima over the strip.
pub fn strip(settings: &Settings) -> Vec<f32> {
    (-60..=60)
        .map(|i| f64::from(i) / 20.0)
        .flat_map(|y| {
            let [gamma, impostor] = widest(y, settings.epsilon);
            [y, libm::log10(gamma), libm::log10(impostor)].map(|value| value as f32)
        })
        .collect()
}

/// Both searches of one ε: the bound, and place and size of the least bend.
type Searched = (f64, (f64, f64));

thread_local! {
    /// The last ε searched: every look at the claims asks again.
    static LAST: Cell<Option<(f64, Searched)>> = const { Cell::new(None) };
}

fn searched(epsilon: f64) -> Searched {
    if let Some((_, found)) = LAST.get().filter(|(known, _)| *known == epsilon) {
        return found;
    }
    let found = (search_bound(epsilon), search_bend(epsilon));
    LAST.set(Some((epsilon, found)));
    found
}

/// The largest size of the impostor on the strip up to [`HEIGHT`].
pub fn bound(epsilon: f64) -> f64 {
    searched(epsilon).0
}

/// Where the impostor's logarithm bends down most, and how much: x and (ln f)″.
pub fn flattest(epsilon: f64) -> (f64, f64) {
    searched(epsilon).1
}

fn search_bound(epsilon: f64) -> f64 {
    let steps = (0..=120).map(|i| HEIGHT * f64::from(i) / 120.0);
    steps.map(|y| widest(y, epsilon)[1]).fold(0.0, f64::max)
}

/// (ln Γ)″(x) for x > 0: Σ 1/(x + k)², its tail by Euler and Maclaurin. DLMF 5.15.1.
fn trigamma(x: f64) -> f64 {
    let near: f64 = (0..20).map(|k| 1.0 / ((x + f64::from(k)) * (x + f64::from(k)))).sum();
    let w = 1.0 / (x + 20.0);
    near + w + w * w / 2.0 + w * w * w / 6.0 - libm::pow(w, 5.0) / 30.0 + libm::pow(w, 7.0) / 42.0
}

/// (ln f)″ of Γ and of the impostor at x > 0.
pub fn bends(x: f64, epsilon: f64) -> [f64; 2] {
    let (sin, cos) = sincos_pi(2.0 * x);
    let factor = 1.0 + epsilon * sin;
    let slope = 2.0 * PI * epsilon * cos / factor;
    let bend = -4.0 * PI * PI * epsilon * sin / factor - slope * slope;
    [trigamma(x), trigamma(x) + bend]
}

/// [·, 3]: x, (ln Γ)″ and (ln f)″.
pub fn convex(settings: &Settings) -> Vec<f32> {
    let x = (0..=236).map(|i| LEAST + (MOST - LEAST) * f64::from(i) / 236.0);
    x.flat_map(|x| {
        let [gamma, impostor] = bends(x, settings.epsilon);
        [x, gamma, impostor].map(|value| value as f32)
    })
    .collect()
}

fn search_bend(epsilon: f64) -> (f64, f64) {
    let x = (0..=2000).map(|i| LEAST + (MOST - LEAST) * f64::from(i) / 2000.0);
    x.map(|x| (x, bends(x, epsilon)[1])).min_by(|a, b| a.1.total_cmp(&b.1)).expect("there are places")
}
