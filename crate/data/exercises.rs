//! Exercises that the same transformer is to do with other heads: texts by address, and some that are never learnt from.
//!
//! A text belongs to its seed, step and place. One of eight, by what it says, is held out: whoever asks for texts to learn from is never
//! given it, at no step and under no seed.

use super::{
    rng::Rng,
    tasks::{Example, Task},
};
use crate::math::philox::{Stream, words};

/// Texts of the same length, one after another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What is read. [B · T]
    pub read: Vec<usize>,
    /// What is to be said at each place. [B · T]
    pub say: Vec<usize>,
    /// Whether it counts. [B · T]
    pub counted: Vec<bool>,
    /// T
    pub length: usize,
}

/// A text with what is to be said of it.
struct Line {
    read: Vec<usize>,
    say: Vec<usize>,
    counted: Vec<bool>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Exercise {
    /// Question, sign, answer: what comes next, in the answer. Questions are moved so that all end at the same place.
    Answer(Task),
    /// Question and answer with gaps in both, which are to be filled.
    Gaps(Task),
    /// Associative recall (Ba et al. 2016, <https://arxiv.org/abs/1610.06258>; Arora et al. 2023,
    /// <https://arxiv.org/abs/2312.04927>): keys with their values, then keys again: which value was it?
    Recall(usize),
    /// A block of letters, again and again: what comes next?
    Induction(usize),
}

/// What stands in a gap.
const GAP: char = '_';
/// How often a character is left out.
const GAPS: f64 = 0.25;
/// The keys of recall and the letters of induction.
const KEYS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
/// The values.
const VALUES: &str = "abcdefghijklmnop";
/// The most pairs that there are keys for.
pub const MOST_PAIRS: usize = KEYS.len();
/// One of so many texts is held out.
const HELD: u32 = 8;
/// Blocks of four draws that a text may use.
const BLOCKS: u64 = 64;
/// The step whose texts are measured on.
const MEASURING: u32 = u32::MAX;

impl Exercise {
    /// The characters that are read and said.
    pub fn vocabulary(&self) -> Vec<char> {
        match self {
            Self::Answer(task) => task.config().vocabulary,
            Self::Gaps(task) => task.config().vocabulary.into_iter().chain([GAP]).collect(),
            Self::Recall(_) | Self::Induction(_) => KEYS.chars().chain(VALUES.chars()).collect(),
        }
    }

    /// T, characters of a text.
    pub fn length(&self) -> usize {
        match self {
            Self::Answer(task) => task.config().context,
            Self::Gaps(task) => task.config().context + 1,
            Self::Recall(pairs) | Self::Induction(pairs) => 4 * pairs,
        }
    }

    /// How many characters the input has.
    pub fn input(&self) -> usize {
        match self {
            Self::Answer(task) => question(task),
            Self::Gaps(_) => self.length(),
            Self::Recall(pairs) => 2 * pairs,
            Self::Induction(pairs) => *pairs,
        }
    }

    /// `count` texts to learn from at step `step`.
    pub fn lesson(&self, seed: u64, step: u32, count: usize) -> Sheet {
        self.sheet(seed, step, count, false, |rng| self.line(rng))
    }

    /// `count` texts that are never learnt from.
    pub fn held_out(&self, seed: u64, count: usize) -> Sheet {
        self.sheet(seed, MEASURING, count, true, |rng| self.line(rng))
    }

    /// `count` texts of recall or induction with exactly `pairs` of what is to be kept in mind; none of what has no such number.
    pub fn held_out_with(&self, pairs: usize, seed: u64, count: usize) -> Sheet {
        match self {
            Self::Recall(_) => self.sheet(seed, MEASURING, count, true, |rng| recall(rng, pairs, 4 * pairs)),
            Self::Induction(_) => {
                self.sheet(seed, MEASURING, count, true, |rng| induction(rng, pairs, 4 * pairs))
            }
            Self::Answer(_) | Self::Gaps(_) => Sheet::default(),
        }
    }

    fn sheet(
        &self,
        seed: u64,
        step: u32,
        count: usize,
        held: bool,
        line: impl Fn(&mut Rng) -> (Line, Vec<usize>),
    ) -> Sheet {
        let drawn = |index: u64| {
            let mut rng = Rng::new(Stream::Tasks, seed, step, BLOCKS * index);
            let (line, whole) = line(&mut rng);
            (is_held_out(&whole) == held).then_some(line)
        };
        let mut sheet = Sheet::default();
        for Line { read, say, counted } in (0..).filter_map(drawn).take(count) {
            sheet.length = read.len();
            sheet.read.extend(read);
            sheet.say.extend(say);
            sheet.counted.extend(counted);
        }
        sheet
    }

