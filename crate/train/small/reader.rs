//! A small transformer at a running text, trained on short stretches of it and measured on stretches eight times as long: what tells
//! places apart is one of several schemes.

use std::ops::Range;
use std::rc::Rc;

use super::{Lesson, Plan};
use crate::attention::{
    mixing::{Kernel, Mixing, Sight},
    position::Position,
};
use crate::data::letters::Letters;
use crate::math::philox::{Stream, uniforms};
use crate::models::{
    fused_gpt::{
        broken::broken,
        gradient::{Answer, Layout, Texts, answer, layout, placed, surprise},
    },
    gpt_config::GptConfig,
};
use crate::train::{initial::small_gpt, safe::Broken, taken};

/// How many times as long as those of training the texts are that it is measured on.
pub const STRETCH: usize = 8;
/// Stretches of a measured text whose losses are told one by one.
pub const BINS: usize = 32;
/// Where each of the first measures stands; see [`Reader`]'s.
pub const BEYOND: usize = 0;
pub const ACCURACY: usize = 1;
pub const WITHIN: usize = 2;
/// A hard window is as wide as this share of a training text.
const SHARE: usize = 4;

/// What tells places apart in a network, and what it may learn of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    Rope,
    /// Rotary positions with a bias of queries and keys before they are turned. <https://kexue.fm/archives/9577>.
    Bias,
    Alibi,
    Kerple,
    Sandwich,
    Learned,
    Nope,
    /// Rotary positions; a head sees a quarter of a training text.
    Window,
}

impl Scheme {
    pub const ALL: [Self; 8] = [
        Self::Rope,
        Self::Bias,
        Self::Alibi,
        Self::Kerple,
        Self::Sandwich,
        Self::Learned,
        Self::Nope,
        Self::Window,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Rope => "rope",
            Self::Bias => "bias",
            Self::Alibi => "alibi",
            Self::Kerple => "kerple",
            Self::Sandwich => "sandwich",
            Self::Learned => "learned",
            Self::Nope => "nope",
            Self::Window => "window",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.name() == name)
    }

    /// Whether queries and keys are turned.
    pub fn turns(self) -> bool {
        matches!(self, Self::Rope | Self::Bias | Self::Window)
    }

    /// How the heads of a network mix that learns from texts of `length`.
    pub fn mixing(self, length: usize) -> Mixing {
        let position = match self {
            Self::Rope | Self::Bias | Self::Window => Position::Rotary,
            Self::Alibi => Position::Alibi,
            Self::Kerple => Position::Kerple,
            Self::Sandwich => Position::Sandwich,
            Self::Learned => Position::Learned,
            Self::Nope => Position::None,
        };
        let sight = if self == Self::Window { Sight::Near(length / SHARE) } else { Sight::Past };
        Mixing { kernel: Kernel::Softmax, sights: vec![sight], position }
    }
}

/// All that decides a run, besides the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    pub scheme: Scheme,
    pub width: usize,
    pub layers: usize,
    pub heads: usize,
    pub mlp: usize,
    /// Characters of a text that it learns from.
    pub length: usize,
    /// Texts a step.
    pub batch: usize,
    /// Texts of [`STRETCH`] times the length that every look reads.
    pub looked_at: usize,
    pub plan: Plan,
    pub seed: u64,
}

impl Options {
    /// The sizes of the networks that ship.
    pub fn shipped(scheme: Scheme, seed: u64) -> Self {
        let plan = Plan { steps: 3000, rate: 4e-3, looks: 5 };
        Self {
            scheme,
            width: 64,
            layers: 3,
            heads: 4,
            mlp: 128,
            length: 64,
            batch: 32,
            looked_at: 32,
            plan,
            seed,
        }
    }

    pub fn config(&self, vocabulary: &[char]) -> GptConfig {
        let Self { width, layers, heads, mlp, length, .. } = *self;
        GptConfig { vocabulary: vocabulary.to_vec(), context: length, width, layers, heads, mlp, tied: false }
    }
}

/// A network and the text that it reads.
pub struct Reader {
    pub options: Options,
    network: Network,
    text: Rc<Letters>,
    /// Numbers that stay what they were.
    frozen: Vec<Range<usize>>,
}

