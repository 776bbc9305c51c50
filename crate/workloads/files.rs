//! The files of the workloads: weights with a list of their tensors, inputs and references as plain numbers; or what was drawn instead.

use crate::train::{
    listed,
    tensors::{CheckpointError, Tensors},
};
use std::collections::BTreeMap;

/// Files by their names, and weights that were drawn.
#[derive(Default)]
pub struct Files {
    read: BTreeMap<String, Vec<u8>>,
    drawn: BTreeMap<&'static str, Tensors>,
}

impl Files {
    pub fn insert(&mut self, name: &str, bytes: Vec<u8>) {
        self.read.insert(name.to_owned(), bytes);
    }

    /// Puts the weights `name` there.
    pub fn draw(&mut self, name: &'static str, weights: Tensors) {
        self.drawn.insert(name, weights);
    }

    /// Of `count` numbers of a reference, those that are there: what is drawn may have none yet, a file has them all.
    pub fn known<'a, T>(
        &self,
        name: &str,
        count: usize,
        numbers: &'a [T],
    ) -> Result<Option<&'a [T]>, String> {
        match numbers.get(..count) {
            None if numbers.is_empty() && !self.drawn.is_empty() => Ok(None),
            None => Err(format!("{name}.bin holds {} numbers, not {count}", numbers.len())),
            known => Ok(known),
        }
    }

    fn bytes(&self, name: &str) -> Result<&[u8], String> {
        self.read.get(name).map(Vec::as_slice).ok_or_else(|| format!("the file {name} is missing"))
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

    /// The weights `name`.json and `name`.bin one after another, in the order of `parameters`.
    pub fn flat(&self, name: &str, parameters: &[(String, Vec<usize>)]) -> Result<Vec<f32>, String> {
        self.taken(name, |weights| {
            let each = parameters.iter().map(|(name, shape)| weights.take(name, shape));
            Ok(each.collect::<Result<Vec<_>, _>>()?.concat())
        })
    }

    /// What `take` makes of the weights `name`.json and `name`.bin, which it has to take all of.
    pub fn taken<R>(
        &self,
        name: &str,
        take: impl FnOnce(&mut Tensors) -> Result<R, CheckpointError>,
    ) -> Result<R, String> {
        let named = |error: CheckpointError| format!("the weights {name} cannot be used: {error}");
        let all = |mut weights: Tensors| {
            let taken = take(&mut weights)?;
            weights.expect_empty()?;
            Ok(taken)
        };
        if let Some(weights) = self.drawn.get(name) {
            return all(weights.clone()).map_err(named);
        }
        let manifest = String::from_utf8_lossy(self.bytes(&format!("{name}.json"))?);
        let bytes = self.bytes(&format!("{name}.bin"))?;
        listed::read(&manifest, bytes).and_then(all).map_err(named)
    }
}
