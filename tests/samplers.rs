//! The samplers against numbers made apart from them, and against the laws that they have to obey.

#[path = "samplers/golden.rs"]
mod golden;
