//! One lane of the race: a solver on its way down, one network call at a time.

use burn::tensor::Tensor;

use super::course::Course;
use crate::diffusion::{
    level::Level,
    solver::{Method, Solver},
    timegrid::levels,
};

pub struct Lane {
    solver: Solver<Tensor<2>>,
    /// The levels still ahead, rising; the last one is where `x` stands.
    ahead: Vec<Level>,
    /// [N, numbers a sample]
    pub x: Tensor<2>,
    /// ε at `x`, where a step of several calls is half done.
    eps: Option<Tensor<2>>,
    /// The finished samples that the last ε implies; `x` before the first.
    predicted: Tensor<2>,
    /// Network calls made.
    pub calls: usize,
}

impl Lane {
    pub fn new(method: Method, budget: usize, x: Tensor<2>, course: &impl Course) -> Self {
        let ahead = levels(course.schedule(), course.spacing(), method.steps_for(budget));
        Self { solver: Solver::new(method), ahead, predicted: x.clone(), x, eps: None, calls: 0 }
    }

    pub fn finished(&self) -> bool {
        self.ahead.len() == 1
    }

    /// One network call, and the step if it was the last call of one. Nothing after the finish.
    pub fn call(&mut self, course: &impl Course) {
        let [.., to, from] = self.ahead[..] else { return };
        self.calls += 1;
        let method = self.solver.method;
        let eps = match self.eps.take() {
            Some(eps) => eps,
            None => {
                let eps = course.denoise(self.x.clone(), from);
                self.predicted = from.sample(&self.x, &eps);
                if method.calls(to) > 1 {
                    self.eps = Some(eps);
                    return;
                }
                eps
            }
        };
        let z = (method.is_random() && to.b > 0.0).then(|| {
            let noise = course.noise(from);
            Tensor::<1>::from_data(noise.as_slice(), course.device()).reshape(self.x.dims())
        });
        let denoise = &mut |x: &Tensor<2>, at| course.denoise(x.clone(), at);
        self.x = self.solver.advance(&self.x, &eps, from, to, z.as_ref(), denoise);
        self.ahead.pop();
        if self.finished() {
            self.predicted = self.x.clone();
        }
    }

    /// The first `shown` samples that it predicts.
    pub fn predicted(&self, shown: usize) -> Tensor<2> {
        let [_, numbers] = self.predicted.dims();
        self.predicted.clone().slice([0..shown, 0..numbers])
    }
}
