//! Initial weights of a transformer, drawn by the order of its parameters from the addressed generator.

use crate::math::{normal::normals, philox::Stream};
use crate::models::gpt_config::GptConfig;

/// A small transformer's weights: N(0, 1/fan-in), those that write into the residual stream divided by √(2 L), the
/// embedding N(0, 1), and the last map 0, so that at first every character is as likely as the others.
pub fn small_gpt(config: &GptConfig, seed: u64) -> Vec<f32> {
    transformer(config, seed, |name, fan_in| match name {
        "head.weight" => 0.0,
        "emb.weight" => 1.0,
        _ => 1.0 / (fan_in as f32).sqrt(),
    })
}

/// A transformer's weights as GPT-2 begins: N(0, 0.02²), those that write into the residual stream divided by √(2 L)
/// (Radford et al. 2019, section 2.3).
pub fn large_gpt(config: &GptConfig, seed: u64) -> Vec<f32> {
    transformer(config, seed, |_, _| 0.02)
}

/// In their order: matrices by their `deviation`, biases 0, scales of norms 1.
fn transformer(config: &GptConfig, seed: u64, deviation: impl Fn(&str, usize) -> f32) -> Vec<f32> {
    let calm = 1.0 / (2.0 * config.layers as f32).sqrt();
    let mut all = Vec::new();
    for (step, (name, shape)) in config.parameters().into_iter().enumerate() {
        let count = shape.iter().product();
        let [_, fan_in] = shape[..] else {
            all.extend(vec![if name.ends_with(".weight") { 1.0 } else { 0.0 }; count]);
            continue;
        };
        let writes = name.ends_with("proj.weight") || name.ends_with("fc2.weight");
        let deviation = deviation(&name, fan_in) * if writes { calm } else { 1.0 };
        all.extend(normals(seed, Stream::Weights, step as u32, count).iter().map(|z| deviation * z));
    }
    all
}