/// Sizes and heads of a network whose weights lie in a row.
#[derive(Clone, Debug)]
pub struct Network {
    pub config: GptConfig,
    pub scheme: Scheme,
    pub layout: Layout,
    /// Name and shape of each parameter, as they lie.
    pub shapes: Vec<(String, Vec<usize>)>,
}

impl Network {
    pub fn new(config: GptConfig, scheme: Scheme) -> Self {
        let mut shapes = config.parameters();
        let mut layout = layout(&config);
        let mut at = layout.values().map(|range| range.end).max().unwrap_or(0);
        for (name, shape) in placed(&config, &scheme.mixing(config.context).position) {
            let from = at;
            at += shape.iter().product::<usize>();
            layout.insert(name.clone(), from..at);
            shapes.push((name, shape));
        }
        Self { config, scheme, layout, shapes }
    }

    /// How many numbers it has.
    pub fn count(&self) -> usize {
        self.shapes.iter().map(|(_, shape)| shape.iter().product::<usize>()).sum()
    }

    /// How its heads mix as they learnt to.
    pub fn mixing(&self) -> Mixing {
        self.scheme.mixing(self.config.context)
    }

    /// What it says of texts of `length` characters with heads that mix as `mixing` says.
    pub fn answer(&self, mixing: &Mixing, weights: &[f32], read: &[usize], length: usize) -> Answer {
        let config = GptConfig { context: length, ..self.config.clone() };
        answer(&config, mixing, &self.layout, weights, read, length)
    }

    /// Numbers that nothing is learnt by: the bias of the norm before the heads, which would be one of queries and keys, and that of
    /// queries and keys itself where the scheme has none.
    fn frozen(&self) -> Vec<Range<usize>> {
        let place = |name: String| self.layout[&name].clone();
        let d = self.config.width;
        let of = |l: usize| {
            let norm = place(format!("l{l}.ln1.bias"));
            let bias = place(format!("l{l}.qkv.bias"));
            let bias = bias.start..bias.start + if self.scheme == Scheme::Bias { 0 } else { 2 * d };
            [norm, bias]
        };
        (0..self.config.layers).flat_map(of).collect()
    }

    /// The bias of queries and of keys of a layer, [d] each.
    pub fn biases<'a>(&self, weights: &'a [f32], l: usize) -> [&'a [f32]; 2] {
        let from = self.layout[&format!("l{l}.qkv.bias")].start;
        let d = self.config.width;
        [&weights[from..from + d], &weights[from + d..from + 2 * d]]
    }
}

/// The surprise at each character that came next, and whether it was thought the likeliest.
pub fn marks(logits: &[f32], next: &[usize], vocabulary: usize) -> Vec<(f64, bool)> {
    let of = |(row, next): (&[f32], &usize)| {
        let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f64 = row.iter().map(|score| libm::exp(f64::from(score - most))).sum();
        // A tie is no answer.
        let right = row.iter().enumerate().all(|(i, score)| i == *next || *score < row[*next]);
        (libm::log(sum) - f64::from(row[*next] - most), right)
    };
    logits.chunks_exact(vocabulary).zip(next).map(of).collect()
}

impl Reader {
    /// A text must have a few more characters than one that is measured on.
    pub fn new(options: Options, text: Rc<Letters>) -> Self {
        let network = Network::new(options.config(&text.vocabulary), options.scheme);
        Self { frozen: network.frozen(), network, text, options }
    }

    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Texts of `length` characters and one more that begin at `starts` of `text`: what is read, and what comes next.
    fn texts(text: &[usize], starts: impl Iterator<Item = usize>, length: usize) -> [Vec<usize>; 2] {
        let (mut read, mut next) = (Vec::new(), Vec::new());
        for from in starts {
            read.extend(&text[from..from + length]);
            next.extend(&text[from + 1..from + length + 1]);
        }
        [read, next]
    }

    /// What it learns from at step `step`, whatever the scheme.
    fn lesson(&self, step: usize) -> [Vec<usize>; 2] {
        let Options { batch, length, seed, .. } = self.options;
        let text = &self.text.training;
        let places = (text.len() - length) as f64;
        let draws = uniforms(seed, Stream::Batch, step as u32, batch);
        Self::texts(text, draws.into_iter().map(|u| (u * places) as usize), length)
    }

