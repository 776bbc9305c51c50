//! Tensors back to the host, natively, where waiting is allowed.

use super::tensors::HostTensor;
use crate::nn::parameters::Path;
use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::Tensor;

/// The numbers of a tensor, in row-major order.
pub fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    let data = pollster::block_on(tensor.into_data_async()).expect("the device answers");
    data.try_to_vec().expect("f32")
}

/// The parameters of a network by name, in the order of its fields.
pub fn parameters(module: &impl Module) -> Vec<(String, HostTensor)> {
    let mut visitor = Read::default();
    module.visit(&mut visitor);
    visitor.found
}

#[derive(Default)]
struct Read {
    path: Path,
    found: Vec<(String, HostTensor)>,
}

impl ModuleVisitor for Read {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.enter(name);
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.exit();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let shape = param.lazy_shape().to_vec();
        self.found.push((self.path.name(), HostTensor { shape, values: numbers(param.val()) }));
    }
}
