//! Where a token stands, in numbers: rotations and what stretches them, the bias that a rotation makes of two vectors, other biases by
//! distance, and how wide the window is that they leave open.
//!
//! Su Jianlin, <https://kexue.fm/archives/9577>.

pub mod cancel;
pub mod integral;
pub mod profile;
pub mod scheme;
pub mod stack;
pub mod terms;
pub mod turning;
pub mod window;
