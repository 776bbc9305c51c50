//! Classifier-free guidance: Ho & Salimans 2022, <https://arxiv.org/abs/2207.12598>.

/// ε = ε_u + w (ε_c − ε_u): w = 0 ignores the label, w = 1 is the plain conditional noise, w > 1
/// exaggerates what the label changes. (Ho & Salimans write w + 1 for this w; diffusers writes this.)
pub fn guide(unconditional: &[f32], conditional: &[f32], w: f64) -> Vec<f32> {
    let w = w as f32;
    unconditional.iter().zip(conditional).map(|(u, c)| u + (c - u) * w).collect()
}
