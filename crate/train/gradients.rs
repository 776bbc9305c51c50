//! Gradients of several threads, each on its own copy of the network.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Gradients, Tensor};

/// The gradient of each parameter, flat, in the order of the network's fields.
pub type Flat = Vec<Tensor<1>>;

/// The same weights as leaves of a graph of their own: threads that share leaves wait for each other.
pub fn own_graph<M: Module>(module: M) -> M {
    module.map(&mut Leaves)
}

/// What `gradients` says of the parameters of `module`.
pub fn flat(module: &impl Module, gradients: &Gradients) -> Flat {
    let mut collect = Collect { gradients, found: Vec::new() };
    module.visit(&mut collect);
    collect.found
}

/// The mean over threads, summed in their order.
pub fn mean(all: Vec<Flat>) -> Flat {
    let share = 1.0 / all.len() as f64;
    let sum = all.into_iter().reduce(|sum, one| sum.into_iter().zip(one).map(|(a, b)| a + b).collect());
    sum.into_iter().flatten().map(|gradient| gradient * share).collect()
}

struct Leaves;

impl ModuleMapper for Leaves {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        Param::from_tensor(Tensor::from_inner(param.val().inner()))
    }
}

struct Collect<'a> {
    gradients: &'a Gradients,
    found: Flat,
}

impl ModuleVisitor for Collect<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let theta = param.val();
        let gradient = theta.grad(self.gradients).unwrap_or_else(|| theta.inner().zeros_like());
        self.found.push(gradient.flatten(0, D - 1));
    }
}
