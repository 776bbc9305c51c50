//! A recipe made real: buffers, bind groups and pipelines made once, then one write, one pass, one submit, one readback a call.

use std::{
    cell::RefCell,
    collections::HashMap,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, Waker},
};

use super::device::{Buffer, Gpu};
use super::recipe::{Place, Recipe, Span, aligned};
use wgpu::{
    BindGroup, BindGroupDescriptor, BindGroupEntry, BindingResource, BufferBinding, BufferUsages,
    ComputePassDescriptor, ComputePipeline, MapMode,
};

/// A model for one shape, ready to run.
#[derive(Debug)]
pub struct Plan {
    gpu: Gpu,
    input: Buffer,
    inputs: Vec<Span>,
    /// What goes into `input`, from call to call.
    host: RefCell<Vec<u8>>,
    steps: Vec<Ready>,
    answers: Vec<(Buffer, u64, u64)>,
    own: Vec<Buffer>,
    /// Those that no call waits for: one that was dropped in the middle takes its own along.
    staging: RefCell<Vec<Buffer>>,
    /// Numbers of all answers.
    count: usize,
}

#[derive(Debug)]
struct Ready {
    pipeline: ComputePipeline,
    bindings: BindGroup,
    groups: [u32; 3],
}

/// A page's memory is its own garbage collector's; a card's is given back at once.
impl Drop for Plan {
    fn drop(&mut self) {
        self.own.iter().chain([&self.input]).chain(&*self.staging.get_mut()).for_each(Buffer::destroy);
    }
}

impl Plan {
    /// `recipe` on `gpu` with the buffers it was promised.
    pub async fn new(gpu: &Gpu, recipe: &Recipe, lent: &[Buffer]) -> Result<Self, String> {
        gpu.fault()?;
        gpu.scoped(|| Self::made(gpu, recipe, lent)).await
    }

    fn made(gpu: &Gpu, recipe: &Recipe, lent: &[Buffer]) -> Self {
        let input = gpu.room(recipe.input_count(), BufferUsages::STORAGE | BufferUsages::UNIFORM);
        let own: Vec<_> = recipe.own.iter().map(|&count| gpu.room(count, BufferUsages::STORAGE)).collect();
        let buffer = |place: Place| match place {
            Place::Input => &input,
            Place::Own(i) => &own[i],
            Place::Lent(i) => &lent[i],
        };
        let mut steps: Vec<Ready> = Vec::with_capacity(recipe.steps.len());
        // Steps that repeat share their bindings.
        let mut bound: HashMap<(&str, &[Span]), BindGroup> = HashMap::new();
        for step in &recipe.steps {
            let made = gpu.pipeline(&step.kernel);
            let key = (step.kernel.text.as_str(), step.spans.as_slice());
            if let Some(bindings) = bound.get(&key) {
                let bindings = bindings.clone();
                steps.push(Ready { pipeline: made.pipeline, bindings, groups: step.groups });
                continue;
            }
            let entries: Vec<_> = step
                .spans
                .iter()
                .zip(0..)
                .map(|(span, binding)| BindGroupEntry {
                    binding,
                    resource: BindingResource::Buffer(BufferBinding {
                        buffer: buffer(span.place),
                        offset: 4 * span.from as u64,
                        size: (4 * span.count as u64).try_into().ok(),
                    }),
                })
                .collect();
            let bindings = gpu.device().create_bind_group(&BindGroupDescriptor {
                label: Some(&step.kernel.label),
                layout: &made.layout,
                entries: &entries,
            });
            bound.insert(key, bindings.clone());
            steps.push(Ready { pipeline: made.pipeline, bindings, groups: step.groups });
        }
        let answers = recipe
            .answers
            .iter()
            .map(|span| (buffer(span.place).clone(), 4 * span.from as u64, 4 * span.count as u64))
            .collect();
        Self {
            gpu: gpu.clone(),
            inputs: recipe.inputs.clone(),
            host: RefCell::new(vec![0; 4 * recipe.input_count()]),
            steps,
            answers,
            own,
            staging: RefCell::default(),
            count: recipe.answers.iter().map(|span| span.count).sum(),
            input,
        }
    }

