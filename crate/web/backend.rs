//! A device that another engine has, as this one asks for it.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Float32Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::gpu::backend::{self, Backend, Later, Use};
use crate::gpu::kernel::{Access, Kernel};

#[wasm_bindgen]
extern "C" {
    /// See `web/executor.rs`, which it is in the page.
    type Executor;
    #[wasm_bindgen(method)]
    fn adapter(this: &Executor) -> String;
    #[wasm_bindgen(method)]
    fn room(this: &Executor, count: u32, told: bool, answer: bool) -> u32;
    #[wasm_bindgen(method)]
    fn write(this: &Executor, buffer: u32, from: u32, bytes: &[u8]);
    #[wasm_bindgen(method)]
    fn destroy(this: &Executor, buffer: u32);
    #[wasm_bindgen(method)]
    fn pipeline(this: &Executor, text: &str, types: &str) -> u32;
    #[wasm_bindgen(method)]
    fn group(this: &Executor, pipeline: u32, parts: &[u32]) -> u32;
    #[wasm_bindgen(method)]
    fn forget_group(this: &Executor, group: u32);
    #[wasm_bindgen(method)]
    fn submit(this: &Executor, words: &[u32]);
    #[wasm_bindgen(method)]
    fn fetch(this: &Executor, buffer: u32, count: u32, read: JsValue) -> Promise;
    #[wasm_bindgen(method)]
    fn begin_scope(this: &Executor);
    #[wasm_bindgen(method)]
    fn end_scope(this: &Executor) -> Promise;
    #[wasm_bindgen(method)]
    fn fault(this: &Executor) -> Option<String>;
    #[wasm_bindgen(method)]
    fn lose(this: &Executor);
}

/// Has devices opened by `open`, `() => Promise<Executor>`, and kernels compiled ahead by `compile`,
/// `(executor, [text, types][]) => Promise`, which tells no errors, from now on.
#[wasm_bindgen]
pub fn lend_webgpu(open: Function, compile: Function) {
    backend::lend(Rc::new(move || {
        let asked = open.call0(&JsValue::NULL);
        let compile = compile.clone();
        Box::pin(async move {
            let executor = settled(asked).await?;
            let far: Rc<dyn Backend> = Rc::new(Far { executor: executor.unchecked_into(), compile });
            Ok(far)
        })
    }));
}

struct Far {
    executor: Executor,
    compile: Function,
}

/// What a call that promised something came to.
async fn settled(asked: Result<JsValue, JsValue>) -> Result<JsValue, String> {
    let answer = async { JsFuture::from(Promise::resolve(&asked?)).await };
    answer.await.map_err(|error: JsValue| match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => format!("{error:?}"),
    })
}

/// A letter a binding.
fn types(kernel: &Kernel) -> String {
    let letter = |access: &Access| match access {
        Access::Read => 'r',
        Access::Write => 'w',
        Access::Uniform => 'u',
    };
    kernel.accesses.iter().map(letter).collect()
}

impl Backend for Far {
    fn adapter(&self) -> String {
        self.executor.adapter()
    }

    fn room(&self, count: usize, usage: Use) -> u32 {
        self.executor.room(count as u32, usage == Use::Told, usage == Use::Answer)
    }

    fn write(&self, buffer: u32, from: usize, bytes: &[u8]) {
        self.executor.write(buffer, from as u32, bytes);
    }

    fn destroy(&self, buffer: u32) {
        self.executor.destroy(buffer);
    }

    fn pipeline(&self, kernel: &Kernel) -> u32 {
        self.executor.pipeline(&kernel.text, &types(kernel))
    }

    fn compile(&self, kernels: &[&Kernel]) -> Later<()> {
        let pair = |kernel: &&Kernel| Array::of2(&kernel.text.as_str().into(), &types(kernel).into());
        let asked =
            self.compile.call2(&JsValue::NULL, &self.executor, &kernels.iter().map(pair).collect::<Array>());
        // What is wrong with a kernel is said when it is asked for.
        Box::pin(async move { drop(settled(asked).await) })
    }

    fn group(&self, pipeline: u32, parts: &[u32]) -> u32 {
        self.executor.group(pipeline, parts)
    }

    fn forget_group(&self, group: u32) {
        self.executor.forget_group(group);
    }

    fn submit(&self, words: &[u32]) {
        self.executor.submit(words);
    }

    fn fetch(&self, buffer: u32, count: usize) -> Later<Result<Vec<f32>, String>> {
        let numbers = Rc::new(RefCell::new(Vec::new()));
        let to = numbers.clone();
        let read = move |shown: Float32Array| *to.borrow_mut() = shown.to_vec();
        let asked = self.executor.fetch(buffer, count as u32, Closure::once_into_js(read));
        Box::pin(async move {
            match settled(Ok(asked.into())).await?.as_string() {
                Some(sentence) => Err(sentence),
                None => Ok(numbers.take()),
            }
        })
    }

    fn begin_scope(&self) {
        self.executor.begin_scope();
    }

    fn end_scope(&self) -> Later<Option<String>> {
        let asked = self.executor.end_scope();
        Box::pin(async move { settled(Ok(asked.into())).await.map_or_else(Some, |wrong| wrong.as_string()) })
    }

    fn fault(&self) -> Option<String> {
        self.executor.fault()
    }

    fn lose(&self) {
        self.executor.lose();
    }
}
