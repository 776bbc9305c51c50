//! The network for points of the plane in tensors: three hidden layers that see a point and the time.

use burn::module::Module;
use burn::tensor::activation::silu;
use burn::tensor::{Device, Tensor};

use super::fused_mlp::{HIDDEN, INPUTS, TIME};
use crate::nn::linear::Linear;

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
    /// - time: [B, 32], the sinusoids of each point's time, or [1, 32] for all of them
    /// - output: [B, 2]
    pub fn forward(&self, x: Tensor<2>, time: Tensor<2>) -> Tensor<2> {
        let time = time.expand([x.dims()[0], TIME]);
        let h = silu(self.l0.forward(Tensor::cat(vec![x, time], 1))); // [B, 128]
        let h = silu(self.l1.forward(h));
        let h = silu(self.l2.forward(h));
        self.l3.forward(h)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::fused_mlp::COUNT;
    use crate::nn::parameters::count;

    #[test]
    fn it_has_as_many_parameters_as_it_says() {
        assert_eq!([count(&Mlp::new(&Device::flex())), COUNT], [37_762; 2]);
    }
}
