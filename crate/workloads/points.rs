//! W3: training the network of points, ten steps of Adam and one readback a call.

use super::{Answer, Spec, Workload, files::Files, largest_share};
use crate::device::Device;
#[cfg(feature = "webgpu")]
use crate::gpu::learning::{GpuLearner, adam::Pace, points::Points};
use crate::math::sinusoids::sinusoids;
use crate::models::fused_mlp::{FREQUENCIES, SIZES, TIME};
use crate::train::learner::Learner;

/// Points in a step.
const BATCH: usize = 512;
/// Steps in a call.
const PULL: usize = 10;
const RATE: f64 = 1e-3;
/// Numbers of a step's input: x₀ and ε of each point, and its time.
const STEP: usize = 5 * BATCH;

pub const TRAINING: Spec = Spec {
    id: "w3",
    files: &["w3.json", "w3.bin", "w3_x0.bin", "w3_t.bin", "w3_eps.bin", "ab.bin", "w3_loss.bin"],
    unit: "step",
    units: PULL,
    parts: 1,
    error: "max relative, of the losses",
    tolerance: 1e-3,
};

pub struct Training {
    way: Way,
    /// ᾱ_t.
    levels: Vec<f32>,
    /// Of each batch: x₀ [512, 2], ε [512, 2], t [512].
    batches: Vec<Vec<f32>>,
    losses: Vec<f32>,
}

/// Where the network learns.
enum Way {
    Here(Learner),
    #[cfg(feature = "webgpu")]
    There(Box<GpuLearner>),
}

impl Way {
    /// For as many `times` as there are.
    fn new(flat: Vec<f32>, times: usize, device: &Device) -> Self {
        match device {
            Device::Cpu => {
                _ = times;
                Self::Here(Learner::new(flat))
            }
            #[cfg(feature = "webgpu")]
            Device::Webgpu(gpu) => {
                let times: Vec<f32> = (0..times).map(|t| t as f32).collect();
                let network = Points::new(&SIZES, BATCH, &sinusoids(&times, FREQUENCIES));
                Self::There(Box::new(GpuLearner::first(gpu, Box::new(network), &flat)))
            }
        }
    }
}

/// The parts of a batch as [`Training::batches`] has them.
fn parts(batch: &[f32]) -> [&[f32]; 3] {
    let (x0, rest) = batch.split_at(2 * BATCH);
    let (eps, times) = rest.split_at(2 * BATCH);
    [x0, eps, times]
}

/// The points of a batch on their way to noise. [512, 2]
fn noisy(levels: &[f32], [x0, eps, times]: [&[f32]; 3]) -> Vec<f32> {
    let noisy = |i: usize| {
        let a = levels[times[i / 2] as usize];
        a.sqrt() * x0[i] + (1.0 - a).sqrt() * eps[i]
    };
    (0..2 * BATCH).map(noisy).collect()
}

/// One step on a batch.
fn step(learner: &mut Learner, levels: &[f32], batch: &[f32]) -> f32 {
    let all @ [_, eps, times] = parts(batch);
    let told = sinusoids(times, FREQUENCIES);
    let mut seen = Vec::with_capacity(BATCH * SIZES[0]);
    for (point, time) in noisy(levels, all).chunks_exact(2).zip(told.chunks_exact(TIME)) {
        seen.extend_from_slice(point);
        seen.extend_from_slice(time);
    }
    learner.learn(&seen, eps, RATE)
}

/// The parameters of the network of points in their order.
pub(super) fn parameters() -> Vec<(String, Vec<usize>)> {
    let layer = |(l, pair): (usize, &[usize])| {
        [(format!("l{l}.weight"), vec![pair[1], pair[0]]), (format!("l{l}.bias"), vec![pair[1]])]
    };
    SIZES.windows(2).enumerate().flat_map(layer).collect()
}

impl Training {
    pub fn open(files: &Files, device: &Device) -> Result<Self, String> {
        let flat = files.flat("w3", &parameters())?;
        let [x0, eps, levels, losses] = ["w3_x0", "w3_eps", "ab", "w3_loss"].map(|name| files.floats(name));
        let (x0, eps, levels, losses) = (x0?, eps?, levels?, losses?);
        let times = files.wholes("w3_t")?;
        let fits = [x0.len(), eps.len()] == [2 * times.len(); 2] && times.iter().all(|&t| t < levels.len());
        if times.len() < BATCH || !fits {
            return Err("the files of w3 do not fit together".into());
        }
        let batch = |i: usize| {
            let points = 2 * i * BATCH..2 * (i + 1) * BATCH;
            let times = times[i * BATCH..(i + 1) * BATCH].iter().map(|&t| t as f32);
            x0[points.clone()].iter().chain(&eps[points]).copied().chain(times).collect()
        };
        let batches = (0..times.len() / BATCH).map(batch).collect();
        Ok(Self { way: Way::new(flat, levels.len(), device), levels, batches, losses })
    }
}

impl Workload for Training {
    fn input(&self, call: usize) -> Vec<f32> {
        let batch = |step: usize| self.batches[(call * PULL + step) % self.batches.len()].as_slice();
        (0..PULL).map(batch).collect::<Vec<_>>().concat()
    }

    fn part<'a>(&'a mut self, _part: usize, input: &'a [f32]) -> Answer<'a> {
        let batches = input.chunks_exact(STEP);
        Box::pin(async move {
            let levels = &self.levels;
            match &mut self.way {
                Way::Here(learner) => Ok(batches.map(|batch| step(learner, levels, batch)).collect()),
                #[cfg(feature = "webgpu")]
                Way::There(learner) => {
                    let whole = |times: &[f32]| times.iter().map(|&t| t as usize).collect::<Vec<_>>();
                    let inputs = batches
                        .map(parts)
                        .map(|all @ [_, eps, times]| Points::input(&noisy(levels, all), eps, &whole(times)));
                    let pace = |_| Pace { rate: RATE, share: 1.0 };
                    learner.learn(&inputs.collect::<Vec<_>>(), pace).await
                }
            }
        })
    }

    fn error(&self, call: usize, answers: &[f32]) -> Option<f64> {
        Some(largest_share(answers, self.losses.get(call * PULL..(call + 1) * PULL)?))
    }
}
