//! A small transformer at its exercises: heads of any kernel and any sight, weights drawn by address, what is held out measured.

use std::cell::OnceCell;

use super::{Lesson, Plan};
use crate::attention::mixing::Mixing;
use crate::data::exercises::{Exercise, Sheet};
use crate::math::{normal::normals, philox::Stream};
use crate::models::{
    fused_gpt::{
        FusedGpt,
        broken::broken,
        gradient::{Answer, Layout, Texts, answer, surprise},
        recurrent,
    },
    gpt_config::GptConfig,
    size::SizeError,
};
use crate::train::{safe::Broken, taken};

/// Texts that are never learnt from and that every look reads.
const HELD_OUT: usize = 192;

/// All that decides a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    pub exercise: Exercise,
    /// How its heads mix.
    pub mixing: Mixing,
    pub width: usize,
    pub layers: usize,
    pub heads: usize,
    pub mlp: usize,
    /// Texts a step.
    pub batch: usize,
    pub plan: Plan,
    pub seed: u64,
}

impl Options {
    /// The sizes of the network.
    pub fn config(&self) -> GptConfig {
        GptConfig {
            vocabulary: self.exercise.vocabulary(),
            context: self.exercise.length(),
            width: self.width,
            layers: self.layers,
            heads: self.heads,
            mlp: self.mlp,
            tied: false,
        }
    }
}

/// A network and its exercises.
pub struct Pupil {
    pub options: Options,
    pub config: GptConfig,
    layout: Layout,
    shapes: Vec<(String, Vec<usize>)>,
    held_out: OnceCell<Sheet>,
}

impl Pupil {
    pub fn new(options: Options) -> Self {
        let config = options.config();
        let shapes = shapes(&config);
        let mut at = 0;
        let place = |(name, shape): &(String, Vec<usize>)| {
            let from = at;
            at += shape.iter().product::<usize>();
            (name.clone(), from..at)
        };
        Self {
            layout: shapes.iter().map(place).collect(),
            held_out: OnceCell::new(),
            shapes,
            config,
            options,
        }
    }

    /// What it learns from at step `step`.
    pub fn lesson(&self, step: usize) -> Sheet {
        self.options.exercise.lesson(self.options.seed, step as u32, self.options.batch)
    }

    /// What it is measured on, which it never learns from.
    pub fn held_out(&self) -> &Sheet {
        self.held_out.get_or_init(|| self.options.exercise.held_out(self.options.seed, HELD_OUT))
    }

    /// Where each parameter stands among the weights.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What the network of `weights` says of `texts` of `length` characters, which may be longer than those that it learns from.
    pub fn answer(&self, weights: &[f32], read: &[usize], length: usize) -> Answer {
        let config = GptConfig { context: length, ..self.config.clone() };
        answer(&config, &self.options.mixing, &self.layout, weights, read, length)
    }

    /// The same one token at a time, with a state that does not grow; `None` where the heads have none.
    pub fn recurrent(&self, weights: &[f32], read: &[usize]) -> Option<Vec<f32>> {
        let config = GptConfig { context: read.len(), ..self.config.clone() };
        recurrent::answer(&config, &self.options.mixing, &self.layout, weights, read)
    }

    /// The mean surprise at what counts in `sheet`, and the share of it that is said rightly.
    pub fn mark(&self, weights: &[f32], sheet: &Sheet) -> [f32; 2] {
        let logits = self.answer(weights, &sheet.read, sheet.length).logits;
        let (mut surprise, mut right, mut count) = (0.0, 0, 0);
        let rows = logits.chunks_exact(self.config.vocabulary.len());
        for ((row, say), _) in rows.zip(&sheet.say).zip(&sheet.counted).filter(|(_, counted)| **counted) {
            let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let sum: f64 = row.iter().map(|score| libm::exp(f64::from(score - most))).sum();
            surprise += libm::log(sum) - f64::from(row[*say] - most);
            // A tie is no answer.
            right += usize::from(row.iter().enumerate().all(|(i, score)| i == *say || *score < row[*say]));
            count += 1;
        }
        let count = count.max(1) as f64;
        [(surprise / count) as f32, (right as f64 / count) as f32]
    }
}

impl Lesson for Pupil {
    /// The mean surprise at what counts in texts that are held out, and the share of it that is said rightly.
    const MEASURES: usize = 2;

    fn plan(&self) -> Plan {
        self.options.plan
    }

