//! What a head does, and what a visitor does to it, apart from any network: no tensors here.

pub mod intervention;
pub mod mixing;
pub mod position;
pub mod surgery;
