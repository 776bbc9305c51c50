//! A small transformer of sub-layers at its exercises: where its norms stand, by what its logits are divided, whether its rate rises at first;
//! its loss, and how large its numbers are while it learns.

use std::cell::OnceCell;

use super::{Lesson, Plan};
use crate::data::exercises::{Exercise, Sheet};
use crate::math::{normal::normals, philox::Stream};
use crate::models::sublayers::{Config, Network, Part, Places, Residual, Stage, Texts};
use crate::train::{safe::Broken, taken};

/// Texts that are never learnt from and that every look reads.
const HELD_OUT: usize = 96;
/// Of them, those whose logits are looked at.
const LOOKED_AT: usize = 16;

/// How products of queries and keys are kept from growing with their size d.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    /// Not at all: their deviation is √d at first.
    None,
    /// They are divided by √d.
    Root,
}

/// All that decides a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    pub exercise: Exercise,
    pub residual: Residual,
    pub division: Division,
    /// Whether the rate rises in the first tenth of the run.
    pub warms_up: bool,
    pub width: usize,
    pub heads: usize,
    pub mlp: usize,
    /// Sub-layers.
    pub depth: usize,
    /// Texts a step.
    pub batch: usize,
    pub plan: Plan,
    pub seed: u64,
}

/// The share of a run in which the rate rises, where it does.
const WARM_UP: f64 = 0.1;

impl Options {
    fn config(&self) -> Config {
        let Self { residual, width, heads, mlp, depth, .. } = *self;
        let scale = match self.division {
            Division::None => 1.0,
            Division::Root => 1.0 / ((width / heads) as f32).sqrt(),
        };
        Config { vocabulary: self.exercise.vocabulary().len(), width, heads, mlp, depth, residual, scale }
    }
}

/// A network and its exercises.
pub struct Stacked {
    pub options: Options,
    pub config: Config,
    pub places: Places,
    held_out: OnceCell<Sheet>,
}

impl Stacked {
    pub fn new(options: Options) -> Self {
        let config = options.config();
        Self { places: Places::of(&config), held_out: OnceCell::new(), config, options }
    }

    /// What it learns from at step `step`.
    pub fn lesson(&self, step: usize) -> Sheet {
        self.options.exercise.lesson(self.options.seed, step as u32, self.options.batch)
    }

    /// What it is measured on, which it never learns from.
    pub fn held_out(&self) -> &Sheet {
        self.held_out.get_or_init(|| self.options.exercise.held_out(self.options.seed, HELD_OUT))
    }

    pub fn network<'a>(&'a self, weights: &'a [f32]) -> Network<'a> {
        Network::new(&self.config, &self.places, weights)
    }

    /// Asks `with` about step `step` of the network of `weights`.
    pub fn at_step<T>(
        &self,
        weights: &[f32],
        step: usize,
        with: impl FnOnce(&Network<'_>, &Texts<'_>) -> T,
    ) -> T {
        let sheet = self.lesson(step);
        let share = 1.0 / sheet.counted.iter().filter(|counted| **counted).count().max(1) as f32;
        let counts: Vec<f32> =
            sheet.counted.iter().map(|counted| if *counted { share } else { 0.0 }).collect();
        let texts = Texts { read: &sheet.read, say: &sheet.say, counts: &counts, length: sheet.length };
        with(&self.network(weights), &texts)
    }

    /// The root mean square of all numbers of the maps, whose places are `of` true.
    fn size(&self, numbers: impl Fn(usize) -> f32, of: impl Fn(Part) -> bool) -> f32 {
        let ranges = self.places.all().iter().filter(|(part, _)| of(*part)).map(|(_, range)| range.clone());
        let (mut squares, mut count) = (0.0, 0);
        for i in ranges.flatten() {
            squares += f64::from(numbers(i)).powi(2);
            count += 1;
        }
        (squares / count.max(1) as f64).sqrt() as f32
    }
}

