//! AdamW: Loshchilov & Hutter 2019, algorithm 2, <https://arxiv.org/abs/1711.05101>.

use super::gradients::Flat;
use crate::fused::adam::EPSILON;
use crate::nn::parameters::Path;
use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::Tensor;
use std::collections::BTreeMap;

/// m and v of one parameter, flat.
pub type Moments = [Tensor<1>; 2];

/// The optimiser's memory: moments by the parameter's name.
pub struct AdamW {
    /// λ; biases and scales of norms do not decay.
    pub weight_decay: f64,
    /// β₁ and β₂: how much of the gradients' mean and of their squares is kept a step.
    pub betas: [f64; 2],
    /// How many steps were made.
    pub steps: usize,
    pub moments: BTreeMap<String, Moments>,
}

impl AdamW {
    pub fn new(weight_decay: f64, betas: [f64; 2]) -> Self {
        Self { weight_decay, betas, steps: 0, moments: BTreeMap::new() }
    }

    /// The module after one step with learning rate `rate` along `gradients`.
    pub fn step<M: Module>(&mut self, module: M, gradients: Flat, rate: f64) -> M {
        self.steps += 1;
        module.map(&mut Update { optimiser: self, path: Path::default(), gradients, from: 0, rate })
    }
}

/// m̂/(√v̂ + ε) along `gradient`, and the moments after it; `step` counts from 1.
pub fn direction(gradient: Flat, [m, v]: Moments, betas: [f64; 2], step: usize) -> (Flat, Moments) {
    let [beta1, beta2] = betas;
    let m = m * beta1 + gradient.clone() * (1.0 - beta1);
    let v = v * beta2 + gradient.clone() * gradient * (1.0 - beta2);
    let unbiased = |beta: f64| 1.0 - beta.powi(step as i32);
    let m_hat = m.clone() / unbiased(beta1);
    let v_hat = v.clone() / unbiased(beta2);
    (m_hat / (v_hat.sqrt() + EPSILON), [m, v])
}

struct Update<'a> {
    optimiser: &'a mut AdamW,
    path: Path,
    gradients: Flat,
    /// Where the next parameter's gradient begins.
    from: usize,
    rate: f64,
}

impl ModuleMapper for Update<'_> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.enter(name);
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.exit();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let theta = param.val();
        let shape = theta.shape();
        let theta = theta.inner().flatten::<1>(0, D - 1);
        let gradient = self.gradients.clone().narrow(0, self.from, shape.num_elements());
        self.from += shape.num_elements();
        let name = self.path.name();
        let moments = self.optimiser.moments.remove(&name);
        let moments = moments.unwrap_or_else(|| [gradient.zeros_like(), gradient.zeros_like()]);
        let decay = if D > 1 { self.optimiser.weight_decay } else { 0.0 };
        let (by, moments) = direction(gradient, moments, self.optimiser.betas, self.optimiser.steps);
        let theta = theta * (1.0 - self.rate * decay) - by * self.rate;
        self.optimiser.moments.insert(name, moments);
        Param::from_tensor(Tensor::from_inner(theta.reshape(shape)))
    }
}
