//! Networks on the GPU beside the same ones on the processor, of sizes that are hard to cut: `./build.sh bench --gpu` asks.

use super::device::Gpu;
use super::unet::GpuUNet;
use crate::math::splitmix::SplitMix64;
use crate::models::fused_unet::FusedUNet;
use crate::models::unet_config::{SizeError, Target, UNetConfig};

/// The sizes, with the numbers of pictures to try.
fn unets() -> Vec<(&'static str, UNetConfig, &'static [usize])> {
    let w1 = UNetConfig::w1;
    vec![
        ("digits", UNetConfig::digits(), &[1, 3, 66]),
        ("buildings", UNetConfig::buildings(), &[1, 5]),
        // Sides of 12, 6; 13 quads, heads of 13 numbers, groups of 13 across both halves of what goes up.
        (
            "thirteens",
            UNetConfig {
                image_size: 12,
                channels: vec![52, 104],
                groups: 4,
                attention_heads: 8,
                attention_level: 1,
                ..w1()
            },
            &[1, 5],
        ),
        // One level, one group, one head as wide as all channels; 100 pixels attend.
        (
            "flat",
            UNetConfig {
                image_size: 10,
                channels: vec![68],
                groups: 1,
                attention_heads: 1,
                attention_level: 0,
                ..w1()
            },
            &[1, 2],
        ),
        // More channels than are shared at once, down to four pixels; as many groups as channels.
        (
            "deep",
            UNetConfig {
                image_size: 8,
                image_channels: 3,
                channels: vec![4, 64, 512],
                groups: 4,
                attention_heads: 2,
                time_hidden: 30,
                time_frequencies: 5,
                scales: true,
                predicts: Target::V,
                ..w1()
            },
            &[1, 6],
        ),
        // Patches with more numbers than channels; attention at the top.
        (
            "patches",
            UNetConfig {
                image_size: 32,
                image_channels: 2,
                patch: 4,
                channels: vec![64, 128],
                groups: 64,
                attention_heads: 64,
                attention_level: 0,
                classes: Some(2),
                time_hidden: 520,
                ..w1()
            },
            &[1, 2],
        ),
        ("w1", w1(), &[7]),
    ]
}

/// The names of the list, with the numbers of pictures to try.
pub fn names() -> Vec<(&'static str, &'static [usize])> {
    unets().into_iter().map(|(name, _, counts)| (name, counts)).collect()
}

/// max |a − b| / max |b| of what the U-Net called `name` says of so many pictures there and here.
pub async fn compare(gpu: &Gpu, name: &str, pictures: usize) -> Result<f64, String> {
    let known = unets().into_iter().find(|(known, ..)| *known == name);
    let (name, config, _) = known.ok_or_else(|| format!("there is no U-Net \"{name}\""))?;
    assert!(FusedUNet::takes(&config), "{name}");
    let sentence = |error: SizeError| error.to_string();
    let here = FusedUNet::new(&config, &mut weights(7)).map_err(sentence)?;
    let there = GpuUNet::new(gpu, &config, &mut weights(7)).map_err(sentence)?;
    let mut random = SplitMix64::new(pictures as u64);
    let picture = config.image_channels * config.image_size * config.image_size;
    let x: Vec<f32> = (0..pictures * picture).map(|_| random.normal() as f32).collect();
    let times: Vec<f32> = (0..pictures).map(|_| 999.0 * random.uniform() as f32).collect();
    let labels: Vec<usize> = match config.classes {
        Some(classes) => (0..pictures).map(|i| i % (classes + 1)).collect(),
        None => Vec::new(),
    };
    let exact = here.forward(&x, &times, &labels);
    Ok(gap(&there.forward(&x, &times, &labels).await?, &exact))
}

/// Weights by name and shape, the same for the same seed and order; biases far from zero, so that no norm is at ease.
fn weights(seed: u64) -> impl FnMut(&str, &[usize]) -> Result<Vec<f32>, SizeError> {
    move |name, shape| {
        // By its name, since the two ask in different orders.
        let name_seed = name.bytes().fold(seed, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
        let mut random = SplitMix64::new(name_seed);
        let fan: usize = shape[1..].iter().product();
        let (about, spread) = match shape.len() {
            1 if name.contains("gn") => (if name.ends_with("weight") { 1.0 } else { 0.0 }, 0.2),
            1 => (0.5, 1.0),
            _ => (0.0, 1.0 / (fan as f64).sqrt()),
        };
        let count = shape.iter().product();
        Ok((0..count).map(|_| (about + spread * random.normal()) as f32).collect())
    }
}

/// max |a − b| / max |b|; infinite where a number is none or missing.
fn gap(a: &[f32], b: &[f32]) -> f64 {
    if a.len() != b.len() || a.iter().any(|x| !x.is_finite()) {
        return f64::INFINITY;
    }
    let largest = |of: &mut dyn Iterator<Item = f32>| of.fold(0.0f64, |most, x| most.max(f64::from(x.abs())));
    largest(&mut a.iter().zip(b).map(|(a, b)| a - b)) / largest(&mut b.iter().copied())
}
