//! The network for points of the plane of [`mlp`](super::mlp) over fused operators: its answers, and how its loss falls.
//!
//! [x, time] → 128 → 128 → 128 → 2 with SiLU between: 37,762 parameters. Weights lie in one row, l0 to l3, of each the weight [out, in], then the bias.

use crate::fused::{
    activation::silu,
    gradient::{self, outer},
    linear::Linear,
    matrix::{Panels, Start},
};
use crate::math::sinusoids::sinusoids;

/// Numbers of a point.
pub const INPUTS: usize = 2;
/// Width of the hidden layers.
pub const HIDDEN: usize = 128;
/// Sines, and as many cosines, that tell the time.
pub const FREQUENCIES: usize = 16;
/// Numbers of the time.
pub const TIME: usize = 2 * FREQUENCIES;
/// Numbers before and after each layer.
pub const SIZES: [usize; 5] = [INPUTS + TIME, HIDDEN, HIDDEN, HIDDEN, INPUTS];
/// Weights of all layers together.
pub const COUNT: usize = {
    let (mut count, mut layer) = (0, 1);
    while layer < SIZES.len() {
        count += (SIZES[layer - 1] + 1) * SIZES[layer];
        layer += 1;
    }
    count
};

/// The time `t` as the network sees it, on the scale of 0 to 1000 whatever T is. 32 numbers.
pub fn time_features(t: f64, last: usize) -> Vec<f32> {
    sinusoids(&[(1000.0 * t / last as f64) as f32], FREQUENCIES)
}

/// A layer's place in the row of weights.
#[derive(Clone, Copy, Debug)]
struct Place {
    inputs: usize,
    outputs: usize,
    from: usize,
}

impl Place {
    fn weight<'a>(&self, all: &'a [f32]) -> &'a [f32] {
        &all[self.from..][..self.inputs * self.outputs]
    }

    fn bias<'a>(&self, all: &'a [f32]) -> &'a [f32] {
        &all[self.from + self.inputs * self.outputs..][..self.outputs]
    }

    fn both<'a>(&self, all: &'a mut [f32]) -> (&'a mut [f32], &'a mut [f32]) {
        all[self.from..][..(self.inputs + 1) * self.outputs].split_at_mut(self.inputs * self.outputs)
    }
}

/// The layers of a network whose layers have `sizes` numbers, from its input to its answer.
fn places(sizes: &[usize]) -> Vec<Place> {
    let mut from = 0;
    let place = |pair: &[usize]| {
        let place = Place { inputs: pair[0], outputs: pair[1], from };
        from += (place.inputs + 1) * place.outputs;
        place
    };
    sizes.windows(2).map(place).collect()
}

/// A network that answers.
#[derive(Debug)]
pub struct FusedMlp {
    layers: Vec<Linear>,
}

impl FusedMlp {
    /// The network of layers of `sizes` with its weights in one row.
    pub fn new(sizes: &[usize], weights: &[f32]) -> Self {
        let layer = |place: Place| {
            Linear::new(place.inputs, place.outputs, place.weight(weights), place.bias(weights))
        };
        Self { layers: places(sizes).into_iter().map(layer).collect() }
    }

    /// # Shapes
    /// - x: [B, first of the sizes]
    /// - output: [B, last of the sizes]
    pub fn answer(&self, x: Vec<f32>) -> Vec<f32> {
        let mut seen = x;
        for (i, layer) in self.layers.iter().enumerate() {
            let mut said = vec![0.0; seen.len() / layer.inputs() * layer.outputs()];
            layer.forward(&seen, &mut said);
            if i + 1 < self.layers.len() {
                silu(&mut said);
            }
            seen = said;
        }
        seen
    }
}

/// The mean of (answer − target)² over all numbers, and its gradient by the weights, in their order.
///
/// # Shapes
/// - sizes: numbers of the input, of each hidden layer, of the answer
/// - weights: as many as `sizes` say
/// - x: [B, sizes[0]]
/// - target: [B, sizes[last]]
pub fn squared_error(sizes: &[usize], weights: &[f32], x: &[f32], target: &[f32]) -> (f32, Vec<f32>) {
    let places = places(sizes);
    let batch = x.len() / sizes[0];
    // What each layer sees, and what it says before SiLU.
    let (mut seen, mut said) = (vec![x.to_vec()], Vec::new());
    for (i, place) in places.iter().enumerate() {
        let layer = Linear::new(place.inputs, place.outputs, place.weight(weights), place.bias(weights));
        let mut z = vec![0.0; batch * place.outputs];
        layer.forward(&seen[i], &mut z);
        if i + 1 < places.len() {
            let mut h = z.clone();
            silu(&mut h);
            seen.push(h);
        }
        said.push(z);
    }
    let answer = said.pop().expect("a network has a layer");
    assert_eq!(answer.len(), target.len(), "a target for each number");
    let share = 2.0 / answer.len() as f32;
    let mut loss = 0.0;
    let mut slope: Vec<f32> = answer
        .iter()
        .zip(target)
        .map(|(answer, target)| {
            let gap = answer - target;
            loss += f64::from(gap) * f64::from(gap);
            gap * share
        })
        .collect();
    let mut gradients = vec![0.0; weights.len()];
    for (i, place) in places.iter().enumerate().rev() {
        let (weight, bias) = place.both(&mut gradients);
        outer(&slope, &seen[i], place.outputs, place.inputs, weight);
        gradient::rows(&slope, bias);
        if i > 0 {
            let mut back = Panels::zeros(place.outputs, place.inputs);
            back.rows(place.weight(weights), place.inputs, 1.0);
            let mut before = vec![0.0; batch * place.inputs];
            back.multiply(&slope, Start::Zero, &mut before);
            gradient::silu(&said[i - 1], &mut before);
            slope = before;
        }
    }
    ((loss / answer.len() as f64) as f32, gradients)
}

