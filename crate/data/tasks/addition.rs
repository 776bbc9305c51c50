//! Two numbers of two digits and their sum: digits that matter together, and a carry that runs from right to left
//! while the answer is written from left to right.
//!
//! Of the 10,000 sums a tenth is never trained on, so that a right answer to one of them was calculated.
//! At the rate 3e-3, seeds 1 and 2, these answers are wholly right in 0.4 to 0.5 of 256 after 500 steps, 0.88 to 0.98
//! after 1,000 and 0.95 or more after 1,250.

use super::question::Question;
use crate::data::rng::Rng;

pub(super) const QUESTION: Question = Question {
    sign: '=',
    letters: "0123456789+",
    context: 9,
    heads: 4,
    mlp: 128,
    batch: 64,
    prompt: "47+85=",
    ask,
    answer,
};

fn ask(rng: &mut Rng, measuring: bool) -> String {
    let (a, b) = (rng.whole(0, 99), rng.whole(0, 99));
    let b = (0..100).map(|more| (b + more) % 100).find(|&b| held_out(a, b) == measuring);
    format!("{a:02}+{:02}", b.expect("one of ten is held out"))
}

/// One of ten, over the tens and over the units alike: every two digits stand beside each other in training.
fn held_out(a: u32, b: u32) -> bool {
    let [tens, units] = [a / 10 + 3 * (b / 10), 7 * (a % 10) + 9 * (b % 10)];
    (tens + units).is_multiple_of(10)
}

fn answer(question: &str) -> Option<String> {
    let (a, b) = question.split_once('+')?;
    let number = |digits: &str| (digits.len() == 2).then(|| digits.parse::<u32>().ok())?;
    Some(format!("{:03}", number(a)? + number(b)?))
}
