//! What a solver needs of the things it moves: weighted sums.

/// Plain vectors: whatever can be added with weights.
pub trait Linear: Clone {
    /// Σ weight · term, from the first to the last; at least one term, all of one shape.
    fn sum(terms: &[(f64, &Self)]) -> Self;
}

impl Linear for Vec<f32> {
    fn sum(terms: &[(f64, &Self)]) -> Self {
        let ((weight, term), rest) = terms.split_first().expect("a sum has a term");
        let mut sum: Vec<f32> = term.iter().map(|x| x * *weight as f32).collect();
        for (weight, term) in rest {
            assert_eq!(sum.len(), term.len(), "terms of one shape");
            sum.iter_mut().zip(*term).for_each(|(sum, x)| *sum += x * *weight as f32);
        }
        sum
    }
}

impl Linear for Vec<f64> {
    fn sum(terms: &[(f64, &Self)]) -> Self {
        (0..terms[0].1.len()).map(|i| terms.iter().map(|(weight, term)| weight * term[i]).sum()).collect()
    }
}
