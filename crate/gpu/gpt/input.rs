//! What a call brings to the device: its tasks, then their tokens, what is done to the network, and how next tokens are chosen.

use super::answer::Shown;
use super::choose::{self, CHOICE};
use super::edits;
use super::sizes::Sizes;
use super::text::{BESIDE, TASK};
use crate::attention::surgery::Surgery;
use crate::math::decoding::Decoding;
use crate::models::reading::ReadingHost;

/// Positions at most that a text is written on in one call.
pub const STEPS: usize = 16;

/// A call, in words.
#[derive(Debug)]
pub struct Input {
    pub words: Vec<u32>,
    pub calls: Vec<Call>,
    /// Numbers that come back, and that are seen on the device.
    pub answers: usize,
    pub seen: usize,
    /// Rows of the stream.
    pub rows: usize,
    /// Whether everything is shown.
    all: bool,
}

/// One text that is read.
#[derive(Debug)]
pub struct Call {
    pub shown: Shown,
    /// What is done to the network, if anything is.
    words: Vec<u32>,
    /// Where it says which token was chosen after it.
    chosen: Option<usize>,
}

/// A text as a task knows it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Tokens that were read before.
    pub start: usize,
    /// Where its memory begins.
    pub memory: usize,
    pub surgery: &'a Surgery,
}

/// How a text goes on.
#[derive(Clone, Copy, Debug, Default)]
struct Going {
    /// The row of the stream where it begins.
    row: usize,
    /// Where its tokens begin; 0: the one that was chosen.
    tokens: usize,
    /// The words that say how the next one is chosen, but for where that is said.
    choice: Option<[u32; CHOICE - 1]>,
}

impl Input {
    /// Of so many tasks, that show all or scores and weights alone.
    fn of(tasks: usize, all: bool) -> Self {
        Self { words: vec![0; tasks * TASK], calls: Vec::new(), answers: 0, seen: 0, rows: 0, all }
    }

