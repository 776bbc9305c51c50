//! The race of samplers: the same noise, the same number of network calls, whose samples are best?

#[cfg(feature = "networks")]
mod contest;
#[cfg(feature = "networks")]
mod course;
#[cfg(feature = "networks")]
mod lane;
#[cfg(feature = "networks")]
mod readout;

#[cfg(feature = "networks")]
pub use contest::Race;
#[cfg(feature = "networks")]
pub use course::Course;
