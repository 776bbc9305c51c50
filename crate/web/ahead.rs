//! Kernels compiled by the page, side by side, before wgpu asks for them.

use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::gpu::{ahead, kernel::Access};

/// Has `compiler` compile from now on: `([text, binding, binding …][]) => Promise`, each binding by its type in WebGPU. It tells
/// no errors; whatever did not compile is asked for once more and says so then.
#[wasm_bindgen]
pub fn compile_ahead(compiler: Function) {
    ahead::lend(Rc::new(move |kernels| {
        let all = kernels.iter().map(|kernel| {
            let types = kernel.accesses.iter().map(|access| match access {
                Access::Read => "read-only-storage",
                Access::Write => "storage",
                Access::Uniform => "uniform",
            });
            std::iter::once(kernel.text.as_str()).chain(types).map(JsValue::from_str).collect::<Array>()
        });
        let asked = compiler.call1(&JsValue::NULL, &all.collect::<Array>());
        Box::pin(async move {
            if let Ok(promise) = asked {
                let _ = JsFuture::from(Promise::resolve(&promise)).await;
            }
        })
    }));
}
