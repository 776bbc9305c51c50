//! The exact denoiser of the plane on whatever device there is: many particles on a graphics processor, few on this one.

use crate::device::Device;
use crate::diffusion::{exact_denoiser::ExactDenoiser, level::Level};

/// Pairs of a particle and a centre from which on a graphics processor is asked: the way there and back takes as long as this
/// processor takes for so many.
#[cfg(feature = "webgpu")]
const WORTH_THE_WAY: usize = 1 << 18;

#[derive(Debug)]
pub struct PlaneDenoiser {
    exact: ExactDenoiser,
    #[cfg(feature = "webgpu")]
    there: Option<crate::gpu::exact::GpuExact>,
}

impl PlaneDenoiser {
    /// The denoiser of Gaussians of deviation `spread` at `centres`, asked on `device`.
    pub fn new(centres: &[[f32; 2]], spread: f64, device: &Device) -> Self {
        let exact = ExactDenoiser::new(centres, spread);
        match device {
            Device::Cpu => Self {
                exact,
                #[cfg(feature = "webgpu")]
                there: None,
            },
            #[cfg(feature = "webgpu")]
            Device::Webgpu(gpu) => Self { exact, there: Some(crate::gpu::exact::GpuExact::new(gpu)) },
        }
    }

    /// See [`ExactDenoiser::eps`].
    pub async fn eps(&self, x: &[f32], level: Level) -> Result<Vec<f32>, String> {
        #[cfg(feature = "webgpu")]
        if let Some(there) = &self.there
            && level.b > 0.0
            && x.len() / 2 * self.exact.count() >= WORTH_THE_WAY
        {
            let asked = self.exact.asked(level);
            return there.offsets(asked.centres(), asked.variance, asked.factor, x).await;
        }
        Ok(self.exact.eps(x, level))
    }
}
