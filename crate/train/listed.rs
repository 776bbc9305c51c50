//! Weights of the standard workloads: a list of tensors in JSON, their numbers in one binary file.

use super::tensors::{CheckpointError, HostTensor, Tensors};
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_layouts_become_ours() {
        let manifest = r#"[
            {"name": "emb", "shape": [3, 2], "offset": 0, "size": 6},
            {"name": "l0.qkv.w", "shape": [2, 3], "offset": 6, "size": 6},
            {"name": "out.gn.g", "shape": [2], "offset": 12, "size": 2},
            {"name": "b1", "shape": [1], "offset": 14, "size": 1}
        ]"#;
        let bytes: Vec<u8> = (0..15).flat_map(|i| (i as f32).to_le_bytes()).collect();
        let mut tensors = read(manifest, &bytes).unwrap();
        assert_eq!(tensors.take("emb.weight", &[3, 2]).unwrap(), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        // [in, out] becomes [out, in].
        assert_eq!(tensors.take("l0.qkv.weight", &[3, 2]).unwrap(), [6.0, 9.0, 7.0, 10.0, 8.0, 11.0]);
        assert_eq!(tensors.take("out_gn.weight", &[2]).unwrap(), [12.0, 13.0]);
        assert_eq!(tensors.take("l1.bias", &[1]).unwrap(), [14.0]);
        assert!(tensors.expect_empty().is_ok());
        assert!(matches!(read(manifest, &bytes[..20]), Err(CheckpointError::Missing(name)) if name == "emb"));
    }
}
