//! The U-Net: against an independent implementation, and laws that hold for any weights.

use burn::tensor::{Device, Tensor, TensorData};
use chailou::math::{normal::normals, philox::Stream};
use chailou::models::{unet::UNet, unet_config::Target, unet_config::UNetConfig};
use chailou::nn::parameters::count;
use chailou::train::shipped::initial::arbitrary;
use serde::Deserialize;
use std::collections::BTreeMap;

fn unet(config: &UNetConfig, seed: u64) -> UNet {
    arbitrary(UNet::new(config, &Device::flex()).expect("a possible network"), seed)
}

fn pictures(config: &UNetConfig, seed: u64, batch: usize) -> Tensor<4> {
    let shape = [batch, config.image_channels, config.image_size, config.image_size];
    let values = normals(seed, Stream::Check, 0, shape.iter().product());
    Tensor::from_data(TensorData::new(values, shape), &Device::flex())
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    chailou::nn::host::numbers(tensor)
}

fn gap(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// Other sizes than those that ship: attention at the full size, a level that narrows, odd time vectors.
fn wide() -> UNetConfig {
    UNetConfig {
        image_size: 16,
        channels: vec![8, 16, 8],
        attention_level: 0,
        attention_heads: 2,
        groups: 4,
        time_frequencies: 5,
        time_hidden: 12,
        classes: Some(3),
        ..UNetConfig::digits()
    }
}

#[derive(Deserialize)]
struct Case {
    seed: u64,
    times: Vec<f32>,
    labels: Vec<usize>,
    eps: Vec<f32>,
}

/// `golden/make.py` is a second implementation in float64 that draws the same weights by itself.
///
/// Outputs are of size one after about thirty sums of up to 1152 products in f32: 2e-6 was seen, and a
/// tenth of a wrong pixel would be 1e-1. 2e-5 leaves room for another order of summation, not for a mistake.
#[test]
fn the_network_is_that_of_the_reference() {
    let cases: BTreeMap<String, Case> = serde_json::from_str(include_str!("golden/unet.json")).unwrap();
    assert_eq!(cases.len(), 4);
    for (name, case) in cases {
        let config = match name.as_str() {
            "w1" => UNetConfig::w1(),
            "digits" => UNetConfig { channels: vec![24, 48], ..UNetConfig::digits() },
            "scaled" => UNetConfig { attention_level: 1, scales: true, ..wide() },
            _ => wide(),
        };
        let x = pictures(&config, case.seed, case.times.len());
        let eps = numbers(unet(&config, case.seed).forward(x, &case.times, &case.labels));
        let gap = gap(&eps, &case.eps);
        assert!(gap < 2e-5, "{name}: {gap}");
    }
}

#[test]
fn w1_has_the_parameters_of_its_specification() {
    assert_eq!(count(&UNet::new(&UNetConfig::w1(), &Device::flex()).unwrap()), 1_163_553);
}

/// Not bit for bit: the matrix products are blocked by the size of the batch.
#[test]
fn a_picture_does_not_feel_the_rest_of_its_batch() {
    for config in [UNetConfig::digits(), wide()] {
        let unet = unet(&config, 3);
        let x = pictures(&config, 5, 4);
        let (times, labels) = ([1.0, 400.0, 999.5, 7.0], [0, 1, 2, 3]);
        let together = unet.forward(x.clone(), &times, &labels);
        for i in 0..4 {
            let alone = unet.forward(x.clone().narrow(0, i, 1), &times[i..=i], &labels[i..=i]);
            let gap = gap(&numbers(alone), &numbers(together.clone().narrow(0, i, 1)));
            assert!(gap < 1e-5, "picture {i}: {gap}");
        }
    }
}

#[test]
fn attention_rows_sum_to_one() {
    let config = UNetConfig::digits();
    let predicted = unet(&config, 9).forward_attended(pictures(&config, 1, 2), &[3.0, 900.0], &[4, 10]);
    assert_eq!(predicted.attention.dims(), [2, config.attention_heads, 16, 16]);
    let sums = numbers(predicted.attention.sum_dim(3));
    assert!(sums.iter().all(|sum| (sum - 1.0).abs() < 1e-5));
}

#[test]
fn label_and_time_are_heard() {
    let config = UNetConfig::digits();
    let unet = unet(&config, 2);
    let x = pictures(&config, 4, 1);
    let no_label = config.no_label().unwrap();
    let eps = |t: f32, label: usize| numbers(unet.forward(x.clone(), &[t], &[label]));
    assert!(gap(&eps(500.0, 1), &eps(500.0, 2)) > 1e-3);
    assert!(gap(&eps(500.0, 1), &eps(500.0, no_label)) > 1e-3);
    assert!(gap(&eps(500.0, 1), &eps(500.5, 1)) > 1e-4, "times between whole numbers count");
}

/// The documentation of torch.nn.PixelUnshuffle, pixel by pixel, on [2, 3, 8, 4] and patches of 2.
#[test]
fn patches_are_in_pytorchs_order_and_come_back() {
    use chailou::nn::patches::{join, split};
    let (shape, r) = ([2, 3, 8, 4], 2);
    let [batch, channels, height, width] = shape;
    let count = shape.iter().product::<usize>();
    let x: Vec<f32> = (0..count).map(|i| i as f32).collect();
    let tensor = Tensor::<4>::from_data(TensorData::new(x.clone(), shape), &Device::flex());
    let patches = split(tensor, r);
    assert_eq!(patches.dims(), [batch, channels * r * r, height / r, width / r]);
    let found = numbers(patches.clone());
    for (place, &value) in found.iter().enumerate() {
        let (column, rest) = (place % (width / r), place / (width / r));
        let (row, rest) = (rest % (height / r), rest / (height / r));
        let (channel, b) = (rest % (channels * r * r), rest / (channels * r * r));
        let (c, i, j) = (channel / (r * r), channel / r % r, channel % r);
        let expected = ((b * channels + c) * height + row * r + i) * width + column * r + j;
        assert_eq!(value, expected as f32, "{b} {channel} {row} {column}");
    }
    assert_eq!(numbers(join(patches, r)), x);
}

/// A network on patches is the network without them between a split and a join.
#[test]
fn patches_only_change_how_a_picture_is_laid_out() {
    use chailou::nn::patches::{join, split};
    let config = UNetConfig { channels: vec![8, 16], groups: 4, ..UNetConfig::buildings() };
    let inner = UNetConfig { image_size: 16, image_channels: 12, patch: 1, ..config.clone() };
    let (outer, inner) = (unet(&config, 5), unet(&inner, 5));
    let x = pictures(&config, 3, 2);
    let (times, labels) = ([10.0, 700.0], [3, 10]);
    let expected = join(inner.forward(split(x.clone(), 2), &times, &labels), 2);
    assert_eq!(numbers(outer.forward(x, &times, &labels)), numbers(expected));
}

/// What ships is at most 1.2 MB in half precision.
#[test]
fn the_network_of_buildings_fits_its_budget() {
    let parameters = count(&UNet::new(&UNetConfig::buildings(), &Device::flex()).unwrap());
    // 1.6 MB of 16 bits each, fetched behind the first frames.
    assert!((500_000..=800_000).contains(&parameters), "{parameters}");
}

/// Salimans & Ho 2022, appendix D: where the last convolution says v, the answer is B_t x + A_t v, and it is
/// B_t x where it says nothing; also between whole times.
#[test]
fn a_network_of_velocity_answers_with_noise() {
    use chailou::diffusion::schedule::{Schedule, ScheduleKind};
    let config = UNetConfig { channels: vec![8, 16], groups: 4, ..UNetConfig::buildings() };
    let other = UNetConfig { predicts: Target::Eps, ..config.clone() };
    let (velocity, plain) = (unet(&config, 5), unet(&other, 5));
    let x = pictures(&config, 3, 1);
    let schedule = Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000);
    for t in [1usize, 300, 1000] {
        let (a, b) = (schedule.a_bar[t] as f32, schedule.b_bar[t] as f32);
        let v = numbers(plain.forward(x.clone(), &[t as f32], &[3]));
        let eps = numbers(velocity.forward(x.clone(), &[t as f32], &[3]));
        let expected: Vec<f32> = numbers(x.clone()).iter().zip(&v).map(|(x, v)| b * x + a * v).collect();
        assert!(gap(&eps, &expected) < 1e-5, "t = {t}");
    }
    let silent = UNet::new(&config, &Device::flex()).unwrap();
    let share = numbers(silent.forward(x.clone(), &[300.5], &[3]))[0] / numbers(x)[0];
    assert!(f64::from(share) > schedule.b_bar[300] && f64::from(share) < schedule.b_bar[301], "{share}");
}
