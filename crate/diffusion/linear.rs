//! What a solver needs of the things it moves: weighted sums.

#[cfg(feature = "tensors")]
use burn::tensor::Tensor;

/// Tensors on a device, plain vectors in a test: whatever can be added with weights.
pub trait Linear: Clone {
    /// Σ weight · term, from the first to the last; at least one term, all of one shape.
    fn sum(terms: &[(f64, &Self)]) -> Self;
}

#[cfg(feature = "tensors")]
impl<const D: usize> Linear for Tensor<D> {
    fn sum(terms: &[(f64, &Self)]) -> Self {
        let scaled = |(weight, term): &(f64, &Self)| (*term).clone() * *weight;
        let (first, rest) = terms.split_first().expect("a sum has a term");
        rest.iter().fold(scaled(first), |sum, term| sum + scaled(term))
    }
}

impl Linear for Vec<f64> {
    fn sum(terms: &[(f64, &Self)]) -> Self {
        (0..terms[0].1.len()).map(|i| terms.iter().map(|(weight, term)| weight * term[i]).sum()).collect()
    }
}
