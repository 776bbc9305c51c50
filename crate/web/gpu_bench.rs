//! Our WebGPU operators for a script that checks and measures them; built with the feature `bench`, never in what ships.

use wasm_bindgen::prelude::*;

use crate::gpu::{device::Gpu, trial};

/// A device and what is measured on it.
#[wasm_bindgen]
pub struct GpuBench {
    gpu: Gpu,
}

fn sentence(text: String) -> JsError {
    JsError::new(&text)
}

#[wasm_bindgen]
impl GpuBench {
    pub async fn open() -> Result<GpuBench, JsError> {
        Ok(Self { gpu: Gpu::open().await.map_err(sentence)? })
    }

    /// What the device calls itself.
    pub fn adapter(&self) -> String {
        self.gpu.adapter().to_owned()
    }

    /// Throws the first law of plans that does not hold here.
    pub async fn laws(&self) -> Result<(), JsError> {
        trial::laws(&self.gpu).await.map_err(sentence)
    }

    /// Dispatches, submits, bytes written, bytes read and pipelines compiled, so far.
    pub fn counts(&self) -> Vec<f64> {
        let counts = self.gpu.counts();
        [counts.dispatches, counts.submits, counts.written, counts.read, counts.pipelines]
            .map(|n| n as f64)
            .to_vec()
    }
}
