//! RoPE, and what has been done to it so that texts may be longer: how fast each pair of numbers turns with the place.

use std::f64::consts::TAU;

/// What is done to RoPE after training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trick {
    /// Nothing.
    Plain,
    /// Position interpolation: all pairs turn slower. Chen et al. 2023, <https://arxiv.org/abs/2306.15595>.
    Interpolation,
    /// A larger base: the slowest pair turns as slowly as by interpolation, the fastest as before.
    Ntk,
    /// Interpolation of those pairs that turned less than 32 times in training. Peng et al. 2023, <https://arxiv.org/abs/2309.00071>.
    Yarn,
    /// Distances stop at the edge of a window. Su Jianlin, <https://kexue.fm/archives/9708>.
    Rerope,
    /// Scores grow with the logarithm of the length. Su Jianlin, <https://kexue.fm/archives/8823>.
    Logn,
}

impl Trick {
    pub const ALL: [Self; 6] =
        [Self::Plain, Self::Interpolation, Self::Ntk, Self::Yarn, Self::Rerope, Self::Logn];
}

/// What a model was trained with, and what it is asked to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Training {
    /// d/2.
    pub pairs: usize,
    pub base: f64,
    /// The longest text of training.
    pub length: usize,
    /// How many times as long a text a trick makes room for.
    pub stretch: f64,
    /// Where ReRoPE's distances stop.
    pub width: usize,
}

impl Training {
    /// θᵢ = base^(−2i/d).
    pub fn frequency(&self, i: usize) -> f64 {
        frequency(self.base, i, self.pairs)
    }

    /// How many pairs did not turn once within `length`.
    pub fn unfinished(&self) -> usize {
        (0..self.pairs).filter(|i| self.frequency(*i) * (self.length as f64) < TAU).count()
    }

    /// The same by solving for i.
    pub fn unfinished_by_formula(&self) -> usize {
        let edge = self.pairs as f64 * libm::log(self.length as f64 / TAU) / libm::log(self.base);
        self.pairs - ((edge.floor() + 1.0).max(0.0) as usize).min(self.pairs)
    }
}

fn frequency(base: f64, i: usize, pairs: usize) -> f64 {
    libm::pow(base, -(i as f64) / pairs as f64)
}

/// κ = s^(d/(d−2)): what NTK scaling multiplies the base by.
pub fn kappa(stretch: f64, pairs: usize) -> f64 {
    libm::pow(stretch, pairs as f64 / (pairs as f64 - 1.0))
}

/// The pairs as they turn when the text is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Turning {
    pub frequencies: Vec<f64>,
    /// Distances beyond count as this one.
    pub held: usize,
    /// What scores are multiplied by at any length.
    temperature: f64,
    /// The length from which on scores grow with its logarithm.
    grows_from: Option<usize>,
}

impl Turning {
    pub fn of(trick: Trick, training: &Training) -> Self {
        let Training { pairs, base, length, stretch, width } = *training;
        let plain = |i: usize| training.frequency(i);
        let frequencies = |of: &dyn Fn(usize) -> f64| (0..pairs).map(of).collect();
        let untouched =
            Self { frequencies: frequencies(&plain), held: usize::MAX, temperature: 1.0, grows_from: None };
        match trick {
            Trick::Plain => untouched,
            Trick::Interpolation => Self { frequencies: frequencies(&|i| plain(i) / stretch), ..untouched },
            Trick::Ntk => {
                let larger = base * kappa(stretch, pairs);
                Self { frequencies: frequencies(&|i| frequency(larger, i, pairs)), ..untouched }
            }
            Trick::Yarn => {
                let mixed = |i| {
                    let turns = plain(i) * length as f64 / TAU;
                    let kept = ((turns - 1.0) / 31.0).clamp(0.0, 1.0);
                    plain(i) * (kept + (1.0 - kept) / stretch)
                };
                // Queries and keys are multiplied alike.
                let each = 0.1 * libm::log(stretch) + 1.0;
                Self { frequencies: frequencies(&mixed), temperature: each * each, ..untouched }
            }
            Trick::Rerope => Self { held: width, ..untouched },
            Trick::Logn => Self { grows_from: Some(length), ..untouched },
        }
    }

    /// What scores are multiplied by in a text of `n` tokens.
    pub fn scale(&self, n: usize) -> f64 {
        let grown = |from: usize| (libm::log(n as f64) / libm::log(from as f64)).max(1.0);
        self.temperature * self.grows_from.map_or(1.0, grown)
    }

    /// (2/d) Σ cos(k θᵢ − φ) at the distances k = 0, 1, …, `count` − 1.
    pub fn waves(&self, phase: f64, count: usize) -> Vec<f64> {
        let reached = count.min(self.held.saturating_add(1));
        let mut sums = vec![0.0; reached];
        for theta in &self.frequencies {
            let (step_sin, step_cos) = (libm::sin(*theta), libm::cos(*theta));
            // Turned step by step, and set right every so often.
            for (stretch, chunk) in sums.chunks_mut(128).enumerate() {
                let angle = (128 * stretch) as f64 * theta - phase;
                let (mut sin, mut cos) = (libm::sin(angle), libm::cos(angle));
                for sum in chunk {
                    *sum += cos;
                    (sin, cos) = (sin * step_cos + cos * step_sin, cos * step_cos - sin * step_sin);
                }
            }
        }
        let pairs = self.frequencies.len() as f64;
        sums.iter_mut().for_each(|sum| *sum /= pairs);
        let last = sums.last().copied().unwrap_or_default();
        sums.resize(count, last);
        sums
    }

    /// The same at one distance, which need not be whole.
    pub fn wave(&self, phase: f64, k: f64) -> f64 {
        let k = k.min(self.held as f64);
        self.frequencies.iter().map(|theta| libm::cos(k * theta - phase)).sum::<f64>()
            / self.frequencies.len() as f64
    }

    /// How many pairs reach an angle in a text of `n` tokens that training, by `training`'s plain RoPE, never showed: those that had not
    /// turned once, and now turn further than they did.
    pub fn unseen(&self, training: &Training, n: usize) -> usize {
        let furthest = n.min(self.held.saturating_add(1)) as f64;
        let seen = |i: usize| (training.frequency(i) * training.length as f64).min(TAU);
        let beyond = |(i, theta): (usize, &f64)| {
            let seen = seen(i);
            seen < TAU && theta * furthest > seen * (1.0 + 1e-12)
        };
        self.frequencies.iter().enumerate().filter(|one| beyond(*one)).count()
    }
}
