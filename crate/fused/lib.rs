//! Fused operators on the processor: what `nn` says in tensors, written for one core with four floats at a time.
//!
//! Pictures lie channels last, [H, W, C]; matrices row by row. Each number of a product is one sum: it begins with what is added to it
//! and takes its terms in ascending order, first multiplied, then added. Winograd's convolutions, norms and softmax have orders
//! of their own, said where they stand. None of them depends on what else is in a batch nor on how work is split, and they are the same natively and in every browser. `nn` and `models` of the engine are the
//! reference that tests hold these against.

pub mod activation;
pub mod adam;
pub mod convolution;
pub mod exact;
pub mod gradient;
pub mod lanes;
pub mod linear;
pub mod matrix;
pub mod norm;
pub mod picture_attention;
pub mod pool;
pub mod rotary;
