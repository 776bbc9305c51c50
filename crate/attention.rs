//! What a visitor does to the attention of a network, apart from any network: no tensors here.

pub mod intervention;
pub mod surgery;