    /// The answers to `inputs`, which come in the recipe's order.
    pub async fn run(&self, inputs: &[&[f32]]) -> Result<Vec<f32>, String> {
        assert_eq!(inputs.len(), self.inputs.len(), "inputs of a plan");
        self.start(inputs, self.steps.len())?.numbers().await
    }

    /// Begins a call of the first `steps` of the plan, which read no more than the first of its inputs, these. Nothing waits for it yet,
    /// so that several calls under way are waited for together.
    pub fn start(&self, inputs: &[&[f32]], steps: usize) -> Result<Started<'_>, String> {
        self.gpu.fault()?;
        Ok(Started { plan: self, staging: self.submit(inputs, steps) })
    }

    /// How many steps there are.
    pub fn steps(&self) -> usize {
        self.steps.len()
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
            self.gpu.write(&self.input, &host[..4 * aligned(last.from + last.count)]);
        }
        let kept = self.staging.borrow_mut().pop();
        let staging = kept.unwrap_or_else(|| self.gpu.room(self.count, BufferUsages::MAP_READ));
        let mut commands = self.gpu.device().create_command_encoder(&Default::default());
        {
            let mut pass = commands.begin_compute_pass(&ComputePassDescriptor::default());
            let mut last: Option<&ComputePipeline> = None;
            for Ready { pipeline, bindings, groups: [x, y, z] } in &self.steps[..steps] {
                if last != Some(pipeline) {
                    pass.set_pipeline(pipeline);
                    last = Some(pipeline);
                }
                pass.set_bind_group(0, bindings, &[]);
                pass.dispatch_workgroups(*x, *y, *z);
            }
        }
        let mut to = 0;
        for (buffer, from, bytes) in &self.answers {
            commands.copy_buffer_to_buffer(buffer, *from, &staging, to, *bytes);
            to += bytes;
        }
        self.gpu.queue().submit([commands.finish()]);
        self.gpu.count(|counts| {
            counts.dispatches += steps as u64;
            counts.submits += 1;
            counts.read += to;
        });
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
        let numbers = fetch(&self.plan.gpu, &self.staging, self.plan.count).await?;
        self.plan.staging.borrow_mut().push(self.staging);
        Ok(numbers)
    }
}

/// The first `count` numbers of `staging`, once the device is through with all that it was given.
pub(super) async fn fetch(gpu: &Gpu, staging: &Buffer, count: usize) -> Result<Vec<f32>, String> {
    let bytes = 0..4 * count as u64;
    let mapped = Mapped::default();
    let told = mapped.clone();
    staging.map_async(MapMode::Read, bytes.clone(), move |result| told.tell(result.is_ok()));
    let there = mapped.await;
    gpu.fault()?;
    if !there {
        return Err("WebGPU does not give its answer back".into());
    }
    let mut numbers = vec![0f32; count];
    {
        let view = staging.get_mapped_range(bytes).map_err(|error| format!("WebGPU's answer: {error}"))?;
        assert_eq!(view.len(), 4 * count, "bytes of an answer");
        // A page's processor and the device both put the low byte first, and a megabyte is no place for a loop.
        // SAFETY: both are so many bytes long, and any four are a number.
        unsafe { std::ptr::copy_nonoverlapping(view.as_ptr(), numbers.as_mut_ptr().cast(), 4 * count) };
    }
    staging.unmap();
    Ok(numbers)
}

/// Whether a buffer could be mapped, once that is known.
#[derive(Clone, Default)]
struct Mapped(Arc<Mutex<(Option<bool>, Option<Waker>)>>);

impl Mapped {
    fn tell(&self, there: bool) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 = Some(there);
        if let Some(waker) = state.1.take() {
            waker.wake();
        }
    }
}

impl Future for Mapped {
    type Output = bool;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<bool> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match state.0 {
            Some(there) => Poll::Ready(there),
            None => {
                state.1 = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
