//! Learning on a device beside the same on the processor: gradients of every parameter, Adam's steps, the same bits again.

use super::{GpuLearner, adam::Pace, gpt::Gpt, points::Points, tape::Network};
use crate::attention::mixing::Mixing;
use crate::data::rng::Rng;
use crate::fused::adam;
use crate::gpu::device::Gpu;
use crate::math::{normal::normals, philox::Stream, sinusoids::sinusoids};
use crate::models::{
    fused_gpt::gradient::{Texts, layout, surprise},
    fused_mlp::{FREQUENCIES, SIZES, squared_error},
    gpt_config::GptConfig,
};

/// What was tried, how far the device was off, and how far it may be.
pub type Row = (String, f64, f64);

/// Gradients may differ as sums of f32 in another order do, as a share of the largest of each parameter.
const GRADIENT: f64 = 1e-5;
/// The same of a loss.
const LOSS: f64 = 2e-6;
/// Adam's step on the same gradients: some roundings, as a share of the rate or of the largest moment.
const STEP: f64 = 1e-6;
const RATE: f64 = 1e-3;
/// The share of new weights in their average.
const SHARE: f64 = 0.25;
const PACE: Pace = Pace { rate: RATE, share: SHARE };
const SEED: u64 = 11;

/// max |a − b| / max |b|; infinite where a number is none or missing.
fn gap(a: &[f32], b: &[f32]) -> f64 {
    if a.len() != b.len() || a.iter().any(|x| !x.is_finite()) {
        return f64::INFINITY;
    }
    let largest = |of: &mut dyn Iterator<Item = f64>| of.fold(0.0, f64::max);
    let far = largest(&mut a.iter().zip(b).map(|(a, b)| f64::from((a - b).abs())));
    far / largest(&mut b.iter().map(|b| f64::from(b.abs())))
}

/// A parameter's name and where it stands in the row of all.
type Parameter = (String, std::ops::Range<usize>);

/// A network with its weights, and what the processor says of a step.
struct Case<N> {
    name: String,
    network: N,
    weights: Vec<f32>,
    parameters: Vec<Parameter>,
    /// Of some steps.
    inputs: Vec<Vec<Vec<f32>>>,
    /// Losses and gradient of the first.
    expected: (Vec<f32>, Vec<f32>),
}

fn points(sizes: &[usize], batch: usize) -> Case<Points> {
    let draw = |number: u32, count: usize| normals(SEED, Stream::Check, number, count);
    let levels: Vec<[f32; 2]> =
        (0..1000).map(|t| t as f32 / 1000.0).map(|x| [(1.0 - x * x).sqrt(), x]).collect();
    let frequencies = (sizes[0] - 2) / 2;
    let times = sinusoids(&(0..1000).map(|t| t as f32).collect::<Vec<_>>(), frequencies);
    let (mut weights, mut parameters) = (Vec::new(), Vec::new());
    for (l, pair) in sizes.windows(2).enumerate() {
        for (kind, count) in [("weight", pair[0] * pair[1]), ("bias", pair[1])] {
            let spread = 1.0 / (pair[0] as f32).sqrt();
            parameters.push((format!("l{l}.{kind}"), weights.len()..weights.len() + count));
            weights.extend(draw(parameters.len() as u32, count).iter().map(|z| spread * z));
        }
    }
    let step = |at: u32| {
        let random = &mut Rng::new(Stream::Check, SEED, at, 1);
        let chosen: Vec<usize> = (0..batch).map(|_| random.whole(0, 999) as usize).collect();
        let (x0, eps) = (draw(100 + 2 * at, 2 * batch), draw(101 + 2 * at, 2 * batch));
        let level = |i: usize| levels[chosen[i / 2]];
        let noisy: Vec<f32> = (0..2 * batch).map(|i| level(i)[0] * x0[i] + level(i)[1] * eps[i]).collect();
        (noisy, eps, chosen)
    };
    let (noisy, eps, chosen) = step(0);
    let width = sizes[0] - 2;
    let mut seen = Vec::new();
    for (point, &t) in noisy.chunks_exact(2).zip(&chosen) {
        seen.extend_from_slice(point);
        seen.extend_from_slice(&times[t * width..(t + 1) * width]);
    }
    let (loss, gradient) = squared_error(sizes, &weights, &seen, &eps);
    Case {
        name: format!("points, batch {batch}, layers {sizes:?}"),
        network: Points::new(sizes, batch, &times).averaged(),
        expected: (vec![loss], gradient),
        weights,
        parameters,
        inputs: (0..4).map(step).map(|(noisy, eps, chosen)| Points::input(&noisy, &eps, &chosen)).collect(),
    }
}

