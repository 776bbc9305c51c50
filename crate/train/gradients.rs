//! Gradients of several threads, each on its own copy of the network.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Gradients, Tensor};

/// The gradients of all parameters one after another, in the order of the network's fields.
pub type Flat = Tensor<1>;

/// The same weights as leaves of a graph of their own: threads that share leaves wait for each other.
pub fn own_graph<M: Module>(module: M) -> M {
    module.map(&mut Leaves)
}

/// The network whose parameters stand one after another in `weights`, in the order of its fields.
///
/// `module` gives the shapes. Nothing is read back.
pub fn cut<M: Module>(module: M, weights: Flat) -> M {
    module.map(&mut Cut { weights, from: 0 })
}

/// The same weights as leaves of a new graph; `module` is on a device without gradients.
pub fn lifted<M: Module>(module: M) -> M {
    module.map(&mut Lift)
}

/// What `gradients` says of the parameters of `module`.
pub fn flat(module: &impl Module, gradients: &Gradients) -> Flat {
    let mut collect = Collect { gradients, found: Vec::new() };
    module.visit(&mut collect);
    Tensor::cat(collect.found, 0)
}

/// The mean over shards, summed in their order.
pub fn mean(all: Vec<Flat>) -> Flat {
    let share = 1.0 / all.len() as f64;
    all.into_iter().reduce(|sum, one| sum + one).expect("at least one shard") * share
}

struct Leaves;

impl ModuleMapper for Leaves {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        Param::from_tensor(Tensor::from_inner(param.val().inner()))
    }
}

struct Cut {
    weights: Flat,
    /// Where the next parameter begins.
    from: usize,
}

impl ModuleMapper for Cut {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let shape = param.lazy_shape();
        let size = shape.num_elements();
        let piece = self.weights.clone().narrow(0, self.from, size);
        self.from += size;
        Param::from_tensor(piece.reshape(shape))
    }
}

struct Lift;

impl ModuleMapper for Lift {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        Param::from_tensor(Tensor::from_inner(param.val()))
    }
}

struct Collect<'a> {
    gradients: &'a Gradients,
    found: Vec<Tensor<1>>,
}

impl ModuleVisitor for Collect<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let theta = param.val();
        let gradient = theta.grad(self.gradients).unwrap_or_else(|| theta.inner().zeros_like());
        self.found.push(gradient.flatten(0, D - 1));
    }
}
