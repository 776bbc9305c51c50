//! The article's claims that need runs of their own: the spread that samplers give to Gaussian data, and the
//! variance of the two losses' gradients.

use std::{rc::Rc, sync::LazyLock};

use serde::{Deserialize, Serialize};

use crate::device::answer;
use crate::diffusion::{
    exact_denoiser::ExactDenoiser,
    level::Level,
    sampler::{Sigma, Step, ancestral, ddim},
    schedule::{Schedule, ScheduleKind},
};
use crate::math::{normal::normals, philox::Stream, statistics::Moments};
use crate::runtime::{
    all_finite,
    error::{SessionError, finite},
    status::Progress,
};

/// (T, c) of the schedules whose spread is measured.
pub const SCHEDULES: [(usize, f64); 4] = [(1000, 0.02), (50, 0.18), (20, 0.4), (10, 0.8)];
/// Deviation of the Gaussian data.
pub const DATA: f64 = 0.5;
/// Numbers in each lane; two stand in a point.
pub const DRAWS: usize = 8192;
/// σ = β, σ = β̃, DDIM, greedy.
pub const LANES: usize = 4;
/// Width of a Monte Carlo band in standard errors.
pub const SIGMAS: f64 = 5.0;
/// The time of the gradients.
const TIME: usize = 500;
/// Draws of the gradients, by rounds.
const ROUNDS: usize = 8;
pub const ROUND: usize = 1 << 15;
/// Unlike any time, so that rounds share no address with steps.
const FIRST_ROUND: u32 = 1 << 16;

/// The step of lane `lane` from `from` down to `to`.
fn step(lane: usize, from: Level, to: Level) -> Step {
    match lane {
        0 => ancestral(from, to, Sigma::Beta),
        1 => ancestral(from, to, Sigma::BetaTilde),
        2 => ddim(from, to, 0.0),
        _ => ancestral(from, to, Sigma::Zero),
    }
}

/// The `which`-th of [`SCHEDULES`].
fn schedule(which: usize) -> &'static Schedule {
    static ALL: LazyLock<[Schedule; SCHEDULES.len()]> =
        LazyLock::new(|| SCHEDULES.map(|(steps, c)| Schedule::new(ScheduleKind::Su { c }, steps)));
    &ALL[which]
}

/// The deviation that each lane gives by the recursion V_s = k² V_t + σ², V_T = 1, with ε = B x/D.
pub fn expected(which: usize) -> [f64; LANES] {
    static ALL: LazyLock<[[f64; LANES]; SCHEDULES.len()]> = LazyLock::new(|| std::array::from_fn(recursion));
    ALL[which]
}

fn recursion(which: usize) -> [f64; LANES] {
    let schedule = schedule(which);
    std::array::from_fn(|lane| {
        let variance = (1..=schedule.steps()).rev().fold(1.0, |variance, t| {
            let (from, to) = (schedule.level(t as f64), schedule.level(t as f64 - 1.0));
            let slope = from.b / ((from.a * DATA).powi(2) + from.b.powi(2));
            step(lane, from, to).variance_after(variance, slope)
        });
        variance.sqrt()
    })
}

/// Var(two-noise gradient)/Var(one-noise gradient) = (1 + b²) B²/(b² (1 + B²)) for x_0 ~ N(0, 1).
pub fn expected_ratio() -> f64 {
    let (b, total) = (schedule(0).b[TIME].powi(2), schedule(0).b_bar[TIME].powi(2));
    (1.0 + b) * total / (b * (1.0 + total))
}

/// Measurements under way; a unit of progress is a step of all lanes, or a round of gradients.
#[derive(Clone, Serialize, Deserialize)]
pub struct Claims {
    seed: u64,
    pub done: usize,
    /// Where the lanes of the schedule under way stand, [4, DRAWS].
    pub x: Rc<[f32]>,
    /// The measured deviations of finished schedules, four each.
    pub spreads: Vec<f64>,
    /// Sums of the squares of both gradients: one noise, two noises.
    pub squares: [f64; 2],
}

impl Claims {
    pub fn new(seed: u64) -> Self {
        Self { seed, done: 0, x: start(seed), spreads: vec![], squares: [0.0; 2] }
    }

    pub fn progress(&self) -> Progress {
        Progress { done: self.done, total: steps() + ROUNDS }
    }

    /// Whether these could be measurements of `seed`: what a damaged file holds is not.
    pub fn fits(&self, seed: u64) -> bool {
        let numbers = self.spreads.iter().chain(&self.squares);
        self.seed == seed
            && self.done <= self.progress().total
            && self.x.len() == LANES * DRAWS
            && all_finite(&*self.x)
            && self.spreads.len() == LANES * self.finished()
            && numbers.into_iter().all(|number| number.is_finite())
    }

    /// Schedules whose spread is measured.
    pub fn finished(&self) -> usize {
        place(self.done).0
    }

