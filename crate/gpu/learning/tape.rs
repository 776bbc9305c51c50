//! The recipe of several steps of learning as it is written down, with the numbers that its kernels read.

use crate::gpu::recipe::{ALIGNED, Place, Recipe, Span};

/// The buffers that a plan of a tape is lent, in their order: all weights in a row, Adam's m and then v, the numbers of the
/// kernels, what the network looks up, and the average of the weights where there is one.
pub const WEIGHTS: usize = 0;
pub const MOMENTS: usize = 1;
pub const NUMBERS: usize = 2;
pub const TABLE: usize = 3;
pub const AVERAGE: usize = 4;

/// Slices of a batch whose gradients are summed last.
pub const SLICES: usize = 8;

/// What a network does in a step on the device.
pub trait Network: std::fmt::Debug {
    /// Numbers of all its weights.
    fn count(&self) -> usize;
    /// What it looks up: never learnt, at least one number.
    fn table(&self) -> Vec<f32>;
    /// Losses that a step tells.
    fn losses(&self) -> usize {
        1
    }
    /// Whether an average of the weights is kept beside them.
    fn averages(&self) -> bool {
        false
    }
    /// Writes a step down: what it is given, in the recipe's order, its losses, and its gradients.
    fn step(&self, tape: &mut Tape);
    /// Writes down what is looked at on the way: what it is given, and what comes back. Nothing, if nothing is.
    fn look(&self, _tape: &mut Tape) {}
}

/// A recipe with the numbers that its kernels are told.
#[derive(Debug)]
pub struct Tape {
    pub recipe: Recipe,
    /// All numbers of kernels, each list where a binding may begin.
    pub numbers: Vec<u32>,
    /// Of all weights: gradients of each slice. [SLICES, count]
    pub gradients: Span,
    /// Numbers of all weights.
    pub count: usize,
    /// Of each step as many as the network tells.
    pub losses: Span,
    /// The step that is written down.
    pub at: usize,
    /// Own buffers of the first step, which all others use again.
    rooms: Vec<Span>,
    next: usize,
}

impl Tape {
    /// So many `steps` of `network`. One that does not learn leaves Adam out, and gives back the gradients of all slices behind the losses.
    pub fn new(network: &dyn Network, steps: usize, learns: bool) -> Self {
        let mut tape = Self::empty(network, SLICES * network.count(), steps);
        let losses = tape.losses;
        tape.recipe.answer(losses);
        if !learns {
            let gradients = tape.gradients;
            tape.recipe.answer(gradients);
        }
        for at in 0..steps {
            (tape.at, tape.next) = (at, 0);
            network.step(&mut tape);
            if learns {
                tape.adam(network.averages());
            }
        }
        tape
    }

    /// What `network` looks at on the way.
    pub fn look(network: &dyn Network) -> Self {
        let mut tape = Self::empty(network, 0, 0);
        network.look(&mut tape);
        tape
    }

    fn empty(network: &dyn Network, gradients: usize, steps: usize) -> Self {
        let mut recipe = Recipe::default();
        let (gradients, losses) = (recipe.own(gradients), recipe.own(steps * network.losses()));
        let count = network.count();
        Self { recipe, numbers: Vec::new(), gradients, count, losses, at: 0, rooms: Vec::new(), next: 0 }
    }

    /// Room of `count` numbers, the same in every step.
    pub fn room(&mut self, count: usize) -> Span {
        if self.next == self.rooms.len() {
            let room = self.recipe.own(count);
            self.rooms.push(room);
        }
        let room = self.rooms[self.next];
        assert_eq!(room.count, count, "steps differ");
        self.next += 1;
        room
    }

    /// Numbers that a kernel is told; the same list is written once.
    pub fn told(&mut self, numbers: &[usize]) -> Span {
        let numbers: Vec<u32> = numbers.iter().map(|&n| n as u32).collect();
        let size = numbers.len().next_multiple_of(4);
        let known = self.numbers.chunks_exact(ALIGNED).position(|list| list[..numbers.len()] == numbers);
        assert!(size <= ALIGNED, "{size} numbers for a kernel");
        let at = known.unwrap_or_else(|| {
            self.numbers.extend(&numbers);
            self.numbers.resize(self.numbers.len().next_multiple_of(ALIGNED), 0);
            self.numbers.len() / ALIGNED - 1
        });
        Span { place: Place::Lent(NUMBERS), from: ALIGNED * at, count: size }
    }

    /// All weights.
    pub fn weights(&self) -> Span {
        Recipe::lent(WEIGHTS, 0, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{gpt::Gpt, points::Points};
    use super::*;
    use crate::models::{fused_mlp::SIZES, gpt_config::GptConfig};
    use std::collections::BTreeSet;

    fn points() -> Points {
        Points::new(&SIZES, 512, &[0.0; 32])
    }

    #[test]
    fn a_step_is_few_dispatches_of_fewer_texts() {
        let tapes =
            [Tape::new(&points(), 1, true), Tape::new(&Gpt::new(&GptConfig::w4(), 16, 64, 1), 1, true)];
        let texts = |tape: &Tape| {
            let texts: BTreeSet<_> = tape.recipe.steps.iter().map(|step| &step.kernel.text).collect();
            texts.len()
        };
        let all = tapes.each_ref().map(|tape| (tape.recipe.steps.len(), texts(tape)));
        assert_eq!(all, [(14, 4), (63, 12)]);
    }

    #[test]
    fn steps_share_their_rooms_and_what_kernels_are_told() {
        let [one, ten] = [1, 10].map(|steps| Tape::new(&points(), steps, true));
        assert_eq!(ten.recipe.own.len(), one.recipe.own.len());
        assert_eq!(ten.recipe.steps.len(), 10 * one.recipe.steps.len());
        // Where a step's loss goes is all that differs.
        assert_eq!(ten.numbers.len(), one.numbers.len() + 9 * ALIGNED);
        let first = &one.recipe.steps;
        let again = &ten.recipe.steps[first.len()..2 * first.len()];
        let same = first.iter().zip(again).filter(|(a, b)| a.spans == b.spans).count();
        // What a step is given: noisy points, the loss, Adam.
        assert_eq!(same, first.len() - 3);
    }
}
