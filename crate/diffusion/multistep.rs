//! The second-order methods that reuse earlier network outputs: DPM-Solver++ 2M and 2S, UniPC, DEIS.
//!
//! With σ = B/A, λ = −ln σ and h the rise of λ in a step from s down to t, a constant x̂_0 gives
//! x_t = (B_t/B_s) x_s − A_t (e^(−h) − 1) x̂_0, where e^(−h) = σ_t/σ_s; the methods differ in how x̂_0 (for DEIS ε)
//! is extrapolated from two levels. All of them take the step to σ = 0 with order one, as diffusers does: it is x̂_0.

use super::{level::Level, linear::Linear, solver::Memory};

/// ln(σ_from/σ_to), the rise h of λ.
fn rise(from: Level, to: Level) -> f64 {
    libm::log(from.sigma() / to.sigma())
}

/// The weights of x_s and of a constant x̂_0 in x_t.
fn data_step(from: Level, to: Level) -> (f64, f64) {
    (to.b / from.b, to.a * (1.0 - to.sigma() / from.sigma()))
}

/// Lu et al. 2022, algorithm 2: x̂_0 + (x̂_0 − x̂_0')/(2r) with r = h'/h, primes for the step before.
pub fn dpm_2m<X: Linear>(memory: &mut Memory<X>, x: &X, eps: &X, from: Level, to: Level) -> X {
    let data = from.sample(x, eps);
    let next = extrapolate(memory, x, &data, from, to);
    memory.outputs = vec![(from, data)];
    next
}

/// The step of [`dpm_2m`], which is UniPC's predictor of order two as well (Zhao et al. 2023, section 3.3).
fn extrapolate<X: Linear>(memory: &Memory<X>, x: &X, data: &X, from: Level, to: Level) -> X {
    let (keep, weight) = data_step(from, to);
    match memory.outputs.last() {
        Some((before, older)) if to.b > 0.0 => {
            let half = 0.5 * rise(from, to) / rise(*before, from);
            X::sum(&[(keep, x), (weight * (1.0 + half), data), (-weight * half, older)])
        }
        _ => X::sum(&[(keep, x), (weight, data)]),
    }
}

/// Lu et al. 2022, algorithm 1, on a given grid: a step of order one to the intermediate level, then one of order
/// two over both, from where the first began.
pub fn dpm_2s<X: Linear>(memory: &mut Memory<X>, x: &X, eps: &X, from: Level, to: Level) -> X {
    let data = from.sample(x, eps);
    if let (Some(start), Some((begin, older))) = (memory.last.take(), memory.outputs.pop())
        && to.b > 0.0
    {
        let (keep, weight) = data_step(begin, to);
        let half = 0.5 * rise(begin, to) / rise(begin, from);
        return X::sum(&[(keep, &start), (weight * (1.0 - half), &older), (weight * half, &data)]);
    }
    let (keep, weight) = data_step(from, to);
    let next = X::sum(&[(keep, x), (weight, &data)]);
    *memory = Memory { outputs: vec![(from, data)], last: Some(x.clone()) };
    next
}

/// Zhao et al. 2023, algorithms 1 and 2: corrects `x` with the output just seen there, then predicts.
///
/// The output is not asked for again at the corrected x.
pub fn unipc<X: Linear>(memory: &mut Memory<X>, x: &X, eps: &X, from: Level, to: Level) -> X {
    let data = from.sample(x, eps);
    let x = match &memory.last {
        Some(before) => correct(&memory.outputs, before, &data, from),
        None => x.clone(),
    };
    let next = extrapolate(memory, &x, &data, from, to);
    if memory.outputs.len() == 2 {
        memory.outputs.remove(0);
    }
    memory.outputs.push((from, data));
    memory.last = Some(x);
    next
}

/// x at `to` once more, from x `before` it and the outputs at up to two levels before and at `to` itself.
fn correct<X: Linear>(outputs: &[(Level, X)], before: &X, data: &X, to: Level) -> X {
    let (from, newer) = outputs.last().expect("a step came before");
    let h = rise(*from, to);
    let (keep, weight) = data_step(*from, to);
    // e^(−h) − 1 = B(h) of bh2, φ_1 h and the right-hand sides b_1, b_2 (there, eq. 9 with −h for h).
    let phi = to.sigma() / from.sigma() - 1.0;
    let second = -phi / h - 1.0;
    let (b1, b2) = (second / phi, 2.0 * (-second / h - 0.5) / phi);
    match outputs {
        [(begin, older), _] => {
            // ρ_1 + ρ_2 = b_1 and r ρ_1 + ρ_2 = b_2, r = (λ_begin − λ_from)/h; D_1 = (older − newer)/r.
            let r = -rise(*begin, *from) / h;
            let first = (b1 - b2) / (1.0 - r);
            let last = b1 - first;
            let old = first / r;
            X::sum(&[
                (keep, before),
                (weight * (1.0 - old - last), newer),
                (weight * old, older),
                (weight * last, data),
            ])
        }
        _ => X::sum(&[(keep, before), (0.5 * weight, newer), (0.5 * weight, data)]),
    }
}

/// Zhang & Chen 2023, eq. 15 with polynomials in ln σ: x_t/A_t = x_s/A_s + ∫ ε dσ, ε extrapolated from two levels.
pub fn deis<X: Linear>(memory: &mut Memory<X>, x: &X, eps: &X, from: Level, to: Level) -> X {
    let keep = to.a / from.a;
    let next = match memory.outputs.last() {
        Some((before, older)) if to.b > 0.0 => {
            let (now, old) = (integral(from, to, from, *before), integral(from, to, *before, from));
            X::sum(&[(keep, x), (to.a * now, eps), (to.a * old, older)])
        }
        _ => X::sum(&[(keep, x), (to.a * (to.sigma() - from.sigma()), eps)]),
    };
    memory.outputs = vec![(from, eps.clone())];
    next
}

/// ∫ (ln σ − ln σ_zero)/(ln σ_one − ln σ_zero) dσ from `from` to `to`: the weight of the output at `one`.
fn integral(from: Level, to: Level, one: Level, zero: Level) -> f64 {
    let log = |level: Level| libm::log(level.sigma());
    let primitive = |level: Level| level.sigma() * (log(level) - log(zero) - 1.0);
    (primitive(to) - primitive(from)) / (log(one) - log(zero))
}
