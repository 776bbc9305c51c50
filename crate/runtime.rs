//! What every lab gets: [`lab`] is what it implements, [`running`] makes that a [`session`] that a page or the command
//! line pulls. No lab is named here, and no tensor.

pub mod error;
pub mod fingerprint;
pub mod frame;
pub mod kept;
pub mod lab;
pub mod pool;
pub mod readout;
pub mod running;
pub mod selection;
pub mod session;
pub mod status;
pub mod written;

/// Whether all numbers are finite: what a damaged file or a diverged network hands over is not.
pub fn all_finite<'a>(numbers: impl IntoIterator<Item = &'a f32>) -> bool {
    numbers.into_iter().all(|number| number.is_finite())
}
