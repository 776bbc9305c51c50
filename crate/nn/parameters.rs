//! Walks the parameters of a network by their names in files, such as `d0.conv1.weight`.

use super::host::numbers;
use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Tensor, TensorData};
use std::collections::BTreeMap;

/// Name and shape of each parameter, in the order of the fields. Reads no tensor.
pub fn shapes(module: &impl Module) -> Vec<(String, Vec<usize>)> {
    let mut visitor = Shapes::default();
    module.visit(&mut visitor);
    visitor.found
}

/// How many numbers the parameters hold together.
pub fn count(module: &impl Module) -> usize {
    shapes(module).iter().map(|(_, shape)| shape.iter().product::<usize>()).sum()
}

/// The numbers of each parameter by its name, of a network on this processor.
pub fn values(module: &impl Module) -> BTreeMap<String, Vec<f32>> {
    let mut visitor = Values::default();
    module.visit(&mut visitor);
    visitor.found
}

/// The module with every parameter replaced by what `values` gives for its name and shape.
///
/// `values` must give as many numbers as the shape holds.
pub fn fill<M: Module>(module: M, values: impl FnMut(&str, &[usize]) -> Vec<f32>) -> M {
    module.map(&mut Fill { path: Path::default(), values })
}

/// Where a walk stands. An element of a list is named after the list: `d` and `0` give `d0`.
#[derive(Default)]
pub struct Path(Vec<String>);

impl Path {
    pub fn enter(&mut self, name: &str) {
        self.0.push(name.to_owned());
    }

    pub fn exit(&mut self) {
        self.0.pop();
    }

    pub fn name(&self) -> String {
        let mut name = String::new();
        for part in &self.0 {
            let in_list = part.bytes().all(|b| b.is_ascii_digit());
            if !name.is_empty() && !in_list {
                name.push('.');
            }
            name.push_str(part);
        }
        name
    }
}

#[derive(Default)]
struct Shapes {
    path: Path,
    found: Vec<(String, Vec<usize>)>,
}

impl ModuleVisitor for Shapes {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.enter(name);
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.exit();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.found.push((self.path.name(), param.lazy_shape().to_vec()));
    }
}

#[derive(Default)]
struct Values {
    path: Path,
    found: BTreeMap<String, Vec<f32>>,
}

impl ModuleVisitor for Values {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.enter(name);
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.exit();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.found.insert(self.path.name(), numbers(param.val()));
    }
}

struct Fill<F> {
    path: Path,
    values: F,
}

impl<F: FnMut(&str, &[usize]) -> Vec<f32>> ModuleMapper for Fill<F> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.enter(name);
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.exit();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let shape = param.lazy_shape();
        let values = (self.values)(&self.path.name(), &shape);
        let device = param.lazy_device();
        Param::from_tensor(Tensor::from_data(TensorData::new(values, shape), &device))
    }
}
