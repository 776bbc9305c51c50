//! The files of the workloads: weights with a list of their tensors, inputs and references as plain numbers.

use crate::nn::parameters::shapes;
use crate::train::{
    checkpoint::place,
    listed,
    tensors::{CheckpointError, Tensors},
};
use burn::module::Module;
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

    /// `network` with the weights `name`.json and `name`.bin.
    pub fn network<M: Module>(&self, name: &str, network: M) -> Result<M, String> {
        self.taken(name, |weights| place(network, weights))
    }

    /// The same weights one after another, in the order of the fields of `network`.
    pub fn flat(&self, name: &str, network: &impl Module) -> Result<Vec<f32>, String> {
        self.taken(name, |weights| {
            let each = shapes(network).into_iter().map(|(name, shape)| weights.take(&name, &shape));
            Ok(each.collect::<Result<Vec<_>, _>>()?.concat())
        })
    }

    /// What `take` makes of the weights `name`.json and `name`.bin, which it has to take all of.
    pub fn taken<R>(
        &self,
        name: &str,
        take: impl FnOnce(&mut Tensors) -> Result<R, CheckpointError>,
    ) -> Result<R, String> {
        let manifest = String::from_utf8_lossy(self.bytes(&format!("{name}.json"))?);
        let bytes = self.bytes(&format!("{name}.bin"))?;
        let all = || {
            let mut weights = listed::read(&manifest, bytes)?;
            let taken = take(&mut weights)?;
            weights.expect_empty()?;
            Ok(taken)
        };
        all().map_err(|error: CheckpointError| format!("the weights {name} cannot be used: {error}"))
    }
}
