//! A few points that the network builds in a few calls, to watch while it is being trained.

use burn::tensor::{Device, Tensor};

use super::{
    denoiser::{Denoiser, upload},
    settings::Settings,
};
use crate::diffusion::{
    solver::{Method, descend},
    timegrid::{Spacing, levels},
};
use crate::math::{normal::normals, philox::Stream};

/// Points of a sketch.
pub const COUNT: usize = 500;
/// Calls that it takes.
const CALLS: usize = 10;

/// [500 · 2] on the device, from the same noise as the particles.
pub fn sketch(settings: &Settings, denoiser: &Denoiser, device: &Device) -> Tensor<1> {
    let levels = levels(&settings.schedule, Spacing::Quadratic, CALLS);
    let start = upload(&normals(settings.seed, Stream::Rubble, 0, 2 * COUNT), device);
    descend(Method::DpmPp2M, &levels, start, &mut |_| None, &mut |x, level| denoiser.eps(x.clone(), level))
        .reshape([2 * COUNT])
}
