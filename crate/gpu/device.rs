//! The GPU: its buffers, its pipelines, made once each, and what goes wrong on it, which is never lost.

use std::{
    cell::{Cell, RefCell},
    collections::{HashMap, HashSet},
    fmt,
    rc::Rc,
};

use super::backend::{self, Backend, COPY, DISPATCH, Use, WORDS};
use super::kernel::Kernel;

/// A device that is ready; copies of it are the same one.
#[derive(Clone, Debug)]
pub struct Gpu(Rc<Inside>);

struct Inside {
    backend: Rc<dyn Backend>,
    pipelines: RefCell<HashMap<String, Pipeline>>,
    counts: Cell<Counts>,
}

impl fmt::Debug for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gpu").field("counts", &self.counts).finish_non_exhaustive()
    }
}

/// Memory on the device. The last copy of it gives it back at once: left to the page's collector, what training in the tab makes anew every
/// moment would pile up there. What was submitted before still ends on it.
#[derive(Clone, Debug)]
pub struct Buffer(Rc<Held>);

struct Held {
    backend: Rc<dyn Backend>,
    number: u32,
    count: usize,
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "buffer {} of {}", self.number, self.count)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.backend.destroy(self.number);
    }
}

impl Buffer {
    /// Numbers of four bytes.
    pub(super) fn count(&self) -> usize {
        self.0.count
    }
}

impl PartialEq for Buffer {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A kernel ready to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pipeline(u32);

/// Buffers bound for a kernel, which it keeps.
#[derive(Clone, Debug)]
pub(super) struct Group(Rc<Bound>);

struct Bound {
    backend: Rc<dyn Backend>,
    number: u32,
    _buffers: Vec<Buffer>,
}

impl fmt::Debug for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "group {}", self.number)
    }
}

impl Drop for Bound {
    fn drop(&mut self) {
        self.backend.forget_group(self.number);
    }
}

/// What the device is to do, in this order, with one submit.
#[derive(Clone, Debug, Default)]
pub(super) struct Commands {
    words: Vec<u32>,
    dispatches: u64,
}

impl Commands {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.words.len() / WORDS
    }

    /// The first `count` of them, all dispatches.
    pub fn first(&self, count: usize) -> Self {
        Self { words: self.words[..count * WORDS].to_vec(), dispatches: count as u64 }
    }

    pub fn dispatch(&mut self, pipeline: Pipeline, group: &Group, groups: [u32; 3]) {
        self.words.extend([DISPATCH, pipeline.0, group.0.number]);
        self.words.extend(groups);
        self.dispatches += 1;
    }

    /// `count` numbers of `from`, from its number `at` on, to `to`, from number `place` on.
    pub fn copy(&mut self, from: &Buffer, at: usize, to: &Buffer, place: usize, count: usize) {
        let [at, place, count] = [at, place, count].map(|n| n as u32);
        self.words.extend([COPY, from.0.number, at, to.0.number, place, count]);
    }
}

/// What was done so far, for those who measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub dispatches: u64,
    pub submits: u64,
    /// To the device and back.
    pub written: u64,
    pub read: u64,
    pub pipelines: u64,
}

impl Gpu {
    /// The faster GPU of this machine, or a sentence that says why there is none.
    pub async fn open() -> Result<Self, String> {
        let opener = backend::opener().ok_or("nobody lends this engine a WebGPU device")?;
        let backend = opener().await?;
        let (pipelines, counts) = Default::default();
        Ok(Self(Rc::new(Inside { backend, pipelines, counts })))
    }

    /// What the device calls itself, if the browser tells.
    pub fn adapter(&self) -> String {
        self.0.backend.adapter()
    }

    pub fn counts(&self) -> Counts {
        self.0.counts.get()
    }

    /// A buffer with these numbers, for the plans that are given it.
    pub fn buffer(&self, numbers: &[f32]) -> Buffer {
        let buffer = self.zeros(numbers.len());
        self.write(&buffer, 0, &bytes(numbers));
        buffer
    }

