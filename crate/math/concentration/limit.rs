//! S for endless texts: closed forms, and the same by quadrature.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use super::{
    kernel::Kernel,
    nodes::{below, density, panels, split},
};

/// Below this β/γ what is left of a ReLU is a difference of nearly equal terms; its tail is integrated instead.
const FAR: f64 = -3.0;

/// S of the article for scores β + γe, by its closed form; `None` where there is none, or where all weights are zero.
pub fn closed(kernel: Kernel, beta: f64, gamma: f64) -> Option<f64> {
    if gamma == 0.0 {
        return (kernel.at(beta) != 0.0).then_some(1.0);
    }
    let r = beta / gamma;
    match kernel {
        Kernel::Exp => Some(libm::exp(-gamma * gamma / 2.0)),
        Kernel::Identity => {
            let folded = (2.0 / PI).sqrt() * libm::exp(-r * r / 2.0) + r * libm::erf(r * FRAC_1_SQRT_2);
            Some(folded / (1.0 + r * r).sqrt())
        }
        Kernel::Relu if r < FAR => Some(far(r, 1)),
        Kernel::Relu => {
            let (part, dense) = (below(r), density(r));
            Some((r * part + dense) / ((r * r + 1.0) * part + r * dense).sqrt())
        }
        Kernel::Relu2 if r < FAR => Some(far(r, 2)),
        Kernel::Relu2 => {
            let (part, dense, rr) = (below(r), density(r), r * r);
            let squares = (rr * rr + 6.0 * rr + 3.0) * part + (rr * r + 5.0 * r) * dense;
            Some(((rr + 1.0) * part + r * dense) / squares.sqrt())
        }
        Kernel::Elu1 => {
            // Above zero x + 1, below zero eˣ.
            let (part, dense) = (below(r), density(r));
            let mean = (beta + 1.0) * part
                + gamma * dense
                + libm::exp(beta + gamma * gamma / 2.0) * below(-r - gamma);
            let above = ((beta + 1.0) * (beta + 1.0) + gamma * gamma) * part + gamma * (beta + 2.0) * dense;
            let squares = above + libm::exp(2.0 * (beta + gamma * gamma)) * below(-r - 2.0 * gamma);
            Some(mean / squares.sqrt())
        }
        Kernel::Softplus => None,
    }
}

/// S of a power of ReLU far below zero: ∫ xᵖ e^{rx − x²/2} over the root of ∫ x²ᵖ e^{rx − x²/2}, and the density of where it begins.
fn far(r: f64, power: i32) -> f64 {
    let all = panels(0.0, 44.0 / -r, 2.0 / -r);
    let moment = |power: i32| -> f64 {
        all.iter().map(|(x, w)| w * x.powi(power) * libm::exp(r * x - x * x / 2.0)).sum()
    };
    density(r).sqrt() * moment(power) / moment(2 * power).sqrt()
}

/// S by quadrature, for every kernel. NaN where all weights are zero.
pub fn quadrature(kernel: Kernel, beta: f64, gamma: f64) -> f64 {
    let beta = if kernel == Kernel::Exp { 0.0 } else { beta };
    let kink = (kernel.has_kink() && gamma > 0.0).then(|| -beta / gamma);
    // As far as the squares of an exponential reach, or what is left of a ReLU.
    let wide = 10.0 + if kernel == Kernel::Exp { 2.0 * gamma } else { kink.unwrap_or(0.0).max(0.0) };
    let all = split(-10.0, wide, 0.5f64.min(2.0 / gamma.max(1e-9)), kink);
    // ln ∫ |f|ᵖ φ, taken out of its largest term.
    let ln_moment = |power: f64| {
        let ln = |x: f64| power * kernel.ln(beta + gamma * x) - x * x / 2.0;
        let most = all.iter().map(|(x, _)| ln(*x)).fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = all.iter().map(|(x, w)| w * libm::exp(ln(*x) - most)).sum();
        most + libm::log(sum / (2.0 * PI).sqrt())
    };
    libm::exp(ln_moment(1.0) - ln_moment(2.0) / 2.0)
}

/// The closed form where there is one that fits a double, else by quadrature; `None` where all weights are zero.
pub fn known(kernel: Kernel, beta: f64, gamma: f64) -> Option<f64> {
    if gamma == 0.0 {
        return closed(kernel, beta, gamma);
    }
    let closed = closed(kernel, beta, gamma).filter(|s| s.is_finite());
    Some(closed.unwrap_or_else(|| quadrature(kernel, beta, gamma)))
}
