//! The trainer: the same run each time, also when it was interrupted; and it learns.

use burn::tensor::Device;
use chailou::data::{digits::Digits, letters::Letters};
use chailou::models::{gpt::Gpt, gpt_config::GptConfig, unet_config::UNetConfig};
use chailou::train::checkpoint::load_gpt;
use chailou::train::shipped::letters::{following, mean_surprise};
use chailou::train::shipped::{
    examples::Examples, options::TrainOptions, recipe::Recipe, state, trainer::Trainer, trainer::in_turn,
};
use chailou::train::tensors::Precision;

fn trainer(steps: usize) -> Trainer {
    let options = TrainOptions { steps, batch: 32, warm_up: 4, ..TrainOptions::default() };
    let config = UNetConfig { channels: vec![8, 8], time_hidden: 16, ..UNetConfig::digits() };
    let data = Examples::Digits(Digits::held_out());
    Trainer::new(options, config, data, Device::flex()).expect("a possible network")
}

fn weights<R: Recipe>(trainer: &Trainer<R>) -> Vec<u8> {
    state::shipped(trainer, Precision::Single)
}

fn run<R: Recipe>(trainer: &mut Trainer<R>, steps: usize) -> Vec<f32> {
    let loss = |t: &mut Trainer<R>| chailou::nn::host::numbers(t.step(in_turn))[0];
    (0..steps).map(|_| loss(trainer)).collect()
}

#[test]
fn an_interrupted_run_is_the_same_run() {
    let mut whole = trainer(6);
    let losses = run(&mut whole, 6);
    let mut first = trainer(6);
    run(&mut first, 3);
    let saved = state::save(&first);
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
        let other = chailou::nn::host::numbers(whole.step_at_once(batch))[0];
        assert!((one - other).abs() < 1e-4, "step {step}: {one} and {other}");
    }
}

/// The same 16 buildings with the same noise, again and again, get learnt by heart.
#[test]
fn buildings_are_learnt_from() {
    let mut trainer = buildings();
    let mut loss = || {
        let shards = in_turn(trainer.shards(), &|index| trainer.draw(1, index));
        chailou::nn::host::numbers(trainer.step_at_once(shards))[0]
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

const VERSE: &str =
    "So we beat on, boats against the current. The quick brown fox jumps over the lazy dog, again. ";

fn reader(steps: usize) -> Trainer<Letters> {
    let letters = Letters::parse(&VERSE.repeat(8), 16).expect("long enough");
    let vocabulary = letters.vocabulary.clone();
    let config = GptConfig { vocabulary, context: 16, width: 16, layers: 1, heads: 2, mlp: 32, tied: false };
    let options =
        TrainOptions { steps, batch: 32, warm_up: 5, learning_rate: 1e-2, ..TrainOptions::shakespeare() };
    Trainer::new(options, config, letters, Device::flex()).expect("a possible network")
}

#[test]
fn letters_are_learnt_and_an_interrupted_run_is_the_same_run() {
    let mut whole = reader(40);
    let losses = run(&mut whole, 40);
    // Knowing nothing costs the logarithm of the number of letters: ln 32 = 3.5, and 0.02 is close to knowing nothing.
    let untrained = (whole.config.vocabulary.len() as f32).ln();
    assert!((losses[0] - untrained).abs() < 0.1, "{} and not {untrained}", losses[0]);
    assert!(losses[39] < 0.7 * losses[0], "{} after {}", losses[39], losses[0]);

    let mut first = reader(40);
    run(&mut first, 25);
    let saved = state::save(&first);
    let mut second = reader(40);
    state::resume(&mut second, &saved).expect("its own state");
    assert_eq!(run(&mut second, 15), losses[25..]);
    assert!(weights(&second) == weights(&whole), "bit for bit");

    let (config, network) = load_gpt(&weights(&whole), &Device::flex()).expect("a file of a transformer");
    assert_eq!(config, whole.config);
    let measured = |network: &Gpt| {
        let windows = &following(&whole.recipe.held_out, 16)[0];
        mean_surprise(network, windows, &Device::flex())
    };
    assert_eq!(measured(&network), measured(&state::averaged(&whole)), "what ships is what was measured");
    assert!(measured(&network) < 0.9 * f64::from(untrained), "the held-out part repeats the rest");
}

#[test]
fn a_loss_is_measured_on_windows_that_follow_each_other() {
    let tokens: Vec<usize> = (0..50).collect();
    let portions = following(&tokens, 4);
    let all: Vec<&[usize]> = portions.iter().flat_map(|portion| portion.tokens.chunks(5)).collect();
    assert_eq!(portions.iter().map(|portion| portion.count).sum::<usize>(), 12, "(50 - 1)/4");
    assert_eq!(all[0], [0, 1, 2, 3, 4]);
    assert_eq!(all[11], [44, 45, 46, 47, 48]);
    // Every position but the first is guessed once.
    let guessed: Vec<usize> = all.iter().flat_map(|window| window[1..].iter().copied()).collect();
    assert_eq!(guessed, (1..=48).collect::<Vec<_>>());
    assert!(following(&tokens[..4], 4).is_empty());
}

#[test]
fn the_rate_rises_and_falls_to_its_least_share() {
    let options = TrainOptions::shakespeare();
    let rate = |step| options.learning_rate_at(step);
    assert!((rate(200) - 1e-3).abs() < 1e-12 && (rate(400) - 2e-3).abs() < 1e-12);
    assert!((rate(22_000) - 4e-5).abs() < 1e-12, "2 % of the highest");
    assert!((401..22_000).all(|step| rate(step + 1) < rate(step)));
    assert_eq!(TrainOptions::digits().learning_rate_at(2250), 0.0);
}
