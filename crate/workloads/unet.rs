//! W1: a U-Net of 1,163,553 parameters answers a picture, or sixteen, and walks twenty steps of DDIM.

use super::{Answer, Spec, Workload, files::Files, largest_gap};
use crate::device::Device;
use crate::models::unet_config::UNetConfig;
use crate::networks::noise_network::NoiseNetwork;

/// Numbers of a picture, [1, 32, 32].
const PICTURE: usize = 32 * 32;
const STEPS: usize = 20;

const FORWARD: Spec = Spec {
    id: "",
    files: &["w1.json", "w1.bin", "w1_x.bin", "w1_t.bin", "w1_y.bin"],
    unit: "forward",
    units: 1,
    parts: 1,
    error: "max abs",
    tolerance: 1e-4,
};
const WALK: Spec = Spec { unit: "step", units: STEPS, error: "max abs / largest", ..FORWARD };

pub const ONE: Spec = Spec { id: "w1b1", ..FORWARD };
pub const SIXTEEN: Spec = Spec { id: "w1b16", ..FORWARD };
pub const CHAIN: Spec =
    Spec { id: "w1c1", files: &["w1.json", "w1.bin", "w1_x.bin", "w1_ddim.bin", "w1_chain1.bin"], ..WALK };
pub const CHAINS: Spec =
    Spec { id: "w1c16", files: &["w1.json", "w1.bin", "w1_x.bin", "w1_ddim.bin", "w1_chain16.bin"], ..WALK };

fn network(files: &Files, device: &Device) -> Result<NoiseNetwork, String> {
    let config = UNetConfig::w1();
    files.taken("w1", |weights| {
        NoiseNetwork::new(&config, device, &mut |name, shape| weights.take(name, shape))
    })
}

/// The first `count` numbers of a file.
fn first(files: &Files, name: &str, count: usize) -> Result<Vec<f32>, String> {
    known(files, name, count)?.ok_or_else(|| format!("{name}.bin holds no numbers"))
}

/// The same of a reference.
fn known(files: &Files, name: &str, count: usize) -> Result<Option<Vec<f32>>, String> {
    Ok(files.known(name, count, &files.floats(name)?)?.map(<[f32]>::to_vec))
}

/// ε(x, t) of a batch.
pub struct Forward {
    unet: NoiseNetwork,
    batch: usize,
    /// x and then t.
    input: Vec<f32>,
    eps: Option<Vec<f32>>,
}

impl Forward {
    pub fn open(batch: usize, files: &Files, device: &Device) -> Result<Self, String> {
        let input = [first(files, "w1_x", batch * PICTURE)?, first(files, "w1_t", batch)?].concat();
        let eps = known(files, "w1_y", batch * PICTURE)?;
        Ok(Self { unet: network(files, device)?, batch, input, eps })
    }
}

impl Workload for Forward {
    fn input(&self, _call: usize) -> Vec<f32> {
        self.input.clone()
    }

    fn part<'a>(&'a mut self, _part: usize, input: &'a [f32]) -> Answer<'a> {
        Box::pin(async move {
            let (x, t) = input.split_at(self.batch * PICTURE);
            self.unet.forward(x, t, &[]).await
        })
    }

    fn error(&self, _call: usize, answers: &[f32]) -> Option<f64> {
        self.eps.as_ref().map(|eps| largest_gap(answers, eps))
    }
}

/// x ← c₁ x + c₂ ε(x, t), twenty times.
pub struct Chain {
    unet: NoiseNetwork,
    x: Vec<f32>,
    /// t, c₁, c₂ of each step.
    steps: Vec<f32>,
    end: Vec<f32>,
}

impl Chain {
    pub fn open(batch: usize, files: &Files, device: &Device) -> Result<Self, String> {
        let x = first(files, "w1_x", batch * PICTURE)?;
        let steps = first(files, "w1_ddim", 3 * STEPS)?;
        let end = first(files, &format!("w1_chain{batch}"), batch * PICTURE)?;
        Ok(Self { unet: network(files, device)?, x, steps, end })
    }
}

impl Workload for Chain {
    fn input(&self, _call: usize) -> Vec<f32> {
        self.x.clone()
    }

    fn part<'a>(&'a mut self, _part: usize, input: &'a [f32]) -> Answer<'a> {
        Box::pin(async move {
            let mut x = input.to_vec();
            let batch = input.len() / PICTURE;
            for step in self.steps.chunks_exact(3) {
                let eps = self.unet.forward(&x, &vec![step[0]; batch], &[]).await?;
                x.iter_mut().zip(eps).for_each(|(x, eps)| *x = *x * step[1] + eps * step[2]);
            }
            Ok(x)
        })
    }

    fn error(&self, _call: usize, answers: &[f32]) -> Option<f64> {
        let largest = self.end.iter().fold(0.0, |most, x| x.abs().max(most));
        Some(largest_gap(answers, &self.end) / f64::from(largest))
    }
}
