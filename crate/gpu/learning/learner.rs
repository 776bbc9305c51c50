//! A network on its way on the device, and Adam's memory of it.

use std::cell::{Cell, OnceCell};

use super::adam::{Pace, told};
use super::tape::{AVERAGE, MOMENTS, Network, SLICES, TABLE, Tape, WEIGHTS};
use crate::gpu::device::{Buffer, Gpu};
use crate::gpu::plan::{Plan, Started};
use crate::gpu::recipe::Recipe;

/// Most steps of a submit.
pub const STEPS: usize = 10;

/// Weights and moments stay on the device between calls; [`numbers`](Self::numbers) brings them back.
#[derive(Debug)]
pub struct GpuLearner {
    gpu: Gpu,
    network: Box<dyn Network>,
    /// In the order of the tape, but for the kernels' numbers, which are each plan's own: weights, moments, table, average.
    lent: [Buffer; 4],
    /// Steps begun.
    steps: Cell<usize>,
    plans: OnceCell<Plans>,
}

#[derive(Debug)]
struct Plans {
    learn: Plan,
    look: Option<Plan>,
    numbers: Plan,
}

/// Losses under way.
#[derive(Debug)]
pub struct Losses<'a> {
    call: Started<'a>,
    count: usize,
}

impl Losses<'_> {
    /// Those of each step, one step after another.
    pub async fn numbers(self) -> Result<Vec<f32>, String> {
        let mut losses = self.call.numbers().await?;
        losses.truncate(self.count);
        Ok(losses)
    }
}

impl GpuLearner {
    /// `network` after so many `steps`, with `numbers` as [`numbers`](Self::numbers) gives them.
    pub fn new(gpu: &Gpu, network: Box<dyn Network>, numbers: &[f32], steps: usize) -> Self {
        let count = network.count();
        let parts = if network.averages() { 4 } else { 3 };
        assert_eq!(numbers.len(), parts * count, "numbers of the network");
        let (weights, rest) = numbers.split_at(count);
        let (average, moments) = rest.split_at((parts - 3) * count);
        let lent = [weights, moments, &network.table(), average].map(|numbers| gpu.buffer(numbers));
        Self { gpu: gpu.clone(), network, lent, steps: Cell::new(steps), plans: OnceCell::new() }
    }

    /// `network` at its first step, with `weights` in its own order.
    pub fn first(gpu: &Gpu, network: Box<dyn Network>, weights: &[f32]) -> Self {
        let copies = if network.averages() { 2 } else { 1 };
        let numbers = [weights.repeat(copies), vec![0.0; 2 * weights.len()]].concat();
        Self::new(gpu, network, &numbers, 0)
    }

    /// Makes all plans, once.
    pub async fn ready(&self) -> Result<(), String> {
        if self.plans.get().is_none() {
            let looks = Tape::look(&*self.network);
            let plans = Plans {
                learn: self.made(Tape::new(&*self.network, STEPS, true)).await?,
                look: match looks.recipe.answers.is_empty() {
                    true => None,
                    false => Some(self.made(looks).await?),
                },
                numbers: self.plan_of_numbers().await?,
            };
            // Whoever was first has made the same.
            drop(self.plans.set(plans));
        }
        Ok(())
    }

    fn plans(&self) -> &Plans {
        self.plans.get().expect("a learner that is ready")
    }

    /// Begins as many steps as there are `inputs`, at most [`STEPS`], each as the network says and at its pace: the losses of each
    /// before it. After an error nobody knows how far the weights came.
    pub fn begin(
        &self,
        inputs: &[Vec<Vec<f32>>],
        pace: impl Fn(usize) -> Pace,
    ) -> Result<Losses<'_>, String> {
        let (plan, n) = (&self.plans().learn, inputs.len());
        assert!((1..=STEPS).contains(&n), "{n} steps of a call");
        let adam: Vec<_> = (self.steps.get() + 1..).take(n).map(|step| told(step, pace(step))).collect();
        let all = inputs.iter().zip(&adam);
        let all = all.flat_map(|(inputs, adam)| inputs.iter().map(Vec::as_slice).chain([adam.as_slice()]));
        let call = plan.start(&all.collect::<Vec<_>>(), plan.steps() / STEPS * n)?;
        self.steps.set(self.steps.get() + n);
        Ok(Losses { call, count: n * self.network.losses() })
    }

    /// Any number of steps, and their losses.
    pub async fn learn(
        &self,
        inputs: &[Vec<Vec<f32>>],
        pace: impl Fn(usize) -> Pace,
    ) -> Result<Vec<f32>, String> {
        self.ready().await?;
        let begun =
            inputs.chunks(STEPS).map(|inputs| self.begin(inputs, &pace)).collect::<Result<Vec<_>, _>>()?;
        let mut losses = Vec::new();
        for call in begun {
            losses.extend(call.numbers().await?);
        }
        Ok(losses)
    }

    /// Begins a look at the network as it is after the steps that have begun.
    pub fn look(&self, inputs: &[Vec<f32>]) -> Result<Started<'_>, String> {
        let plan = self.plans().look.as_ref().expect("a network that is looked at");
        plan.start(&inputs.iter().map(Vec::as_slice).collect::<Vec<_>>(), plan.steps())
    }

    /// Begins to bring back the weights, their average if there is one, m and v after the steps that have begun, in the network's order.
    pub fn numbers(&self) -> Result<Started<'_>, String> {
        self.plans().numbers.start(&[], 0)
    }

    /// The losses of a step that is not made, and its gradient by all weights.
    pub async fn gradient(&self, inputs: &[Vec<f32>]) -> Result<(Vec<f32>, Vec<f32>), String> {
        let steps = self.made(Tape::new(&*self.network, 1, false)).await?;
        let inputs: Vec<_> = inputs.iter().map(Vec::as_slice).collect();
        let answer = steps.run(&inputs).await?;
        let (losses, slices) = answer.split_at(self.network.losses());
        let count = self.network.count();
        // In Adam's order, so that the sums have Adam's bits.
        let half = |from: usize, i: usize| {
            let each = (from..from + SLICES / 2).map(|slice| slices[slice * count + i]);
            each.reduce(|sum, g| sum + g).expect("slices")
        };
        let sum = (0..count).map(|i| half(0, i) + half(SLICES / 2, i)).collect();
        Ok((losses.to_vec(), sum))
    }

    async fn plan_of_numbers(&self) -> Result<Plan, String> {
        let count = self.network.count();
        let mut recipe = Recipe::default();
        recipe.answer(Recipe::lent(WEIGHTS, 0, count));
        if self.network.averages() {
            recipe.answer(Recipe::lent(AVERAGE, 0, count));
        }
        recipe.answer(Recipe::lent(MOMENTS, 0, 2 * count));
        // It asks no kernel, which would be told something.
        Plan::new(&self.gpu, &recipe, &self.lent(&self.lent[0])).await
    }

    /// All that a plan is lent, in the order of the tape.
    fn lent(&self, numbers: &Buffer) -> [Buffer; 5] {
        let [weights, moments, table, average] = &self.lent;
        const { assert!(WEIGHTS == 0 && MOMENTS == 1 && TABLE == 3 && AVERAGE == 4) };
        [weights, moments, numbers, table, average].map(Buffer::clone)
    }

    async fn made(&self, tape: Tape) -> Result<Plan, String> {
        let numbers = self.gpu.told(&tape.numbers);
        Plan::new(&self.gpu, &tape.recipe, &self.lent(&numbers)).await
    }
}
