//! Kernels compiled side by side before they are asked for: wgpu makes one pipeline after another, a page can make them together.

use std::{cell::RefCell, collections::HashSet, future::Future, pin::Pin, rc::Rc};

use super::device::Gpu;
use super::kernel::Kernel;
use super::recipe::Recipe;

/// Has a device compile kernels. A pipeline that a device has already it gives again, so what comes after costs nothing; what
/// does not compile says so then.
pub type Compiler = dyn Fn(&[&Kernel]) -> Pin<Box<dyn Future<Output = ()>>>;

thread_local! {
    static COMPILER: RefCell<Option<Rc<Compiler>>> = const { RefCell::new(None) };
}

/// Who compiles from now on.
pub fn lend(compiler: Rc<Compiler>) {
    COMPILER.set(Some(compiler));
}

/// The kernels of `recipe` that `gpu` does not have yet, if there is somebody to compile them.
pub(super) async fn compile(gpu: &Gpu, recipe: &Recipe) {
    let mut seen = HashSet::new();
    let kernels = recipe.steps.iter().map(|step| &step.kernel);
    let new: Vec<_> =
        kernels.filter(|kernel| !gpu.has(kernel) && seen.insert(kernel.text.as_str())).collect();
    let compiler = COMPILER.with_borrow(Clone::clone);
    if let (Some(compiler), 2..) = (compiler, new.len()) {
        compiler(&new).await;
    }
}
