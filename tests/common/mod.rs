//! What several tests need: weights, a device, sessions at a state.
#![allow(dead_code, reason = "each test uses some of it")]

use chailou::device::Device;
use chailou::experiment::{Draft, Experiment, inputs::forks::ForkDraft, packed};
use chailou::labs;
use chailou::models::{unet::UNet, unet_config::UNetConfig};
use chailou::runtime::{lab::Resources, selection::Selection, session::Session};
use chailou::train::{checkpoint::pack, read::parameters, shipped::initial::arbitrary, tensors::Precision};
use pollster::block_on;

pub fn device() -> Device {
    Device::Cpu
}

/// The weights that ship, and for buildings a small network that was never trained: laws hold for any.
pub fn weights(name: &str) -> Vec<u8> {
    if name == "buildings" {
        let config =
            UNetConfig { channels: vec![8, 8, 8], groups: 4, time_hidden: 8, ..UNetConfig::buildings() };
        let unet = arbitrary(UNet::new(&config, &burn::tensor::Device::flex()).unwrap(), 3);
        return pack(&config, parameters(&unet)).write(Precision::Half);
    }
    let path = format!("{}/www/models/{name}.safetensors", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn opened(experiment: &Experiment) -> Box<dyn Session> {
    let weights = (experiment.lab.model)(experiment)
        .map(|names| names.split(' ').flat_map(weights).collect::<Vec<_>>());
    labs::open(experiment, Resources { weights: weights.as_deref(), device: &device() }).unwrap()
}

/// The session of `link`, in which nothing is wrong.
pub fn open(link: &str) -> Box<dyn Session> {
    let parsed = labs::parse(link);
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    opened(&parsed.experiment)
}

pub fn at(link: &str, k: usize) -> Box<dyn Session> {
    let mut session = open(link);
    block_on(session.seek(k)).unwrap();
    session
}

/// `link` with these forks.
pub fn forked(link: &str, forks: &[ForkDraft]) -> String {
    let packed = Draft { forks: forks.to_vec(), ..Draft::default() };
    packed::pack(&packed).map_or(link.to_owned(), |z| format!("{link}&z={z}"))
}

/// A fork of track `parent` at state `at` that changes `set`.
pub fn fork(parent: usize, at: usize, set: &[(&str, &str)]) -> ForkDraft {
    let set = set.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect();
    ForkDraft { parent, at, set, ..ForkDraft::default() }
}

pub fn values(session: &dyn Session, name: &str) -> Vec<f32> {
    session.frame(name).unwrap().data
}

/// The bits of frame `name` of `track`.
pub fn bits(session: &mut dyn Session, track: usize, name: &str) -> Vec<u32> {
    session.select(&Selection::of("track", track));
    values(session, name).iter().map(|x| x.to_bits()).collect()
}

pub fn readout(session: &dyn Session, id: &str) -> Option<f64> {
    session.readouts().into_iter().find(|r| r.id == id).unwrap_or_else(|| panic!("no readout {id}")).value
}
