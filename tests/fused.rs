//! The fused networks: against the reference in float64, against the same network in tensors, and to the bit against themselves.

use std::collections::BTreeMap;

use burn::tensor::{Device, Tensor, TensorData};
use chailou::attention::{
    intervention::{Intervention, Part},
    surgery::{Patterns, Surgery},
};
use chailou::math::{normal::normals, philox::Stream};
use chailou::models::{
    fused_gpt::FusedGpt, fused_unet::FusedUNet, gpt::Gpt, gpt_config::GptConfig, gpt_reading::Cache,
    reading::ReadingHost, size::SizeError, unet::UNet, unet_config::UNetConfig,
};
use chailou::nn::{mixers::softmax::Softmax, parameters::values, positions::rope::Rope};
use chailou::train::shipped::initial::arbitrary;
use proptest::prelude::*;
use serde::Deserialize;

fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    chailou::nn::host::numbers(tensor)
}

fn gap(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|x| x.to_bits()).collect()
}

/// The same network twice.
fn unets(config: &UNetConfig, seed: u64) -> (UNet, FusedUNet) {
    let unet = arbitrary(UNet::new(config, &Device::flex()).expect("a possible network"), seed);
    let mut weights = values(&unet);
    let take = &mut |name: &str, shape: &[usize]| {
        let values = weights.remove(name).unwrap_or_else(|| panic!("{name} is taken twice or unknown"));
        assert_eq!(values.len(), shape.iter().product::<usize>(), "{name}");
        Ok::<_, SizeError>(values)
    };
    let fused = FusedUNet::new(config, take).unwrap();
    assert!(weights.is_empty(), "left over: {:?}", weights.keys());
    (unet, fused)
}

fn gpts(config: &GptConfig, seed: u64) -> (Gpt, FusedGpt) {
    let gpt =
        arbitrary(Gpt::new(config, &Rope, &Softmax, &Device::flex()).expect("a possible network"), seed);
    let mut weights = values(&gpt);
    let take = &mut |name: &str, _: &[usize]| Ok::<_, SizeError>(weights.remove(name).expect("a weight"));
    let fused = FusedGpt::new(config, take).unwrap();
    assert!(weights.is_empty(), "left over: {:?}", weights.keys());
    (gpt, fused)
}

/// A row of all weights has them in the order of the network's fields, whatever its sizes.
#[test]
fn parameters_are_those_of_the_network_in_tensors() {
    for (mlp, tied) in [(20, true), (20, false), (0, true), (0, false)] {
        let config = GptConfig { mlp, tied, ..small() };
        let gpt = Gpt::new(&config, &Rope, &Softmax, &Device::flex()).expect("a possible network");
        assert_eq!(config.parameters(), chailou::nn::parameters::shapes(&gpt));
    }
}

/// The network of points, the same weights twice.
#[test]
fn points_are_answered_as_their_tensors_answer() {
    use chailou::models::{
        fused_mlp::{COUNT, FusedMlp, SIZES, TIME},
        mlp::Mlp,
    };
    let weights: Vec<f32> = normals(4, Stream::Weights, 0, COUNT).iter().map(|z| 0.1 * z).collect();
    let mut from = 0;
    let mlp = chailou::nn::parameters::fill(Mlp::new(&Device::flex()), |_, shape| {
        let size: usize = shape.iter().product();
        from += size;
        weights[from - size..from].to_vec()
    });
    let (x, time) = (normals(4, Stream::Check, 0, 5 * 2), normals(4, Stream::Check, 1, 5 * TIME));
    let tensor = |values: &[f32], columns: usize| {
        Tensor::from_data(TensorData::new(values.to_vec(), [5, columns]), &Device::flex())
    };
    let theirs = numbers(mlp.forward(tensor(&x, 2), tensor(&time, TIME)));
    let seen = x.chunks(2).zip(time.chunks(TIME)).flat_map(|(x, time)| [x, time].concat()).collect();
    assert!(gap(&FusedMlp::new(&SIZES, &weights).answer(seen), &theirs) < 1e-5);
}

fn pictures(config: &UNetConfig, seed: u64, batch: usize) -> Vec<f32> {
    normals(seed, Stream::Check, 0, batch * config.image_channels * config.image_size.pow(2))
}

fn in_tensors(unet: &UNet, config: &UNetConfig, x: &[f32], times: &[f32], labels: &[usize]) -> Vec<f32> {
    let shape = [times.len(), config.image_channels, config.image_size, config.image_size];
    let x = Tensor::from_data(TensorData::new(x.to_vec(), shape), &Device::flex());
    numbers(unet.forward(x, times, labels))
}

