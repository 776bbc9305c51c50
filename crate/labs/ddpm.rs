//! Lab 1 · DDPM: a picture is demolished into rubble and rebuilt, after <https://kexue.fm/archives/9119>.

pub mod about;
pub mod claim;
pub mod collapse;
pub mod extend;
pub mod fork;
pub mod frames;
pub mod greedy;
pub mod inversion;
pub mod keys;
pub mod lab;
pub mod level_path;
pub mod noise_claims;
pub mod parameters;
pub mod part;
pub mod partial_noising;
pub mod readouts;
pub mod real;
pub mod sampler_config;
pub mod schedule_claims;
pub mod settings;
pub mod state;
pub mod trajectory;
pub mod tree;
pub mod walk;

#[cfg(feature = "networks")]
pub mod advance_greedy;
#[cfg(feature = "networks")]
pub mod advance_partial_noising;
#[cfg(feature = "networks")]
pub mod climb;
#[cfg(feature = "networks")]
pub mod course;
#[cfg(feature = "networks")]
pub mod denoiser;
#[cfg(feature = "networks")]
pub mod network;

#[cfg(not(feature = "networks"))]
#[path = "ddpm/without_network.rs"]
pub mod network;

pub use about::ARTICLE;

#[cfg(test)]
mod tests;
