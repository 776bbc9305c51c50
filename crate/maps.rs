//! What attention maps can be: masks, kernels, random heads, towers of layers, who sees whom, and what it costs. Plain numbers: no
//! tensor library, no lab and no page.

pub mod cost;
pub mod kernel;
pub mod mask;
pub mod order;
pub mod shape;
pub mod tower;
