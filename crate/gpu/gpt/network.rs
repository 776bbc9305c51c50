//! A transformer that is ready to read and to write on a device.

use std::{cell::RefCell, rc::Rc};

use super::{
    choose::choose,
    input::{Call, Input, Place, STEPS},
    many::{self, TOGETHER},
    memory::{GpuMemory, Pool},
    one::{self, SCORES},
    packing::pack,
    room::Room,
    sizes::{COLUMNS, Sizes},
};
use crate::attention::surgery::Surgery;
use crate::gpu::device::{Buffer, Commands, Gpu, Group, Pipeline};
use crate::gpu::kernel::Kernel;
use crate::math::decoding::Decoding;
use crate::models::{gpt_config::GptConfig, reading::ReadingHost, size::SizeError};

/// See [`FusedGpt`](crate::models::fused_gpt::FusedGpt).
#[derive(Debug)]
pub struct GpuGpt {
    gpu: Gpu,
    sizes: Sizes,
    pool: Rc<Pool>,
    kernels: RefCell<[Option<Rc<Kernels>>; 3]>,
    room: RefCell<Room>,
}

/// Which kernels read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Many,
    /// A single token each.
    One,
    /// The same, over and over: each chosen after the one before.
    Chosen,
}

#[derive(Debug)]
struct Kernels {
    attend: Pipeline,
    score: Pipeline,
    others: Vec<Pipeline>,
    choose: Option<Pipeline>,
}

/// A call's size.
#[derive(Clone, Copy, Debug)]
struct Extent {
    texts: usize,
    /// Tokens of the longest text that are read at once, and how often.
    longest: usize,
    steps: usize,
    /// Whether everything is shown.
    all: bool,
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

/// A text that was written on.
pub struct Written<R> {
    /// What was read: the token that was given, and those that were chosen.
    pub tokens: Vec<usize>,
    /// Of each token.
    pub readings: Vec<R>,
}

impl GpuGpt {
    /// Tokens that [`write`](Self::write) reads at most.
    pub const AT_ONCE: usize = STEPS;

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
        let room = RefCell::new(Room::new(gpu, config.layers, weights));
        let pool = Rc::new(Pool::new(gpu, &sizes));
        Ok(Self { gpu: gpu.clone(), sizes, pool, kernels: RefCell::default(), room })
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

    /// Compiles all that reading and writing take; without it each form waits for its kernels when it is first needed.
    pub async fn compile(&self) -> Result<(), String> {
        for form in [Form::Many, Form::One, Form::Chosen] {
            self.kernels(form).await?;
        }
        Ok(())
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
        Ok(calls.iter().map(|call| call.reading(&self.sizes, &numbers)).collect())
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

    /// Reads a token of each text after what its memory holds, and as many more as there is `noise`, which is a choice's each: every
    /// one chosen by `decoding` on the device, in f32, so that whoever asks decides again. One submit and one readback.
    pub async fn write(
        &self,
        tasks: Vec<(usize, &mut GpuMemory, &Surgery)>,
        decoding: &Decoding,
        noise: &[Vec<f64>],
    ) -> Result<Vec<Written<ReadingHost>>, String> {
        let reading = |call: &Call, numbers: &[f32]| call.reading(&self.sizes, numbers);
        self.written(tasks, decoding, noise, true, reading).await
    }

    /// The same of a single text; only scores and weights come back.
    pub async fn write_pass(
        &self,
        token: usize,
        memory: &mut GpuMemory,
        decoding: &Decoding,
        noise: &[Vec<f64>],
    ) -> Result<Written<Pass>, String> {
        let pass = |call: &Call, numbers: &[f32]| {
            let (from, maps, end) = (call.shown.lens, call.shown.maps, call.shown.rest);
            Pass { numbers: numbers[from..end].to_vec(), scores: maps - from }
        };
        let none = Surgery::none();
        let tasks = vec![(token, memory, &none)];
        let mut written = self.written(tasks, decoding, noise, false, pass).await?;
        Ok(written.remove(0))
    }

    async fn written<R>(
        &self,
        tasks: Vec<(usize, &mut GpuMemory, &Surgery)>,
        decoding: &Decoding,
        noise: &[Vec<f64>],
        all: bool,
        of: impl Fn(&Call, &[f32]) -> R,
    ) -> Result<Vec<Written<R>>, String> {
        self.gpu.fault()?;
        let kernels = self.kernels(Form::Chosen).await?;
        let extent = Extent { texts: tasks.len(), longest: 1, steps: noise.len() + 1, all };
        let place = |(token, memory, surgery): (usize, &mut GpuMemory, _)| {
            (token, self.place(memory, extent.steps, surgery))
        };
        let texts: Vec<_> = tasks.into_iter().map(place).collect();
        let input = Input::writing(&self.sizes, &texts, decoding, noise, all);
        let numbers = self.numbers(&kernels, Form::Chosen, &input, extent).await?;
        let text = |(number, (token, _)): (usize, &(usize, Place<'_>))| {
            let calls = || input.calls.iter().skip(number).step_by(texts.len());
            let chosen = calls().filter_map(|call| call.chosen(&numbers));
            let tokens = std::iter::once(*token).chain(chosen).collect();
            Written { tokens, readings: calls().map(|call| of(call, &numbers)).collect() }
        };
        Ok(texts.iter().enumerate().map(text).collect())
    }

    /// What is seen of all tasks; where it is not `all`, of a single one, without the rest.
    async fn call(
        &self,
        tasks: Vec<(&[usize], &mut GpuMemory, &Surgery)>,
        all: bool,
    ) -> Result<(Vec<Call>, Vec<f32>), String> {
        self.gpu.fault()?;
        let longest = tasks.iter().map(|(tokens, ..)| tokens.len()).max().unwrap_or(0);
        let form = if longest == 1 { Form::One } else { Form::Many };
        let kernels = self.kernels(form).await?;
        let extent = Extent { texts: tasks.len(), longest, steps: 1, all };
        let place = |(tokens, memory, surgery): (_, &mut GpuMemory, _)| {
            (tokens, self.place(memory, <[usize]>::len(tokens), surgery))
        };
        let texts: Vec<_> = tasks.into_iter().map(place).collect();
        let input = Input::reading(&self.sizes, &texts, all);
        let numbers = self.numbers(&kernels, form, &input, extent).await?;
        Ok((input.calls, numbers))
    }

    /// Where `n` more tokens of a text find what was read before; its memory is longer from now on.
    fn place<'a>(&self, memory: &mut GpuMemory, n: usize, surgery: &'a Surgery) -> Place<'a> {
        let start = memory.length;
        memory.length += n;
        Place { start, memory: memory.place(&self.pool), surgery }
    }

