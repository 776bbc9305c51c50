//! What both roads look like: curves over x, over ω, along the vertical line.

use super::{derivation, settings::Settings};
use crate::math::{
    complex::{Complex, complex},
    gamma::{euler, fourier, gamma},
};
use std::f64::consts::PI;

const POINTS: usize = 241;

fn places(from: f64, to: f64, count: usize) -> impl Iterator<Item = f64> {
    (0..count).map(move |i| from + (to - from) * i as f64 / (count - 1) as f64)
}

fn narrow<const N: usize>(row: [f64; N]) -> [f32; N] {
    row.map(|value| value as f32)
}

/// [2, 2]: real and imaginary part of Γ(z), each as the nearest f32 and what that lacks: their sum has a double's digits, within the
/// range of an f32. No numbers at a pole.
pub fn value(settings: &Settings) -> Vec<f32> {
    let value = gamma(settings.z).unwrap_or(complex(f64::NAN, f64::NAN));
    let parts = [value.re, value.im].map(|part| [part as f32, (part - f64::from(part as f32)) as f32]);
    parts.concat()
}

/// [·, 3]: x, Γ(x) and the impostor, 64 points a unit, so that a shift by one is one by 64 rows.
pub fn graph(settings: &Settings) -> Vec<f32> {
    let x = (-288..=320).map(|i| f64::from(i) / 64.0);
    x.flat_map(|x| {
        let value = gamma(complex(x, 0.0)).map_or(f64::NAN, |value| value.re);
        narrow([x, value, value * fourier::impostor_factor(complex(x, 0.0), settings.epsilon).re])
    })
    .collect()
}

/// [·, 2]: x and f_N(x), finely enough for the spikes.
pub fn road(settings: &Settings) -> Vec<f32> {
    let count = 8 * (24 * settings.periods).clamp(120, 480) + 1;
    let at = |x: f64| narrow([x, fourier::partial_series(x, settings.periods)]);
    places(-6.0, 3.0, count).flat_map(at).collect()
}

/// [·, 3]: ω, and real and imaginary part of exp(−e^{iω}) over all periods.
pub fn circle(settings: &Settings) -> Vec<f32> {
    let end = PI * settings.periods.min(6) as f64;
    places(-end, end, 601)
        .flat_map(|omega| {
            let value = derivation::circle(omega);
            narrow([omega, value.re, value.im])
        })
        .collect()
}

/// [·, 2]: ω and exp(−e^ω), which the imaginary axis has in its place.
pub fn fall() -> Vec<f32> {
    places(-6.0, 6.0, 181).flat_map(|omega| narrow([omega, libm::exp(-libm::exp(omega))])).collect()
}

/// [11, 3]: n, the integral over one period at x = −n, and (−1)ⁿ/n!.
pub fn comb() -> Vec<f32> {
    let n = (-3..=7).map(f64::from);
    n.flat_map(|n| {
        let residue = if n < 0.0 { 0.0 } else { fourier::residue(n) };
        narrow([n, fourier::one_period(-n), residue])
    })
    .collect()
}

/// [·, 3]: y, and Γ(c + iy) over its largest size on the line.
pub fn line(settings: &Settings) -> Vec<f32> {
    let at = |y: f64| gamma(complex(settings.c, y)).unwrap_or(complex(f64::NAN, 0.0));
    let values: Vec<_> = places(-8.0, 8.0, POINTS).map(|y| (y, at(y))).collect();
    let size = values.iter().map(|(_, value)| value.abs()).fold(f64::MIN_POSITIVE, f64::max);
    values.iter().flat_map(|(y, value)| narrow([*y, value.re / size, value.im / size])).collect()
}

/// [·, 3]: ω, the transform in closed form and as a sum over Γ(c + iy); empty where the line runs into a pole.
pub fn transform(settings: &Settings) -> Vec<f32> {
    let c = settings.c;
    if crate::math::gamma::Pole::at(complex(c, 0.0)).is_some() {
        return Vec::new();
    }
    // Sampled once for all ω; the step of a picture.
    let distance = if c > 0.0 { c } else { (c - libm::rint(c)).abs() };
    let step = (2.0 * PI * distance / 12.0).clamp(0.01, 0.1);
    let count = libm::ceil((14.0 + 2.0 * c.abs()) / step) as usize;
    let values: Vec<_> =
        (0..=count).map(|k| gamma(complex(c, step * k as f64)).unwrap_or(Complex::ZERO)).collect();
    places(-5.0, 3.5, 171)
        .flat_map(|omega| {
            let turn = Complex::turn(-omega * step);
            let (mut sum, mut phase) = (values[0].re, turn);
            for value in &values[1..] {
                sum += 2.0 * (*value * phase).re;
                phase = phase * turn;
            }
            narrow([omega, fourier::along_exactly(c, omega), sum * step])
        })
        .collect()
}

/// [·, 6]: ω, real and imaginary part of e^{zω − e^ω} over its largest size, Stirling's Gaussian of the real part, and the area so
/// far over Γ(z). Where the integral does not converge there is no area.
pub fn bump(settings: &Settings) -> Vec<f32> {
    let z = settings.z;
    let top = z.re.max(0.15);
    let middle = libm::log(top);
    let left = middle - (2.5 / libm::sqrt(top) + 4.0 / top).min(14.0);
    let right = libm::log(top + 6.0 * libm::sqrt(top) + 6.0);
    let peak = if z.re > 0.0 { z.re * middle - top } else { z.re * left };
    let whole = gamma(z).ok().filter(|_| z.re > 0.0);
    places(left, right, POINTS)
        .flat_map(|omega| {
            let t = libm::exp(omega);
            let value = Complex::turn(z.im * omega).scale(libm::exp(z.re * omega - t - peak));
            let gauss = libm::exp(-top * (omega - middle) * (omega - middle) / 2.0);
            let area = whole.map_or(complex(f64::NAN, 0.0), |whole| derivation::partial(z, t) / whole);
            narrow([omega, value.re, value.im, gauss, area.re, area.im])
        })
        .collect()
}

/// [·, 3]: h, |the rule's error| and |what Poisson's sum predicts|, over Γ(Re z); empty where Euler's integral diverges.
pub fn rule(settings: &Settings) -> Vec<f32> {
    let z = settings.z.re;
    let Ok(size) = gamma(complex(z, 0.0)) else { return Vec::new() };
    if z <= 0.0 || !size.is_finite() {
        return Vec::new();
    }
    let errors = euler::RuleErrors::of(z);
    (0..20)
        .map(|i| 2.0 * libm::pow(0.05, f64::from(i) / 19.0))
        .flat_map(|h| {
            let predicted = euler::predicted(complex(z, 0.0), h).re;
            let measured = errors.at(h);
            narrow([h, (measured / size.re).abs(), (predicted / size.re).abs()])
        })
        .collect()
}
