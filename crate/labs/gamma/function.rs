//! The functions that one can look at, exactly and as quickly as a picture needs, and what each misses of the equation.

use super::settings::{Function, Settings};
use crate::math::{
    complex::{Complex, complex},
    gamma::{digamma, fourier::impostor_factor, gamma, ln_gamma, quick, reciprocal},
};

/// f(z); `None` at a pole.
pub fn value(settings: &Settings, z: Complex) -> Option<Complex> {
    match settings.function {
        Function::Gamma => gamma(z).ok(),
        Function::Reciprocal => Some(reciprocal(z)),
        Function::Ln => Some(ln_gamma(z)).filter(|value| value.is_finite()),
        Function::Psi => digamma(z).ok(),
        Function::Impostor => impostor(z, settings.epsilon),
    }
}

/// Γ(z) (1 + ε sin 2πz); `None` at a pole.
pub fn impostor(z: Complex, epsilon: f64) -> Option<Complex> {
    Some(gamma(z).ok()? * impostor_factor(z, epsilon))
}

/// |f(z + 1) − z f(z)| over the larger of the two; `None` where one of them has no value or both are lost below a double's range.
pub fn residual(settings: &Settings, z: Complex) -> Option<f64> {
    let (next, here) = (value(settings, z + Complex::ONE)?, z * value(settings, z)?);
    let size = next.abs().max(here.abs());
    (size > 1e-290 && size.is_finite()).then(|| (next - here).abs() / size)
}

/// ln |f| and arg f for a picture; infinite at poles and zeros.
pub fn quickly(settings: &Settings, z: Complex) -> Complex {
    let of = |value: Complex| complex(libm::log(value.abs()), value.arg());
    match settings.function {
        Function::Gamma => quick::ln_gamma(z),
        Function::Reciprocal => -quick::ln_gamma(z),
        Function::Ln => of(ln_gamma(z)),
        Function::Psi => digamma(z).map_or(complex(f64::INFINITY, 0.0), of),
        Function::Impostor => quick::ln_gamma(z) + of(impostor_factor(z, settings.epsilon)),
    }
}
