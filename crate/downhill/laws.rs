//! What is known in closed form: normal distributions under all flows here, and the spreading of a porous medium.

/// N(mean, sd²).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    pub mean: f64,
    pub sd: f64,
}

/// After a time t of dx = −V′ dt + √2 dw with e^{−V} = `target`: Ornstein and Uhlenbeck, 1930.
pub fn langevin(start: Normal, target: Normal, t: f64) -> Normal {
    let square = target.sd * target.sd;
    let left = libm::exp(-t / square);
    Normal {
        mean: target.mean + (start.mean - target.mean) * left,
        sd: libm::sqrt(square + (start.sd * start.sd - square) * left * left),
    }
}

/// KL(q ‖ p).
pub fn kl(q: Normal, p: Normal) -> f64 {
    let away = (q.mean - p.mean) / p.sd;
    let share = q.sd / p.sd;
    (share * share + away * away - 1.0) / 2.0 - libm::log(share)
}

/// The Wasserstein-2 distance.
pub fn w2(q: Normal, p: Normal) -> f64 {
    libm::hypot(q.mean - p.mean, q.sd - p.sd)
}

/// The relative Fisher information ∫ q |∇ ln(q/p)|²: what KL loses a unit of time along its Wasserstein flow.
pub fn fisher(q: Normal, p: Normal) -> f64 {
    let square = p.sd * p.sd;
    let bend = q.sd / square - 1.0 / q.sd;
    let push = (q.mean - p.mean) / square;
    bend * bend + push * push
}

/// argmin W₂²(·, q)/(2a) + KL(· ‖ p): one step of Jordan, Kinderlehrer and Otto (1998).
pub fn jko(q: Normal, p: Normal, a: f64) -> Normal {
    let pull = 1.0 / (p.sd * p.sd);
    let whole = 1.0 + a * pull;
    Normal {
        mean: (q.mean + a * pull * p.mean) / whole,
        sd: (q.sd + libm::sqrt(q.sd * q.sd + 4.0 * a * whole)) / (2.0 * whole),
    }
}

/// The step of [`super::entropic`] along one axis, over f = `bend` x²/2 at temperature `tau`: a normal distribution again.
///
/// Mass at m + u arrives around M + c u with a variance aεc. What is made least has no slope in c and in that variance where
/// 1/a + λ = 1/(ac) + τ/V with V = c²s² + aεc, of which c is the only root; without ε it is the step itself, V = c²s².
pub fn entropic(q: Normal, bend: f64, a: f64, epsilon: f64, tau: f64) -> Normal {
    let square = q.sd * q.sd;
    let variance = |c: f64| c * (c * square + a * epsilon);
    let misses = |c: f64| 1.0 / a + bend - 1.0 / (a * c) - tau / variance(c);
    let (mut low, mut high) = (0.0, 1.0);
    while misses(high) < 0.0 && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if misses(middle) < 0.0 { low = middle } else { high = middle }
    }
    Normal { mean: q.mean / (1.0 + a * bend), sd: libm::sqrt(variance((low + high) / 2.0)) }
}

/// x − a ∇ ln(q/p) for all x at once: the explicit step, which overshoots where the proximal one cannot.
pub fn explicit(q: Normal, p: Normal, a: f64) -> Normal {
    let pull = 1.0 / (p.sd * p.sd);
    Normal { mean: q.mean - a * pull * (q.mean - p.mean), sd: (q.sd + a * (1.0 / q.sd - pull * q.sd)).abs() }
}

/// The variance at which x ← x − h V′(x) + √(2h) ξ comes to rest, where it should be that of `target`: s²/(1 − h/2s²). Infinite
/// where it never does.
pub fn unadjusted_variance(target: Normal, h: f64) -> f64 {
    let square = target.sd * target.sd;
    let rest = 1.0 - h / (2.0 * square);
    if rest > 0.0 { square / rest } else { f64::INFINITY }
}

/// Barenblatt's solution of q_t = (q²)_xx with mass 1 that begins in one point: t^{−1/3} (C − x²/(12 t^{2/3}))₊.
pub fn barenblatt(t: f64, x: f64) -> f64 {
    // (4/3) C √(12 C) = 1.
    let c = libm::pow(3.0 / (4.0 * libm::sqrt(12.0)), 2.0 / 3.0);
    let wide = libm::cbrt(t);
    ((c - x * x / (12.0 * wide * wide)) / wide).max(0.0)
}

/// How far it reaches at time t.
pub fn barenblatt_half_width(t: f64) -> f64 {
    libm::sqrt(12.0 * barenblatt(1.0, 0.0)) * libm::cbrt(t)
}
