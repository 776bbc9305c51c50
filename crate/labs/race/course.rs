//! What a race is run on; every lab that has one says it for itself.

use crate::diffusion::{level::Level, schedule::Schedule, timegrid::Spacing};
use crate::runtime::{error::SessionError, readout::Note};

/// What a lab's race is run on.
pub trait Course {
    fn schedule(&self) -> &Schedule;
    fn spacing(&self) -> Spacing;
    /// [N, …]: N samples of any shape.
    fn shape(&self) -> Vec<usize>;
    /// How many of the N samples the page sees while they run, at least one.
    fn shown(&self) -> usize;
    /// x_T of every lane, N samples.
    fn start(&self) -> Vec<f32>;
    /// The fresh noise of a step that leaves `from`, for N samples; [`Level::address`] tells levels apart.
    fn noise(&self, from: Level) -> Vec<f32>;
    /// ε in `x` [N, numbers a sample] at `at`: one network call.
    fn denoise(&self, x: &[f32], at: Level) -> impl Future<Output = Result<Vec<f32>, SessionError>>;
    /// How far N finished samples are from real data; less is better.
    fn quality(&self, samples: &[f32]) -> f64;
    /// The quality of real data as a sampler's.
    fn floor(&self) -> f64;
    /// Samples are as good as real data if their quality is below this many times the floor.
    fn good(&self) -> f64 {
        1.5
    }
    /// What is compared with what, in a sentence.
    fn scored(&self) -> Note;
}
