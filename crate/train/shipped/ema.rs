//! Averaged weights: what is sampled from, and what ships.

use crate::nn::parameters::Path;
use burn::module::{Module, ModuleVisitor, Param};
use burn::tensor::Tensor;
use std::collections::BTreeMap;

/// θ̄ <- k θ̄ + (1 − k) θ, flat, by the parameter's name.
#[derive(Default)]
pub struct Ema {
    pub average: BTreeMap<String, Tensor<1>>,
}

impl Ema {
    /// Takes one step of the average, keeping the share `keep` of it; the first step copies.
    pub fn update(&mut self, module: &impl Module, keep: f64) {
        module.visit(&mut Average { average: &mut self.average, path: Path::default(), keep });
    }
}

struct Average<'a> {
    average: &'a mut BTreeMap<String, Tensor<1>>,
    path: Path,
    keep: f64,
}

impl ModuleVisitor for Average<'_> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.enter(name);
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.exit();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let theta = param.val().inner().flatten::<1>(0, D - 1);
        let name = self.path.name();
        let next = match self.average.remove(&name) {
            Some(average) => average * self.keep + theta * (1.0 - self.keep),
            None => theta,
        };
        self.average.insert(name, next);
    }
}