fn text(config: &GptConfig, texts: usize, length: usize) -> Case<Gpt> {
    let (layout, mut weights) = (layout(config), Vec::new());
    for (number, (name, shape)) in config.parameters().into_iter().enumerate() {
        let (mean, spread) = match shape[..] {
            [_, inputs] => (0.0, 1.0 / (inputs as f32).sqrt()),
            _ => (if name.ends_with("weight") { 1.0 } else { 0.0 }, 0.1),
        };
        let draws = normals(SEED, Stream::Check, number as u32, shape.iter().product());
        weights.extend(draws.into_iter().map(|z| mean + spread * z));
    }
    let step = |at: u32| {
        let random = &mut Rng::new(Stream::Check, SEED, at, 2);
        let letters = config.vocabulary.len() as u32;
        let mut draw =
            |end: u32| (0..texts * length).map(|_| random.whole(0, end - 1) as usize).collect::<Vec<_>>();
        let (read, next) = (draw(letters), draw(letters));
        // One of four counts a tenth.
        let counts: Vec<f32> = draw(4).iter().map(|&n| if n == 0 { 0.1 } else { 1.0 }).collect();
        let sum: f32 = counts.iter().sum();
        // A loss of its own: that of every third token.
        let thirds = (0..texts * length).map(|i| if i % 3 == 0 { 1.0 / 64.0 } else { 0.0 });
        let counts = counts.iter().map(|count| count / sum).collect::<Vec<f32>>();
        (read, next, counts, thirds.collect::<Vec<f32>>())
    };
    let (read, next, counts, thirds) = step(0);
    let of = Texts { read: &read, next: &next, counts: &counts, length };
    let (each, gradient) = surprise(config, &Mixing::causal(), &layout, &weights, &of);
    let loss = |row: &[f32]| {
        let terms = each.iter().zip(row).map(|(s, count)| f64::from(*s) * f64::from(*count));
        terms.sum::<f64>() as f32
    };
    let GptConfig { width, layers, heads, mlp, tied, vocabulary, .. } = config;
    let letters = vocabulary.len();
    Case {
        name: format!(
            "{texts} texts of {length}, {letters} letters{}, {layers} layers of {width}, {heads} heads, {mlp} hidden",
            if *tied { " tied" } else { "" }
        ),
        network: Gpt::new(config, texts, length, 2),
        weights,
        parameters: layout.into_iter().collect(),
        inputs: (0..4)
            .map(step)
            .map(|(read, next, counts, thirds)| Gpt::input(&read, &next, &counts, &[&counts, &thirds]))
            .collect(),
        expected: (vec![loss(&counts), loss(&thirds)], gradient),
    }
}

/// Weights, their average if there is one, m and v.
async fn parts(learner: &GpuLearner, count: usize) -> Result<Vec<Vec<f32>>, String> {
    let numbers = learner.numbers()?.numbers().await?;
    Ok(numbers.chunks_exact(count).map(<[f32]>::to_vec).collect())
}