/// What it is, in English and in Chinese; whether it is a slope; its numbers.
pub type Broken = ([String; 2], bool, Vec<f32>);

/// The first part that has a number that is not finite where [`squared_error`] is taken: what each layer says, the loss, then the gradients, from the
/// last layer to the first. `None` if all are.
pub fn broken(sizes: &[usize], weights: &[f32], x: &[f32], target: &[f32]) -> Option<Broken> {
    let wild = |numbers: &[f32]| numbers.iter().any(|x| !x.is_finite());
    let places = places(sizes);
    let mut seen = x.to_vec();
    for (i, place) in places.iter().enumerate() {
        let layer = Linear::new(place.inputs, place.outputs, place.weight(weights), place.bias(weights));
        let mut said = vec![0.0; seen.len() / place.inputs * place.outputs];
        layer.forward(&seen, &mut said);
        if wild(&said) {
            let n = i + 1;
            let name = match n == places.len() {
                true => ["the answer".to_owned(), "网络的回答".to_owned()],
                false => [format!("layer {n}, before SiLU"), format!("第 {n} 层，SiLU 之前")],
            };
            return Some((name, false, said));
        }
        silu(&mut said);
        seen = said;
    }
    let (loss, gradients) = squared_error(sizes, weights, x, target);
    if !loss.is_finite() {
        return Some((["the loss".to_owned(), "损失".to_owned()], false, vec![loss]));
    }
    places.iter().enumerate().rev().find_map(|(i, place)| {
        let slope = &gradients[place.from..][..(place.inputs + 1) * place.outputs];
        let n = i + 1;
        let name = [format!("the gradient of layer {n}"), format!("第 {n} 层的梯度")];
        wild(slope).then(|| (name, true, slope.to_vec()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_that_breaks_is_named_by_its_layer() {
        let sizes = [3, 8, 8, 2];
        let count: usize = sizes.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum();
        let well: Vec<f32> = (0..count).map(|i| ((i * 7919 + 13) % 1009) as f32 / 1009.0 - 0.5).collect();
        let (x, target) = ([0.5, -0.25, 1.0], [1.0, 2.0]);
        assert_eq!(broken(&sizes, &well, &x, &target), None);
        // A weight of the second layer and what it is multiplied with are each finite; their product is not.
        let mut large = well.clone();
        large[..24].fill(3e38);
        large[24..32].fill(1.0);
        let first = broken(&sizes, &large, &x, &target).unwrap();
        assert_eq!((first.0[0].as_str(), first.1), ("layer 1, before SiLU", false));
        // All that is said is finite, its square is not.
        let last = 4 * 8 + 9 * 8;
        let mut steep = well.clone();
        steep[last..last + 16].fill(1e30);
        let first = broken(&sizes, &steep, &x, &target).unwrap();
        assert_eq!((first.0[0].as_str(), first.1), ("the loss", false));
        // What is said is zero: the last layer's slope is too small to matter, that of what it sees overflows on the way back.
        let mut back = well;
        back[32..last].fill(0.0);
        back[last..last + 16].fill(3e38);
        let first = broken(&sizes, &back, &x, &target).unwrap();
        assert_eq!((first.0[0].as_str(), first.1), ("the gradient of layer 2", true));
    }

    /// The same in f64, by its definition.
    fn loss(sizes: &[usize], weights: &[f64], x: &[f32], target: &[f32]) -> f64 {
        let batch = x.len() / sizes[0];
        let mut total = 0.0;
        for b in 0..batch {
            let mut h: Vec<f64> = x[b * sizes[0]..(b + 1) * sizes[0]].iter().map(|&x| f64::from(x)).collect();
            let mut from = 0;
            for (i, pair) in sizes.windows(2).enumerate() {
                let (inputs, outputs) = (pair[0], pair[1]);
                let row = |o: usize| {
                    let dot: f64 = (0..inputs).map(|j| weights[from + o * inputs + j] * h[j]).sum();
                    let z = dot + weights[from + inputs * outputs + o];
                    if i + 2 < sizes.len() { z / (1.0 + (-z).exp()) } else { z }
                };
                h = (0..outputs).map(row).collect();
                from += (inputs + 1) * outputs;
            }
            let last = sizes[sizes.len() - 1];
            total += h.iter().zip(&target[b * last..]).map(|(h, t)| (h - f64::from(*t)).powi(2)).sum::<f64>();
        }
        total / target.len() as f64
    }

    #[test]
    fn gradients_are_differences_of_the_loss_in_double_precision() {
        let sizes = [3, 20, 17, 2];
        let number = |i: usize| ((i * 7919 + 13) % 1009) as f32 / 1009.0 - 0.5;
        let count: usize = sizes.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum();
        let weights: Vec<f32> = (0..count).map(number).collect();
        let x: Vec<f32> = (0..7 * 3).map(|i| 3.0 * number(i + 50)).collect();
        let target: Vec<f32> = (0..7 * 2).map(|i| number(i + 90)).collect();
        let (value, gradients) = squared_error(&sizes, &weights, &x, &target);
        let double: Vec<f64> = weights.iter().map(|&w| f64::from(w)).collect();
        assert!((f64::from(value) - loss(&sizes, &double, &x, &target)).abs() < 1e-6);
        for i in (0..count).step_by(7) {
            let at = |by: f64| {
                let mut moved = double.clone();
                moved[i] += by;
                loss(&sizes, &moved, &x, &target)
            };
            let slope = (at(1e-5) - at(-1e-5)) / 2e-5;
            assert!((f64::from(gradients[i]) - slope).abs() < 1e-6, "{i}: {} for {slope}", gradients[i]);
        }
    }
}
