//! The trainer: the same run each time, also when it was interrupted; and it learns.

use burn::tensor::Device;
use chailou::data::digits::Digits;
use chailou::models::unet_config::UNetConfig;
use chailou::train::{options::TrainOptions, state, tensors::Precision, trainer::Trainer, trainer::in_turn};

fn trainer(steps: usize) -> Trainer {
    let options = TrainOptions { steps, batch: 32, warm_up: 4, ..TrainOptions::default() };
    let config = UNetConfig { channels: vec![8, 8], time_hidden: 16, ..UNetConfig::digits() };
    Trainer::new(options, config, Digits::held_out(), Device::flex()).expect("a possible network")
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
