//! Lab 3 · Causal attention: a small language model writes, and everything that its heads look at is there to see,

pub mod about;
pub mod parameters;

#[cfg(feature = "networks")]
pub mod ahead;
#[cfg(feature = "networks")]
pub mod checks;
#[cfg(feature = "networks")]
pub mod curves;
#[cfg(feature = "networks")]
pub mod evidence;
#[cfg(feature = "networks")]
pub mod extend;
#[cfg(feature = "networks")]
pub mod findings;
#[cfg(feature = "networks")]
pub mod frames;
#[cfg(feature = "networks")]
pub mod lab;
#[cfg(feature = "networks")]
pub mod measures;
#[cfg(feature = "networks")]
pub mod memo;
#[cfg(feature = "networks")]
pub mod model;
#[cfg(feature = "networks")]
pub mod network;
#[cfg(feature = "networks")]
pub mod operations;
#[cfg(feature = "networks")]
pub mod parts;
#[cfg(feature = "networks")]
pub mod reading;
#[cfg(feature = "networks")]
pub mod readouts;
#[cfg(feature = "networks")]
pub mod run;
#[cfg(feature = "networks")]
pub mod runs;
#[cfg(feature = "networks")]
pub mod scores;
#[cfg(feature = "networks")]
pub mod settings;
#[cfg(feature = "networks")]
pub mod stages;
#[cfg(feature = "networks")]
pub mod state;
#[cfg(all(test, feature = "networks"))]
mod survival;
#[cfg(feature = "networks")]
pub mod untouched;

pub use about::ARTICLE;
