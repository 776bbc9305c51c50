//! What a network learns in the page: where it begins, what a step is, what is looked at on the way.

use crate::gpu::learning::tape::Network;
use crate::train::{learner::Learner, safe::Broken};

pub trait Lesson {
    /// Losses that a step tells.
    const LOSSES: usize;
    /// Most steps between two looks at the clock: a device that is lost takes no more with it.
    const CHUNK: usize;
    /// What is asked is the weights as they are (`None`) or their average, which keeps the share (1 + n)/(`YOUNG` + n)
    /// of itself at step n, so that it forgets what is older than about 1/`YOUNG` of the run, whatever its length
    /// (Karras et al. 2024, section 3.1, <https://arxiv.org/abs/2312.02696>).
    const YOUNG: Option<f64>;

    /// The weights before the first step.
    fn initial(&self) -> Vec<f32>;

    /// The highest learning rate.
    fn rate(&self) -> f64;

    /// Step `step`, counted from 1, at the learning rate `rate`; its losses [`LOSSES`](Self::LOSSES).
    ///
    /// What is learnt from is a function of the step, so that n steps are the same steps however they were pulled.
    fn step(&self, learner: &mut Learner, step: usize, rate: f64) -> Vec<f32>;

    /// The first number that is not finite when `weights`, which all are, make step `step`; `None` where the lesson cannot tell.
    fn broken(&self, _weights: &[f32], _step: usize) -> Option<Broken> {
        None
    }

    /// How many numbers a [`probe`](Self::probe) has.
    fn probe_size(&self) -> usize {
        0
    }

    /// What the network of `weights` can do, if that is looked at.
    fn probe(&self, _weights: &[f32]) -> Vec<f32> {
        Vec::new()
    }

    /// The same steps and looks for a graphics processor; a lesson that has none is learnt on this processor everywhere.
    fn there(&self) -> Option<Box<dyn Network>> {
        None
    }

    /// What the network [`there`](Self::there) is given for step `step`.
    fn given(&self, _step: usize) -> Vec<Vec<f32>> {
        Vec::new()
    }

    /// What it is given for a look.
    fn asked(&self) -> Vec<Vec<f32>> {
        Vec::new()
    }

    /// The [`probe`](Self::probe) of what such a look shows.
    fn seen(&self, _shown: &[f32]) -> Vec<f32> {
        Vec::new()
    }
}
