//! The parameters of a network back on the host.

use super::tensors::HostTensor;
use crate::nn::{host::numbers, parameters::shapes};
use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::Tensor;

/// The parameters of a network by name, in the order of its fields.
pub fn parameters(module: &impl Module) -> Vec<(String, HostTensor)> {
    let mut visitor = Flat { found: Vec::new() };
    module.visit(&mut visitor);
    let each = shapes(module).into_iter().zip(visitor.found);
    each.map(|((name, shape), tensor)| (name, HostTensor { shape, values: numbers(tensor) })).collect()
}

struct Flat {
    found: Vec<Tensor<1>>,
}

impl ModuleVisitor for Flat {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.found.push(param.val().flatten(0, D - 1));
    }
}
