//! The exact denoiser on WebGPU for a script that checks it; built with the feature `bench`, never in what ships.

use wasm_bindgen::prelude::*;

use crate::gpu::{device::Gpu, exact::trial};

/// `[[what was tried, largest error on the device, on the processor, what is allowed]…]`.
#[wasm_bindgen]
pub async fn gpu_points_gaps() -> Result<JsValue, JsError> {
    let gaps = async { trial::rows(&Gpu::open().await?).await };
    let rows = gaps.await.map_err(|error: String| JsError::new(&error))?;
    super::plain(&rows)
}
