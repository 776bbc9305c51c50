//! Lab 3 · Causal attention: a small transformer writes, and every map of every head is there to see and change.

pub mod evidence;
pub mod readouts;
