//! Brackets of three kinds, some open: the answer closes them, the last one first. A network has to keep a stack.
//!
//! Whole answers right, of 256 fresh ones at the rate 3e-3, seeds 1 to 3: 0.89 to 0.95 after 500 steps, 0.95 to 0.98 after
//! 1,000.

use super::question::Question;
use crate::data::rng::Rng;

const PAIRS: [[char; 2]; 3] = [['(', ')'], ['[', ']'], ['{', '}']];
/// The most brackets of a question.
const MOST: u32 = 12;
/// How often the innermost open bracket is closed again within the question.
const CLOSES: f64 = 0.4;

pub(super) const QUESTION: Question = Question {
    sign: '>',
    letters: "()[]{}",
    context: 2 * MOST as usize + 1,
    heads: 4,
    mlp: 128,
    batch: 32,
    prompt: "([{}(>",
    ask: |rng, _| ask(rng),
    answer: |question| open(question).map(|open| open.into_iter().rev().collect()),
};

fn ask(rng: &mut Rng) -> String {
    let (mut question, mut open) = (String::new(), Vec::new());
    for _ in 0..rng.whole(2, MOST) {
        match open.pop() {
            Some(closing) if rng.chance(CLOSES) => question.push(closing),
            innermost => {
                open.extend(innermost);
                let [opening, closing] = rng.pick(&PAIRS);
                open.push(closing);
                question.push(opening);
            }
        }
    }
    question
}

/// What would close the brackets that are still open, the outermost first; nothing if one closes what is not open.
fn open(question: &str) -> Option<Vec<char>> {
    let mut open = Vec::new();
    for bracket in question.chars() {
        match PAIRS.iter().find(|pair| pair[0] == bracket) {
            Some(pair) => open.push(pair[1]),
            None => _ = open.pop().filter(|&closing| closing == bracket)?,
        }
    }
    Some(open)
}
