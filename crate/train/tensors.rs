//! Named tensors on disk: safetensors, <https://github.com/huggingface/safetensors>, f16, bf16 or f32.

use half::{bf16, f16};
use safetensors::tensor::{Dtype, SafeTensorError, SafeTensors, TensorView};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// What can be wrong with a file of weights. Every message is a sentence's end after "these weights …".
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    #[error("the file is damaged: {0}")]
    Damaged(String),
    #[error("the file does not say what network it holds: {0}")]
    Metadata(String),
    #[error(transparent)]
    Sizes(#[from] crate::models::size::SizeError),
    #[error("the tensor {0} is missing")]
    Missing(String),
    #[error("there is a tensor {0}, which the network does not have")]
    Unknown(String),
    #[error("the tensor {name} has shape {found:?}, but the network needs {wanted:?}")]
    Shape { name: String, found: Vec<usize>, wanted: Vec<usize> },
    #[error("the tensor {name} holds {found} numbers, but only F32, F16 and BF16 are read")]
    NumberType { name: String, found: String },
    #[error("the tensor {0} holds a number that is not finite")]
    NotFinite(String),
}

/// How numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    Half,
    Single,
}

/// A tensor on the host.
#[derive(Clone, Debug, PartialEq)]
pub struct HostTensor {
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

/// All that a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tensors {
    pub metadata: BTreeMap<String, String>,
    pub by_name: BTreeMap<String, HostTensor>,
}

/// The metadata key of a network's sizes.
pub const CONFIG: &str = "config";
/// The largest header that is looked at; ours have a few kilobytes.
const LARGEST_HEADER: u64 = 1 << 20;
/// The largest file that a visitor may bring: sixteen million numbers, some forty times what ships.
const LARGEST_BROUGHT: usize = 1 << 26;

impl Tensors {
    /// Reads a file. Any bytes give an answer or an error.
    pub fn read(bytes: &[u8]) -> Result<Self, CheckpointError> {
        header_length(bytes)?;
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(unreadable)?;
        let file = SafeTensors::deserialize(bytes).map_err(unreadable)?;
        let by_name = file.iter().map(|(name, view)| Ok((name.to_owned(), decode(name, &view)?)));
        Ok(Self {
            by_name: by_name.collect::<Result<_, CheckpointError>>()?,
            metadata: metadata.metadata().iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect(),
        })
    }

    /// Reads a file that a visitor brings, as [`read`](Self::read); it must not be too large to be held several times.
    pub fn brought(bytes: &[u8]) -> Result<Self, CheckpointError> {
        if bytes.len() > LARGEST_BROUGHT {
            let [found, most] = [bytes.len(), LARGEST_BROUGHT].map(|n| n >> 20);
            return Err(damaged(&format!("it has {found} MB, and at most {most} are read here")));
        }
        Self::read(bytes)
    }

    /// The files of which `bytes` are one after another.
    pub fn files(bytes: &[u8]) -> Result<Vec<&[u8]>, CheckpointError> {
        let (mut all, mut rest) = (Vec::new(), bytes);
        while !rest.is_empty() {
            let (file, more) = rest
                .split_at_checked(length(rest)?)
                .ok_or_else(|| damaged("its length is not what its header says"))?;
            all.push(file);
            rest = more;
        }
        Ok(all)
    }

    /// Reads the file of a network: its sizes, which the file names, and its tensors.
    pub fn read_network<C: DeserializeOwned>(bytes: &[u8]) -> Result<(C, Self), CheckpointError> {
        let tensors = Self::read(bytes)?;
        let config = tensors
            .metadata
            .get(CONFIG)
            .ok_or_else(|| CheckpointError::Metadata(format!("no \"{CONFIG}\" in its metadata")))?;
        let config =
            serde_json::from_str(config).map_err(|error| CheckpointError::Metadata(error.to_string()))?;
        Ok((config, tensors))
    }

