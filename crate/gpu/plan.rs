//! A recipe made real: buffers, groups and pipelines made once, then one write, one pass, one submit, one readback a call.

use std::{cell::RefCell, collections::HashMap};

use super::backend::Use;
use super::device::{Buffer, Commands, Gpu, Group};
use super::recipe::{Place, Recipe, Span, aligned};

/// A model for one shape, ready to run.
#[derive(Debug)]
pub struct Plan {
    gpu: Gpu,
    input: Buffer,
    inputs: Vec<Span>,
    /// What goes into `input`, from call to call.
    host: RefCell<Vec<u8>>,
    /// All dispatches.
    commands: Commands,
    /// What they are bound to, the plan's own buffers among it.
    _groups: Vec<Group>,
    answers: Vec<(Buffer, usize, usize)>,
    /// Those that no call waits for: one that was dropped in the middle takes its own along.
    staging: RefCell<Vec<Buffer>>,
    /// Numbers of all answers.
    count: usize,
}

impl Plan {
    /// `recipe` on `gpu` with the buffers it was promised.
    pub async fn new(gpu: &Gpu, recipe: &Recipe, lent: &[Buffer]) -> Result<Self, String> {
        gpu.fault()?;
        gpu.compile(recipe.steps.iter().map(|step| &step.kernel)).await;
        gpu.scoped(|| Self::made(gpu, recipe, lent)).await
    }

    fn made(gpu: &Gpu, recipe: &Recipe, lent: &[Buffer]) -> Self {
        let input = gpu.room(recipe.input_count(), Use::Told);
        let own: Vec<_> = recipe.own.iter().map(|&count| gpu.zeros(count)).collect();
        let buffer = |place: Place| match place {
            Place::Input => &input,
            Place::Own(i) => &own[i],
            Place::Lent(i) => &lent[i],
        };
        let mut commands = Commands::default();
        // Steps that repeat share their groups.
        let mut bound: HashMap<(&str, &[Span]), Group> = HashMap::new();
        for step in &recipe.steps {
            let pipeline = gpu.pipeline(&step.kernel);
            let parts = || step.spans.iter().map(|span| (buffer(span.place), span.from, span.count));
            let key = (step.kernel.text.as_str(), step.spans.as_slice());
            let group = bound.entry(key).or_insert_with(|| gpu.group(pipeline, parts()));
            commands.dispatch(pipeline, group, step.groups);
        }
        let groups = bound.into_values().collect();
        let answers: Vec<_> =
            recipe.answers.iter().map(|span| (buffer(span.place).clone(), span.from, span.count)).collect();
        Self {
            gpu: gpu.clone(),
            inputs: recipe.inputs.clone(),
            host: RefCell::new(vec![0; 4 * recipe.input_count()]),
            commands,
            _groups: groups,
            count: answers.iter().map(|(.., count)| count).sum(),
            answers,
            staging: RefCell::default(),
            input,
        }
    }

    /// The answers to `inputs`, which come in the recipe's order.
    pub async fn run(&self, inputs: &[&[f32]]) -> Result<Vec<f32>, String> {
        assert_eq!(inputs.len(), self.inputs.len(), "inputs of a plan");
        self.start(inputs, self.steps())?.numbers().await
    }

    /// Begins a call of the first `steps` of the plan, which read no more than the first of its inputs, these. Nothing waits for it yet,
    /// so that several calls under way are waited for together.
    pub fn start(&self, inputs: &[&[f32]], steps: usize) -> Result<Started<'_>, String> {
        self.gpu.fault()?;
        Ok(Started { plan: self, staging: self.submit(inputs, steps) })
    }

    /// How many steps there are.
    pub fn steps(&self) -> usize {
        self.commands.count()
    }

    /// Writes, computes and copies; what it returns will hold the answers. Nothing waits, so calls cannot mix.
    fn submit(&self, inputs: &[&[f32]], steps: usize) -> Buffer {
        if let Some(last) = inputs.len().checked_sub(1).map(|last| self.inputs[last]) {
            let mut host = self.host.borrow_mut();
            for (numbers, span) in inputs.iter().zip(&self.inputs) {
                assert_eq!(numbers.len(), span.count, "numbers of an input");
                let (to, _) = host[4 * span.from..][..4 * span.count].as_chunks_mut::<4>();
                to.iter_mut().zip(*numbers).for_each(|(to, number)| *to = number.to_le_bytes());
            }
            self.gpu.write(&self.input, 0, &host[..4 * aligned(last.from + last.count)]);
        }
        let kept = self.staging.borrow_mut().pop();
        let staging = kept.unwrap_or_else(|| self.gpu.room(self.count, Use::Answer));
        let mut commands = self.commands.first(steps);
        let mut to = 0;
        for (buffer, from, count) in &self.answers {
            commands.copy(buffer, *from, &staging, to, *count);
            to += count;
        }
        self.gpu.submit(&commands);
        staging
    }
}

/// A call under way.
#[derive(Debug)]
pub struct Started<'a> {
    plan: &'a Plan,
    staging: Buffer,
}

impl Started<'_> {
    /// Its answers, once they are there.
    pub async fn numbers(self) -> Result<Vec<f32>, String> {
        let numbers = self.plan.gpu.fetch(&self.staging, self.plan.count).await?;
        self.plan.staging.borrow_mut().push(self.staging);
        Ok(numbers)
    }
}
