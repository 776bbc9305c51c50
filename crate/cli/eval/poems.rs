//! How good a model of regular poems is: whether what it writes keeps the form, and how far it copies.

use crate::attention::surgery::Surgery;
use crate::cli::workers::Workers;
use crate::data::letters::{Letters, Lines};
use crate::math::philox::{Stream, uniforms};
use crate::models::{gpt::Gpt, gpt_config::GptConfig, gpt_reading::Cache};
use crate::nn::host::numbers;
use serde::Serialize;

/// Temperature of the page.
const TEMPERATURE: f64 = 0.8;
/// A poem that has not ended by then has lost its form.
const LONGEST: usize = 80;

/// What was measured of written poems.
#[derive(Debug, Serialize)]
pub struct Poems {
    pub samples: usize,
    pub temperature: f64,
    pub seed: u64,
    /// Share of poems of four or eight lines, all of five or all of seven characters, with ， and 。 in turn.
    pub keep_form: f64,
    /// Share that differ from every other.
    pub different: f64,
    /// Mean length of the longest run of characters that a poem shares with a training poem.
    pub shared_run: f64,
    /// The longest of all.
    pub longest_shared_run: usize,
    /// The same of the held-out poems, for comparison.
    pub held_out_shared_run: f64,
    pub held_out_longest_shared_run: usize,
    pub wanted: Wanted,
}

/// What a model of poems must reach.
#[derive(Debug, Serialize)]
pub struct Wanted {
    pub keep_form: f64,
}

/// Writes `samples` poems after a line feed, and measures them against those that were learnt.
pub fn measure(
    (samples, seed): (usize, u64),
    config: &GptConfig,
    network: &Gpt,
    letters: &Letters,
    workers: &Workers,
) -> Result<(Poems, Vec<String>), String> {
    let lines = letters.lines.as_ref().ok_or("a text without lines has no poems")?;
    let feed = config.token('\n').ok_or("the model does not know the line feed")?;
    let written = workers.run(samples, &|i: usize| poem(network, feed, seed, i as u32));
    let text = |poem: &Vec<usize>| poem.iter().map(|&token| config.vocabulary[token]).collect::<String>();
    let texts: Vec<String> = written.iter().map(text).collect();
    let known = Suffixes::of(&letters.training, feed);
    let held_out = (0..lines.held_out.len()).map(|i| {
        let line = Lines::closed(&letters.held_out, &lines.held_out, i);
        &line[1..line.len() - 1]
    });
    let (shared_run, longest_shared_run) = runs(&known, written.iter().map(Vec::as_slice));
    let (held_out_shared_run, held_out_longest_shared_run) = runs(&known, held_out);
    let share = |count: usize| count as f64 / texts.len() as f64;
    let mut sorted = texts.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let poems = Poems {
        samples: texts.len(),
        temperature: TEMPERATURE,
        seed,
        keep_form: share(texts.iter().filter(|text| keeps_form(text)).count()),
        different: share(sorted.len()),
        shared_run,
        longest_shared_run,
        held_out_shared_run,
        held_out_longest_shared_run,
        wanted: Wanted { keep_form: 0.99 },
    };
    Ok((poems, texts))
}

/// Poem `number` of `seed`, without line feeds.
fn poem(network: &Gpt, feed: usize, seed: u64, number: u32) -> Vec<usize> {
    let chances = uniforms(seed, Stream::Letters, number, LONGEST);
    let (mut cache, mut poem) = (Cache::new(network), Vec::new());
    let mut last = feed;
    for chance in chances {
        let logits = numbers(network.read(&[last], &mut cache, &Surgery::default()).logits);
        last = drawn(&logits, chance);
        if last == feed {
            break;
        }
        poem.push(last);
    }
    poem
}

/// The token at which softmax(logits/τ), summed in order, passes `chance`.
fn drawn(logits: &[f32], chance: f64) -> usize {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f64> = logits.iter().map(|x| (f64::from(x - highest) / TEMPERATURE).exp()).collect();
    let mut left = chance * weights.iter().sum::<f64>();
    let passed = weights.iter().position(|weight| {
        left -= weight;
        left < 0.0
    });
    passed.unwrap_or(logits.len() - 1)
}

