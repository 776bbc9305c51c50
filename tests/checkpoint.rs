//! Files of weights: what is written is read, and whatever else comes is an error with a sentence.

use burn::tensor::{Device, Int, Tensor};
use chailou::models::{gpt::Gpt, gpt_config::GptConfig, unet::UNet, unet_config::UNetConfig};
use chailou::nn::mixers::softmax::Softmax;
use chailou::nn::parameters::{count, shapes};
use chailou::nn::positions::rope::Rope;
use chailou::train::checkpoint::{CheckpointError, load, load_gpt, pack, pack_gpt};
use chailou::train::read::parameters;
use chailou::train::shipped::initial::arbitrary;
use chailou::train::tensors::{HostTensor, Precision, Tensors};
use proptest::prelude::*;

fn small() -> UNetConfig {
    UNetConfig { channels: vec![8, 8], time_hidden: 8, attention_heads: 2, ..UNetConfig::digits() }
}

fn tensors(config: &UNetConfig) -> Tensors {
    let unet = arbitrary(UNet::new(config, &Device::flex()).unwrap(), 11);
    pack(config, parameters(&unet))
}

fn file() -> Vec<u8> {
    tensors(&small()).write(Precision::Half)
}

fn sentence(bytes: &[u8]) -> String {
    load(bytes, &Device::flex()).expect_err("must not load").to_string()
}

fn changed(change: impl FnOnce(&mut Tensors)) -> String {
    let mut tensors = tensors(&small());
    change(&mut tensors);
    sentence(&tensors.write(Precision::Single))
}

/// f16 keeps eleven bits: half a unit in the last place is 2^-11 relative, or 2^-25 below its normal range.
#[test]
fn what_is_saved_is_loaded() {
    let wanted = tensors(&small());
    let (config, unet) = load(&wanted.write(Precision::Half), &Device::flex()).unwrap();
    assert_eq!(config, small());
    for (name, found) in parameters(&unet) {
        let wanted = &wanted.by_name[&name];
        assert_eq!(found.shape, wanted.shape, "{name}");
        for (a, b) in found.values.iter().zip(&wanted.values) {
            assert!((a - b).abs() <= b.abs() * 2f32.powi(-11) + 2f32.powi(-25), "{name}: {a} {b}");
        }
    }
    let (_, exact) = load(&wanted.write(Precision::Single), &Device::flex()).unwrap();
    let exact = parameters(&exact);
    assert!(exact.into_iter().all(|(name, tensor)| tensor == wanted.by_name[&name]));
}

#[test]
fn the_digits_model_fits_half_a_megabyte() {
    assert!(tensors(&UNetConfig::digits()).write(Precision::Half).len() <= 500_000);
}

#[test]
fn names_and_layouts_are_those_of_pytorch() {
    let tensors = tensors(&small());
    let shape = |name: &str| tensors.by_name[name].shape.clone();
    assert_eq!(shape("time1.weight"), [8, 32], "[out, in]");
    assert_eq!(shape("d0.conv1.weight"), [8, 8, 3, 3]);
    assert_eq!(shape("u0.skip.weight"), [8, 16, 1, 1]);
    assert_eq!(shape("attn.qkv.weight"), [24, 8, 1, 1]);
    assert_eq!(shape("label.weight"), [11, 8]);
    assert_eq!(shape("out_gn.bias"), [8]);
    assert!(!tensors.by_name.contains_key("d0.skip.weight"));
}

