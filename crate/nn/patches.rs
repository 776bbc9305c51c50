//! Patches of a picture as pixels with more channels, and back: Shi et al. 2016, <https://arxiv.org/abs/1609.05158>.
//!
//! The order is PyTorch's `pixel_unshuffle` and `pixel_shuffle`: pixel (i, j) of a patch of channel c goes to
//! channel (c · patch + i) · patch + j.

use burn::tensor::Tensor;

/// # Shapes
/// - x: [B, C, H, W], `patch` divides H and W
/// - output: [B, C · patch², H / patch, W / patch]
pub fn split(x: Tensor<4>, patch: usize) -> Tensor<4> {
    if patch == 1 {
        return x;
    }
    let [b, c, h, w] = x.dims();
    let grid = x.reshape([b, c, h / patch, patch, w / patch, patch]);
    grid.permute([0, 1, 3, 5, 2, 4]).reshape([b, c * patch * patch, h / patch, w / patch])
}

/// What [`split`] did, undone.
///
/// # Shapes
/// - x: [B, C · patch², H, W]
/// - output: [B, C, H · patch, W · patch]
pub fn join(x: Tensor<4>, patch: usize) -> Tensor<4> {
    if patch == 1 {
        return x;
    }
    let [b, c, h, w] = x.dims();
    let c = c / (patch * patch);
    let grid = x.reshape([b, c, patch, patch, h, w]);
    grid.permute([0, 1, 4, 2, 5, 3]).reshape([b, c, h * patch, w * patch])
}
