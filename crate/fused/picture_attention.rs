//! Self-attention among the pixels of a picture, as `nn::attention` of the engine has it in tensors.

use super::activation::softmax;
use super::matrix::{Panels, Start};

/// softmax(Q Kᵀ/√d) V of every head, a pixel a row of Q, K and V, [N, d]; tensors have them transposed. On WebGPU `gpu::attention`.
///
/// # Shapes
/// - qkv: [N, 3 C], queries, keys and values of N pixels; number head · d + i of each belongs to that head
/// - output: [N, C]
pub fn attend(qkv: &[f32], heads: usize, channels: usize, output: &mut [f32]) {
    let (n, d, row) = (output.len() / channels, channels / heads, 3 * channels);
    let mut weights = vec![0.0; n * n];
    let scale = 1.0 / (d as f32).sqrt();
    for head in 0..heads {
        let (q, k, v) = (head * d, channels + head * d, 2 * channels + head * d);
        let keys = Panels::new(d, n, |i, j| qkv[j * row + k + i] * scale);
        let values = Panels::new(n, d, |i, j| qkv[i * row + v + j]);
        keys.multiply_part(&qkv[q..], row, n, d, n, Start::Zero, &mut weights, n);
        weights.chunks_exact_mut(n).for_each(softmax);
        values.multiply_part(&weights, n, n, n, d, Start::Zero, &mut output[head * d..], channels);
    }
}