    /// Texts that are read side by side; where it is not `all` that is shown, a single one.
    pub fn reading(sizes: &Sizes, texts: &[(&[usize], Place<'_>)], all: bool) -> Self {
        assert!(all || texts.len() == 1, "only the first text's scores would come back");
        let mut input = Self::of(texts.len(), all);
        for (number, &(tokens, place)) in texts.iter().enumerate() {
            assert!(!tokens.is_empty(), "there is nothing to read");
            let going = Going { row: input.rows, tokens: input.tokens(sizes, tokens), choice: None };
            input.add(sizes, number, tokens.len(), place, going);
            input.rows += tokens.len();
        }
        input
    }

    /// Texts that are each written on from a token, at one position more than there is noise.
    pub fn writing(
        sizes: &Sizes,
        texts: &[(usize, Place<'_>)],
        decoding: &Decoding,
        noise: &[Vec<f64>],
        all: bool,
    ) -> Self {
        assert!(texts.len() <= BESIDE, "{} texts side by side", texts.len());
        assert!(noise.len() < STEPS, "{} tokens to choose", noise.len());
        let steps = noise.len() + 1;
        let mut input = Self::of(steps * BESIDE, all);
        // Each step's rows are done with before the next one's begin.
        input.rows = texts.len();
        for step in 0..steps {
            let choice = noise.get(step).map(|noise| {
                let [heat, top_k, top_p] = choose::words(decoding);
                let place = if decoding.is_greedy() {
                    0
                } else {
                    assert_eq!(noise.len(), sizes.config.vocabulary.len(), "noise of a choice");
                    let place = input.words.len();
                    input.words.extend(noise.iter().map(|&x| (x as f32).to_bits()));
                    place
                };
                [heat, top_k, top_p, place as u32]
            });
            for (number, &(token, place)) in texts.iter().enumerate() {
                let tokens = if step == 0 { input.tokens(sizes, &[token]) } else { 0 };
                let place = Place { start: place.start + step, ..place };
                input.add(sizes, step * BESIDE + number, 1, place, Going { row: number, tokens, choice });
            }
        }
        input
    }

    /// Where `tokens` begin.
    fn tokens(&mut self, sizes: &Sizes, tokens: &[usize]) -> usize {
        let (place, known) = (self.words.len(), sizes.config.vocabulary.len());
        self.words.extend(tokens.iter().map(|&token| {
            assert!(token < known, "token {token} of {known}");
            token as u32
        }));
        place
    }

    /// `n` tokens of a text, as task `number`.
    fn add(&mut self, sizes: &Sizes, number: usize, n: usize, place: Place<'_>, going: Going) {
        let Place { start, memory, surgery } = place;
        let (sight, context) = (start + n, sizes.config.context);
        assert!(sight <= context, "{sight} positions, the network knows {context}");
        let shown = Shown::of(sizes, n, start, self.all, self.seen);
        let words = if surgery.is_none() { Vec::new() } else { edits::encode(sizes, surgery, start, n) };
        let edited = self.words.len();
        self.words.extend(&words);
        // Kernels for many tokens leave each other queries where the rest would be shown.
        let end = if self.all || n > 1 { shown.end } else { shown.rest };
        let chosen = going.choice.map(|_| end);
        let choice = going.choice.map_or(0, |choice| {
            let at = self.words.len();
            self.words.extend(choice.into_iter().chain([end as u32]));
            at
        });
        let is_edited = usize::from(!words.is_empty());
        let places = [going.tokens, going.row, edited, memory, is_edited, usize::from(self.all)];
        let seen = [shown.lens, shown.maps, shown.rest, choice];
        let task = [n, start, sight].into_iter().chain(places).chain(seen);
        self.words[number * TASK..][..TASK].iter_mut().zip(task).for_each(|(to, word)| *to = word as u32);
        self.seen = end + usize::from(chosen.is_some());
        self.answers = if self.all || n == 1 { self.seen } else { shown.rest };
        self.calls.push(Call { shown, words, chosen });
    }
}

impl Call {
    /// What it says of `numbers`, where everything is shown.
    pub fn reading(&self, sizes: &Sizes, numbers: &[f32]) -> ReadingHost {
        self.shown.reading(sizes, numbers, &self.words)
    }

    /// The token that was chosen after it.
    pub fn chosen(&self, numbers: &[f32]) -> Option<usize> {
        self.chosen.map(|at| numbers[at] as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::gpt_config::GptConfig;

    fn place(start: usize, surgery: &Surgery) -> Place<'_> {
        Place { start, memory: 7 * start, surgery }
    }

    #[test]
    fn each_position_knows_its_place_its_choice_and_where_it_is_seen() {
        let sizes = Sizes::of(&GptConfig::w4()).unwrap();
        let (v, none) = (sizes.config.vocabulary.len(), Surgery::none());
        let noise: Vec<Vec<f64>> = (0..3).map(|k| (0..v).map(|i| (100 * k + i) as f64).collect()).collect();
        let texts = [(5, place(3, &none)), (9, place(11, &none))];
        let decoding = Decoding { temperature: 0.5, top_k: 4, top_p: 0.9 };
        for all in [true, false] {
            let input = Input::writing(&sizes, &texts, &decoding, &noise, all);
            let mut seen = 0;
            for (at, call) in input.calls.iter().enumerate() {
                let (step, text) = (at / 2, at % 2);
                let task: Vec<usize> = input.words[(step * BESIDE + text) * TASK..][..TASK]
                    .iter()
                    .map(|&word| word as usize)
                    .collect();
                let (first, Place { start, memory, .. }) = texts[text];
                assert_eq!(task[..3], [1, start + step, start + step + 1]);
                assert_eq!([task[4], task[6], task[7], task[8]], [text, memory, 0, usize::from(all)]);
                match step {
                    0 => assert_eq!(input.words[task[3]] as usize, first),
                    _ => assert_eq!(task[3], 0, "the token that was chosen"),
                }
                assert_eq!(task[9..12], [call.shown.lens, call.shown.maps, call.shown.rest]);
                assert_eq!(call.shown.lens, seen, "one after the other");
                seen = if all { call.shown.end } else { call.shown.rest };
                let Some(noise) = noise.get(step) else {
                    assert_eq!((task[12], call.chosen), (0, None), "nothing follows the last");
                    continue;
                };
                let choice = &input.words[task[12]..][..CHOICE];
                assert_eq!(choice[..3], choose::words(&decoding));
                let here = &input.words[choice[3] as usize..][..v];
                assert!(here.iter().zip(noise).all(|(word, x)| f64::from(f32::from_bits(*word)) == *x));
                assert_eq!((choice[4] as usize, call.chosen), (seen, Some(seen)));
                seen += 1;
            }
            assert_eq!((input.calls.len(), input.answers, input.rows), (8, seen, 2));
        }
        let greedy = Decoding { temperature: 0.0, ..decoding };
        let input = Input::writing(&sizes, &texts[..1], &greedy, &[Vec::new()], true);
        assert_eq!(input.words[input.words[12] as usize + 3], 0, "greed knows no noise");
    }

    #[test]
    fn one_text_without_the_rest_leaves_room_for_it() {
        let sizes = Sizes::of(&GptConfig::w4()).unwrap();
        let none = Surgery::none();
        let texts: [(&[usize], _); 1] = [(&[1, 2, 3], place(4, &none))];
        let input = Input::reading(&sizes, &texts, false);
        let shown = &input.calls[0].shown;
        assert_eq!((input.answers, input.seen, input.rows), (shown.rest, shown.end, 3));
        let texts = [texts[0], (&[4][..], place(0, &none))];
        let input = Input::reading(&sizes, &texts, true);
        let [first, second] = [0, 1].map(|i| &input.calls[i].shown);
        assert_eq!((second.lens, input.answers, input.seen), (first.end, second.end, second.end));
        assert_eq!((input.words[TASK + 4], input.rows), (3, 4));
    }
}