    /// N(0, 1/fan-in), those that write into the residual stream divided by √(2 L), the embedding N(0, 1), and the last map 0, so that at
    /// first every character is as likely as the others; biases 0, scales of norms 1. What mixes how decides nothing here.
    fn initial(&self) -> Vec<f32> {
        let calm = 1.0 / (2.0 * self.config.layers as f32).sqrt();
        let mut all = Vec::new();
        for (step, (name, shape)) in self.shapes.iter().enumerate() {
            let count = shape.iter().product();
            let [_, fan_in] = shape[..] else {
                let is_gain = !name.contains(".qkv.") && !name.contains("proj") && !name.contains("fc");
                all.extend(vec![if is_gain && name.ends_with(".weight") { 1.0 } else { 0.0 }; count]);
                continue;
            };
            let deviation = match name.as_str() {
                "head.weight" => 0.0,
                "emb.weight" => 1.0,
                writes if writes.ends_with("proj.weight") || writes.ends_with("fc2.weight") => {
                    calm / (fan_in as f32).sqrt()
                }
                _ => 1.0 / (fan_in as f32).sqrt(),
            };
            let draws = normals(self.options.seed, Stream::Weights, step as u32, count);
            all.extend(draws.iter().map(|z| deviation * z));
        }
        all
    }

    fn slope(&self, weights: &[f32], step: usize) -> (f32, Vec<f32>) {
        let sheet = self.lesson(step);
        let counts = sheet.counts();
        let texts = Texts { read: &sheet.read, next: &sheet.say, counts: &counts, length: sheet.length };
        let (surprise, gradient) =
            surprise(&self.config, &self.options.mixing, &self.layout, weights, &texts);
        let loss: f64 = surprise.iter().zip(&counts).map(|(s, c)| f64::from(*s) * f64::from(*c)).sum();
        (loss as f32, gradient)
    }

    fn file(&self, weights: &[f32], steps: usize) -> Option<Vec<u8>> {
        Some(taken::gpt(&self.config, &self.options.mixing, &self.layout, &self.shapes, weights, steps))
    }

    fn measure(&self, weights: &[f32]) -> Vec<f32> {
        self.mark(weights, self.held_out()).to_vec()
    }

    fn called(&self, at: usize) -> [String; 2] {
        let name = self.layout.iter().find(|(_, range)| range.contains(&at)).map_or("", |(name, _)| name);
        [name.to_owned(), name.to_owned()]
    }

    fn broken(&self, weights: &[f32], step: usize) -> Option<Broken> {
        let sheet = self.lesson(step);
        let counts = sheet.counts();
        let texts = Texts { read: &sheet.read, next: &sheet.say, counts: &counts, length: sheet.length };
        let (place, backward, numbers) =
            broken(&self.config, &self.options.mixing, &self.layout, weights, &texts)?;
        Broken::of(step, backward, [&place[0], &place[1]], &numbers)
    }
}

