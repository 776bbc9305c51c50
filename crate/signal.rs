//! How large numbers stay on their way through a network that has not learnt yet: weights, activations, attention, residual branches.

pub mod activation;
pub mod attention;
pub mod ladder;
pub mod law;
pub mod moments;
pub mod normal;
pub mod stack;
