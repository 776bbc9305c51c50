//! Networks that are taken along and brought back: a session's file is read by the next session, which says the same; whatever else is
//! brought is refused with a sentence, and nothing has changed.

use chailou::device::Device;
use chailou::labs;
use chailou::runtime::{lab::Resources, session::Session};
use chailou::train::tensors::{HostTensor, Precision, Tensors};
use half::bf16;
use pollster::block_on;

const POINTS: &str = "lab=points&denoiser=learned&steps=5&particles=50&data=circles";

fn open(link: &str) -> Box<dyn Session> {
    let experiment = labs::parse(link).experiment;
    labs::open(&experiment, Resources { weights: None, device: &Device::Cpu }).unwrap()
}

fn trained() -> (Box<dyn Session>, Vec<u8>) {
    let mut session = open(POINTS);
    block_on(session.work("train", 30)).unwrap();
    let mut all = session.networks();
    assert_eq!(all.len(), 1);
    (session, all.remove(0).1)
}

fn shown(session: &mut Box<dyn Session>) -> Vec<f32> {
    block_on(session.seek(5)).unwrap();
    session.frame("x").unwrap().data
}

#[test]
fn a_network_of_points_comes_back_and_says_the_same() {
    let (mut session, file) = trained();
    let read = Tensors::read(&file).unwrap();
    assert_eq!(read.metadata["network"], "mlp");
    assert_eq!(read.metadata["steps"], "30");
    assert_eq!(read.by_name["l0.weight"].shape, [128, 34]);
    let mut other = open(POINTS);
    let before = shown(&mut other);
    other.bring(&file).unwrap();
    let after = shown(&mut other);
    assert_eq!(after, shown(&mut session));
    assert_ne!(after, before);
    // It is the beginning of what is trained from here on, and another engine takes it over.
    assert_eq!(other.status().tasks["train"].done, 0);
    let mut third = open(POINTS);
    third.bring(&file).unwrap();
    third.adopt(&other.snapshot()).unwrap();
    assert_eq!(shown(&mut third), after);
}

#[test]
fn a_transformer_of_an_exercise_comes_back_and_scores_the_same() {
    let link = "lab=attention&model=toy&task=copy&at=3";
    let mut session = open(link);
    block_on(session.work("train", 3)).unwrap();
    let file = session.networks().remove(0).1;
    let next = |session: &mut Box<dyn Session>| {
        block_on(session.seek(3)).unwrap();
        session.frame("next").unwrap().data
    };
    let mut other = open(link);
    let before = next(&mut other);
    other.bring(&file).unwrap();
    assert_eq!(next(&mut other), next(&mut session));
    assert_ne!(next(&mut other), before);
    let sentence = open("lab=attention&model=toy&task=sort").bring(&file).unwrap_err().to_string();
    assert!(sentence.contains("the network here has"), "{sentence}");
}

#[test]
fn half_precision_of_either_kind_is_read() {
    let (_, file) = trained();
    let read = Tensors::read(&file).unwrap();
    open(POINTS).bring(&read.write(Precision::Half)).unwrap();
    // bf16 is the upper half of an f32.
    let one = [1.0f32, -0.5, 3.0e38, 1.0 / 3.0];
    let bits: Vec<u8> = one.iter().flat_map(|x| bf16::from_f32(*x).to_le_bytes()).collect();
    let header = r#"{"a":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}"#;
    let bytes = [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &bits].concat();
    let values = &Tensors::brought(&bytes).unwrap().by_name["a"].values;
    assert!(values.iter().zip(one).all(|(a, b)| (a - b).abs() <= b.abs() / 256.0), "{values:?}");
}

/// A file with this header and so many bytes behind it.
fn with_header(header: &str, more: usize) -> Vec<u8> {
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &vec![0; more]].concat()
}

#[test]
fn what_is_wrong_is_told_and_changes_nothing() {
    let (_, file) = trained();
    let whole = Tensors::read(&file).unwrap();
    let changed = |change: &dyn Fn(&mut Tensors)| {
        let mut tensors = whole.clone();
        change(&mut tensors);
        tensors.write(Precision::Single)
    };
    let tensor =
        |shape: &[usize]| HostTensor { shape: shape.to_vec(), values: vec![0.0; shape.iter().product()] };
    let overlap = r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#;
    let vast = r#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}"#;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (vec![], "ends within the first eight bytes"),
        (vec![255; 64], "its header claims"),
        (file[..file.len() - 4].to_vec(), "its length is not what its header says"),
        ([&file[..], &[0; 4]].concat(), "its length is not what its header says"),
        (with_header(overlap, 12), "damaged"),
        (with_header(vast, 8), "damaged"),
        (with_header(&deep, 0), "damaged"),
        (vec![0; (1 << 26) + 1], "at most 64 are read"),
        (changed(&|t| drop(t.by_name.remove("l2.bias"))), "the tensor l2.bias is missing"),
        (changed(&|t| drop(t.by_name.insert("l9.bias".into(), tensor(&[2])))), "a tensor l9.bias"),
        (changed(&|t| drop(t.by_name.insert("l0.weight".into(), tensor(&[34, 128])))), "has shape [34, 128]"),
        (changed(&|t| t.by_name.get_mut("l1.bias").unwrap().values[3] = f32::NAN), "not finite"),
        (
            changed(&|t| drop(t.metadata.insert("config".into(), r#"{"predicts":"sample"}"#.into()))),
            "choose that as the target",
        ),
        (changed(&|t| drop(t.metadata.insert("config".into(), "{".into()))), "does not say what network"),
    ];
    let mut session = open(POINTS);
    let before = shown(&mut session);
    for (bytes, wanted) in cases {
        let sentence = session.bring(&bytes).expect_err(wanted).to_string();
        assert!(sentence.contains(wanted), "{wanted}: {sentence}");
        assert_eq!(shown(&mut session), before, "{wanted}");
    }
    let sentence = open("lab=gamma").bring(&file).unwrap_err().to_string();
    assert!(sentence.contains("no network that a file could replace"), "{sentence}");
}

/// Every network of every lab that trains some leaves as a file of its own.
#[test]
fn twins_leave_one_by_one() {
    for (link, count) in [
        ("lab=rank&steps=100", 2),
        ("lab=focus&steps=100&part=twins", 4),
        ("lab=init&view=train&steps=40&depth=2&lane1=post&lane2=rezero&lane3=off&lane4=off", 2),
    ] {
        let mut session = open(link);
        assert!(session.networks().is_empty(), "{link}");
        block_on(session.work("train", 1)).unwrap();
        let all = session.networks();
        assert_eq!(all.len(), count, "{link}");
        for (name, file) in all {
            let read = Tensors::brought(&file).unwrap();
            assert!(name.ends_with("seed1") && read.metadata.contains_key("example"), "{link} {name}");
        }
    }
}
