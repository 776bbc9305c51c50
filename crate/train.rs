//! Training, and the files that networks travel in.
//!
//! [`shipped`] makes the networks that ship, natively and for minutes or hours; [`tab`] trains small ones in the page.
//! Both step with Adam ([`adamw`]) on gradients that lie in one row ([`gradients`]).

pub mod adamw;
pub mod checkpoint;
pub mod gradients;
pub mod initial;
pub mod learner;
#[cfg(not(target_family = "wasm"))]
pub mod read;
#[cfg(not(target_family = "wasm"))]
pub mod shipped;
pub mod tab;
pub mod tensors;
