//! A network of two hidden layers in several widths under three parametrisations: how far its numbers move in a step of Adam, and at which
//! learning rate it learns best.
//!
//! y = c₃ W₃ relu(c₂ W₂ relu(c₁ W₁ x)), 16 numbers to 4. Standard: all sizes in the weights, Var W = 2/fan-in, the last 1/fan-in, one learning
//! rate. NTK: weights of variance 1 and c = √(2/fan-in), the last √(1/fan-in), one learning rate (Jacot et al. 2018). muP, for Adam: as standard
//! at width 32; beyond it the last map is √(m/32) smaller, and the rates of the last two are m/32 smaller (Yang et al. 2022, table 3,
//! <https://arxiv.org/abs/2203.03466>).

use crate::fused::{
    adam,
    gradient::outer,
    linear::Linear,
    matrix::{Panels, Start},
};
use crate::math::{normal::normals, philox::Stream};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parametrisation {
    Standard,
    Ntk,
    Mup,
}

impl Parametrisation {
    pub const ALL: [Self; 3] = [Self::Standard, Self::Ntk, Self::Mup];
}

/// Widths that are compared; the first is the one that muP takes as its own.
pub const WIDTHS: [usize; 4] = [32, 64, 128, 256];
/// Numbers that go in and come out.
const INPUTS: usize = 16;
const OUTPUTS: usize = 4;
/// Units of the network that is to be copied.
const TEACHER: usize = 8;
/// Examples a step.
const BATCH: usize = 32;
/// Examples that changes are measured on.
const PROBED: usize = 64;
/// A loss of one or more is no better than saying nothing.
const WORST: f64 = 4.0;
/// Addresses of what is drawn: weights, then examples, then the teacher, then what is probed.
const TAUGHT: u32 = 1 << 20;
const PROBE: u32 = TAUGHT + 8;

/// A network on its way.
pub struct Wide {
    width: usize,
    parametrisation: Parametrisation,
    seed: u64,
    /// W₁ [m, 16], W₂ [m, m], W₃ [4, m].
    weights: [Vec<f32>; 3],
    moments: [[Vec<f32>; 2]; 3],
    steps: usize,
}

/// What its layers give before they are bent: [B, m], [B, m], [B, 4].
pub type Layers = [Vec<f32>; 3];

impl Wide {
    pub fn new(width: usize, parametrisation: Parametrisation, seed: u64) -> Self {
        let sizes = Self::fans(width);
        let weights = std::array::from_fn(|l| {
            let [fan_in, fan_out] = sizes[l];
            let deviation = Self::deviation(width, parametrisation, l) as f32;
            let numbers = normals(seed, Stream::Weights, l as u32, fan_in * fan_out);
            numbers.into_iter().map(|z| deviation * z).collect()
        });
        let moments = sizes.map(|[fan_in, fan_out]| [0, 1].map(|_| vec![0.0; fan_in * fan_out]));
        Self { width, parametrisation, seed, weights, moments, steps: 0 }
    }

    /// Inputs and outputs of each map.
    fn fans(m: usize) -> [[usize; 2]; 3] {
        [[INPUTS, m], [m, m], [m, OUTPUTS]]
    }

    /// √(2/fan-in), the last √(1/fan-in).
    fn size(m: usize, l: usize) -> f64 {
        let gain = if l == 2 { 1.0 } else { 2.0 };
        (gain / Self::fans(m)[l][0] as f64).sqrt()
    }

    fn deviation(m: usize, parametrisation: Parametrisation, l: usize) -> f64 {
        match parametrisation {
            Parametrisation::Standard => Self::size(m, l),
            Parametrisation::Ntk => 1.0,
            Parametrisation::Mup if l == 2 => Self::size(m, l) * (WIDTHS[0] as f64 / m as f64).sqrt(),
            Parametrisation::Mup => Self::size(m, l),
        }
    }

    /// c of map `l`.
    fn factor(&self, l: usize) -> f32 {
        match self.parametrisation {
            Parametrisation::Ntk => Self::size(self.width, l) as f32,
            Parametrisation::Standard | Parametrisation::Mup => 1.0,
        }
    }

    /// What the learning rate of map `l` is multiplied by.
    fn pace(&self, l: usize) -> f64 {
        match self.parametrisation {
            Parametrisation::Mup if l > 0 => WIDTHS[0] as f64 / self.width as f64,
            Parametrisation::Standard | Parametrisation::Ntk | Parametrisation::Mup => 1.0,
        }
    }

