//! The standard workloads for whoever measures: drawn ones in any browser, and, built with the feature `bench`, those of files.

use async_lock::Mutex;
use js_sys::Float32Array;
#[cfg(feature = "bench")]
use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::device;
#[cfg(feature = "bench")]
use crate::workloads::files::Files;
use crate::workloads::{self, Workload, drawn};

/// A workload on this engine's device.
#[wasm_bindgen]
pub struct OpenWorkload(Mutex<Box<dyn Workload>>);

/// The workloads that are drawn: how they are counted, and what they answer on any processor.
#[wasm_bindgen]
pub fn drawn_workloads() -> Result<JsValue, JsError> {
    let told = |one: &drawn::Drawn| {
        let spec = workloads::find(one.id)?;
        Ok(serde_json::json!({
            "id": one.id, "hash": one.hash,
            "unit": spec.unit, "units": spec.units, "parts": spec.parts, "error": spec.error, "tolerance": spec.tolerance,
        }))
    };
    let all: Result<Vec<_>, String> = drawn::ALL.iter().map(told).collect();
    super::as_json(&serde_json::json!(all.map_err(sentence)?))
}

/// Opens the workload called `id` with drawn weights; `reference` holds the answers to its call 0, or nothing.
#[wasm_bindgen]
pub async fn drawn_workload(id: String, reference: Float32Array) -> Result<OpenWorkload, JsError> {
    let files = drawn::files(&id, &reference.to_vec()).map_err(sentence)?;
    let device = device::open().await.map_err(sentence)?;
    Ok(OpenWorkload(Mutex::new(workloads::open(&id, &files, &device).map_err(sentence)?)))
}

/// What grows with `size`: "batch", "context" or "width".
#[cfg(feature = "bench")]
#[wasm_bindgen]
pub async fn scaled_workload(what: String, size: usize) -> Result<OpenWorkload, JsError> {
    let device = device::open().await.map_err(sentence)?;
    Ok(OpenWorkload(Mutex::new(drawn::scaled(&what, size, &device).map_err(sentence)?)))
}

/// The hash of the answers to a call.
#[wasm_bindgen]
pub fn hash_of(answers: Float32Array) -> String {
    drawn::hash(&answers.to_vec())
}

fn sentence(sentence: String) -> JsError {
    JsError::new(&sentence)
}

/// What the workload called `id` reads and how it is counted.
#[cfg(feature = "bench")]
#[wasm_bindgen]
pub fn workload_spec(id: &str) -> Result<JsValue, JsError> {
    super::plain(workloads::find(id).map_err(|sentence| JsError::new(&sentence))?)
}

/// Opens the workload called `id`; `files` is an object of byte arrays by name.
#[cfg(feature = "bench")]
#[wasm_bindgen]
pub async fn open_workload(id: String, files: Object) -> Result<OpenWorkload, JsError> {
    let mut read = Files::default();
    for entry in Object::entries(&files).iter().map(|entry| Array::from(&entry)) {
        read.insert(&entry.get(0).as_string().unwrap_or_default(), Uint8Array::new(&entry.get(1)).to_vec());
    }
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
