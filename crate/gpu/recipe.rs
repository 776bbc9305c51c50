//! What a model does in one call: which kernels, one after another, on which buffers. Plain data; a plan makes it real.

use super::kernel::{Access, Kernel};

/// A part of a buffer, counted in numbers of four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    pub place: Place,
    pub from: usize,
    pub count: usize,
}

/// Which buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The one that each call writes; kernels only read it.
    Input,
    /// One of the plan's own, zero at first.
    Own(usize),
    /// One of those that the plan was given: weights, or what outlives a call and a plan.
    Lent(usize),
}

/// A kernel on its buffers, with so many workgroups.
#[derive(Clone, Debug)]
pub struct Step {
    pub kernel: Kernel,
    pub spans: Vec<Span>,
    pub groups: [u32; 3],
}

/// The whole call.
#[derive(Clone, Debug, Default)]
pub struct Recipe {
    /// Numbers of each input, and where it begins.
    pub inputs: Vec<Span>,
    /// Numbers of each own buffer.
    pub own: Vec<usize>,
    pub steps: Vec<Step>,
    /// What comes back, one after the other.
    pub answers: Vec<Span>,
}

/// A binding begins at a multiple of so many numbers: 256 bytes.
pub const ALIGNED: usize = 64;
/// Workgroups that every WebGPU takes in a direction.
pub const MOST_GROUPS: usize = 65535;

/// `count` up to where the next binding may begin.
pub fn aligned(count: usize) -> usize {
    count.next_multiple_of(ALIGNED)
}

impl Span {
    /// `count` numbers of it, the first being number `from`.
    pub fn part(self, from: usize, count: usize) -> Self {
        assert!(from + count <= self.count, "{count} numbers from {from} of {}", self.count);
        Self { from: self.from + from, count, ..self }
    }
}

impl Recipe {
    /// Numbers that each call brings, f32 or, bit by bit, u32; the order of these calls is theirs.
    pub fn input(&mut self, count: usize) -> Span {
        let span = Span { place: Place::Input, from: self.input_count(), count };
        self.inputs.push(span);
        span
    }

    /// Numbers of the buffer of all inputs.
    pub fn input_count(&self) -> usize {
        self.inputs.last().map_or(0, |last| aligned(last.from + last.count))
    }

    /// Room of the plan's own.
    pub fn own(&mut self, count: usize) -> Span {
        self.own.push(count);
        Span { place: Place::Own(self.own.len() - 1), from: 0, count }
    }

    /// A part of number `buffer` of what the plan will be given.
    pub fn lent(buffer: usize, from: usize, count: usize) -> Span {
        assert!(from.is_multiple_of(ALIGNED), "a binding cannot begin at {from}");
        Span { place: Place::Lent(buffer), from, count }
    }

    /// One dispatch more; `spans` are the kernel's buffers in their order.
    pub fn step(&mut self, kernel: Kernel, spans: &[Span], groups: [usize; 3]) {
        let Kernel { label, accesses, .. } = &kernel;
        assert_eq!(spans.len(), accesses.len(), "{label}: buffers");
        assert!(groups.iter().all(|n| (1..=MOST_GROUPS).contains(n)), "{label}: {groups:?} workgroups");
        for (i, (span, access)) in spans.iter().zip(accesses).enumerate() {
            assert!(span.count > 0, "{label}: buffer {i} is empty");
            // A buffer that is written is written alone: WebGPU looks at buffers, not at their parts.
            let others = spans.iter().enumerate().filter(|&(j, other)| j != i && other.place == span.place);
            let alone = *access != Access::Write || (span.place != Place::Input && others.count() == 0);
            assert!(alone, "{label}: buffer {i} is written and bound twice");
        }
        self.steps.push(Step { kernel, spans: spans.to_vec(), groups: groups.map(|n| n as u32) });
    }

    /// What a call gives back, after what was said before.
    pub fn answer(&mut self, span: Span) {
        self.answers.push(span);
    }
}

#[cfg(test)]
mod tests {
    use super::super::kernel::{read, write};
    use super::*;

    fn copy() -> Kernel {
        Kernel::new("copy", 1, &[read("x", "array<f32>"), write("y", "array<f32>")], "", "y[0] = x[0];")
    }

    #[test]
    fn inputs_begin_where_bindings_may() {
        let mut recipe = Recipe::default();
        assert_eq!((recipe.input(3).from, recipe.input(70).from, recipe.input(1).from), (0, 64, 192));
        assert_eq!(recipe.input_count(), 256);
    }

    #[test]
    #[should_panic(expected = "written and bound twice")]
    fn nothing_is_read_where_it_is_written() {
        let mut recipe = Recipe::default();
        let room = recipe.own(128);
        recipe.step(copy(), &[room.part(0, 64), room.part(64, 64)], [1, 1, 1]);
    }

    #[test]
    fn steps_keep_their_order() {
        let mut recipe = Recipe::default();
        let (x, y) = (recipe.input(4), recipe.own(4));
        recipe.step(copy(), &[x, y], [2, 1, 1]);
        recipe.answer(y);
        assert_eq!((recipe.steps.len(), recipe.steps[0].groups, recipe.answers[0]), (1, [2, 1, 1], y));
    }
}
