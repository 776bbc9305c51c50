//! Keys and values on the device: all memories of a network lie in one buffer, so that one dispatch reaches them all.

use std::{cell::RefCell, rc::Rc};

use super::sizes::Sizes;
use crate::gpu::device::{Buffer, Commands, Gpu, bytes};

/// Keys and values of all positions that were read. A copy goes on by itself.
#[derive(Debug)]
pub struct GpuMemory {
    pool: Rc<Pool>,
    slot: usize,
    pub(super) length: usize,
}

/// Room for memories of one size.
#[derive(Debug)]
pub(super) struct Pool {
    gpu: Gpu,
    /// Numbers of a memory.
    size: usize,
    slots: RefCell<Slots>,
}

#[derive(Debug)]
struct Slots {
    buffer: Buffer,
    count: usize,
    free: Vec<usize>,
}

impl Pool {
    pub fn new(gpu: &Gpu, sizes: &Sizes) -> Self {
        let (size, count) = (4 * sizes.memory(), 4);
        let buffer = gpu.zeros(count * size);
        let slots = RefCell::new(Slots { buffer, count, free: (0..count).rev().collect() });
        Self { gpu: gpu.clone(), size, slots }
    }

    pub fn buffer(&self) -> Buffer {
        self.slots.borrow().buffer.clone()
    }

    /// A slot that nobody has; where all are taken the room doubles.
    fn take(&self) -> usize {
        let mut slots = self.slots.borrow_mut();
        if slots.free.is_empty() {
            let more = self.gpu.zeros(2 * slots.count * self.size);
            self.copy(&slots.buffer, 0, &more, 0, slots.count * self.size);
            slots.free = (slots.count..2 * slots.count).rev().collect();
            slots.buffer = more;
            slots.count *= 2;
        }
        slots.free.pop().expect("there is room now")
    }

    fn copy(&self, from: &Buffer, at: usize, to: &Buffer, place: usize, count: usize) {
        let mut commands = Commands::default();
        commands.copy(from, at, to, place, count);
        self.gpu.submit(&commands);
    }
}

impl GpuMemory {
    pub(super) fn new(pool: &Rc<Pool>) -> Self {
        Self { slot: pool.take(), pool: pool.clone(), length: 0 }
    }

    /// Of a text of `length` tokens from each layer's keys and values, [H, length, dh] each.
    pub(super) fn of(pool: &Rc<Pool>, sizes: &Sizes, layers: &[[Vec<f32>; 2]], length: usize) -> Self {
        let mut memory = Self::new(pool);
        let (dh, p, room) = (sizes.config.head_width(), 4 * sizes.head, sizes.room);
        let mut all = vec![0.0; pool.size];
        for (to, [keys, values]) in all.chunks_exact_mut(4 * sizes.layer_memory()).zip(layers) {
            let (new_keys, new_values) = to.split_at_mut(4 * sizes.heads * room);
            for row in 0..sizes.config.heads * length {
                let (h, at) = (row / length, row % length);
                for i in 0..dh {
                    let place = sizes.place(i);
                    new_keys[4 * ((h * sizes.head + place / 4) * room + at) + place % 4] = keys[row * dh + i];
                    new_values[(h * room + at) * p + i] = values[row * dh + i];
                }
            }
        }
        let buffer = memory.pool.buffer();
        pool.gpu.write(&buffer, memory.slot * pool.size, &bytes(&all));
        memory.length = length;
        memory
    }

    /// How many positions it holds.
    pub fn len(&self) -> usize {
        self.length
    }

    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Where it begins, in fours; only networks with the same room may ask.
    pub(super) fn place(&self, pool: &Rc<Pool>) -> usize {
        assert!(Rc::ptr_eq(&self.pool, pool), "a memory of another network");
        self.slot * pool.size / 4
    }
}

impl Clone for GpuMemory {
    fn clone(&self) -> Self {
        let twin = Self { slot: self.pool.take(), pool: self.pool.clone(), length: self.length };
        let buffer = self.pool.buffer();
        let size = self.pool.size;
        // A buffer cannot be copied into itself.
        let between = self.pool.gpu.zeros(size);
        self.pool.copy(&buffer, self.slot * size, &between, 0, size);
        self.pool.copy(&between, 0, &buffer, twin.slot * size, size);
        twin
    }
}

impl Drop for GpuMemory {
    fn drop(&mut self) {
        self.pool.slots.borrow_mut().free.push(self.slot);
    }
}
