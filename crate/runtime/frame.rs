//! A frame: a named array of numbers for the page to draw.

use sha2::{Digest, Sha256};

use crate::math::{digest::hex, statistics::Moments};

/// A named array in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    pub name: &'static str,
    pub shape: Vec<usize>,
    pub data: Vec<f32>,
}

impl Frame {
    /// Panics if `data` does not fill `shape`: a bug, not input.
    pub fn new(name: &'static str, shape: impl Into<Vec<usize>>, data: Vec<f32>) -> Self {
        let shape = shape.into();
        assert_eq!(shape.iter().product::<usize>(), data.len(), "frame {name} has shape {shape:?}");
        Self { name, shape, data }
    }

    /// SHA-256 of the little-endian bytes, in hexadecimal.
    pub fn sha256(&self) -> String {
        hex(&digest(&self.data))
    }

    pub fn moments(&self) -> Moments {
        Moments::of(self.data.iter().map(|value| f64::from(*value)))
    }
}

/// SHA-256 of `values` as little-endian bytes.
pub fn digest(values: &[f32]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    values.iter().for_each(|value| hasher.update(value.to_le_bytes()));
    hasher.finalize().into()
}