impl<N: Network + Clone + 'static> Case<N> {
    async fn rows(&self, gpu: &Gpu) -> Result<Vec<Row>, String> {
        let new = || GpuLearner::first(gpu, Box::new(self.network.clone()), &self.weights);
        let count = self.weights.len();
        let mut rows = Vec::new();
        let mut row =
            |what: &str, off: f64, may: f64| rows.push((format!("{}: {what}", self.name), off, may));

        let learner = new();
        learner.ready().await?;
        let (losses, gradient) = learner.gradient(&self.inputs[0]).await?;
        row("losses", gap(&losses, &self.expected.0), LOSS);
        let of = |(name, range): &Parameter| {
            (gap(&gradient[range.clone()], &self.expected.1[range.clone()]), name.clone())
        };
        let worst = self.parameters.iter().map(of).max_by(|a, b| a.0.total_cmp(&b.0));
        let (off, name) = worst.ok_or("a network has parameters")?;
        row(&format!("gradients, {name} worst"), off, GRADIENT);

        // Adam on the device's own gradients, here.
        let mut now = parts(&learner, count).await?;
        let averages = self.network.averages();
        let (mut moved, mut kept, mut averaged) = (0.0f64, 0.0f64, 0.0f64);
        for (i, inputs) in self.inputs.iter().enumerate() {
            let (_, gradient) = learner.gradient(inputs).await?;
            let [mut weights, mut m, mut v] = [0, now.len() - 2, now.len() - 1].map(|part| now[part].clone());
            adam::step(&mut weights, &mut m, &mut v, &gradient, RATE, i + 1);
            learner.learn(std::slice::from_ref(inputs), |_| PACE).await?;
            let after = parts(&learner, count).await?;
            let far = |a: &[f32], b: &[f32]| {
                a.iter().zip(b).map(|(a, b)| f64::from((a - b).abs())).fold(0.0, f64::max)
            };
            if far(&after[0], &now[0]) < 0.5 * RATE {
                return Err(format!("{}: a step moves nothing", self.name));
            }
            // A weight of 1 is rounded to 6e-8 of it.
            let largest = f64::from(weights.iter().fold(1.0, |most, w| w.abs().max(most)));
            moved = moved.max(far(&after[0], &weights) / largest);
            if averages {
                // Of the weights that are there, in doubles.
                let both = now[1].iter().zip(&after[0]);
                let mean = both.map(|(a, w)| (f64::from(*a) * (1.0 - SHARE) + f64::from(*w) * SHARE) as f32);
                averaged = averaged.max(far(&after[1], &mean.collect::<Vec<_>>()) / largest);
            }
            kept = kept.max(gap(&after[after.len() - 2], &m)).max(gap(&after[after.len() - 1], &v));
            now = after;
        }
        row("weights after Adam", moved, STEP);
        row("moments after Adam", kept, STEP);
        if averages {
            row("average of the weights", averaged, STEP);
        }

        let again = new();
        let four = again.learn(&self.inputs, |_| PACE).await?;
        let same = parts(&again, count).await? == now;
        row("other bits in one call than in four", f64::from(u8::from(!same)), 0.5);
        row("first losses of four", gap(&four[..losses.len()], &losses), f64::MIN_POSITIVE);
        let on = GpuLearner::new(gpu, Box::new(self.network.clone()), &now.concat(), self.inputs.len());
        for learner in [&learner, &on] {
            learner.learn(&self.inputs[..1], |_| PACE).await?;
        }
        let same = parts(&on, count).await? == parts(&learner, count).await?;
        row("other bits where another goes on", f64::from(u8::from(!same)), 0.5);
        Ok(rows)
    }
}

/// How many networks there are.
pub const CASES: usize = 8;

/// What holds of network number `at`.
pub async fn rows(gpu: &Gpu, at: usize) -> Result<Vec<Row>, String> {
    let letters = |count: u32| (0..count).map(|i| char::from_u32(0x4e00 + i).expect("a sign")).collect();
    let size = |v: u32, width, layers, heads, mlp| GptConfig {
        vocabulary: letters(v),
        context: 128,
        width,
        layers,
        heads,
        mlp,
        tied: v % 2 == 1,
    };
    match at {
        0 => points(&SIZES, 512).rows(gpu).await,
        1 => points(&[2 + 2 * FREQUENCIES, 20, 17, 2], 37).rows(gpu).await,
        2 => points(&[8, 130, 2], 1).rows(gpu).await,
        3 => text(&GptConfig::w4(), 16, 64).rows(gpu).await,
        4 => text(&size(30, 20, 2, 5, 40), 3, 33).rows(gpu).await,
        5 => text(&size(5, 12, 3, 2, 7), 2, 9).rows(gpu).await,
        6 => text(&size(17, 64, 2, 2, 0), 5, 48).rows(gpu).await,
        7 => text(&size(41, 68, 1, 1, 36), 1, 100).rows(gpu).await,
        _ => Ok(Vec::new()),
    }
}

/// What a device says that goes away while a network learns on it.
pub async fn lost() -> Result<String, String> {
    let gpu = Gpu::open().await?;
    let case = points(&[8, 16, 2], 8);
    let learner = GpuLearner::first(&gpu, Box::new(case.network), &case.weights);
    learner.learn(&case.inputs[..1], |_| PACE).await?;
    gpu.lose();
    match learner.learn(&case.inputs[1..2], |_| PACE).await {
        Ok(_) => Err("a lost device answers".into()),
        Err(text) => Ok(text),
    }
}
