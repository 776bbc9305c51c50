//! The loss of a classifier: how surprised it is by what came.

use burn::tensor::activation::log_softmax;
use burn::tensor::{Int, Tensor};

/// −ln p(target) of each row, in nats.
///
/// # Shapes
/// - logits: [N, classes]
/// - targets: [N], each below the number of classes
/// - output: [N]
pub fn cross_entropy(logits: Tensor<2>, targets: Tensor<1, Int>) -> Tensor<1> {
    let [n, _] = logits.dims();
    -log_softmax(logits, 1).gather(1, targets.reshape([n, 1])).reshape([n])
}
