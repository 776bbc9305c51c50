//! The parameters of a network back on the host.

use super::tensors::HostTensor;
use crate::nn::parameters::shapes;
use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::Tensor;

/// The parameters of a network by name, in the order of its fields.
pub async fn parameters(module: &impl Module) -> Result<Vec<(String, HostTensor)>, String> {
    let mut visitor = Flat { found: Vec::new() };
    module.visit(&mut visitor);
    let mut read = Vec::new();
    for ((name, shape), tensor) in shapes(module).into_iter().zip(visitor.found) {
        read.push((name, HostTensor { shape, values: crate::device::read(tensor).await? }));
    }
    Ok(read)
}

struct Flat {
    found: Vec<Tensor<1>>,
}

impl ModuleVisitor for Flat {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.found.push(param.val().flatten(0, D - 1));
    }
}
