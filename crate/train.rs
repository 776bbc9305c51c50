//! Training, and the files that networks travel in.
//!
//! `shipped` makes the networks that ship, natively and for minutes or hours; `tab` trains small ones in the page, over fused
//! operators. Both step with Adam (`adamw` in tensors, [`fused::adam`](crate::fused::adam) otherwise) on gradients that lie in one
//! row. [`tensors`] are the files, and [`fused`] the networks of fused operators that they hold. [`small`] trains small transformers of
//! any head and sight, one by one or several that differ in one thing ([`twins`]).

#[cfg(feature = "tensors")]
pub mod adamw;
#[cfg(feature = "tensors")]
pub mod checkpoint;
pub mod fused;
#[cfg(feature = "tensors")]
pub mod gradients;
pub mod initial;
pub mod learner;
pub mod listed;
#[cfg(feature = "tensors")]
pub mod read;
pub mod safe;
#[cfg(feature = "tensors")]
pub mod shipped;
pub mod small;
pub mod tab;
pub mod taken;
pub mod tensors;
pub mod twins;
pub mod widths;
