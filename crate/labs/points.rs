//! Lab 2 · Diffusion in the plane: everything can be seen, and most of it has a closed form.
//!
//! After <https://kexue.fm/archives/9119>; the network is trained where it is looked at.

pub mod claims;
pub mod course;
pub mod denoiser;
pub mod fields;
pub mod frames;
pub mod names;
pub mod parameters;
pub mod probe;
pub mod quality;
pub mod readouts;
pub mod session;
pub mod settings;
pub mod shown;
pub mod sketch;
pub mod snapshot;
pub mod training;
pub mod trajectory;

use super::Lab;
use crate::experiment::parameter::text;

/// The article of this lab.
pub use super::ddpm::ARTICLE;

pub const LAB: Lab = Lab {
    id: "points",
    title: text("Diffusion in the plane", "平面上的扩散"),
    article: ARTICLE,
    model: |_| None,
    parameters: parameters::ALL,
    prepares: &["train"],
    measures: &["claims"],
    frames: &["x", "x0"],
    forks: &[],
    inputs: &[],
    normalise: parameters::normalise,
    open: session::open,
};
