//! Buffers that grow as calls ask for more, and all that is bound; there is nothing of it at first.

use std::rc::Rc;

use super::input::{Input, STEPS};
use super::sizes::Sizes;
use crate::gpu::backend::Use;
use crate::gpu::device::{Buffer, Gpu, Group, Pipeline};

/// Words from one layer's numbers to the next one's: as near as bindings may be.
const NUMBER: usize = 64;

#[derive(Debug)]
pub(super) struct Room {
    gpu: Gpu,
    /// Of each layer, and of what follows the last, its number and how many positions further the texts are than where they began.
    numbers: Buffer,
    layers: usize,
    weights: Buffer,
    input: Option<Buffer>,
    stream: Option<Buffer>,
    between: Option<Buffer>,
    seen: Option<Buffer>,
    /// Not there while a call waits for it.
    staging: Option<Buffer>,
    /// The memories that are bound, and the groups of all layers and of what follows, position by position.
    bound: Option<(Buffer, Rc<Vec<Group>>)>,
}

impl Room {
    pub fn new(gpu: &Gpu, layers: usize, weights: Buffer) -> Self {
        let count = STEPS * (layers + 1);
        let mut words = vec![0; count * NUMBER];
        for (at, to) in words.chunks_exact_mut(NUMBER).enumerate() {
            to[..2].copy_from_slice(&[at % (layers + 1), at / (layers + 1)].map(|number| number as u32));
        }
        let numbers = gpu.told(&words);
        let gpu = gpu.clone();
        let (input, stream, between, seen, staging, bound) = Default::default();
        Self { gpu, numbers, layers, weights, input, stream, between, seen, staging, bound }
    }

    /// Makes what has fewer numbers than `input` of so many `texts` needs, and writes it.
    pub fn take(&mut self, sizes: &Sizes, input: &Input, texts: usize) {
        let Sizes { ref config, width, heads, .. } = *sizes;
        let between = (input.rows * heads).max(texts * sizes.parts());
        let stream = 4 * (config.layers + 1) * input.rows * width;
        let needs = [input.words.len(), stream, 4 * between, input.seen];
        let buffers = [&mut self.input, &mut self.stream, &mut self.between, &mut self.seen];
        for (buffer, count) in buffers.into_iter().zip(needs) {
            if buffer.as_ref().is_none_or(|buffer| buffer.count() < count) {
                let more = self.gpu.zeros(count.next_power_of_two());
                *buffer = Some(more);
                self.bound = None;
            }
        }
        let bytes: Vec<u8> = input.words.iter().flat_map(|word| word.to_le_bytes()).collect();
        self.gpu.write(self.input.as_ref().expect("it is there"), 0, &bytes);
    }

    pub fn seen(&self) -> &Buffer {
        self.seen.as_ref().expect("it is there")
    }

    /// A buffer for so many answers; it is given back when they were read.
    pub fn staging(&mut self, answers: usize) -> Buffer {
        let kept = self.staging.take().filter(|staging| staging.count() >= answers);
        kept.unwrap_or_else(|| self.gpu.room(answers.next_power_of_two(), Use::Answer))
    }

    pub fn give_back(&mut self, staging: Buffer) {
        self.staging.get_or_insert(staging);
    }

    /// What each layer and what follows is bound to at so many positions; `of` has the form of all kernels.
    pub fn groups(&mut self, memories: Buffer, of: Pipeline, steps: usize) -> Rc<Vec<Group>> {
        let kept = self.bound.take().filter(|(bound, _)| *bound == memories);
        let (memories, mut groups) = kept.unwrap_or_else(|| (memories, Rc::default()));
        let more = groups.len()..steps * (self.layers + 1);
        if !more.is_empty() {
            Rc::make_mut(&mut groups).extend(more.map(|number| self.group(number, &memories, of)));
        }
        self.bound = Some((memories, groups.clone()));
        groups
    }

    fn group(&self, number: usize, memories: &Buffer, of: Pipeline) -> Group {
        let [input, stream, between, seen] = [&self.input, &self.stream, &self.between, &self.seen]
            .map(|buffer| buffer.as_ref().expect("it is there"));
        let whole = [input, &self.weights, memories, stream, between, seen];
        let whole = whole.map(|buffer| (buffer, 0, buffer.count()));
        self.gpu.group(of, std::iter::once((&self.numbers, number * NUMBER, 4)).chain(whole))
    }
}