    /// Surprise and rightness by place in `count` long held-out texts, one after another: means. [8 · length]
    pub fn by_place(&self, weights: &[f32], count: usize) -> Vec<[f64; 2]> {
        let long = STRETCH * self.options.length;
        let held = &self.text.held_out;
        let most = (held.len() - 1) / long;
        let count = count.clamp(1, most.max(1));
        let mut sums = vec![[0.0; 2]; long];
        for from in (0..count).map(|i| i * long) {
            let [read, next] = Self::texts(held, std::iter::once(from), long);
            let logits = self.network.answer(&self.network.mixing(), weights, &read, long).logits;
            for (sum, (loss, right)) in
                sums.iter_mut().zip(marks(&logits, &next, self.network.config.vocabulary.len()))
            {
                sum[0] += loss / count as f64;
                sum[1] += f64::from(u8::from(right)) / count as f64;
            }
        }
        sums
    }
}

/// The mean of what stands at `places` of `by_place`.
pub fn mean(by_place: &[[f64; 2]], places: Range<usize>, which: usize) -> f64 {
    let count = places.len() as f64;
    by_place[places].iter().map(|both| both[which] / count).sum()
}

impl Lesson for Reader {
    /// The loss beyond the length of training, the share of long texts that is said rightly, the loss within the length of training,
    /// and the loss of each of [`BINS`] stretches of a long text.
    const MEASURES: usize = 3 + BINS;

    fn plan(&self) -> Plan {
        self.options.plan
    }

    /// As all small transformers begin; tables of places at 0, and KERPLE's r₁ spread over (0, 2) by heads with r₂ = 1/2, which are the
    /// means of what its authors draw them from.
    fn initial(&self) -> Vec<f32> {
        let Network { config, layout, .. } = &self.network;
        let mut all = small_gpt(config, self.options.seed);
        all.resize(self.network.count(), 0.0);
        if self.network.mixing().position == Position::Kerple {
            let heads = config.heads;
            for (_, range) in layout.iter().filter(|(name, _)| name.ends_with(".places.weight")) {
                for (h, [r1, r2]) in (0..heads).map(|h| (h, [range.start + h, range.start + heads + h])) {
                    all[r1] = libm::log((2 * h + 1) as f64 / heads as f64) as f32;
                    all[r2] = -std::f32::consts::LN_2;
                }
            }
        }
        all
    }

    fn slope(&self, weights: &[f32], step: usize) -> (f32, Vec<f32>) {
        let Network { config, layout, .. } = &self.network;
        let [read, next] = self.lesson(step);
        let counts = vec![1.0 / read.len() as f32; read.len()];
        let texts = Texts { read: &read, next: &next, counts: &counts, length: self.options.length };
        let (surprise, mut gradient) = surprise(config, &self.network.mixing(), layout, weights, &texts);
        self.frozen.iter().for_each(|range| gradient[range.clone()].fill(0.0));
        let loss = surprise.iter().map(|s| f64::from(*s)).sum::<f64>() / surprise.len() as f64;
        (loss as f32, gradient)
    }

    fn broken(&self, weights: &[f32], step: usize) -> Option<Broken> {
        let Network { config, layout, .. } = &self.network;
        let [read, next] = self.lesson(step);
        let counts = vec![1.0 / read.len() as f32; read.len()];
        let texts = Texts { read: &read, next: &next, counts: &counts, length: self.options.length };
        let (place, backward, numbers) = broken(config, &self.network.mixing(), layout, weights, &texts)?;
        Broken::of(step, backward, [&place[0], &place[1]], &numbers)
    }

    fn file(&self, weights: &[f32], steps: usize) -> Option<Vec<u8>> {
        Some(taken::reader(&self.network, weights, steps))
    }

    fn measure(&self, weights: &[f32]) -> Vec<f32> {
        let all = self.by_place(weights, self.options.looked_at);
        let (short, long) = (self.options.length, all.len());
        let bins = (0..BINS).map(|i| mean(&all, i * long / BINS..(i + 1) * long / BINS, 0));
        [mean(&all, short..long, 0), mean(&all, 0..long, 1), mean(&all, 0..short, 0)]
            .into_iter()
            .chain(bins)
            .map(|x| x as f32)
            .collect()
    }
}
