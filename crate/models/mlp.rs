//! The network for points of the plane: three hidden layers that see a point and the time.

use burn::module::Module;
use burn::tensor::activation::silu;
use burn::tensor::{Device, Tensor};

use crate::math::sinusoids::sinusoids;
use crate::nn::linear::Linear;

/// Numbers of a point.
pub const INPUTS: usize = 2;
/// Width of the hidden layers.
pub const HIDDEN: usize = 128;
/// Sines, and as many cosines, that tell the time.
pub const FREQUENCIES: usize = 16;
/// Numbers of the time.
pub const TIME: usize = 2 * FREQUENCIES;
/// Numbers before and after each layer.
pub const SIZES: [usize; 5] = [INPUTS + TIME, HIDDEN, HIDDEN, HIDDEN, INPUTS];

/// [x, time] → 128 → 128 → 128 → 2 with SiLU between: 37,762 parameters.
#[derive(Module, Debug)]
pub struct Mlp {
    pub l0: Linear,
    pub l1: Linear,
    pub l2: Linear,
    pub l3: Linear,
}

impl Mlp {
    /// The network on `device`, all weights zero.
    pub fn new(device: &Device) -> Self {
        Self {
            l0: Linear::new(INPUTS + TIME, HIDDEN, device),
            l1: Linear::new(HIDDEN, HIDDEN, device),
            l2: Linear::new(HIDDEN, HIDDEN, device),
            l3: Linear::new(HIDDEN, INPUTS, device),
        }
    }

    /// What the network says of the points `x`; what that means is the trainer's choice.
    ///
    /// # Shapes
    /// - x: [B, 2]
    /// - time: [B, 32], [`sinusoids`] of each point's time, or [1, 32] for all of them
    /// - output: [B, 2]
    pub fn forward(&self, x: Tensor<2>, time: Tensor<2>) -> Tensor<2> {
        let time = time.expand([x.dims()[0], TIME]);
        let h = silu(self.l0.forward(Tensor::cat(vec![x, time], 1))); // [B, 128]
        let h = silu(self.l1.forward(h));
        let h = silu(self.l2.forward(h));
        self.l3.forward(h)
    }
}

/// The time `t` as the network sees it, on the scale of 0 to 1000 whatever T is. 32 numbers.
pub fn time_features(t: f64, last: usize) -> Vec<f32> {
    sinusoids(&[(1000.0 * t / last as f64) as f32], FREQUENCIES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::parameters::count;

    #[test]
    fn it_has_as_many_parameters_as_it_says() {
        assert_eq!(count(&Mlp::new(&Device::flex())), 37_762);
    }
}
