//! The trainer: the same run each time, also when it was interrupted; and it learns.

use burn::tensor::Device;
use chailou::data::digits::Digits;
use chailou::models::unet_config::UNetConfig;
use chailou::train::{
    examples::Examples, options::TrainOptions, state, tensors::Precision, trainer::Trainer, trainer::in_turn,
};

fn trainer(steps: usize) -> Trainer {
    let options = TrainOptions { steps, batch: 32, warm_up: 4, ..TrainOptions::default() };
    let config = UNetConfig { channels: vec![8, 8], time_hidden: 16, ..UNetConfig::digits() };
    let data = Examples::Digits(Digits::held_out());
    Trainer::new(options, config, data, Device::flex()).expect("a possible network")
}

fn weights(trainer: &Trainer) -> Vec<u8> {
    pollster::block_on(state::shipped(trainer, Precision::Single)).expect("readback")
}

fn run(trainer: &mut Trainer, steps: usize) -> Vec<f32> {
    let loss =
        |t: &mut Trainer| pollster::block_on(chailou::device::read(t.step(in_turn))).expect("readback")[0];
    (0..steps).map(|_| loss(trainer)).collect()
}

#[test]
fn an_interrupted_run_is_the_same_run() {
    let mut whole = trainer(6);
    let losses = run(&mut whole, 6);
    let mut first = trainer(6);
    run(&mut first, 3);
    let saved = pollster::block_on(state::save(&first)).expect("readback");
    let mut second = trainer(6);
    state::resume(&mut second, &saved).expect("its own state");
    assert_eq!(second.at, 3);
    assert_eq!(run(&mut second, 3), losses[3..]);
    assert!(weights(&second) == weights(&whole), "bit for bit");
    let error = state::resume(&mut trainer(7), &saved).unwrap_err().to_string();
    assert!(error.contains("other options"), "{error}");
}

#[test]
fn the_untrained_network_predicts_nothing_and_then_it_learns() {
    let mut trainer = trainer(60);
    let losses = run(&mut trainer, 60);
    // E eps² = 1; over 32 · 64 numbers its mean has deviation √(2/2048) = 0.03.
    assert!((losses[0] - 1.0).abs() < 0.15, "{}", losses[0]);
    let last = losses[50..].iter().sum::<f32>() / 10.0;
    assert!(last < 0.8, "{last}");
}

/// The gradient of a batch is the mean of those of its shards: up to the order of sums in f32, it does not
/// matter in how many parts it is learnt from. After three steps of AdamW, whose first steps are as large for
/// small gradients as for large ones, losses near one agree to 1e-4.
#[test]
fn learning_at_once_is_learning_in_shards() {
    let (mut shards, mut whole) = (buildings(), buildings());
    for step in 1..=3 {
        let one = run(&mut shards, 1)[0];
        let batch = in_turn(whole.shards(), &|index| whole.draw(step, index));
        let other =
            pollster::block_on(chailou::device::read(whole.step_at_once(batch))).expect("readback")[0];
        assert!((one - other).abs() < 1e-4, "step {step}: {one} and {other}");
    }
}

/// The same 16 buildings with the same noise, again and again, get learnt by heart.
#[test]
fn buildings_are_learnt_from() {
    let mut trainer = buildings();
    let mut loss = || {
        let shards = in_turn(trainer.shards(), &|index| trainer.draw(1, index));
        pollster::block_on(chailou::device::read(trainer.step_at_once(shards))).expect("readback")[0]
    };
    let losses: Vec<f32> = (0..60).map(|_| loss()).collect();
    // Nothing is predicted: E v² = A² E ε² + B² E x_0², which lies between 1 and the pictures' 0.3.
    assert!((0.3..1.0).contains(&losses[0]), "{}", losses[0]);
    assert!(losses[59] < 0.75 * losses[0], "{} after {}", losses[59], losses[0]);
}

fn buildings() -> Trainer {
    let options =
        TrainOptions { steps: 80, batch: 16, warm_up: 10, learning_rate: 1e-2, ..TrainOptions::buildings() };
    let config = UNetConfig { channels: vec![16, 16], time_hidden: 16, ..UNetConfig::buildings() };
    Trainer::new(options, config, Examples::Buildings, Device::flex()).expect("a possible network")
}