    pub fn forward(&self, x: &[f32]) -> Layers {
        let fans = Self::fans(self.width);
        let mut input = x.to_vec();
        std::array::from_fn(|l| {
            let [fan_in, fan_out] = fans[l];
            let mut z = vec![0.0; input.len() / fan_in * fan_out];
            Linear::new(fan_in, fan_out, &self.weights[l], &[]).forward(&input, &mut z);
            z.iter_mut().for_each(|z| *z *= self.factor(l));
            input = z.iter().map(|z| z.max(0.0)).collect();
            z
        })
    }

    /// Half the mean squared gap to `target`, and the gradients of the three maps.
    pub fn slope(&self, x: &[f32], target: &[f32]) -> (f64, [Vec<f32>; 3]) {
        let fans = Self::fans(self.width);
        let layers = self.forward(x);
        let count = target.len() as f64;
        let gaps: Vec<f32> = layers[2].iter().zip(target).map(|(y, t)| y - t).collect();
        let loss = gaps.iter().map(|gap| f64::from(*gap).powi(2)).sum::<f64>() / (2.0 * count);
        let mut slope: Vec<f32> = gaps.iter().map(|gap| gap / count as f32).collect();
        let mut gradients = fans.map(|[fan_in, fan_out]| vec![0.0; fan_in * fan_out]);
        for l in (0..3).rev() {
            let [fan_in, fan_out] = fans[l];
            slope.iter_mut().for_each(|s| *s *= self.factor(l));
            if l == 0 {
                outer(&slope, x, fan_out, fan_in, &mut gradients[l]);
                break;
            }
            let below = &layers[l - 1];
            let bent: Vec<f32> = below.iter().map(|z| z.max(0.0)).collect();
            outer(&slope, &bent, fan_out, fan_in, &mut gradients[l]);
            let mut panels = Panels::zeros(fan_out, fan_in);
            panels.rows(&self.weights[l], fan_in, 1.0);
            let mut before = vec![0.0; below.len()];
            panels.multiply(&slope, Start::Zero, &mut before);
            before.iter_mut().zip(below).filter(|(_, z)| **z <= 0.0).for_each(|(s, _)| *s = 0.0);
            slope = before;
        }
        (loss, gradients)
    }

    /// One step of Adam on examples of its own; the loss before it.
    pub fn step(&mut self, rate: f64) -> f64 {
        self.steps += 1;
        let (x, target) = examples(self.seed, self.steps as u32, BATCH);
        let (loss, gradients) = self.slope(&x, &target);
        for (l, gradient) in gradients.iter().enumerate() {
            let pace = self.pace(l);
            let [m, v] = &mut self.moments[l];
            adam::step(&mut self.weights[l], m, v, gradient, rate * pace, self.steps);
        }
        loss
    }
}

/// Inputs, N(0, 1), and what a small network of tanh makes of them, with a second moment of about one.
fn examples(seed: u64, step: u32, count: usize) -> (Vec<f32>, Vec<f32>) {
    taught(seed, &normals(seed, Stream::Inputs, step, INPUTS * count))
}

fn taught(seed: u64, x: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let first = normals(seed, Stream::Inputs, TAUGHT, TEACHER * INPUTS);
    let second = normals(seed, Stream::Inputs, TAUGHT + 1, OUTPUTS * TEACHER);
    let dot = |row: &[f32], x: &[f32]| row.iter().zip(x).map(|(w, x)| w * x).sum::<f32>();
    // tanh of N(0, 2.25) has second moment 0.54.
    let scale = 1.0 / (0.54 * TEACHER as f32).sqrt();
    let of = |x: &[f32]| -> Vec<f32> {
        let hidden: Vec<f32> = first
            .chunks_exact(INPUTS)
            .map(|row| libm::tanhf(1.5 * dot(row, x) / (INPUTS as f32).sqrt()))
            .collect();
        second.chunks_exact(TEACHER).map(|row| scale * dot(row, &hidden)).collect()
    };
    (x.to_vec(), x.chunks_exact(INPUTS).flat_map(of).collect())
}

/// By how much what each layer gives is another after 1, 2, … `steps` steps at `rate`: root mean square. [steps, 3]
pub fn changes(
    width: usize,
    parametrisation: Parametrisation,
    seed: u64,
    rate: f64,
    steps: usize,
) -> Vec<[f64; 3]> {
    let mut network = Wide::new(width, parametrisation, seed);
    let probe = normals(seed, Stream::Inputs, PROBE, INPUTS * PROBED);
    let before = network.forward(&probe);
    let gap = |now: &[f32], before: &[f32]| {
        let squares: f64 = now.iter().zip(before).map(|(a, b)| f64::from(a - b).powi(2)).sum();
        (squares / now.len() as f64).sqrt()
    };
    (0..steps)
        .map(|_| {
            network.step(rate);
            let now = network.forward(&probe);
            std::array::from_fn(|l| gap(&now[l], &before[l]))
        })
        .collect()
}

