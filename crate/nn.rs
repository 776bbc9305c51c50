//! One layer a file: thin layers over tensors. A layer has no optional features; a variant is another layer.
//!
//! Weights have PyTorch's names and layouts, so that a file of them means the same in both. Layers are made
//! with zeros (ones for the scale of a norm) that take no memory until read: weights come from a file or
//! from a trainer.

pub mod attention;
pub mod block;
pub mod causal;
pub mod conv;
pub mod cross_entropy;
pub mod embedding;
pub mod gelu;
pub mod group_norm;
pub mod head_edit;
pub mod host;
pub mod layer_norm;
pub mod linear;
pub mod mixers;
pub mod parameters;
pub mod patches;
pub mod positions;
pub mod res_block;
pub mod resample;
pub mod time;
pub mod unembedding;