/// What a stage is called, sub-layers counted from 1.
pub fn named(stage: Stage) -> [String; 2] {
    let of = |l: usize, en: &str, zh: &str| {
        [format!("sub-layer {}, {en}", l + 1), format!("第 {} 个子层，{zh}", l + 1)]
    };
    match stage {
        Stage::Embedded => ["the embedding".to_owned(), "嵌入".to_owned()],
        Stage::Normed(l) => of(l, "what it reads", "它的输入"),
        Stage::Queries(l) => of(l, "queries, keys and values", "查询、键与值"),
        Stage::Logits(l) => of(l, "logits q·k", "logits q·k"),
        Stage::Weights(l) => of(l, "softmax", "softmax"),
        Stage::Mixed(l) => of(l, "what its head gives", "头的输出"),
        Stage::Hidden(l) => of(l, "hidden units", "隐藏单元"),
        Stage::Branch(l) => of(l, "its branch", "分支的输出"),
        Stage::Sum(l) => of(l, "the residual sum", "残差和"),
        Stage::Scores => ["the scores of all values".to_owned(), "输出的得分".to_owned()],
    }
}

/// Whether a part is a map, all of whose numbers take part in every step.
fn is_map(part: Part) -> bool {
    match part {
        Part::Qkv(_) | Part::Proj(_) | Part::Fc1(_) | Part::Fc2(_) | Part::Head => true,
        Part::Embedding | Part::Gain(_) | Part::Bias(_) | Part::Alpha(_) => false,
    }
}

/// Whether it is a map of the first sub-layer.
fn is_first(part: Part) -> bool {
    matches!(part, Part::Qkv(0) | Part::Proj(0))
}

impl Lesson for Stacked {
    /// The mean surprise at what counts in texts that are held out, the share of it that is said rightly; of all attention sub-layers together
    /// the deviation of the logits within a row and the mean of a row's largest weight, over rows that see at least half of the text.
    const MEASURES: usize = 4;
    /// The root mean square of a step of the maps over the rate, and of the gradient of the first sub-layer.
    const WATCHED: usize = 2;

    fn plan(&self) -> Plan {
        self.options.plan
    }

    /// It rises in the first tenth, or begins at its highest, and falls in a straight line to nothing after the last step.
    fn rate_at(&self, step: usize) -> f64 {
        let Plan { steps, rate, .. } = self.options.plan;
        let share = step as f64 / (steps + 1) as f64;
        let falls = (1.0 - share) / (1.0 - WARM_UP);
        rate * if self.options.warms_up { (share / WARM_UP).min(falls) } else { falls.min(1.0) }
    }

    /// N(0, 1/fan-in), embeddings N(0, 1), scales of norms 1, shifts 0; ReZero's α 0. DeepNorm's values and maps behind them are smaller by
    /// (4 L)^−¼ for L sub-layers.
    fn initial(&self) -> Vec<f32> {
        let Config { width: d, residual, depth, .. } = self.config;
        let calm = if residual == Residual::Deepnorm { (4.0 * depth as f32).powf(-0.25) } else { 1.0 };
        let mut all = Vec::with_capacity(self.places.count());
        for (step, (part, shape)) in self.config.parts().into_iter().enumerate() {
            let count: usize = shape.iter().product();
            let fan_in = shape.last().copied().unwrap_or(1) as f32;
            let deviation = match part {
                Part::Gain(_) => {
                    all.extend(std::iter::repeat_n(1.0, count));
                    continue;
                }
                Part::Bias(_) | Part::Alpha(_) => 0.0,
                Part::Embedding => 1.0,
                Part::Qkv(_) | Part::Head => 1.0 / fan_in.sqrt(),
                Part::Proj(_) | Part::Fc1(_) | Part::Fc2(_) => calm / fan_in.sqrt(),
            };
            let from = all.len();
            all.extend(
                normals(self.options.seed, Stream::Weights, step as u32, count).iter().map(|z| deviation * z),
            );
            if let Part::Qkv(_) = part {
                all[from + 2 * d * d..].iter_mut().for_each(|w| *w *= calm);
            }
        }
        all
    }

    fn slope(&self, weights: &[f32], step: usize) -> (f32, Vec<f32>) {
        self.at_step(weights, step, |network, texts| {
            let (surprise, gradient) = network.surprise(texts);
            let terms = surprise.iter().zip(texts.counts).filter(|(_, count)| **count > 0.0);
            let loss: f64 = terms.map(|(s, count)| f64::from(*s) * f64::from(*count)).sum();
            (loss as f32, gradient)
        })
    }

    fn file(&self, weights: &[f32], steps: usize) -> Option<Vec<u8>> {
        Some(taken::sublayers(self, weights, steps))
    }