#[derive(Deserialize)]
struct Case {
    seed: u64,
    times: Vec<f32>,
    labels: Vec<usize>,
    eps: Vec<f32>,
}

/// `golden/make.py` says what the network is, in float64; see tests/unet.rs for the tolerance.
#[test]
fn pictures_are_answered_as_the_reference_does() {
    let cases: BTreeMap<String, Case> = serde_json::from_str(include_str!("golden/unet.json")).unwrap();
    for name in ["w1", "digits"] {
        let (case, config) = match name {
            "w1" => (&cases[name], UNetConfig::w1()),
            _ => (&cases[name], UNetConfig { channels: vec![24, 48], ..UNetConfig::digits() }),
        };
        let (_, fused) = unets(&config, case.seed);
        let x = pictures(&config, case.seed, case.times.len());
        let gap = gap(&fused.forward(&x, &case.times, &case.labels), &case.eps);
        assert!(gap < 5e-6, "{name}: {gap}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Any sizes that can be built. Both sum in f32, in different orders; outputs are of size one.
    #[test]
    fn any_network_of_pictures_answers_like_its_tensors(
        levels in prop::collection::vec(1usize..5, 1..4),
        smallest in 1usize..4,
        patch in 1usize..3,
        image_channels in 1usize..4,
        scales: bool,
        v: bool,
        classes in prop::option::of(1usize..4),
        seed in 0u64..1000,
    ) {
        use chailou::models::unet_config::Target;
        let channels: Vec<usize> = levels.iter().map(|c| 8 * c).collect();
        let config = UNetConfig {
            image_size: (2 * smallest * patch) << (channels.len() - 1),
            image_channels,
            patch,
            predicts: if v { Target::V } else { Target::Eps },
            attention_level: seed as usize % channels.len(),
            attention_heads: 2,
            groups: 4,
            time_frequencies: 3,
            time_hidden: 12,
            scales,
            classes,
            channels,
        };
        prop_assert!(FusedUNet::takes(&config));
        let (unet, fused) = unets(&config, seed);
        let (x, times) = (pictures(&config, seed, 2), [1.0, 777.5]);
        let labels = classes.map_or(Vec::new(), |n| vec![0, n]);
        let (ours, theirs) =
            (fused.forward(&x, &times, &labels), in_tensors(&unet, &config, &x, &times, &labels));
        let largest = theirs.iter().fold(1.0f32, |most, y| most.max(y.abs()));
        prop_assert!(gap(&ours, &theirs) < 2e-5 * largest, "{}", gap(&ours, &theirs));
        // A picture's bits do not depend on what else is in the batch.
        let half = x.len() / 2;
        let alone = fused.forward(&x[half..], &times[1..], labels.get(1..).unwrap_or_default());
        prop_assert_eq!(bits(&alone), bits(&ours[half..]));
    }
}

#[test]
fn what_is_no_number_is_seen_and_does_not_stay() {
    let config = UNetConfig::digits();
    let (_, fused) = unets(&config, 5);
    let x = pictures(&config, 2, 2);
    let clean = fused.forward(&x, &[3.0, 500.0], &[1, 2]);
    let mut spoilt = x.clone();
    spoilt[7] = f32::NAN;
    let answer = fused.forward(&spoilt, &[3.0, 500.0], &[1, 2]);
    assert!(answer[..64].iter().any(|y| y.is_nan()) && bits(&answer[64..]) == bits(&clean[64..]));
    assert_eq!(bits(&fused.forward(&x, &[3.0, 500.0], &[1, 2])), bits(&clean), "the room that is kept");
}

/// Several threads ask one network at a time, and get what one gets.
#[test]
fn many_may_ask_at_once() {
    let config = UNetConfig::digits();
    let (_, fused) = unets(&config, 6);
    let ask = |seed: u64| bits(&fused.forward(&pictures(&config, seed, 3), &[1.0, 30.0, 900.0], &[0, 4, 10]));
    let one: Vec<_> = (0..8).map(ask).collect();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|seed| scope.spawn(move || ask(seed))).collect();
        for (thread, one) in threads.into_iter().zip(&one) {
            assert_eq!(&thread.join().unwrap(), one);
        }
    });
}

/// Some tokens below `vocabulary`.
fn text(length: usize, vocabulary: usize) -> Vec<usize> {
    (0..length).map(|i| (i.pow(3) + 5 * i + 2) % vocabulary).collect()
}

