//! The files of the workloads: weights with a list of their tensors, inputs and references as plain numbers.

use super::weights;
use crate::train::tensors::Tensors;
use std::collections::BTreeMap;

/// Files by their names.
#[derive(Default)]
pub struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    pub fn insert(&mut self, name: &str, bytes: Vec<u8>) {
        self.0.insert(name.to_owned(), bytes);
    }

    fn bytes(&self, name: &str) -> Result<&[u8], String> {
        self.0.get(name).map(Vec::as_slice).ok_or_else(|| format!("the file {name} is missing"))
    }

    /// `name`.bin as little-endian f32.
    pub fn floats(&self, name: &str) -> Result<Vec<f32>, String> {
        let bytes = self.bytes(&format!("{name}.bin"))?;
        Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// `name`.bin as little-endian whole numbers of 32 bits, none below zero.
    pub fn wholes(&self, name: &str) -> Result<Vec<usize>, String> {
        // The bits of an f32 survive the way through it, whatever number they spell.
        Ok(self.floats(name)?.into_iter().map(|x| x.to_bits() as usize).collect())
    }

    /// The weights `name`.json and `name`.bin.
    pub fn weights(&self, name: &str) -> Result<Tensors, String> {
        let manifest = String::from_utf8_lossy(self.bytes(&format!("{name}.json"))?);
        weights::read(&manifest, self.bytes(&format!("{name}.bin"))?)
            .map_err(|error| format!("the weights {name} cannot be used: {error}"))
    }
}