#[test]
fn each_fault_has_its_sentence() {
    let zeros =
        |shape: &[usize]| HostTensor { shape: shape.to_vec(), values: vec![0.0; shape.iter().product()] };
    assert_eq!(
        changed(|t| drop(t.by_name.insert("time1.bias".into(), zeros(&[9])))),
        "the tensor time1.bias has shape [9], but the network needs [8]"
    );
    assert_eq!(changed(|t| drop(t.by_name.remove("attn.gn.bias"))), "the tensor attn.gn.bias is missing");
    assert_eq!(
        changed(|t| drop(t.by_name.insert("extra".into(), zeros(&[1])))),
        "there is a tensor extra, which the network does not have"
    );
    for bad in [f32::NAN, f32::INFINITY] {
        assert_eq!(
            changed(|t| t.by_name.get_mut("time1.bias").unwrap().values[3] = bad),
            "the tensor time1.bias holds a number that is not finite"
        );
    }
    assert!(changed(|t| t.metadata.clear()).starts_with("the file does not say what network it holds"));
    assert!(changed(|t| drop(t.metadata.insert("config".into(), "{}".into()))).contains("missing field"));
    let huge = UNetConfig { time_hidden: usize::MAX, ..small() };
    let huge = serde_json::to_string(&huge).unwrap();
    assert_eq!(
        changed(|t| drop(t.metadata.insert("config".into(), huge))),
        format!("the network's time vector's length is {}, but must be 1 to 1024", usize::MAX)
    );
    let header = br#"{"a":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}"#;
    let whole = [&(header.len() as u64).to_le_bytes()[..], header, &[0; 4]].concat();
    assert_eq!(sentence(&whole), "the tensor a holds I32 numbers, but only F32, F16 and BF16 are read");
}

#[test]
fn a_header_bomb_is_refused() {
    for claimed in [u64::MAX, 1 << 40, (1 << 20) + 1] {
        let bomb = [&claimed.to_le_bytes()[..], b"{}"].concat();
        assert!(sentence(&bomb).starts_with("the file is damaged: its header claims"));
    }
    let nested = "[".repeat(100_000);
    let nested = [&(nested.len() as u64).to_le_bytes()[..], nested.as_bytes()].concat();
    assert!(sentence(&nested).starts_with("the file is damaged"));
    let vast = br#"{"a":{"dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,0]}}"#;
    let vast = [&(vast.len() as u64).to_le_bytes()[..], vast].concat();
    assert!(sentence(&vast).starts_with("the file is damaged"));
}

#[test]
fn a_file_cut_anywhere_is_an_error() {
    let whole = file();
    for length in (0..whole.len()).step_by(37).chain([0, 7, 8, whole.len() - 1]) {
        assert!(matches!(load(&whole[..length], &Device::flex()), Err(CheckpointError::Damaged(_))));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    #[test]
    fn random_bytes_are_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert!(load(&bytes, &Device::flex()).is_err());
    }

    #[test]
    fn a_random_header_is_an_error(header in "\\PC{0,300}", tail in 0usize..64) {
        let length = (header.len() as u64).to_le_bytes();
        let bytes = [&length[..], header.as_bytes(), &vec![1; tail]].concat();
        prop_assert!(load(&bytes, &Device::flex()).is_err());
    }

    /// A flip in the numbers may give another model; a flip anywhere gives no panic, and never a number
    /// that is not finite.
    #[test]
    fn flipped_bytes_give_an_error_or_a_model(flips in proptest::collection::vec((0.0..1.0f64, any::<u8>()), 1..4)) {
        let mut bytes = file();
        let header = 8 + u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
        for (place, value) in flips {
            // Half of the flips hit the header, which is a small part of the file.
            let place = if place < 0.5 { place * 2.0 * header as f64 } else { place * bytes.len() as f64 };
            bytes[place as usize] ^= value;
        }
        if let Ok((_, unet)) = load(&bytes, &Device::flex()) {
            let all = parameters(&unet);
            prop_assert!(all.iter().all(|(_, t)| t.values.iter().all(|v| v.is_finite())));
        }
    }
}

fn letters() -> GptConfig {
    GptConfig {
        vocabulary: "ab\n楼".chars().collect(),
        context: 8,
        width: 8,
        layers: 2,
        heads: 2,
        mlp: 0,
        tied: false,
    }
}