/// The mean loss of the last tenth of `steps` steps at `rate`, at most [`WORST`].
pub fn learns(width: usize, parametrisation: Parametrisation, seed: u64, rate: f64, steps: usize) -> f64 {
    let mut network = Wide::new(width, parametrisation, seed);
    let last = (steps / 10).max(1);
    let losses: Vec<f64> = (0..steps).map(|_| network.step(rate)).collect();
    let mean = losses[steps - last..].iter().sum::<f64>() / last as f64;
    if mean.is_finite() { mean.min(WORST) } else { WORST }
}

/// log₂ of the rate at which `losses`, one for each of `rates` (log₂, evenly apart), are least: where a parabola through the least and its
/// neighbours in ln loss has its foot. None where the least is the first or the last.
pub fn best(rates: &[f64], losses: &[f64]) -> Option<f64> {
    let least = (0..losses.len()).min_by(|a, b| losses[*a].total_cmp(&losses[*b]))?;
    if least == 0 || least + 1 == losses.len() {
        return None;
    }
    let [left, middle, right] = [least - 1, least, least + 1].map(|i| libm::log(losses[i]));
    let bend = left - 2.0 * middle + right;
    let shift = if bend > 0.0 { 0.5 * (left - right) / bend } else { 0.0 };
    Some(rates[least] + shift * (rates[1] - rates[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Standard and NTK are one function of the same draws; muP is standard at its own width.
    #[test]
    fn parametrisations_begin_as_the_same_function() {
        let (x, target) = examples(3, 1, 9);
        for width in WIDTHS {
            let [standard, ntk, mup] = Parametrisation::ALL.map(|p| Wide::new(width, p, 3).forward(&x));
            for (a, b) in standard.iter().zip(&ntk) {
                assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-4 * (1.0 + a.abs())), "{width}");
            }
            let smaller = (32.0 / width as f32).sqrt();
            assert_eq!(standard[1], mup[1]);
            assert!(
                standard[2]
                    .iter()
                    .zip(&mup[2])
                    .all(|(a, b)| (smaller * a - b).abs() < 1e-5 * (1.0 + a.abs()))
            );
        }
        let moment = target.iter().map(|t| t * t).sum::<f32>() / target.len() as f32;
        assert!((0.3..3.0).contains(&moment), "{moment}");
        for steps in [1, 7] {
            let [standard, mup] =
                [Parametrisation::Standard, Parametrisation::Mup].map(|p| changes(32, p, 3, 0.01, steps));
            assert_eq!(standard, mup);
        }
    }

    #[test]
    fn gradients_are_differences_of_the_loss() {
        let (x, target) = examples(5, 1, 12);
        for parametrisation in Parametrisation::ALL {
            let mut network = Wide::new(8, parametrisation, 5);
            let (_, gradients) = network.slope(&x, &target);
            let mut wrong = 0;
            for (l, layer) in gradients.iter().enumerate() {
                for (i, gradient) in layer.iter().enumerate() {
                    let mut at = |by: f32| {
                        network.weights[l][i] += by;
                        let loss = network.slope(&x, &target).0;
                        network.weights[l][i] -= by;
                        loss
                    };
                    let slope = (at(2e-3) - at(-2e-3)) / 4e-3;
                    wrong += usize::from((slope - f64::from(*gradient)).abs() > 5e-4);
                }
            }
            // Relu has corners: a few differences step over one.
            assert!(wrong <= 3, "{parametrisation:?}: {wrong}");
        }
    }

    /// A step of Adam moves the second layer by √m, by about m, or by as much at every width.
    #[test]
    fn changes_grow_with_width_as_theory_says() {
        // Octaves of the change of the second layer from width 32 to 256, at a rate so small that numbers add up.
        let grows = |p: Parametrisation| {
            let at = |width| changes(width, p, 7, 1e-4, 5)[4][1];
            libm::log2(at(256) / at(32)) / 3.0
        };
        let [standard, ntk, mup] = Parametrisation::ALL.map(grows);
        assert!((standard - 1.0).abs() < 0.25, "{standard}");
        assert!((ntk - 0.5).abs() < 0.25, "{ntk}");
        assert!(mup.abs() < 0.25, "{mup}");
    }

    #[test]
    fn the_best_rate_is_the_foot_of_a_parabola() {
        let rates: Vec<f64> = (0..7).map(|k| f64::from(k) - 8.0).collect();
        let losses: Vec<f64> = rates.iter().map(|r| libm::exp(0.3 * (r + 4.7).powi(2) - 2.0)).collect();
        assert!((best(&rates, &losses).unwrap() + 4.7).abs() < 1e-9);
        assert_eq!(best(&rates, &rates.iter().map(|r| 10.0 + r).collect::<Vec<_>>()), None);
    }
}
