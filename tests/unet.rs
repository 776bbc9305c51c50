//! The U-Net: against an independent implementation, and laws that hold for any weights.

use burn::tensor::{Device, Tensor, TensorData};
use chailou::math::{normal::normals, philox::Stream};
use chailou::models::{unet::UNet, unet_config::UNetConfig};
use chailou::nn::parameters::count;
use chailou::train::initial::arbitrary;
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
    pollster::block_on(chailou::device::read(tensor)).expect("readback")
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
    assert_eq!(cases.len(), 3);
    for (name, case) in cases {
        let config = match name.as_str() {
            "w1" => UNetConfig::w1(),
            "digits" => UNetConfig { channels: vec![24, 48], ..UNetConfig::digits() },
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