    /// A buffer with what kernels are told: whole numbers that they read as uniform or stored.
    pub(super) fn told(&self, numbers: &[u32]) -> Buffer {
        let buffer = self.room(numbers.len(), Use::Told);
        self.write(&buffer, 0, &numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>());
        buffer
    }

    /// A buffer of so many zeros.
    pub fn zeros(&self, count: usize) -> Buffer {
        self.room(count, Use::Storage)
    }

    pub(super) fn room(&self, count: usize, usage: Use) -> Buffer {
        let count = count.max(1);
        let number = self.0.backend.room(count, usage);
        let backend = self.0.backend.clone();
        Buffer(Rc::new(Held { backend, number, count }))
    }

    pub(super) fn write(&self, buffer: &Buffer, from: usize, bytes: &[u8]) {
        self.0.backend.write(buffer.0.number, from, bytes);
        self.count(|counts| counts.written += bytes.len() as u64);
    }

    pub(super) fn count(&self, add: impl FnOnce(&mut Counts)) {
        let mut counts = self.0.counts.get();
        add(&mut counts);
        self.0.counts.set(counts);
    }

    /// Compiles what `kernels` are not there yet, side by side.
    pub(super) async fn compile(&self, kernels: impl Iterator<Item = &Kernel>) {
        let new: Vec<_> = {
            let (there, mut seen) = (self.0.pipelines.borrow(), HashSet::new());
            kernels.filter(|kernel| !there.contains_key(&kernel.text) && seen.insert(&kernel.text)).collect()
        };
        if new.len() > 1 {
            self.0.backend.compile(&new).await;
        }
    }

    /// The pipeline of `kernel`; the same text is compiled once.
    pub(super) fn pipeline(&self, kernel: &Kernel) -> Pipeline {
        *self.0.pipelines.borrow_mut().entry(kernel.text.clone()).or_insert_with(|| {
            self.count(|counts| counts.pipelines += 1);
            Pipeline(self.0.backend.pipeline(kernel))
        })
    }

    /// Buffers as `pipeline` wants them: of each where its part begins and how many numbers it has.
    pub(super) fn group<'a>(
        &self,
        pipeline: Pipeline,
        parts: impl IntoIterator<Item = (&'a Buffer, usize, usize)>,
    ) -> Group {
        let (mut words, mut buffers) = (Vec::new(), Vec::new());
        for (buffer, from, count) in parts {
            words.extend([buffer.0.number, from as u32, count as u32]);
            buffers.push(buffer.clone());
        }
        let number = self.0.backend.group(pipeline.0, &words);
        Group(Rc::new(Bound { backend: self.0.backend.clone(), number, _buffers: buffers }))
    }

    pub(super) fn submit(&self, commands: &Commands) {
        self.0.backend.submit(&commands.words);
        self.count(|counts| {
            counts.dispatches += commands.dispatches;
            counts.submits += 1;
        });
    }

    /// The first `count` numbers of `buffer`, once the device is through with all that it was given.
    pub(super) async fn fetch(&self, buffer: &Buffer, count: usize) -> Result<Vec<f32>, String> {
        let numbers = self.0.backend.fetch(buffer.0.number, count).await;
        self.fault()?;
        self.count(|counts| counts.read += 4 * count as u64);
        numbers
    }

    /// Does what only asks for things to be made, and says whether they were.
    pub(super) async fn scoped<R>(&self, make: impl FnOnce() -> R) -> Result<R, String> {
        self.0.backend.begin_scope();
        let made = make();
        match self.0.backend.end_scope().await {
            Some(error) => {
                // What did not compile is not kept as if it had.
                self.0.pipelines.borrow_mut().clear();
                Err(format!("WebGPU refuses: {error}"))
            }
            None => self.fault().map(|()| made),
        }
    }

    /// What went wrong since this was asked last; a lost device stays lost.
    pub(super) fn fault(&self) -> Result<(), String> {
        self.0.backend.fault().map_or(Ok(()), Err)
    }

    /// Gives the device up; everything made on it says so from then on.
    pub fn lose(&self) {
        self.0.backend.lose();
    }
}

/// Numbers as the device has them.
pub(super) fn bytes(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}
