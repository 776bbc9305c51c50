//! The engine `webgpu` for the page: a device by numbers and words, see [`Backend`](crate::gpu::backend::Backend).

use js_sys::{Float32Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::gpu::executor;

/// Runs once when the module starts.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&format!("The WebGPU engine stopped: {panic}").into());
    }));
}

/// A device that is ready.
#[wasm_bindgen]
pub struct Executor(executor::Executor);

fn sentence(text: String) -> JsError {
    JsError::new(&text)
}

#[wasm_bindgen]
impl Executor {
    pub async fn open() -> Result<Executor, JsError> {
        executor::Executor::open().await.map(Self).map_err(sentence)
    }

    pub fn adapter(&self) -> String {
        self.0.adapter().to_owned()
    }

    pub fn room(&self, count: u32, told: bool, answer: bool) -> u32 {
        self.0.room(count, told, answer)
    }

    pub fn write(&self, buffer: u32, from: u32, bytes: &[u8]) {
        self.0.write(buffer, from, bytes);
    }

    pub fn destroy(&self, buffer: u32) {
        self.0.destroy(buffer);
    }

    pub fn pipeline(&self, text: &str, types: &str) -> u32 {
        self.0.pipeline(text, types)
    }

    pub fn group(&self, pipeline: u32, parts: &[u32]) -> u32 {
        self.0.group(pipeline, parts)
    }

    pub fn forget_group(&self, group: u32) {
        self.0.forget_group(group);
    }

    pub fn submit(&self, words: &[u32]) {
        self.0.submit(words);
    }

    /// Has `read` look at the numbers where they are mapped, without a copy in this memory. Nothing, or a sentence that says why there
    /// are none: nobody may be left to hear a refusal.
    pub fn fetch(&self, buffer: u32, count: u32, read: Function) -> Promise {
        let shown = move |view: &executor::BufferView| {
            let bytes = view.as_uint8array();
            let numbers =
                Float32Array::new_with_byte_offset_and_length(&bytes.buffer(), bytes.byte_offset(), count);
            read.call1(&JsValue::NULL, &numbers).map(drop)
        };
        let answer = self.0.fetch(buffer, count, shown);
        future_to_promise(async move {
            match answer.await {
                Ok(read) => read.map(|()| JsValue::UNDEFINED),
                Err(sentence) => Ok(sentence.into()),
            }
        })
    }

    pub fn begin_scope(&self) {
        self.0.begin_scope();
    }

    pub fn end_scope(&self) -> Promise {
        let wrong = self.0.end_scope();
        future_to_promise(async move { Ok(JsValue::from(wrong.await)) })
    }

    pub fn fault(&self) -> Option<String> {
        self.0.fault()
    }

    pub fn lose(&self) {
        self.0.lose();
    }
}
