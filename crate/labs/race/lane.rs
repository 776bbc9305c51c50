//! One lane of the race: a solver on its way down, one network call at a time.

use super::course::Course;
use crate::diffusion::{
    level::Level,
    solver::{Method, Solver},
    timegrid::levels,
};
use crate::runtime::error::SessionError;

pub struct Lane {
    solver: Solver<Vec<f32>>,
    /// The levels still ahead, rising; the last one is where `x` stands.
    ahead: Vec<Level>,
    /// [N, numbers a sample]
    pub x: Vec<f32>,
    /// ε at `x`, where a step of several calls is half done.
    eps: Option<Vec<f32>>,
    /// The finished samples that the last ε implies; `x` before the first.
    predicted: Vec<f32>,
    /// Network calls made.
    pub calls: usize,
}

impl Lane {
    pub fn new(method: Method, budget: usize, x: Vec<f32>, course: &impl Course) -> Self {
        let ahead = levels(course.schedule(), course.spacing(), method.steps_for(budget));
        Self { solver: Solver::new(method), ahead, predicted: x.clone(), x, eps: None, calls: 0 }
    }

    pub fn finished(&self) -> bool {
        self.ahead.len() == 1
    }

    /// One network call, and the step if it was the last call of one. Nothing after the finish.
    pub async fn call(&mut self, course: &impl Course) -> Result<(), SessionError> {
        let [.., to, from] = self.ahead[..] else { return Ok(()) };
        self.calls += 1;
        let method = self.solver.method;
        let eps = match self.eps.take() {
            Some(eps) => eps,
            None => {
                let eps = course.denoise(&self.x, from).await?;
                self.predicted = from.sample(&self.x, &eps);
                if method.calls(to) > 1 {
                    self.eps = Some(eps);
                    return Ok(());
                }
                eps
            }
        };
        let z = (method.is_random() && to.b > 0.0).then(|| course.noise(from));
        let denoise = &mut async |x: &Vec<f32>, at| course.denoise(x, at).await;
        self.x = self.solver.advance(&self.x, &eps, from, to, z.as_ref(), denoise).await?;
        self.ahead.pop();
        if self.finished() {
            self.predicted = self.x.clone();
        }
        Ok(())
    }

    /// The first `shown` of the `count` samples that it predicts.
    pub fn predicted(&self, shown: usize, count: usize) -> &[f32] {
        &self.predicted[..self.predicted.len() / count * shown]
    }
}
