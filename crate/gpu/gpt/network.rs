//! A transformer that is ready to read on a device.

use std::{cell::RefCell, rc::Rc};

use super::{
    answer::Shown,
    edits,
    many::{self, TOGETHER},
    memory::{GpuMemory, Pool},
    one::{self, SCORES},
    packing::pack,
    sizes::{COLUMNS, Sizes},
    text::TASK,
};
use crate::attention::surgery::Surgery;
use crate::gpu::device::{Buffer, Gpu, Pipeline};
use crate::gpu::plan::fetch;
use crate::models::{gpt_config::GptConfig, reading::ReadingHost, size::SizeError};
use wgpu::{
    BindGroup, BindGroupDescriptor, BindGroupEntry, BindingResource, BufferBinding, BufferUsages,
    ComputePassDescriptor,
};

/// Bytes from one layer's number to the next: as near as bindings may be.
const NUMBER: usize = 256;

/// See [`FusedGpt`](crate::models::fused_gpt::FusedGpt).
#[derive(Debug)]
pub struct GpuGpt {
    gpu: Gpu,
    sizes: Sizes,
    weights: Buffer,
    /// 0, 1, … of each layer, and of what follows the last.
    numbers: Buffer,
    pool: Rc<Pool>,
    kernels: RefCell<[Option<Rc<Kernels>>; 2]>,
    room: RefCell<Room>,
}

/// Which kernels read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Many,
    /// A single token each.
    One,
}

#[derive(Debug)]
struct Kernels {
    attend: Pipeline,
    score: Pipeline,
    others: Vec<Pipeline>,
}

/// Buffers that grow as calls ask for more, and all that is bound; there is nothing of it at first.
#[derive(Debug, Default)]
struct Room {
    input: Option<Buffer>,
    stream: Option<Buffer>,
    between: Option<Buffer>,
    seen: Option<Buffer>,
    /// Not there while a call waits for it.
    staging: Option<Buffer>,
    /// The memories that are bound, and the groups of all layers and of what follows.
    bound: Option<(Buffer, Rc<Vec<BindGroup>>)>,
}

/// One text that is read.
struct Call {
    shown: Shown,
    /// What is done to the network, if anything is.
    words: Vec<u32>,
}

/// What a call gives that shows scores and weights alone.
pub struct Pass {
    /// Scores, then weights.
    pub numbers: Vec<f32>,
    scores: usize,
}

impl Pass {
    /// The scores of every next token. [N, V]
    pub fn logits(&self) -> &[f32] {
        &self.numbers[..self.scores]
    }

    /// [L, H, N, T]
    pub fn weights(&self) -> &[f32] {
        &self.numbers[self.scores..]
    }
}

impl GpuGpt {
    /// Whether these operators have a form for it.
    pub fn takes(config: &GptConfig) -> bool {
        Sizes::of(config).is_ok()
    }

    /// The network of `config` with the weights that `take` finds by their names and shapes, which are those of
    /// [`FusedGpt`](crate::models::fused_gpt::FusedGpt).
    pub fn new<E: From<SizeError>>(
        gpu: &Gpu,
        config: &GptConfig,
        take: &mut impl FnMut(&str, &[usize]) -> Result<Vec<f32>, E>,
    ) -> Result<Self, E> {
        let sizes = Sizes::of(config)?;
        let weights = gpu.buffer(&pack(&sizes, take)?);
        let count = config.layers + 1;
        let numbers = gpu.room(count * NUMBER / 4, BufferUsages::UNIFORM);
        let mut bytes = vec![0; count * NUMBER];
        bytes
            .chunks_exact_mut(NUMBER)
            .zip(0u32..)
            .for_each(|(to, l)| to[..4].copy_from_slice(&l.to_le_bytes()));
        gpu.write(&numbers, &bytes);
        let pool = Rc::new(Pool::new(gpu, &sizes));
        let (gpu, kernels, room) = (gpu.clone(), RefCell::default(), RefCell::default());
        Ok(Self { gpu, sizes, weights, numbers, pool, kernels, room })
    }

    pub fn layers(&self) -> usize {
        self.sizes.config.layers
    }

    pub fn heads(&self) -> usize {
        self.sizes.config.heads
    }

    /// Nothing was read.
    pub fn memory(&self) -> GpuMemory {
        GpuMemory::new(&self.pool)
    }

    /// The memory of a text of `length` tokens from each layer's keys and values, [H, length, dh] each.
    pub fn memory_of(&self, layers: &[[Vec<f32>; 2]], length: usize) -> GpuMemory {
        GpuMemory::of(&self.pool, &self.sizes, layers, length)
    }

    /// Compiles all that reading takes; without it each form waits for its kernels when it is first needed.
    pub async fn compile(&self) -> Result<(), String> {
        self.kernels(Form::Many).await?;
        self.kernels(Form::One).await.map(drop)
    }

