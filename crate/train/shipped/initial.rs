//! Initial weights of networks in tensors, drawn by name order from the addressed generator.

use crate::math::{normal::normals, philox::Stream};
use crate::models::unet::UNet;
use crate::nn::parameters::{fill, shapes};
use burn::module::Module;

/// Weights N(0, 1/fan-in), the label table N(0, 1/16), biases 0, scales of norms 1, and the last
/// convolution 0, so that the untrained network predicts no noise at all (loss 1, not more).
pub fn initialise(unet: UNet, seed: u64) -> UNet {
    let mut step = 0;
    fill(unet, |name, shape| {
        step += 1;
        let count = shape.iter().product();
        let deviation = match shape {
            _ if name.starts_with("conv_out.") => 0.0,
            [_] => return vec![if name.ends_with(".weight") { 1.0 } else { 0.0 }; count],
            _ if name == "label.weight" => 0.25,
            [_, fan_in @ ..] => 1.0 / (fan_in.iter().product::<usize>() as f32).sqrt(),
            [] => 0.0,
        };
        normals(seed, Stream::Weights, step, count).into_iter().map(|z| deviation * z).collect()
    })
}

/// Weights that leave nothing at its resting value: for comparisons with other implementations.
///
/// The i-th parameter in order of names is drawn at step i: N(0, 1/fan-in) for matrices and kernels,
/// N(1, 0.01) for scales of norms, N(0, 0.01) for biases, N(0, 1) for the label table.
pub fn arbitrary<M: Module>(network: M, seed: u64) -> M {
    let mut names: Vec<String> = shapes(&network).into_iter().map(|(name, _)| name).collect();
    names.sort();
    fill(network, |name, shape| {
        let step = names.binary_search_by(|n| n.as_str().cmp(name)).expect("a known name") as u32;
        let (mean, deviation) = match shape {
            [_] => (if name.ends_with(".weight") { 1.0 } else { 0.0 }, 0.1),
            _ if name == "label.weight" => (0.0, 1.0),
            [_, fan_in @ ..] => (0.0, 1.0 / (fan_in.iter().product::<usize>() as f64).sqrt()),
            [] => (0.0, 1.0),
        };
        let draws = normals(seed, Stream::Weights, step, shape.iter().product());
        draws.into_iter().map(|z| (mean + deviation * f64::from(z)) as f32).collect()
    })
}
