//! Our WebGPU operators for a script that checks and measures them; built with the feature `bench`, never in what ships.

use js_sys::Float32Array;
use wasm_bindgen::prelude::*;

use crate::gpu::{device::Gpu, trial, twins, unet::GpuUNet};
use crate::models::unet_config::UNetConfig;
use crate::train::{listed, tensors::CheckpointError};

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

    /// `[[name, [pictures…]]…]`: U-Nets of sizes that are hard to cut.
    pub fn twins(&self) -> Result<JsValue, JsError> {
        super::as_json(&serde_json::json!(twins::names()))
    }

    /// How far the U-Net called `name` is from the processor's, as a share of the largest number.
    pub async fn twin(&self, name: String, pictures: usize) -> Result<f64, JsError> {
        twins::compare(&self.gpu, &name, pictures).await.map_err(sentence)
    }

    /// Dispatches, submits, bytes written, bytes read and pipelines compiled, so far.
    pub fn counts(&self) -> Vec<f64> {
        let counts = self.gpu.counts();
        [counts.dispatches, counts.submits, counts.written, counts.read, counts.pipelines]
            .map(|n| n as f64)
            .to_vec()
    }

    /// The U-Net of workload W1 with its weights.
    pub fn w1(&self, manifest: &str, bytes: &[u8]) -> Result<GpuW1, JsError> {
        let network = || {
            let mut weights = listed::read(manifest, bytes)?;
            let network =
                GpuUNet::new(&self.gpu, &UNetConfig::w1(), &mut |name, shape| weights.take(name, shape))?;
            weights.expect_empty()?;
            Ok(network)
        };
        let network = network().map_err(|error: CheckpointError| sentence(error.to_string()))?;
        Ok(GpuW1 { network })
    }
}

#[wasm_bindgen]
pub struct GpuW1 {
    network: GpuUNet,
}

#[wasm_bindgen]
impl GpuW1 {
    /// ε(x, t).
    pub async fn forward(&self, x: Float32Array, times: Float32Array) -> Result<Float32Array, JsError> {
        let eps = self.network.forward(&x.to_vec(), &times.to_vec(), &[]).await.map_err(sentence)?;
        Ok(Float32Array::from(eps.as_slice()))
    }
}