    /// Reads each text's tokens after what its memory holds and shows all that happens, of all texts with one submit and one
    /// readback. A memory is longer at once, also if its reading never comes back.
    pub async fn read(
        &self,
        tasks: Vec<(&[usize], &mut GpuMemory, &Surgery)>,
    ) -> Result<Vec<ReadingHost>, String> {
        if tasks.is_empty() {
            return Ok(Vec::new());
        }
        let (calls, numbers) = self.call(tasks, true).await?;
        Ok(calls.iter().map(|Call { shown, words }| shown.reading(&self.sizes, &numbers, words)).collect())
    }

    /// Reads `tokens` after what `memory` holds; only scores and weights come back.
    pub async fn pass(
        &self,
        tokens: &[usize],
        memory: &mut GpuMemory,
        surgery: &Surgery,
    ) -> Result<Pass, String> {
        let (calls, numbers) = self.call(vec![(tokens, memory, surgery)], false).await?;
        Ok(Pass { numbers, scores: calls[0].shown.maps })
    }

    /// What is seen of all tasks; where it is not `all`, of a single one, without the rest.
    async fn call(
        &self,
        tasks: Vec<(&[usize], &mut GpuMemory, &Surgery)>,
        all: bool,
    ) -> Result<(Vec<Call>, Vec<f32>), String> {
        self.gpu.fault()?;
        let form = if tasks.iter().all(|(tokens, ..)| tokens.len() == 1) { Form::One } else { Form::Many };
        let kernels = self.kernels(form).await?;
        let (calls, count, staging) = self.submit(&kernels, form, tasks, all);
        let numbers = fetch(&self.gpu, &staging, count).await?;
        self.room.borrow_mut().staging.get_or_insert(staging);
        Ok((calls, numbers))
    }

    async fn kernels(&self, form: Form) -> Result<Rc<Kernels>, String> {
        if let Some(kernels) = &self.kernels.borrow()[form as usize] {
            return Ok(kernels.clone());
        }
        let sizes = &self.sizes;
        let make = || {
            let (attend, score, others) = match form {
                Form::Many => {
                    (many::attend(sizes), many::score(sizes), vec![many::project(sizes), many::finish(sizes)])
                }
                Form::One => {
                    let others = (sizes.hidden > 0).then(|| one::think(sizes));
                    (one::attend(sizes), one::score(sizes), others.into_iter().collect())
                }
            };
            let made = |kernel| self.gpu.pipeline(kernel);
            Rc::new(Kernels {
                attend: made(&attend),
                score: made(&score),
                others: others.iter().map(made).collect(),
            })
        };
        let kernels = self.gpu.scoped(make).await?;
        self.kernels.borrow_mut()[form as usize] = Some(kernels.clone());
        Ok(kernels)
    }

