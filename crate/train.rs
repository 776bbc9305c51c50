//! Training, and the files that networks travel in.
//!
//! `shipped` makes the networks that ship, natively and for minutes or hours; `tab` trains small ones in the page.
//! Both step with Adam (`adamw`) on gradients that lie in one row (`gradients`). Without tensors there are the files
//! ([`tensors`]), the networks of fused operators that they hold ([`fused`]), and a trainer of small ones ([`small`]), one by one or
//! several that differ in one thing ([`twins`]).

#[cfg(feature = "tensors")]
pub mod adamw;
#[cfg(feature = "tensors")]
pub mod checkpoint;
pub mod fused;
#[cfg(feature = "tensors")]
pub mod gradients;
#[cfg(feature = "tensors")]
pub mod initial;
#[cfg(feature = "tensors")]
pub mod learner;
#[cfg(all(feature = "tensors", not(target_family = "wasm")))]
pub mod read;
pub mod safe;
#[cfg(all(feature = "tensors", not(target_family = "wasm")))]
pub mod shipped;
pub mod small;
#[cfg(feature = "tensors")]
pub mod tab;
pub mod tensors;
pub mod twins;