/// Four or eight lines of five or seven characters each, closed by ， and 。 in turn.
fn keeps_form(poem: &str) -> bool {
    let letters: Vec<char> = poem.chars().collect();
    [(4, 5), (8, 5), (4, 7), (8, 7)].into_iter().any(|(lines, length)| {
        letters.len() == lines * (length + 1)
            && letters.iter().enumerate().all(|(i, letter)| match i % (2 * (length + 1)) {
                place if place == length => *letter == '，',
                place if place == 2 * length + 1 => *letter == '。',
                _ => !matches!(letter, '，' | '。'),
            })
    })
}

/// Mean and largest length of the longest run that each poem shares with `known`.
fn runs<'a>(known: &Suffixes<'_>, poems: impl Iterator<Item = &'a [usize]>) -> (f64, usize) {
    let lengths: Vec<usize> = poems.map(|poem| known.longest_run(poem)).collect();
    let sum: usize = lengths.iter().sum();
    (sum as f64 / lengths.len().max(1) as f64, lengths.into_iter().max().unwrap_or(0))
}

/// All places of a text in the order of what follows them: where any run of it is found quickly.
struct Suffixes<'a> {
    text: &'a [usize],
    /// No run goes beyond this token.
    end: usize,
    sorted: Vec<usize>,
}

impl<'a> Suffixes<'a> {
    fn of(text: &'a [usize], end: usize) -> Self {
        let reach = |place: usize| &text[place..text.len().min(place + LONGEST)];
        let mut sorted: Vec<usize> = (0..text.len()).collect();
        sorted.sort_unstable_by(|&a, &b| reach(a).cmp(reach(b)));
        Self { text, end, sorted }
    }

    /// The length of the longest run of `poem` that stands within a line of the text.
    fn longest_run(&self, poem: &[usize]) -> usize {
        (0..poem.len()).map(|from| self.longest_start(&poem[from..])).max().unwrap_or(0)
    }

    /// How many tokens of `run`, from its first on, stand somewhere: its neighbours in the order share most with it.
    fn longest_start(&self, run: &[usize]) -> usize {
        let at = self.sorted.partition_point(|&place| &self.text[place..] < run);
        let shared = |i: usize| {
            let place = self.sorted[i];
            let pairs = self.text[place..].iter().zip(run);
            pairs.take_while(|(a, b)| a == b && **a != self.end).count()
        };
        let before = at.checked_sub(1).map_or(0, shared);
        let after = if at < self.sorted.len() { shared(at) } else { 0 };
        before.max(after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told() {
        let five = "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。";
        assert!(keeps_form(five) && keeps_form(&five.repeat(2)));
        assert!(!keeps_form(&five.repeat(3)) && !keeps_form(&five.replace('，', "。")) && !keeps_form(""));
        assert!(!keeps_form("白日依山尽，黄河入海流。欲穷千里目更，上一层楼。"));
        assert!(keeps_form(&"朝辞白帝彩云间，千里江陵一日还。".repeat(4)));
    }

    #[test]
    fn the_longest_shared_run_stays_within_a_line() {
        let text = [0, 1, 2, 3, 4, 0, 5, 6, 7, 0];
        let known = Suffixes::of(&text, 0);
        assert_eq!(known.longest_run(&[9, 2, 3, 4, 5, 6]), 3);
        assert_eq!(known.longest_run(&[4, 5, 6, 7, 8]), 3);
        assert_eq!(known.longest_run(&[8, 9]), 0);
        assert_eq!(runs(&known, [&[1, 2][..], &[9]].into_iter()), (1.0, 2));
    }

    #[test]
    fn chance_draws_by_probability() {
        let logits = [0.0, (0.8 * 3f32.ln()), f32::NEG_INFINITY]; // 1 : 3 at the temperature of the page
        assert_eq!([0.1, 0.24, 0.26, 0.99].map(|chance| drawn(&logits, chance)), [0, 0, 1, 1]);
    }
}
