//! Γ, 1/Γ and ln Γ: Stirling's series far out, the functional equation from there inwards, reflection to the left.

use super::stirling::{self, FAR};
use crate::math::{
    complex::{Complex, complex, sincos_pi},
    double_double::{DoubleDouble, PI, two_sum},
};

/// Γ has no value at 0, −1, −2, …
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pole {
    /// The pole is at −n.
    pub n: f64,
}

impl Pole {
    /// The pole at `z`, if there is one.
    pub fn at(z: Complex) -> Option<Self> {
        (z.im == 0.0 && z.re <= 0.0 && z.re == libm::trunc(z.re)).then_some(Self { n: -z.re })
    }

    /// (−1)ⁿ / n!.
    pub fn residue(self) -> f64 {
        let size = reciprocal(complex(self.n + 1.0, 0.0)).re;
        if self.n % 2.0 == 0.0 { size } else { -size }
    }
}

/// Γ(z) = e^log · factor: either may be far out of range where the product is not.
#[derive(Clone, Copy)]
struct Parts {
    log: [DoubleDouble; 2],
    factor: Complex,
}

impl Parts {
    fn value(self) -> Complex {
        let [re, im] = self.log;
        let size = libm::exp(re.hi / 2.0);
        let turns = libm::rint(im.hi / (2.0 * PI.hi));
        let phase = im - PI * (2.0 * turns);
        let (sin, cos) = libm::sincos(phase.hi);
        let unit = complex(cos - phase.lo * sin, sin + phase.lo * cos).scale(1.0 + re.lo);
        let turned = unit * self.factor;
        // In two halves, for range; infinity times a part that is exactly 0 would be no number.
        let whole = |part: f64| if part == 0.0 { 0.0 } else { part * size * size };
        complex(whole(turned.re), whole(turned.im))
    }

    fn inverse(self) -> Self {
        Self { log: self.log.map(|part| -part), factor: Complex::ONE / self.factor }
    }
}

/// For Re z ≥ ½; `lost` is what z lacks of the argument that is meant.
fn right(z: Complex, lost: f64) -> Parts {
    let (mut w, mut lost, mut factor) = (z, lost, Complex::ONE);
    while w.abs() < FAR {
        factor = factor * w;
        let next = two_sum(w.re, 1.0);
        (w.re, lost) = (next.hi, lost + next.lo);
    }
    let mut log = stirling::ln_gamma(w);
    let slope = w.ln().scale(lost);
    log = [log[0] + slope.re.into(), log[1] + slope.im.into()];
    Parts { log, factor: Complex::ONE / factor }
}

/// For Re z < ½ and Im z ≥ 0: Γ(z) = π / (sin πz Γ(1 − z)).
fn left(z: Complex) -> Parts {
    let across = two_sum(1.0, -z.re);
    let mut parts = right(complex(across.hi, -z.im), across.lo).inverse();
    if z.im < 1.0 {
        parts.factor = (parts.factor / z.sin_pi()).scale(PI.hi);
        return parts;
    }
    // 1 / sin πz = −2i e^{iπz} / (1 − e^{2πiz}), whose size goes to the logarithm.
    parts.log[0] = parts.log[0] - PI * z.im;
    let (sin, cos) = sincos_pi(z.re);
    parts.factor = parts.factor * complex(sin, -cos).scale(2.0 * PI.hi) / gap(z);
    parts
}

/// 1 − e^{2πiz} for Im z ≥ 0, exact near whole numbers.
fn gap(z: Complex) -> Complex {
    let decay = -2.0 * PI.hi * z.im;
    let size = libm::exp(decay);
    let ((sin, _), (twice, _)) = (sincos_pi(z.re), sincos_pi(2.0 * z.re));
    complex(2.0 * size * sin * sin - libm::expm1(decay), -size * twice)
}

/// All but a pole; what is said of the upper half plane holds mirrored for the lower one.
fn parts(z: Complex) -> Parts {
    if z.abs() > 1e100 {
        // Nothing or infinite, and no square of it is a double.
        let grows = z.re >= 0.5 && z.re * (libm::log(z.abs()) - 1.0) > z.im * z.arg();
        let log = DoubleDouble::from(if grows { 1e4 } else { -1e4 });
        return Parts { log: [log, DoubleDouble::ZERO], factor: Complex::ONE };
    }
    if z.re >= 0.5 { right(z, 0.0) } else { left(z) }
}

fn mirrored(z: Complex, f: impl Fn(Complex) -> Complex) -> Complex {
    if z.im < 0.0 { f(z.conj()).conj() } else { f(complex(z.re, z.im.abs())) }
}

/// Γ(z), or the pole that is there.
pub fn gamma(z: Complex) -> Result<Complex, Pole> {
    if let Some(pole) = Pole::at(z) {
        return Err(pole);
    }
    if z.im == 0.0 && z.re == libm::trunc(z.re) && z.re <= 23.0 {
        // Below 23! every product is a double.
        return Ok(complex((1..z.re as u64).map(|k| k as f64).product(), 0.0));
    }
    Ok(mirrored(z, |z| parts(z).value()))
}

/// 1/Γ(z): an entire function, exactly 0 at 0, −1, −2, …
pub fn reciprocal(z: Complex) -> Complex {
    if Pole::at(z).is_some() {
        return Complex::ZERO;
    }
    mirrored(z, |z| parts(z).inverse().value())
}

/// ln Γ(z), continuous off the negative real axis and real on the positive one; on the negative one as from above. The
/// error is absolute where ln Γ is below 1. At a pole the real part is infinite.
pub fn ln_gamma(z: Complex) -> Complex {
    if Pole::at(z).is_some() {
        return complex(f64::INFINITY, 0.0);
    }
    mirrored(z, |z| {
        if z.re >= 0.5 {
            return ln_right(z);
        }
        // ln π + ln 2 + iπ(z − ½) − ln(1 − e^{2πiz}) − ln Γ(1 − z), each of which is continuous up here.
        let slope = complex(-PI.hi * z.im, PI.hi * (z.re - 0.5));
        complex(libm::log(2.0 * PI.hi), 0.0) + slope - gap(z).ln() - ln_right(Complex::ONE - z)
    })
}

fn ln_right(z: Complex) -> Complex {
    let (mut w, mut logs) = (z, Complex::ZERO);
    while w.abs() < FAR {
        logs = logs + w.ln();
        w.re += 1.0;
    }
    let [re, im] = stirling::ln_gamma(w);
    complex(re.value(), im.value()) - logs
}
