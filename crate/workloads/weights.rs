//! Weights of the workloads: a list of tensors in JSON, their numbers in one binary file.

use crate::train::tensors::{CheckpointError, HostTensor, Tensors};
use serde::Deserialize;

#[derive(Deserialize)]
struct Entry {
    name: String,
    shape: Vec<usize>,
    /// Both counted in numbers, not bytes.
    offset: usize,
    size: usize,
}

/// The tensors under our names and in our layouts: `.w/.g/.b` become `.weight/.weight/.bias`, linear
/// weights [in, out] become [out, in], `out.gn` becomes `out_gn`, W3's `w0`, `b0` become `l0.weight`,
/// `l0.bias`, and the table `emb` stays as it is, `emb.weight`.
pub fn read(manifest: &str, bytes: &[u8]) -> Result<Tensors, CheckpointError> {
    let entries: Vec<Entry> =
        serde_json::from_str(manifest).map_err(|error| CheckpointError::Metadata(error.to_string()))?;
    let mut tensors = Tensors::default();
    for Entry { name, mut shape, offset, size } in entries {
        let range = 4 * offset..4 * (offset + size);
        let bytes = bytes.get(range).ok_or_else(|| CheckpointError::Missing(name.clone()))?;
        let mut values: Vec<f32> =
            bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        if let ([inputs, outputs], false) = (&shape[..], name == TABLE) {
            values = (0..size).map(|i| values[i % inputs * outputs + i / inputs]).collect();
            shape.reverse();
        }
        tensors.by_name.insert(our_name(&name), HostTensor { shape, values });
    }
    Ok(tensors)
}

/// What each token is to a transformer, a row a token.
const TABLE: &str = "emb";

fn our_name(name: &str) -> String {
    let (path, kind) = match name.rsplit_once('.') {
        Some(("out.gn", kind)) => ("out_gn".to_owned(), kind),
        Some((path, kind)) => (path.to_owned(), kind),
        None if name == TABLE => (name.to_owned(), "w"),
        None => (format!("l{}", &name[1..]), &name[..1]),
    };
    format!("{path}.{}", if kind == "b" { "bias" } else { "weight" })
}
