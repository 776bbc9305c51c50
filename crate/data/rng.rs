//! Choices of one example, drawn one after another from the addressed generator.

use crate::math::philox::{Stream, uniform, words};

/// The draws that belong to one address.
pub struct Rng {
    stream: Stream,
    seed: u64,
    step: u32,
    /// The next four draws.
    block: u64,
    drawn: Vec<u32>,
}

impl Rng {
    /// The draws at `(stream, step)` under `seed`, from block `block` of four on.
    pub fn new(stream: Stream, seed: u64, step: u32, block: u64) -> Self {
        Self { stream, seed, step, block, drawn: Vec::new() }
    }

    /// A number in (0, 1).
    fn unit(&mut self) -> f64 {
        if self.drawn.is_empty() {
            self.drawn = words(self.seed, self.stream, self.step, self.block).to_vec();
            self.block += 1;
        }
        uniform(self.drawn.pop().expect("four words a block"))
    }

    /// A number between `low` and `high`.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit() as f32
    }

    /// A whole number from `low` to `high`, both included.
    pub fn whole(&mut self, low: u32, high: u32) -> u32 {
        low + (self.unit() * f64::from(high - low + 1)) as u32
    }

    /// [`whole`](Self::whole) as a length in pixels.
    pub fn length(&mut self, low: u32, high: u32) -> f32 {
        self.whole(low, high) as f32
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of `choices`, which are not empty.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.whole(0, choices.len() as u32 - 1) as usize]
    }
}