fn small() -> GptConfig {
    let vocabulary = ('a'..='k').collect();
    GptConfig { vocabulary, context: 40, width: 28, layers: 3, heads: 7, mlp: 20, tied: true }
}

fn in_tensors_read(gpt: &Gpt, tokens: &[usize], surgery: &Surgery) -> ReadingHost {
    gpt.read(tokens, &mut Cache::new(gpt), surgery).host()
}

/// The largest gap of all that two readings say; scores of size one, so absolutely.
fn gaps(a: &ReadingHost, b: &ReadingHost) -> f32 {
    assert_eq!(a.shape, b.shape);
    let mut most = gap(&a.logits, &b.logits);
    for (a, b) in a.lens.iter().zip(&b.lens) {
        most = most.max(gap(a, b));
    }
    for (a, b) in a.layers.iter().zip(&b.layers) {
        let pairs = [
            (&a.q, &b.q),
            (&a.k, &b.k),
            (&a.v, &b.v),
            (&a.scores, &b.scores),
            (&a.weights, &b.weights),
            (&a.out, &b.out),
        ];
        most = pairs.iter().map(|(a, b)| gap(a, b)).fold(most, f32::max);
        // Hidden is hidden; where not, scores are scores.
        let both = a.masked.iter().zip(&b.masked);
        most = both
            .map(|(a, b)| if *b < -1e20 { f32::from(*a >= -1e20) } else { (a - b).abs() })
            .fold(most, f32::max);
    }
    most
}

#[test]
fn a_text_is_read_as_its_tensors_read_it() {
    for (config, length) in [(GptConfig::w2(), 128), (GptConfig::w4(), 33), (small(), 40), (small(), 1)] {
        let (gpt, fused) = gpts(&config, 4);
        let tokens = text(length, config.vocabulary.len());
        let ours = fused.read(&tokens, &mut fused.cache(), &Surgery::none());
        let gap = gaps(&ours, &in_tensors_read(&gpt, &tokens, &Surgery::none()));
        assert!(gap < 1e-5, "{} of {length}: {gap}", config.width);
    }
}

/// One token after another, in pieces, and all at once: the same bits, so that a link may stop anywhere.
#[test]
fn reading_on_gives_the_bits_of_reading_at_once() {
    let config = small();
    let (_, fused) = gpts(&config, 8);
    let tokens = text(37, 11);
    let whole = fused.read(&tokens, &mut fused.cache(), &Surgery::none());
    for pieces in [vec![1; 37], vec![5, 1, 31], vec![16, 17, 4], vec![36, 1]] {
        let (mut cache, mut at) = (fused.cache(), 0);
        for n in pieces {
            let part = fused.read(&tokens[at..at + n], &mut cache, &Surgery::none());
            assert_eq!(bits(&part.logits), bits(&whole.logits[at * 11..(at + n) * 11]), "{at} to {}", at + n);
            at += n;
        }
        assert_eq!(cache.len(), 37);
    }
}

#[test]
fn a_memory_from_the_host_is_the_memory_that_was() {
    let (_, fused) = gpts(&small(), 9);
    let tokens = text(20, 11);
    let mut cache = fused.cache();
    let read = fused.read(&tokens[..19], &mut cache, &Surgery::none());
    let layers: Vec<_> = read.layers.iter().map(|layer| [layer.k.clone(), layer.v.clone()]).collect();
    let mut brought = fused.cache_of(&layers, 19);
    let [a, b] = [&mut cache, &mut brought].map(|cache| fused.read(&tokens[19..], cache, &Surgery::none()));
    assert_eq!(a, b);
}

/// What is asked for beside the scores changes nothing.
#[test]
fn scores_and_maps_are_the_same_where_nothing_else_is_asked_for() {
    let (_, fused) = gpts(&small(), 10);
    let tokens = text(23, 11);
    let read = fused.read(&tokens, &mut fused.cache(), &Surgery::none());
    let pass = fused.pass(&tokens, &mut fused.cache(), &Surgery::none(), false);
    assert_eq!(bits(&pass.logits), bits(&read.logits));
    for (maps, layer) in pass.weights.iter().zip(&read.layers) {
        assert_eq!(bits(maps), bits(&layer.weights));
    }
}

