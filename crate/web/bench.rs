//! The standard workloads for a page that measures engines; built with the feature `bench`, never in what ships.

use async_lock::Mutex;
use js_sys::{Array, Float32Array, Object, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::device;
use crate::workloads::{self, Workload, files::Files};

/// A workload on this engine's device.
#[wasm_bindgen]
pub struct OpenWorkload(Mutex<Box<dyn Workload>>);

/// What the workload called `id` reads and how it is counted.
#[wasm_bindgen]
pub fn workload_spec(id: &str) -> Result<JsValue, JsError> {
    super::plain(workloads::find(id).map_err(|sentence| JsError::new(&sentence))?)
}

/// Opens the workload called `id`; `files` is an object of byte arrays by name.
#[wasm_bindgen]
pub async fn open_workload(id: String, files: Object) -> Result<OpenWorkload, JsError> {
    let mut read = Files::default();
    for entry in Object::entries(&files).iter().map(|entry| Array::from(&entry)) {
        read.insert(&entry.get(0).as_string().unwrap_or_default(), Uint8Array::new(&entry.get(1)).to_vec());
    }
    let sentence = |sentence: String| JsError::new(&sentence);
    let device = device::open().await.map_err(sentence)?;
    Ok(OpenWorkload(Mutex::new(workloads::open(&id, &read, &device).map_err(sentence)?)))
}

#[wasm_bindgen]
impl OpenWorkload {
    pub async fn input(&self, call: usize) -> Float32Array {
        Float32Array::from(self.0.lock().await.input(call).as_slice())
    }

    pub async fn part(&self, part: usize, input: Float32Array) -> Result<Float32Array, JsError> {
        let mut workload = self.0.lock().await;
        let answer = workload.part(part, &input.to_vec()).await.map_err(|text| JsError::new(&text))?;
        Ok(Float32Array::from(answer.as_slice()))
    }

    /// Undefined if there is no reference for these answers.
    pub async fn error(&self, call: usize, answers: Float32Array) -> Option<f64> {
        self.0.lock().await.error(call, &answers.to_vec())
    }
}
