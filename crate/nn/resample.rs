//! Doubling a picture by repeating each pixel, then convolving.

use super::conv::Conv2d;
use burn::tensor::Tensor;

/// Each pixel becomes a 2x2 square.
///
/// # Shapes
/// - x: [B, C, H, W]
/// - output: [B, C, 2H, 2W]
pub fn double(x: Tensor<4>) -> Tensor<4> {
    let [b, c, h, w] = x.dims();
    let squares = x.reshape([b, c, h, 1, w, 1]).expand([b, c, h, 2, w, 2]);
    squares.reshape([b, c, 2 * h, 2 * w])
}

/// `conv` of the doubled picture, which [`Walk::Doubled`](crate::fused::convolution::Walk) does in one.
///
/// # Shapes
/// - x: [B, in, H, W]
/// - output: [B, out, 2H, 2W]
pub fn up(conv: &Conv2d, x: Tensor<4>) -> Tensor<4> {
    conv.forward(double(x))
}
