//! The same workloads without files: weights and inputs are drawn by address, so that any browser can be measured.
//!
//! What they answer on the processor is known to the bit ([`Drawn::hash`]); that answer is the reference for a graphics
//! processor. Against float64 the workloads are checked with their files, and the networks by their tests.

use super::{Workload, files::Files, gpt, points, unet};
use crate::device::Device;
use crate::math::{
    normal::normals,
    philox::{Stream, uniforms},
};
use crate::models::{gpt_config::GptConfig, unet_config::UNetConfig};
use crate::networks::noise_network::NoiseNetwork;
use crate::runtime::fingerprint;
use crate::train::tensors::{CheckpointError, HostTensor, Tensors};
use serde::Serialize;

const SEED: u64 = 14;
/// Batches of a training; they are used again.
const BATCHES: usize = 10;

/// A workload that is drawn.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Drawn {
    pub id: &'static str,
    /// The first part of the fingerprint of all answers to call 0 on the processor.
    pub hash: &'static str,
}

pub const ALL: &[Drawn] = &[
    Drawn { id: "w1b1", hash: "342e91c374fb36a8" },
    Drawn { id: "w1b16", hash: "1372689c13c4a2f8" },
    Drawn { id: "w2f", hash: "7889a670906558ad" },
    Drawn { id: "w2kv", hash: "26eb247f18a3cffa" },
    Drawn { id: "w3", hash: "10a9f50264e67808" },
    Drawn { id: "w4", hash: "eb805fa290643ff2" },
];

/// The hash of `answers` as [`Drawn::hash`] has it.
pub fn hash(answers: &[f32]) -> String {
    fingerprint::of(answers)[..16].to_owned()
}

/// What the workload called `id` reads. `reference` holds all answers to its call 0, one after the other; it is empty
/// where they are not known yet.
pub fn files(id: &str, reference: &[f32]) -> Result<Files, String> {
    let mut files = Files::default();
    match id {
        "w1b1" | "w1b16" => pictures(&mut files, 16, reference),
        "w2f" | "w2kv" => {
            let config = GptConfig::w2();
            text(&mut files, &config, reference);
            let first = tokens(1, config.vocabulary.len());
            files.insert("w2_gen.bin", [first, whole(reference)].concat());
        }
        "w3" => {
            files.draw("w3", weights(points::parameters()));
            let points = 512 * BATCHES;
            files.insert("w3_x0.bin", bytes(&normals(SEED, Stream::Points, 0, 2 * points)));
            files.insert("w3_eps.bin", bytes(&normals(SEED, Stream::TrainingNoise, 0, 2 * points)));
            files.insert("w3_t.bin", tokens(points, 1000));
            let levels: Vec<f32> = (0..1000).map(|t| (1.0 - (t as f32 + 0.5) / 1000.0).powi(2)).collect();
            files.insert("ab.bin", bytes(&levels));
            files.insert("w3_loss.bin", bytes(reference));
        }
        "w4" => {
            let config = GptConfig::w4();
            files.draw("w4", weights(config.parameters()));
            files.insert("w4_tok.bin", tokens(BATCHES * 16 * 65, config.vocabulary.len()));
            files.insert("w4_loss.bin", bytes(reference));
        }
        id => return Err(format!("the workload \"{id}\" is not drawn")),
    }
    Ok(files)
}

fn pictures(files: &mut Files, count: usize, reference: &[f32]) {
    files.draw("w1", picture_weights());
    files.insert("w1_x.bin", bytes(&normals(SEED, Stream::Rubble, 0, count * 32 * 32)));
    let times: Vec<f32> = (0..count).map(|i| ((60 * i + 37) % 1000) as f32).collect();
    files.insert("w1_t.bin", bytes(&times));
    files.insert("w1_y.bin", bytes(reference));
}

/// A text as long as the context.
fn text(files: &mut Files, config: &GptConfig, reference: &[f32]) {
    files.draw("w2", weights(config.parameters()));
    files.insert("w2_tok.bin", tokens(config.context, config.vocabulary.len()));
    let (logits, maps) = reference.split_at(reference.len().min(config.context * config.vocabulary.len()));
    files.insert("w2_logits.bin", bytes(logits));
    files.insert("w2_maps.bin", bytes(maps));
}

/// How cost grows: W1 with `size` pictures ("batch"), W2's forward with a text of `size` ("context") or `size` numbers at a
/// position and four times as many inside ("width").
pub fn scaled(what: &str, size: usize, device: &Device) -> Result<Box<dyn Workload>, String> {
    let mut files = Files::default();
    let w2 = GptConfig::w2();
    let config = match what {
        "batch" => {
            pictures(&mut files, size, &[]);
            return Ok(Box::new(unet::Forward::open(size, &files, device)?));
        }
        "context" => GptConfig { context: size, ..w2 },
        "width" => GptConfig { width: size, mlp: 4 * size, ..w2 },
        _ => return Err(format!("\"{what}\" does not grow: batch, context and width do")),
    };
    text(&mut files, &config, &[]);
    Ok(Box::new(gpt::Forward::sized(&config, &files, device)?))
}

fn bytes(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// Whole numbers that came as f32.
fn whole(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|&value| (value as u32).to_le_bytes()).collect()
}

/// `count` whole numbers below `end`.
fn tokens(count: usize, end: usize) -> Vec<u8> {
    let draw = uniforms(SEED, Stream::Batch, 0, count);
    draw.iter().flat_map(|u| ((u * end as f64) as u32).to_le_bytes()).collect()
}

/// Matrices with entries of variance 1 / inputs, scales about one, biases about zero.
fn tensor(name: &str, shape: &[usize], nth: usize) -> HostTensor {
    let size = shape.iter().product();
    let mut values = normals(SEED, Stream::Weights, nth as u32, size);
    let inputs: usize = shape[1..].iter().product();
    for value in &mut values {
        *value = match (shape.len(), name.ends_with("bias")) {
            (1, true) => 0.05 * *value,
            (1, false) => 1.0 + 0.05 * *value,
            _ if name.starts_with("emb") => *value,
            _ => *value / (inputs as f32).sqrt(),
        };
    }
    HostTensor { shape: shape.to_vec(), values }
}

fn weights(parameters: Vec<(String, Vec<usize>)>) -> Tensors {
    let each = parameters.into_iter().enumerate();
    let by_name = each.map(|(nth, (name, shape))| (name.clone(), tensor(&name, &shape, nth))).collect();
    Tensors { by_name, ..Tensors::default() }
}

/// The U-Net names its own parameters while it is made.
fn picture_weights() -> Tensors {
    let mut drawn = Tensors::default();
    let made = NoiseNetwork::new::<CheckpointError>(&UNetConfig::w1(), &Device::Cpu, &mut |name, shape| {
        let tensor = tensor(name, shape, drawn.by_name.len());
        drawn.by_name.insert(name.to_owned(), tensor.clone());
        Ok(tensor.values)
    });
    made.expect("its sizes are good and every weight is drawn");
    drawn
}