    /// The bytes of a file that [`read`](Self::read) reads, and PyTorch's safetensors too. Equal tensors
    /// give equal bytes, which the library's own writer does not promise: its metadata come in any order.
    pub fn write(&self, precision: Precision) -> Vec<u8> {
        let (dtype, width) = match precision {
            Precision::Half => ("F16", 2),
            Precision::Single => ("F32", 4),
        };
        let (mut header, mut data) = (serde_json::Map::new(), Vec::new());
        header.insert("__metadata__".to_owned(), json!(self.metadata));
        for (name, HostTensor { shape, values }) in &self.by_name {
            let place = [data.len(), data.len() + width * values.len()];
            header.insert(name.clone(), json!({"dtype": dtype, "shape": shape, "data_offsets": place}));
            data.extend(encode(values, precision));
        }
        let mut header = Json::Object(header).to_string().into_bytes();
        header.resize(header.len().next_multiple_of(8), b' '); // numbers start on a multiple of eight
        [&(header.len() as u64).to_le_bytes(), header.as_slice(), data.as_slice()].concat()
    }

    /// Takes the tensor of this name, which must have this shape.
    pub fn take(&mut self, name: &str, wanted: &[usize]) -> Result<Vec<f32>, CheckpointError> {
        let tensor = self.by_name.remove(name).ok_or_else(|| CheckpointError::Missing(name.to_owned()))?;
        if tensor.shape != wanted {
            let (found, wanted) = (tensor.shape, wanted.to_vec());
            return Err(CheckpointError::Shape { name: name.to_owned(), found, wanted });
        }
        Ok(tensor.values)
    }

    /// An error if a tensor was not taken.
    pub fn expect_empty(&self) -> Result<(), CheckpointError> {
        match self.by_name.keys().next() {
            Some(name) => Err(CheckpointError::Unknown(name.clone())),
            None => Ok(()),
        }
    }
}

fn decode(name: &str, view: &TensorView) -> Result<HostTensor, CheckpointError> {
    let bytes = view.data();
    let values: Vec<f32> = match view.dtype() {
        Dtype::F16 => bytes.chunks_exact(2).map(|b| f16::from_le_bytes([b[0], b[1]]).to_f32()).collect(),
        Dtype::BF16 => bytes.chunks_exact(2).map(|b| bf16::from_le_bytes([b[0], b[1]]).to_f32()).collect(),
        Dtype::F32 => bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect(),
        other => {
            let found = format!("{other:?}");
            return Err(CheckpointError::NumberType { name: name.to_owned(), found });
        }
    };
    if values.iter().any(|v| !v.is_finite()) {
        return Err(CheckpointError::NotFinite(name.to_owned()));
    }
    Ok(HostTensor { shape: view.shape().to_vec(), values })
}

fn encode(values: &[f32], precision: Precision) -> Vec<u8> {
    match precision {
        Precision::Half => values.iter().flat_map(|&v| f16::from_f32(v).to_le_bytes()).collect(),
        Precision::Single => values.iter().flat_map(|v| v.to_le_bytes()).collect(),
    }
}

/// How long the header is after its first eight bytes.
fn header_length(bytes: &[u8]) -> Result<usize, CheckpointError> {
    let header = bytes.get(..8).ok_or_else(|| damaged("it ends within the first eight bytes"))?;
    let header = u64::from_le_bytes(header.try_into().expect("eight bytes"));
    if header > LARGEST_HEADER {
        return Err(damaged(&format!("its header claims {header} bytes")));
    }
    Ok(header as usize)
}

/// How long the file is that `bytes` begin with, as its header says.
fn length(bytes: &[u8]) -> Result<usize, CheckpointError> {
    let begin = 8 + header_length(bytes)?;
    let header = bytes.get(8..begin).ok_or_else(|| damaged("it ends within its header"))?;
    let table: BTreeMap<String, Json> =
        serde_json::from_slice(header).map_err(|_| damaged("its header is no table of tensors"))?;
    let ends = table.values().filter_map(|tensor| tensor["data_offsets"][1].as_u64());
    begin
        .checked_add(ends.max().unwrap_or(0) as usize)
        .ok_or_else(|| damaged("its length is not what its header says"))
}

fn damaged(what: &str) -> CheckpointError {
    CheckpointError::Damaged(what.to_owned())
}

/// The library's own words are for its developers: ours say what happened to the file.
fn unreadable(error: SafeTensorError) -> CheckpointError {
    use SafeTensorError as E;
    match error {
        E::HeaderTooSmall | E::InvalidHeaderLength => damaged("it ends within its header"),
        E::MetadataIncompleteBuffer => damaged("its length is not what its header says"),
        E::InvalidHeader(_) | E::InvalidHeaderDeserialization(_) => {
            damaged("its header is no table of tensors")
        }
        E::InvalidOffset(name) => damaged(&format!("the place of the tensor {name} is impossible")),
        other => damaged(&format!("{other:?}")),
    }
}
