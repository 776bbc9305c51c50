//! A network on its way on the device, and Adam's memory of it.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use super::adam::told;
use super::tape::{MOMENTS, Network, SLICES, Tape, WEIGHTS};
use crate::gpu::device::{Buffer, Gpu};
use crate::gpu::plan::Plan;
use crate::gpu::recipe::Recipe;

/// Weights and moments stay on the device between calls; [`state`](Self::state) brings them back.
#[derive(Debug)]
pub struct GpuLearner<N> {
    gpu: Gpu,
    network: N,
    /// Of all plans: weights, moments, table.
    weights: Buffer,
    moments: Buffer,
    table: Buffer,
    /// Steps made.
    steps: usize,
    /// By the number of steps of a call.
    plans: RefCell<HashMap<usize, Rc<Steps>>>,
}

/// A plan with the buffer of what its kernels are told.
#[derive(Debug)]
struct Steps {
    plan: Plan,
    numbers: Buffer,
}

impl Drop for Steps {
    fn drop(&mut self) {
        self.numbers.destroy();
    }
}

impl<N> Drop for GpuLearner<N> {
    fn drop(&mut self) {
        [&self.weights, &self.moments, &self.table].into_iter().for_each(Buffer::destroy);
    }
}

impl<N: Network> GpuLearner<N> {
    /// `network` at its first step, with `weights` in its own order.
    pub fn new(gpu: &Gpu, network: N, weights: &[f32]) -> Self {
        assert_eq!(weights.len(), network.count(), "weights of the network");
        Self {
            gpu: gpu.clone(),
            weights: gpu.buffer(weights),
            moments: gpu.zeros(2 * weights.len()),
            table: gpu.buffer(&network.table()),
            steps: 0,
            plans: RefCell::default(),
            network,
        }
    }

    /// Steps made so far.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// As many steps as there are `inputs`, each as the network says and at its rate; the loss of each before it. After an error
    /// nobody knows how far the weights came.
    pub async fn learn<const K: usize>(
        &mut self,
        inputs: &[[Vec<f32>; K]],
        rate: impl Fn(usize) -> f64,
    ) -> Result<Vec<f32>, String> {
        let steps = self.plan(inputs.len()).await?;
        let adam: Vec<_> = (self.steps + 1..).take(inputs.len()).map(|step| told(step, rate(step))).collect();
        let all = inputs.iter().zip(&adam);
        let all = all.flat_map(|(inputs, adam)| inputs.iter().map(Vec::as_slice).chain([adam.as_slice()]));
        let losses = steps.plan.run(&all.collect::<Vec<_>>()).await?;
        self.steps += inputs.len();
        Ok(losses)
    }

    /// The loss of a step that is not made, and its gradient by all weights.
    pub async fn gradient<const K: usize>(&self, inputs: &[Vec<f32>; K]) -> Result<(f32, Vec<f32>), String> {
        let steps = self.made(1, false).await?;
        let inputs: Vec<_> = inputs.iter().map(Vec::as_slice).collect();
        let answer = steps.plan.run(&inputs).await?;
        let (loss, slices) = answer.split_at(1);
        let count = self.network.count();
        // In Adam's order, so that the sums have Adam's bits.
        let half = |from: usize, i: usize| {
            let each = (from..from + SLICES / 2).map(|slice| slices[slice * count + i]);
            each.reduce(|sum, g| sum + g).expect("slices")
        };
        let sum = (0..count).map(|i| half(0, i) + half(SLICES / 2, i)).collect();
        Ok((loss[0], sum))
    }

    /// The weights, then m and v, in the network's order.
    pub async fn state(&self) -> Result<[Vec<f32>; 3], String> {
        let count = self.network.count();
        let mut recipe = Recipe::default();
        recipe.answer(Recipe::lent(WEIGHTS, 0, count));
        recipe.answer(Recipe::lent(MOMENTS, 0, 2 * count));
        let plan = Plan::new(&self.gpu, &recipe, &[self.weights.clone(), self.moments.clone()]).await?;
        let numbers = plan.run(&[]).await?;
        let part = |i: usize| numbers[i * count..(i + 1) * count].to_vec();
        Ok([part(0), part(1), part(2)])
    }

    async fn plan(&self, steps: usize) -> Result<Rc<Steps>, String> {
        let known = self.plans.borrow().get(&steps).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let made = Rc::new(self.made(steps, true).await?);
        self.plans.borrow_mut().insert(steps, made.clone());
        Ok(made)
    }

    async fn made(&self, steps: usize, learns: bool) -> Result<Steps, String> {
        assert!(steps > 0, "steps of a call");
        let Tape { recipe, numbers, .. } = Tape::new(&self.network, steps, learns);
        let numbers = self.gpu.told(&numbers);
        let lent = [&self.weights, &self.moments, &numbers, &self.table].map(Buffer::clone);
        Ok(Steps { plan: Plan::new(&self.gpu, &recipe, &lent).await?, numbers })
    }
}
