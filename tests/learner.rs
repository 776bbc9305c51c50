//! The learner of points: its flat weights are the network, and a step goes against the gradient.

use burn::tensor::{Tensor, TensorData};
use chailou::device::{Device, read};
use chailou::math::{normal::normals, philox::Stream};
use chailou::models::mlp::{Mlp, TIME};
use chailou::nn::parameters::{count, fill};
use chailou::train::learner::Learner;
use pollster::block_on;

fn weights() -> Vec<f32> {
    let count = count(&Mlp::new(&Device::flex()));
    normals(1, Stream::Weights, 0, count).into_iter().map(|z| 0.1 * z).collect()
}

fn tensor(step: u32, rows: usize, columns: usize) -> Tensor<2> {
    let values = normals(1, Stream::Check, step, rows * columns);
    Tensor::from_data(TensorData::new(values, [rows, columns]), &Device::flex())
}

#[test]
fn flat_weights_are_the_network_of_the_same_numbers() {
    let mut from = 0;
    let filled = fill(Mlp::new(&Device::flex()), |_, shape| {
        let size: usize = shape.iter().product();
        from += size;
        weights()[from - size..from].to_vec()
    });
    let learner = Learner::new(weights(), &Device::flex());
    let answer = |network: &Mlp| {
        block_on(read(network.forward(tensor(0, 5, 2), tensor(1, 5, TIME)))).expect("readback")
    };
    assert_eq!(answer(&filled), answer(&learner.network(learner.weights.clone())));
}

/// Adam's first step moves every weight by the rate against its gradient's sign, whatever its size.
#[test]
fn the_first_step_goes_against_the_gradient() {
    let mut learner = Learner::new(weights(), &Device::flex());
    let (x, time, target) = (tensor(0, 64, 2), tensor(1, 64, TIME), tensor(2, 64, 2));
    let loss = |learner: &Learner, weights: Vec<f32>| {
        let weights = Tensor::from_data(TensorData::new(weights, [37_762]), &Device::flex());
        let gap = learner.network(weights).forward(x.clone(), time.clone()) - target.clone();
        f64::from(block_on(read((gap.clone() * gap).mean())).expect("readback")[0])
    };
    let before = weights();
    let told = block_on(read(learner.learn(x.clone(), time.clone(), target.clone(), 1e-3)));
    assert!((f64::from(told.expect("readback")[0]) - loss(&learner, before.clone())).abs() < 1e-6);
    let after = block_on(read(learner.weights.clone())).expect("readback");
    let mut seen = 0;
    for i in (0..before.len()).step_by(997) {
        let nudged = |by: f32| {
            let mut weights = before.clone();
            weights[i] += by;
            loss(&learner, weights)
        };
        let slope = (nudged(1e-2) - nudged(-1e-2)) / 2e-2;
        // Rounding of the loss is about 1e-7, so that of the slope 1e-5.
        if slope.abs() > 1e-4 {
            seen += 1;
            let moved = f64::from(after[i] - before[i]);
            assert!((moved + 1e-3 * slope.signum()).abs() < 2e-5, "{i}: slope {slope}, moved {moved}");
        }
    }
    assert!(seen > 15, "{seen}");
}