    /// A text, and what it is called among those that are held out.
    fn line(&self, rng: &mut Rng) -> (Line, Vec<usize>) {
        match self {
            Self::Answer(task) => {
                let example = task.drawn(rng);
                (answer(&example, question(task), task), example.tokens)
            }
            Self::Gaps(task) => {
                let example = task.drawn(rng);
                let gap = task.config().vocabulary.len();
                (gaps(&example, gap, rng), example.tokens)
            }
            Self::Recall(most) => {
                let pairs = rng.whole(2.min(*most as u32), *most as u32) as usize;
                recall(rng, pairs, self.length())
            }
            Self::Induction(most) => {
                let letters = rng.whole(2.min(*most as u32), *most as u32) as usize;
                induction(rng, letters, self.length())
            }
        }
    }
}

impl Sheet {
    /// Texts in it.
    pub fn texts(&self) -> usize {
        self.read.len() / self.length.max(1)
    }

    /// How much each place counts in the mean of those that count.
    pub fn counts(&self) -> Vec<f32> {
        let share = 1.0 / self.counted.iter().filter(|counted| **counted).count().max(1) as f32;
        self.counted.iter().map(|counted| if *counted { share } else { 0.0 }).collect()
    }
}

/// Whether a text is one of those that are never learnt from: by Philox of what it says, four characters at a time.
fn is_held_out(text: &[usize]) -> bool {
    let folded = text.chunks(4).fold([0u32; 4], |state, four| {
        let mut mixed = state;
        mixed.iter_mut().zip(four).for_each(|(word, token)| *word ^= *token as u32 + 1);
        words(u64::from(mixed[0]) << 32 | u64::from(mixed[1]), Stream::Tasks, mixed[2], u64::from(mixed[3]))
    });
    folded[0].is_multiple_of(HELD)
}

/// The longest question of `task` with its sign: what is left beside the longest answer.
fn question(task: &Task) -> usize {
    match task {
        Task::Addition => 6,
        Task::Induction | Task::Copy | Task::Reverse | Task::Sort | Task::Brackets | Task::Own(_) => {
            task.config().context / 2 + 1
        }
    }
}

/// The question moved to the end of the first `input` places, and its answer after it.
fn answer(example: &Example, input: usize, task: &Task) -> Line {
    let end = task.config().vocabulary.len() - 1;
    // The first answer is said where the sign is read.
    let begin = example.counted.iter().position(|counted| *counted).unwrap_or(0) + 1;
    let by = input - begin;
    let tokens = [&vec![end; by][..], &example.tokens[..example.tokens.len() - by]].concat();
    let counted = [&vec![false; by][..], &example.counted[..example.counted.len() - by]].concat();
    Line { read: tokens[..tokens.len() - 1].to_vec(), say: tokens[1..].to_vec(), counted }
}

/// Some characters of question and answer left out, one at least.
fn gaps(example: &Example, gap: usize, rng: &mut Rng) -> Line {
    let say = example.tokens.clone();
    let end = 1 + example.counted.iter().rposition(|counted| *counted).unwrap_or(0);
    let sign = example.counted.iter().position(|counted| *counted).unwrap_or(0);
    let may = |i: usize| i < end && i != sign;
    let mut counted: Vec<bool> = (0..say.len()).map(|i| may(i) && rng.chance(GAPS)).collect();
    if !counted.contains(&true) {
        let places: Vec<usize> = (0..say.len()).filter(|i| may(*i)).collect();
        counted[rng.pick(&places)] = true;
    }
    let read = say.iter().zip(&counted).map(|(token, gone)| if *gone { gap } else { *token }).collect();
    Line { read, say, counted }
}

/// `pairs` keys with values, then keys of them at random with their values, up to `length`.
fn recall(rng: &mut Rng, pairs: usize, length: usize) -> (Line, Vec<usize>) {
    let keys = distinct(rng, pairs);
    let values: Vec<usize> =
        keys.iter().map(|_| KEYS.len() + rng.whole(0, VALUES.len() as u32 - 1) as usize).collect();
    let mut tokens: Vec<usize> = keys.iter().zip(&values).flat_map(|(key, value)| [*key, *value]).collect();
    let told = tokens.clone();
    while tokens.len() <= length {
        let which = rng.whole(0, pairs as u32 - 1) as usize;
        tokens.extend([keys[which], values[which]]);
    }
    let counted = (0..length).map(|i| i >= 2 * pairs && i % 2 == 0).collect();
    (Line { read: tokens[..length].to_vec(), say: tokens[1..=length].to_vec(), counted }, told)
}

/// `letters` distinct letters, again and again, up to `length`.
fn induction(rng: &mut Rng, letters: usize, length: usize) -> (Line, Vec<usize>) {
    let block = distinct(rng, letters);
    let token = |i: usize| block[i % letters];
    let counted = (0..length).map(|i| i >= letters).collect();
    let line =
        Line { read: (0..length).map(token).collect(), say: (1..=length).map(token).collect(), counted };
    (line, block)
}

/// `count` different keys in any order: the first of a shuffled list (Fisher and Yates).
fn distinct(rng: &mut Rng, count: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..KEYS.len()).collect();
    for i in 0..count {
        let j = rng.whole(i as u32, KEYS.len() as u32 - 1) as usize;
        places.swap(i, j);
    }
    places.truncate(count);
    places
}