    /// The measured ratio of variances, once all rounds are done.
    pub fn ratio(&self) -> Option<f64> {
        let [one, two] = self.squares;
        (self.done == self.progress().total).then(|| two / one)
    }

    /// At most `n` units more.
    pub async fn advance(&mut self, n: usize) -> Result<(), SessionError> {
        let end = self.progress().total.min(self.done.saturating_add(n));
        while self.done < end {
            let (which, at) = place(self.done);
            match SCHEDULES.get(which) {
                Some((length, _)) => self.walk(which, at, (end - self.done).min(length - at)).await?,
                None => self.gradients(at as u32),
            }
        }
        Ok(())
    }

    /// `n` steps of all lanes of schedule `which`, the first after `at` steps.
    async fn walk(&mut self, which: usize, at: usize, n: usize) -> Result<(), SessionError> {
        let schedule = schedule(which);
        let exact = ExactDenoiser::new(&[[0.0; 2]], DATA);
        let mut lanes: Vec<Vec<f32>> = self.x.chunks_exact(DRAWS).map(<[f32]>::to_vec).collect(); // [DRAWS/2, 2]
        for t in (schedule.steps() - at - n + 1..=schedule.steps() - at).rev() {
            let (from, to) = (schedule.level(t as f64), schedule.level(t as f64 - 1.0));
            let noise = (to.b > 0.0).then(|| {
                let address = (which * 1024 + t) as u32;
                normals(self.seed, Stream::Claims, address, DRAWS)
            });
            for (i, x) in lanes.iter_mut().enumerate() {
                let eps = exact.eps(x, from);
                *x = step(i, from, to).apply(x, &eps, noise.as_ref());
            }
        }
        answer().await.map_err(SessionError::Device)?;
        let x = lanes.concat();
        finite("a particle", &x, schedule.steps() - at - n)?;
        (self.x, self.done) = (x.into(), self.done + n);
        if at + n == schedule.steps() {
            let deviation = |x: &[f32]| Moments::of(x.iter().map(|x| f64::from(*x))).deviation();
            self.spreads.extend(self.x.chunks_exact(DRAWS).map(deviation));
            self.x = start(self.seed);
        }
        Ok(())
    }

    /// d/dc of both losses for ε_θ = c x at c = 0: −2 (b/B) ε x with one noise, −2 e x with two.
    fn gradients(&mut self, round: u32) {
        let schedule = schedule(0);
        let (a, b) = (schedule.a[TIME], schedule.b[TIME]);
        let (left, before, total) = (schedule.a_bar[TIME], schedule.b_bar[TIME - 1], schedule.b_bar[TIME]);
        let draws = normals(self.seed, Stream::Claims, FIRST_ROUND + round, 3 * ROUND);
        for draw in draws.as_chunks::<3>().0 {
            let [x0, old, new] = draw.map(f64::from);
            let x = left * x0 + a * before * old + b * new;
            let eps = (a * before * old + b * new) / total;
            self.squares[0] += (2.0 * b / total * eps * x - 2.0 * b).powi(2);
            self.squares[1] += (2.0 * new * x - 2.0 * b).powi(2);
        }
        self.done += 1;
    }
}

/// Steps of all schedules together.
fn steps() -> usize {
    SCHEDULES.iter().map(|(steps, _)| steps).sum()
}

/// Which schedule the unit `done` belongs to and its number there; the gradients come last.
fn place(mut done: usize) -> (usize, usize) {
    for (which, (steps, _)) in SCHEDULES.iter().enumerate() {
        if done < *steps {
            return (which, done);
        }
        done -= steps;
    }
    (SCHEDULES.len(), done)
}

/// The same noise for every lane.
fn start(seed: u64) -> Rc<[f32]> {
    normals(seed, Stream::Claims, 0, DRAWS).repeat(LANES).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed independently; that reference adds b_1² at the last step of σ = β, which we do not.
    #[test]
    fn the_recursion_gives_the_known_spreads() {
        let known = [
            [0.500_852, 0.496_212, 0.498_581],
            [0.511_760, 0.458_814, 0.481_342],
            [0.529_095, 0.417_372, 0.451_427],
            [0.564_655, 0.359_749, 0.393_376],
        ];
        for (which, row) in known.iter().enumerate() {
            let [beta, tilde, ddim, _] = expected(which);
            let (steps, c) = SCHEDULES[which];
            let with_last = (beta.powi(2) + c / steps as f64).sqrt();
            for (got, known) in [with_last, tilde, ddim].iter().zip(row) {
                assert!((got - known).abs() < 1e-6, "{which}: {got} {known}");
            }
        }
        assert!((expected(0)[3] - 0.001_620_6).abs() < 1e-6);
        assert!((expected_ratio() - 48.369).abs() < 5e-4);
    }
}
