//! The race of samplers: the same noise, the same number of network calls, whose samples are best?

#[cfg(feature = "tensors")]
mod contest;
#[cfg(feature = "tensors")]
mod course;
#[cfg(feature = "tensors")]
mod lane;
#[cfg(feature = "tensors")]
mod readout;

#[cfg(feature = "tensors")]
pub use contest::Race;
#[cfg(feature = "tensors")]
pub use course::Course;