    /// Writes, computes and copies; the buffer will hold so many numbers. Nothing waits, so calls cannot mix.
    fn submit(
        &self,
        kernels: &Kernels,
        form: Form,
        tasks: Vec<(&[usize], &mut GpuMemory, &Surgery)>,
        all: bool,
    ) -> (Vec<Call>, usize, Buffer) {
        let Sizes { ref config, width, heads, vocabulary, .. } = self.sizes;
        let count = tasks.len();
        let longest = tasks.iter().map(|(tokens, ..)| tokens.len()).max().unwrap_or(0);
        let mut input = vec![0u32; count * TASK];
        let (mut calls, mut seen, mut rows) = (Vec::with_capacity(count), 0, 0);
        for (number, (tokens, memory, surgery)) in tasks.into_iter().enumerate() {
            let (start, n) = (memory.length, tokens.len());
            let sight = start + n;
            assert!(n > 0, "there is nothing to read");
            assert!(sight <= config.context, "{sight} positions, the network knows {}", config.context);
            let shown = Shown::of(&self.sizes, n, start, all, seen);
            let place = input.len();
            input.extend(tokens.iter().map(|&token| {
                assert!(token < config.vocabulary.len(), "token {token} of {}", config.vocabulary.len());
                token as u32
            }));
            let words =
                if surgery.is_none() { Vec::new() } else { edits::encode(&self.sizes, surgery, start, n) };
            let edited = [input.len(), usize::from(!words.is_empty())];
            input.extend(&words);
            let task = [
                n,
                start,
                sight,
                place,
                rows,
                edited[0],
                memory.place(&self.pool),
                edited[1],
                usize::from(all),
            ];
            let task = task.into_iter().chain([shown.lens, shown.maps, shown.rest]);
            input[number * TASK..].iter_mut().zip(task).for_each(|(to, word)| *to = word as u32);
            memory.length = sight;
            (seen, rows) = (shown.end, rows + n);
            calls.push(Call { shown, words });
        }
        let answers = if all { seen } else { calls[0].shown.rest };

        let mut room = self.room.borrow_mut();
        let between = (rows * heads).max(count * self.sizes.parts());
        let needs = [input.len(), 4 * (config.layers + 1) * rows * width, 4 * between, seen];
        room.grow(&self.gpu, needs);
        let buffer = room.input.as_ref().expect("it is there");
        self.gpu.write(buffer, &input.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>());
        let staging = room.staging.take().filter(|staging| staging.size() >= 4 * answers as u64);
        let staging =
            staging.unwrap_or_else(|| self.gpu.room(answers.next_power_of_two(), BufferUsages::MAP_READ));
        let groups = self.groups(&mut room, &kernels.attend);

        let mut commands = self.gpu.device().create_command_encoder(&Default::default());
        let mut dispatches = 0;
        {
            let mut pass = commands.begin_compute_pass(&ComputePassDescriptor::default());
            let mut run = |kernel: &Pipeline, group: Option<&BindGroup>, x: usize, y: usize| {
                pass.set_pipeline(&kernel.pipeline);
                if let Some(group) = group {
                    pass.set_bind_group(0, group, &[]);
                }
                pass.dispatch_workgroups(x as u32, y as u32, count as u32);
                dispatches += 1;
            };
            let tiles = longest.div_ceil(self.sizes.tile_rows());
            for group in &groups[..config.layers] {
                match form {
                    Form::Many => {
                        run(&kernels.others[0], Some(group), (3 * heads).div_ceil(COLUMNS), tiles);
                        run(&kernels.attend, None, longest.div_ceil(TOGETHER), config.heads);
                        run(&kernels.others[1], None, longest.div_ceil(self.sizes.finish_rows()), 1);
                    }
                    Form::One => {
                        run(&kernels.attend, Some(group), config.heads, 1);
                        kernels.others.iter().for_each(|think| run(think, None, self.sizes.thinkers(), 1));
                    }
                }
            }
            let streams = if all { config.layers + 1 } else { 1 };
            let (columns, tiles) = match form {
                Form::Many => (COLUMNS, (streams * longest).div_ceil(self.sizes.tile_rows())),
                Form::One => (SCORES, streams),
            };
            run(&kernels.score, Some(&groups[config.layers]), vocabulary.div_ceil(columns), tiles);
        }
        let buffer = room.seen.as_ref().expect("it is there");
        commands.copy_buffer_to_buffer(buffer, 0, &staging, 0, 4 * answers as u64);
        self.gpu.queue().submit([commands.finish()]);
        self.gpu.count(|counts| {
            counts.dispatches += dispatches;
            counts.submits += 1;
            counts.read += 4 * answers as u64;
        });
        (calls, answers, staging)
    }

    /// What each layer and what follows is bound to; `of` has the form of all kernels.
    fn groups(&self, room: &mut Room, of: &Pipeline) -> Rc<Vec<BindGroup>> {
        let memories = self.pool.buffer();
        if let Some((bound, groups)) = &room.bound
            && *bound == memories
        {
            return groups.clone();
        }
        let [input, stream, between, seen] = [&room.input, &room.stream, &room.between, &room.seen]
            .map(|buffer| buffer.as_ref().expect("it is there"));
        let group = |number: usize| {
            let number = BindingResource::Buffer(BufferBinding {
                buffer: &self.numbers,
                offset: (number * NUMBER) as u64,
                size: 16.try_into().ok(),
            });
            let whole = [input, &self.weights, &memories, stream, between, seen];
            let resources = std::iter::once(number).chain(whole.map(|buffer| buffer.as_entire_binding()));
            let entries: Vec<_> =
                resources.zip(0..).map(|(resource, binding)| BindGroupEntry { binding, resource }).collect();
            self.gpu.device().create_bind_group(&BindGroupDescriptor {
                label: None,
                layout: &of.layout,
                entries: &entries,
            })
        };
        let groups = Rc::new((0..=self.layers()).map(group).collect::<Vec<_>>());
        room.bound = Some((memories, groups.clone()));
        groups
    }
}

impl Room {
    /// Makes what has fewer numbers than the input, the stream, what is left between, and what is seen need.
    fn grow(&mut self, gpu: &Gpu, needs: [usize; 4]) {
        let buffers = [&mut self.input, &mut self.stream, &mut self.between, &mut self.seen];
        for (buffer, count) in buffers.into_iter().zip(needs) {
            if buffer.as_ref().is_none_or(|buffer| buffer.size() < 4 * count as u64) {
                let more = gpu.room(count.next_power_of_two(), BufferUsages::STORAGE);
                // What was submitted before still ends on the old one.
                buffer.replace(more).iter().for_each(Buffer::destroy);
                self.bound = None;
            }
        }
    }
}

impl Drop for GpuGpt {
    fn drop(&mut self) {
        let Room { input, stream, between, seen, staging, .. } = self.room.get_mut();
        let room = [input, stream, between, seen, staging].into_iter().flatten();
        room.for_each(|buffer| buffer.destroy());
        self.weights.destroy();
        self.numbers.destroy();
    }
}