/// Every parameter of a network of `config` with its shape, in one order.
fn shapes(config: &GptConfig) -> Vec<(String, Vec<usize>)> {
    let mut all = Vec::new();
    let take = &mut |name: &str, shape: &[usize]| {
        all.push((name.to_owned(), shape.to_vec()));
        Ok::<_, SizeError>(vec![0.0; shape.iter().product()])
    };
    FusedGpt::new(config, take).expect("sizes of an exercise");
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention::mixing::{Kernel, Sight};
    use crate::attention::position::Position;
    use crate::data::tasks::Task;
    use crate::train::small::Small;
    use std::collections::BTreeSet;

    fn options(exercise: Exercise, mixing: Mixing) -> Options {
        let plan = Plan { steps: 300, rate: 5e-3, looks: 4 };
        Options { exercise, mixing, width: 32, layers: 2, heads: 4, mlp: 0, batch: 8, plan, seed: 3 }
    }

    fn exercises() -> Vec<Exercise> {
        let tasks = [Task::Addition, Task::Sort, Task::Copy, Task::Reverse];
        let both = tasks.into_iter().flat_map(|task| [Exercise::Answer(task.clone()), Exercise::Gaps(task)]);
        both.chain([Exercise::Recall(6), Exercise::Induction(8)]).collect()
    }

    /// Twins begin alike and read alike, whatever their heads; another seed is another network with other texts.
    #[test]
    fn twins_differ_in_their_heads_alone() {
        let kernels = [Kernel::Softmax, Kernel::Elu1, Kernel::Relu2, Kernel::Decay(0.9)];
        for exercise in exercises() {
            let first = Pupil::new(options(exercise.clone(), Mixing::causal()));
            for kernel in kernels {
                for sights in [vec![Sight::Both], vec![Sight::Past, Sight::Later], vec![Sight::Prefix(5)]] {
                    let mixing = Mixing { kernel, sights, position: Position::Rotary };
                    let twin = Pupil::new(options(exercise.clone(), mixing));
                    assert_eq!(first.initial(), twin.initial());
                    assert_eq!(first.lesson(17), twin.lesson(17));
                    assert_eq!(first.held_out(), twin.held_out());
                }
            }
            let other = Pupil::new(Options { seed: 4, ..options(exercise, Mixing::causal()) });
            assert_ne!(first.initial(), other.initial());
            assert_ne!(first.lesson(17), other.lesson(17));
            assert_ne!(first.lesson(17), first.lesson(18));
        }
    }

    /// No text that is measured on is ever learnt from, under any seed, at any step.
    #[test]
    fn what_is_held_out_is_never_learnt_from() {
        for exercise in exercises() {
            let rows = |sheet: Sheet| -> BTreeSet<Vec<usize>> {
                // With gaps it is the whole text that counts, without them what is read.
                let of = if matches!(exercise, Exercise::Gaps(_)) { &sheet.say } else { &sheet.read };
                of.chunks(sheet.length).map(<[usize]>::to_vec).collect()
            };
            let held: BTreeSet<_> = (0..4).flat_map(|seed| rows(exercise.held_out(seed, 200))).collect();
            assert!(held.len() > 100, "{exercise:?}: {}", held.len());
            for seed in 0..4 {
                for step in [1, 2, 77, u32::MAX] {
                    let learnt = rows(exercise.lesson(seed, step, 300));
                    assert!(learnt.is_disjoint(&held), "{exercise:?}");
                }
            }
        }
    }

    /// The answer is what the task says of the question, wherever it stands; gaps can be filled by the text.
    #[test]
    fn exercises_are_those_of_their_tasks() {
        for task in [Task::Addition, Task::Sort, Task::Copy, Task::Reverse] {
            let exercise = Exercise::Answer(task.clone());
            let (letters, input) = (exercise.vocabulary(), exercise.input());
            let sheet = exercise.lesson(5, 9, 60);
            assert_eq!((sheet.length, sheet.texts()), (exercise.length(), 60));
            let mut longest = 0;
            let of = |tokens: &[usize]| tokens.iter().map(|token| letters[*token]).collect::<String>();
            for i in 0..60 {
                let row = i * sheet.length..(i + 1) * sheet.length;
                let (read, say) = (&sheet.read[row.clone()], &sheet.say[row.clone()]);
                let counted = &sheet.counted[row];
                assert_eq!(read[1..], say[..say.len() - 1]);
                let question = of(&read[..input]);
                let question = question.trim_start_matches('.');
                longest = longest.max(question.len());
                let said: String =
                    say.iter().zip(counted).filter(|(_, c)| **c).map(|(t, _)| letters[*t]).collect();
                assert_eq!(task.answer(question).as_deref(), Some(said.as_str()));
            }
            assert_eq!(longest, input, "{task:?}");
            let exercise = Exercise::Gaps(task);
            let sheet = exercise.lesson(5, 9, 60);
            let gap = exercise.vocabulary().len() - 1;
            for row in (0..60).map(|i| i * sheet.length..(i + 1) * sheet.length) {
                assert!(sheet.counted[row.clone()].contains(&true));
                for i in row {
                    assert_eq!(sheet.read[i], if sheet.counted[i] { gap } else { sheet.say[i] });
                }
            }
        }
    }

    /// After a key that counts comes the value that it was told with; a letter of a block is followed by the one that followed it.
    #[test]
    fn recall_and_induction_can_be_answered_by_what_stands_before() {
        for (exercise, pairs) in [(Exercise::Recall(6), 6), (Exercise::Induction(8), 8)] {
            for sheet in [exercise.lesson(1, 2, 50), exercise.held_out_with(12, 1, 50)] {
                let t = sheet.length;
                assert!(t == 4 * pairs || t == 48);
                for row in (0..50).map(|i| i * t..(i + 1) * t) {
                    let (read, say) = (&sheet.read[row.clone()], &sheet.say[row.clone()]);
                    let counted: Vec<usize> = (0..t).filter(|i| sheet.counted[row.start + i]).collect();
                    assert!(!counted.is_empty());
                    for i in counted {
                        let before = read[..i].iter().rposition(|token| *token == read[i]);
                        assert_eq!(say[before.expect("it stood there before")], say[i]);
                    }
                }
            }
        }
    }

    /// The gradient is that of the mean surprise at what counts; the mark of what is held out falls while it learns.
    #[test]
    fn it_learns_to_fill_what_is_held_out() {
        let mut run = Small::new(Pupil::new(options(Exercise::Induction(6), Mixing::causal())));
        let before = run.state().measured.clone();
        let alike = (run.lesson.config.vocabulary.len() as f32).ln();
        assert!((before[0] - alike).abs() < 1e-5 && before[1] < 0.2, "{before:?}");
        run.advance(usize::MAX).unwrap();
        let after = &run.state().measured[2 * 4..];
        assert!(after[0] < 0.5 * before[0] && after[1] > 0.5, "{after:?}");
        // The two that compute a surprise agree.
        let sheet = run.lesson.lesson(1);
        let (loss, _) = run.lesson.slope(run.weights(), 1);
        assert!((run.lesson.mark(run.weights(), &sheet)[0] - loss).abs() < 1e-4 * loss.max(1.0));
    }
}