    fn measure(&self, weights: &[f32]) -> Vec<f32> {
        let sheet = self.held_out();
        let (network, t) = (self.network(weights), sheet.length);
        let scores = network.read(&sheet.read, t).scores;
        let (mut surprise, mut right, mut count) = (0.0, 0, 0);
        let rows = scores.chunks_exact(self.config.vocabulary).zip(sheet.say.iter().zip(&sheet.counted));
        for (row, (&say, _)) in rows.filter(|(_, (_, counted))| **counted) {
            let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let sum: f64 = row.iter().map(|score| libm::exp(f64::from(score - most))).sum();
            surprise += libm::log(sum) - f64::from(row[say] - most);
            // A tie is no answer.
            right += usize::from(row.iter().enumerate().all(|(i, score)| i == say || *score < row[say]));
            count += 1;
        }
        let count = f64::from(count.max(1));
        let reading = network.read(&sheet.read[..LOOKED_AT * t], t);
        let (mut variance, mut largest, mut looked) = (0.0, 0.0, 0);
        for [logits, weights] in (0..self.config.depth).filter_map(|l| reading.attention(l)) {
            let rows = logits.chunks_exact(t).zip(weights.chunks_exact(t)).enumerate();
            for (i, (logits, weights)) in rows.filter(|(i, _)| i % t >= t / 2) {
                let seen = &logits[..=i % t];
                let n = seen.len() as f64;
                let mean = seen.iter().map(|x| f64::from(*x)).sum::<f64>() / n;
                variance += seen.iter().map(|x| (f64::from(*x) - mean).powi(2)).sum::<f64>() / (n - 1.0);
                largest += f64::from(weights.iter().copied().fold(0.0, f32::max));
                looked += 1;
            }
        }
        let looked = f64::from(looked.max(1));
        [surprise / count, f64::from(right as u32) / count, (variance / looked).sqrt(), largest / looked]
            .map(|x| x as f32)
            .to_vec()
    }

    /// The first stage on the way forward that has such a number, else the first slope on the way back, else the first gradient.
    fn broken(&self, weights: &[f32], step: usize) -> Option<Broken> {
        self.at_step(weights, step, |network, texts| {
            let reading = network.read(texts.read, texts.length);
            let forward = reading.stages().into_iter().find_map(|(stage, numbers)| {
                let [en, zh] = named(stage);
                Broken::of(step, false, [&en, &zh], numbers)
            });
            forward.or_else(|| {
                let mut first = None;
                let gradient = network.watched(texts, &mut |stage, slope| {
                    if first.is_none() {
                        let [en, zh] = named(stage);
                        first = Broken::of(step, true, [&en, &zh], slope);
                    }
                });
                first.or_else(|| Broken::of(step, true, ["a gradient", "某个梯度"], &gradient))
            })
        })
    }

    fn called(&self, at: usize) -> [String; 2] {
        let found = self.places.all().iter().find(|(_, range)| range.contains(&at));
        let (part, _) = found.expect("a weight of this network");
        let of = |l: usize, en: &str, zh: &str| {
            [format!("sub-layer {}, {en}", l + 1), format!("第 {} 个子层，{zh}", l + 1)]
        };
        match *part {
            Part::Embedding => ["the embedding".to_owned(), "嵌入".to_owned()],
            Part::Gain(l) | Part::Bias(l) => of(l, "the norm", "归一化"),
            Part::Alpha(l) => of(l, "α", "α"),
            Part::Qkv(l) => of(l, "the map to queries, keys and values", "到查询、键与值的矩阵"),
            Part::Proj(l) => of(l, "the map behind its head", "头后面的矩阵"),
            Part::Fc1(l) => of(l, "the map to hidden units", "到隐藏单元的矩阵"),
            Part::Fc2(l) => of(l, "the map from hidden units", "从隐藏单元出来的矩阵"),
            Part::Head => ["the map to scores".to_owned(), "到得分的矩阵".to_owned()],
        }
    }

