//! What a GPU is asked for, by whom it does not matter: buffers, pipelines and groups are numbers, commands are words.
//!
//! The executor answers in an engine of its own, `webgpu`, which knows wgpu and nothing of networks; the page joins the two.

use std::{cell::RefCell, future::Future, pin::Pin, rc::Rc};

use super::kernel::Kernel;

/// What comes later.
pub type Later<T> = Pin<Box<dyn Future<Output = T>>>;

/// What a buffer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Kernels read and write it.
    Storage,
    /// What kernels are told, stored or uniform.
    Told,
    /// It is read back.
    Answer,
}

/// Command words: a dispatch of a pipeline on a group, with so many workgroups in each direction.
pub const DISPATCH: u32 = 0;
/// Command words: a copy from a buffer, from its number so and so, to a buffer, there, of so many numbers.
pub const COPY: u32 = 1;
/// Words of a command.
pub const WORDS: usize = 6;

/// A device that was opened. Numbers count in four bytes.
pub trait Backend {
    /// What the device calls itself.
    fn adapter(&self) -> String;

    /// A buffer of `count` zeros.
    fn room(&self, count: usize, usage: Use) -> u32;

    fn write(&self, buffer: u32, from: usize, bytes: &[u8]);

    /// Gives the memory of a buffer back; what was submitted before still ends on it.
    fn destroy(&self, buffer: u32);

    fn pipeline(&self, kernel: &Kernel) -> u32;

    /// Compiles `kernels` side by side; asked for afterwards, they cost nothing. What is wrong with one is said then.
    fn compile(&self, kernels: &[&Kernel]) -> Later<()>;

    /// Binds `parts`, of each its buffer, where it begins and how many numbers it has, as `pipeline` wants them.
    fn group(&self, pipeline: u32, parts: &[u32]) -> u32;

    fn forget_group(&self, group: u32);

    /// Does commands in their order, [`WORDS`] words each.
    fn submit(&self, words: &[u32]);

    /// The first `count` numbers of a buffer, once the device is through with all that it was given.
    fn fetch(&self, buffer: u32, count: usize) -> Later<Result<Vec<f32>, String>>;

    /// From here on what is refused is noted …
    fn begin_scope(&self);

    /// … and told, the first of it.
    fn end_scope(&self) -> Later<Option<String>>;

    /// What went wrong unasked since this was asked last; a lost device stays lost.
    fn fault(&self) -> Option<String>;

    /// Gives the device up.
    fn lose(&self);
}

/// Opens a device.
pub type Opener = dyn Fn() -> Later<Result<Rc<dyn Backend>, String>>;

thread_local! {
    static OPENER: RefCell<Option<Rc<Opener>>> = const { RefCell::new(None) };
}

/// Who opens devices from now on; without one there is no WebGPU here.
pub fn lend(opener: Rc<Opener>) {
    OPENER.set(Some(opener));
}

/// Who was lent.
pub fn opener() -> Option<Rc<Opener>> {
    OPENER.with_borrow(Clone::clone)
}