/// A transformer without a hidden layer, its numbers all different.
fn transformer() -> Tensors {
    let gpt = Gpt::new(&letters(), &Rope, &Softmax, &Device::flex()).unwrap();
    let mut next = 0.0;
    let values = shapes(&gpt).into_iter().map(|(name, shape)| {
        let count = shape.iter().product();
        let values = std::iter::repeat_with(|| {
            next += 0.25;
            next
        });
        let values = values.take(count).collect();
        (name, HostTensor { shape, values })
    });
    pack_gpt(&letters(), values)
}

#[test]
fn a_transformer_is_saved_and_loaded_by_pytorchs_names() {
    let wanted = transformer();
    let (config, gpt) = load_gpt(&wanted.write(Precision::Single), &Device::flex()).unwrap();
    assert_eq!(config, letters());
    for (name, found) in parameters(&gpt) {
        assert_eq!(found, wanted.by_name[&name], "{name}");
    }
    let shape = |name: &str| wanted.by_name[name].shape.clone();
    assert_eq!(shape("l1.qkv.weight"), [24, 8], "[out, in]");
    assert_eq!((shape("emb.weight"), shape("head.weight")), (vec![4, 8], vec![4, 8]));
    assert!(!wanted.by_name.contains_key("l0.ln2.weight") && !wanted.by_name.contains_key("head.bias"));
}

/// Where the embedding is the head there is one table, and it reads as if there were two of the same.
#[test]
fn a_tied_transformer_has_one_table() {
    let mut wanted = transformer();
    let table = wanted.by_name["emb.weight"].clone();
    wanted.by_name.insert("head.weight".into(), table);
    let (_, two) = load_gpt(&wanted.write(Precision::Single), &Device::flex()).unwrap();
    wanted.by_name.remove("head.weight");
    let tied = GptConfig { tied: true, ..letters() };
    let file = pack_gpt(&tied, wanted.by_name.clone());
    let (config, one) = load_gpt(&file.write(Precision::Single), &Device::flex()).unwrap();
    assert_eq!(config, tied);
    let logits = |gpt: &Gpt| {
        let tokens = Tensor::<2, Int>::from_data([[0, 3, 1]], &Device::flex());
        chailou::nn::host::numbers(gpt.forward(tokens))
    };
    assert_eq!(logits(&one), logits(&two));
}

#[test]
fn the_text_models_that_ship_are_what_their_cards_say() {
    for (name, most) in [("shakespeare", 1_900_000), ("tang", 2_500_000)] {
        let folder = format!("{}/www/models/{name}", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(format!("{folder}.safetensors")).unwrap();
        let card: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(format!("{folder}.json")).unwrap()).unwrap();
        assert!(bytes.len() <= most);
        assert_eq!(card["bytes"], bytes.len());
        let (config, gpt) = load_gpt(&bytes, &Device::flex()).unwrap();
        assert_eq!(serde_json::from_value::<GptConfig>(card["config"].clone()).unwrap(), config);
        assert_eq!(card["parameters"], count(&gpt));
    }
}

#[test]
fn a_file_of_the_other_kind_of_network_is_refused_with_a_sentence() {
    let refused = |error: CheckpointError| error.to_string();
    let pictures = load_gpt(&file(), &Device::flex()).map(drop).map_err(refused).unwrap_err();
    let text =
        load(&transformer().write(Precision::Half), &Device::flex()).map(drop).map_err(refused).unwrap_err();
    for sentence in [pictures, text] {
        assert!(
            sentence.starts_with("the file does not say what network it holds: unknown field"),
            "{sentence}"
        );
    }
    let mut odd = transformer();
    let config = odd.metadata["config"].replace("\"heads\":2", "\"heads\":3");
    odd.metadata.insert("config".into(), config);
    let sentence = load_gpt(&odd.write(Precision::Half), &Device::flex()).map(drop).unwrap_err().to_string();
    assert_eq!(sentence, "the network's width is 8, but must be a multiple of 6");
}
