//! What a visitor does to a network and how it is to choose, apart from any network: no tensors here.

pub mod decoding;
pub mod intervention;
pub mod surgery;