/// Each kind of intervention, alone, all together, while reading on, and with rows that a head takes over.
#[test]
fn surgery_does_what_it_does_to_tensors() {
    let config = small();
    let (gpt, fused) = gpts(&config, 11);
    let list = [
        Intervention::Head { layer: 1, head: 2 },
        Intervention::Layer { layer: 0, part: Part::Mlp },
        Intervention::Layer { layer: 2, part: Part::Attention },
        Intervention::Layer { layer: 1, part: Part::Both },
        Intervention::Token { token: 3 },
        Intervention::Cut { layer: Some(1), head: None, cells: vec![(5, 0), (5, 2), (9, 9)] },
        Intervention::Window { layer: None, head: Some(4), width: 3 },
        Intervention::Set { layer: 0, head: 1, cell: (7, 2), value: 0.6 },
        Intervention::Set { layer: 0, head: 1, cell: (7, 7), value: 0.0 },
    ];
    let row =
        |t: usize| (0..=t).map(|k| 2.0 * (k + 1) as f32 / ((t + 1) * (t + 2)) as f32).collect::<Vec<f32>>();
    let patterns: Patterns = (0..14).map(|t| ((2, 5, t), row(t))).collect();
    let tokens = text(14, 11);
    let mut all: Vec<Surgery> =
        list.iter().map(|one| Surgery::of(std::slice::from_ref(one), Patterns::new())).collect();
    all.push(Surgery::of(&list, Patterns::new()));
    all.push(Surgery::of(&list[..1], patterns));
    let untouched = in_tensors_read(&gpt, &tokens, &Surgery::none());
    for (i, surgery) in all.iter().enumerate() {
        let theirs = in_tensors_read(&gpt, &tokens, surgery);
        assert!(gap(&theirs.logits, &untouched.logits) > 1e-4, "{i} does nothing");
        let ours = fused.read(&tokens, &mut fused.cache(), surgery);
        let far = gaps(&ours, &theirs);
        assert!(far < 1e-5, "{i}: {far}");
        let mut cache = fused.cache();
        fused.read(&tokens[..6], &mut cache, surgery);
        let on = fused.read(&tokens[6..], &mut cache, surgery);
        assert!(gap(&on.logits, &ours.logits[6 * 11..]) < 1e-5, "{i}, reading on");
    }
}

/// Links that were made with the operators of version 2, which summed in another order: still the same pictures and texts. The
/// fingerprints are of the engine of those days, in wasm.
#[test]
fn links_of_version_2_are_reproduced() {
    use chailou::{device::Device, labs, runtime::lab::Resources};
    for (link, check) in [
        ("ddpm&at=75", "bd639aa09ce15230.itePvffkVD76DwZAipuWPvYSWD8tbSA9i7JMvxcFCcA"),
        ("ddpm&at=100", "21607d619bda4dd3.-_aGPRpfJr1vzsk-wA6XPgwiTj4fRx0-OqkHPgZWpD4"),
        (
            "ddpm&seed=3&sampler=ddim&steps=20&label=5&at=40",
            "ed2d3fa6870fbcf8.N4dSv51Myr3mES8_DbyFvkej2z74VWW-pqgCvjdwHLw",
        ),
        (
            "ddpm&seed=8&sampler=dpmpp2m&steps=12&label=2&guidance=2&at=24",
            "d0aa3b0afabb3118.IfdKPowSRT_lScq9sLGVPjUj6D60Lc0-UIBqPmJLfj4",
        ),
        ("attention&at=30", "b6f9551224b076a9.IWQtQR6_uEEoYI7BWdB3wUgN-cF7W1RC36YswQ3iD8E"),
        (
            "attention&model=tang&at=20&prompt=%E6%98%A5",
            "2b35b8f76d74605a.ZEvcwoAmDsN74yzDP20NQxwxC8NA70VCEiLQwj-cukI",
        ),
        ("points&at=100", "828510a596481acb.q5PpP0scFT-0y_U-x7i6P2DQv7-D-MI-VtiZv9L6-L0"),
    ] {
        let parsed = labs::parse(&format!("v=2&lab={link}&check={check}"));
        assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
        let experiment = parsed.experiment;
        let weights = (experiment.lab.model)(&experiment).map(|name| {
            let path = format!("{}/www/models/{name}.safetensors", env!("CARGO_MANIFEST_DIR"));
            std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
        });
        let resources = Resources { weights: weights.as_deref(), device: &Device::Cpu };
        let mut session = labs::open(&experiment, resources).unwrap();
        pollster::block_on(session.seek(experiment.at.unwrap_or(0))).unwrap();
        let comparison = session.compare(check);
        assert!(comparison.rms.is_some_and(|rms| rms <= comparison.tolerance), "{link}: {comparison:?}");
    }
}