    fn watch(&self, before: &[f32], after: &[f32], gradient: &[f32], rate: f64) -> Vec<f32> {
        let moved = self.size(|i| after[i] - before[i], is_map) / rate as f32;
        vec![moved, self.size(|i| gradient[i], is_first)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::small::Small;

    pub(super) fn options(residual: Residual, division: Division, warms_up: bool) -> Options {
        Options {
            exercise: Exercise::Recall(3),
            residual,
            division,
            warms_up,
            width: 32,
            heads: 1,
            mlp: 32,
            depth: 4,
            batch: 16,
            plan: Plan { steps: 60, rate: 0.005, looks: 4 },
            seed: 3,
        }
    }

    /// What differs between two lanes differs, and nothing else: the same draws, the same texts.
    #[test]
    fn networks_differ_in_what_is_named_alone() {
        let one = Stacked::new(options(Residual::Post, Division::Root, true));
        let [logits, cold] = [(Division::None, true), (Division::Root, false)]
            .map(|(division, warms_up)| Stacked::new(options(Residual::Post, division, warms_up)));
        for other in [&logits, &cold] {
            assert_eq!(one.initial(), other.initial());
            assert_eq!(one.lesson(7), other.lesson(7));
            assert_eq!(one.held_out(), other.held_out());
        }
        assert!((one.config.scale - 1.0 / 32f32.sqrt()).abs() < 1e-7 && logits.config.scale == 1.0);
        let deep = Stacked::new(options(Residual::Deepnorm, Division::Root, true));
        let calm = 16f32.powf(-0.25);
        for (part, range) in one.places.all() {
            for (at, (a, b)) in
                one.initial()[range.clone()].iter().zip(&deep.initial()[range.clone()]).enumerate()
            {
                let smaller = match part {
                    Part::Qkv(_) => at >= 2 * 32 * 32,
                    Part::Proj(_) | Part::Fc1(_) | Part::Fc2(_) => true,
                    _ => false,
                };
                let expected = if smaller { calm * a } else { *a };
                assert!((b - expected).abs() < 1e-6, "{part:?}");
            }
        }
        let highest = |warms_up: bool| {
            let lesson = Stacked::new(options(Residual::Pre, Division::Root, warms_up));
            (1..=60).map(|step| lesson.rate_at(step)).collect::<Vec<_>>()
        };
        let (warm, cold) = (highest(true), highest(false));
        assert!(warm[0] < 0.2 * cold[0] && cold[0] == 0.005);
        assert!(warm[10..] == cold[10..] && warm[59] < 0.1 * 0.005);
    }

    /// In the first sub-layer logits of unit inputs begin with deviation √d where nothing divides them, and 1 where √d does.
    #[test]
    fn logits_begin_as_large_as_the_article_says() {
        let sd = |division| {
            let lesson =
                Stacked::new(Options { seed: 11, depth: 2, ..options(Residual::Pre, division, true) });
            f64::from(lesson.measure(&lesson.initial())[2])
        };
        let (plain, even) = (sd(Division::None), sd(Division::Root));
        assert!((plain / even - 32f64.sqrt()).abs() < 1e-4, "{plain} {even}");
        assert!((0.6..1.3).contains(&even), "{even}");
    }

    /// What is watched is what was done, and a run is the same however it was pulled.
    #[test]
    fn steps_are_watched_as_they_were_made() {
        let run = || Small::new(Stacked::new(options(Residual::Post, Division::Root, true)));
        let mut whole = run();
        let before = whole.weights().to_vec();
        whole.advance(1).unwrap();
        let maps = |weights: &[f32]| -> Vec<f32> {
            let places = whole.lesson.places.all().iter().filter(|(part, _)| is_map(*part));
            places.flat_map(|(_, range)| weights[range.clone()].to_vec()).collect()
        };
        let (old, new) = (maps(&before), maps(whole.weights()));
        let squares: f64 = old.iter().zip(&new).map(|(a, b)| f64::from(b - a).powi(2)).sum();
        let moved = (squares / old.len() as f64).sqrt() / whole.lesson.rate_at(1);
        let watched = &whole.state().watched;
        assert!((f64::from(watched[0]) - moved).abs() < 1e-4);
        // The first step of Adam is the sign of the gradient.
        assert!((watched[0] - 1.0).abs() < 0.05, "{}", watched[0]);
        whole.advance(59).unwrap();
        let mut parts = run();
        for n in [20, 1, 39] {
            parts.advance(n).unwrap();
        }
        assert_eq!(parts.state(), whole.state());
        assert_eq!(whole.state().watched.len(), 120);
        let measured = &whole.state().measured;
        assert!(measured[4 * 4] < 0.9 * measured[0], "{measured:?}");
    }
}
