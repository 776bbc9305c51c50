//! Learning on WebGPU for a script that checks it; built with the feature `bench`, never in what ships.

use wasm_bindgen::prelude::*;

use crate::gpu::{device::Gpu, learning::trial};
#[cfg(feature = "webgpu")]
use crate::train::tab;

fn sentence(text: String) -> JsError {
    JsError::new(&text)
}

/// `[[what was tried, how far the device is off, how far it may be]…]` of network number `at`; undefined after the last.
#[wasm_bindgen]
pub async fn gpu_learning_gaps(at: usize) -> Result<JsValue, JsError> {
    if at >= trial::CASES {
        return Ok(JsValue::UNDEFINED);
    }
    let gpu = Gpu::open().await.map_err(sentence)?;
    super::plain(&trial::rows(&gpu, at).await.map_err(sentence)?)
}

/// What a lost device says to a network that learns.
#[wasm_bindgen]
pub async fn gpu_learning_lost() -> Result<String, JsError> {
    trial::lost().await.map_err(sentence)
}

/// The same as [`gpu_learning_gaps`] of training in the page: of lesson number `at`.
#[cfg(feature = "webgpu")]
#[wasm_bindgen]
pub async fn gpu_training_gaps(at: usize) -> Result<JsValue, JsError> {
    if at >= tab::trial::CASES {
        return Ok(JsValue::UNDEFINED);
    }
    let gpu = Gpu::open().await.map_err(sentence)?;
    super::plain(&tab::trial::rows(&gpu, at).await.map_err(sentence)?)
}