    async fn kernels(&self, form: Form) -> Result<Rc<Kernels>, String> {
        if let Some(kernels) = &self.kernels.borrow()[form as usize] {
            return Ok(kernels.clone());
        }
        let sizes = &self.sizes;
        let (attend, score, others) = match form {
            Form::Many => {
                (many::attend(sizes), many::score(sizes), vec![many::project(sizes), many::finish(sizes)])
            }
            Form::One | Form::Chosen => {
                let others = (sizes.hidden > 0).then(|| one::think(sizes));
                (one::attend(sizes), one::score(sizes), others.into_iter().collect())
            }
        };
        let choose = (form == Form::Chosen).then(|| choose(sizes));
        self.gpu.compile([&attend, &score].into_iter().chain(&others).chain(&choose)).await;
        let make = || {
            let made = |kernel: &Kernel| self.gpu.pipeline(kernel);
            Rc::new(Kernels {
                attend: made(&attend),
                score: made(&score),
                others: others.iter().map(made).collect(),
                choose: choose.as_ref().map(made),
            })
        };
        let kernels = self.gpu.scoped(make).await?;
        self.kernels.borrow_mut()[form as usize] = Some(kernels.clone());
        Ok(kernels)
    }

    /// What `input` is answered with.
    async fn numbers(
        &self,
        kernels: &Kernels,
        form: Form,
        input: &Input,
        extent: Extent,
    ) -> Result<Vec<f32>, String> {
        let staging = self.submit(kernels, form, input, extent);
        let numbers = self.gpu.fetch(&staging, input.answers).await?;
        self.room.borrow_mut().give_back(staging);
        Ok(numbers)
    }

    /// Writes, computes and copies; the buffer will hold the answers. Nothing waits, so calls cannot mix.
    fn submit(&self, kernels: &Kernels, form: Form, input: &Input, extent: Extent) -> Buffer {
        let Sizes { ref config, heads, vocabulary, .. } = self.sizes;
        let Extent { texts, longest, steps, all } = extent;
        let mut room = self.room.borrow_mut();
        room.take(&self.sizes, input, texts);
        let staging = room.staging(input.answers);
        let groups = room.groups(self.pool.buffer(), kernels.attend, steps);

        let mut commands = Commands::default();
        let mut run = |kernel: &Pipeline, group: &Group, x: usize, y: usize| {
            commands.dispatch(*kernel, group, [x, y, texts].map(|n| n as u32));
        };
        let tiles = longest.div_ceil(self.sizes.tile_rows());
        let streams = if all { config.layers + 1 } else { 1 };
        let (columns, scored) = match form {
            Form::Many => (COLUMNS, (streams * longest).div_ceil(self.sizes.tile_rows())),
            Form::One | Form::Chosen => (SCORES, streams),
        };
        for (step, groups) in groups.chunks_exact(config.layers + 1).take(steps).enumerate() {
            let (last, groups) = groups.split_last().expect("layers and what follows");
            for group in groups {
                if form == Form::Many {
                    run(&kernels.others[0], group, (3 * heads).div_ceil(COLUMNS), tiles);
                    run(&kernels.attend, group, longest.div_ceil(TOGETHER), config.heads);
                    run(&kernels.others[1], group, longest.div_ceil(self.sizes.finish_rows()), 1);
                } else {
                    run(&kernels.attend, group, config.heads, 1);
                    kernels.others.iter().for_each(|think| run(think, group, self.sizes.thinkers(), 1));
                }
            }
            run(&kernels.score, last, vocabulary.div_ceil(columns), scored);
            let goes_on = step + 1 < steps;
            kernels.choose.iter().filter(|_| goes_on).for_each(|choose| run(choose, last, 1, 1));
        }
        commands.copy(room.seen(), 0, &staging, 0, input.answers);
        self.gpu.submit(&commands);
        staging
    }
}
