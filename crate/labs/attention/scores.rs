//! What both models say of characters: of the next one, and of those that are there.

use super::{run::Run, state::Shown};
use crate::math::decoding::surprisal;
use crate::runtime::frame::Frame;

/// `of` both runs, the untouched one first.
pub fn both(shown: Shown<'_>, name: &'static str, shape: &[usize], of: impl Fn(&Run) -> Vec<f32>) -> Frame {
    let runs = &shown.lab.runs;
    let [mut all, edited] = [runs.base(), runs.edited()].map(of);
    all.extend(edited);
    Frame::new(name, [&[2], shape].concat(), all)
}

/// `of` the edited model on the untouched run's text.
pub fn on_base_text<'a>(
    shown: Shown<'a>,
    name: &'static str,
    of: impl Fn(Shown<'a>, &Run) -> Vec<f32>,
) -> Frame {
    let run = shown.lab.runs.edited_on_base_text(shown.sight);
    let values = run.map_or(Vec::new(), |run| of(shown, run));
    Frame::new(name, [values.len()], values)
}

/// The scores of the next character; zero before anything was read.
pub fn scores(shown: Shown<'_>, run: &Run) -> Vec<f32> {
    let v = shown.lab.settings.config.vocabulary.len();
    shown.sight.checked_sub(1).map_or(vec![0.0; v], |newest| run.records[newest].logits(v).to_vec())
}

/// Nats of each character given those before it; −1 for the first, which nothing foretold.
pub fn surprisals(shown: Shown<'_>, run: &Run) -> Vec<f32> {
    let v = shown.lab.settings.config.vocabulary.len();
    let told = run.tokens[..shown.sight].iter().enumerate();
    told.map(|(i, &token)| match i.checked_sub(1) {
        Some(before) => surprisal(run.records[before].logits(v), token) as f32,
        None => -1.0,
    })
    .collect()
}

/// What each layer would say at the position looked at.
pub fn lens(shown: Shown<'_>) -> Frame {
    let config = &shown.lab.settings.config;
    let shape = [config.layers + 1, config.vocabulary.len()];
    both(shown, "lens", &shape, |run| match position(shown) {
        Some(position) => run.records[position].lens.clone(),
        None => vec![0.0; shape[0] * shape[1]],
    })
}

/// The position looked at, from 0; nothing before anything was read.
fn position(shown: Shown<'_>) -> Option<usize> {
    let newest = shown.sight.checked_sub(1)?;
    Some(shown.lab.settings.token.checked_sub(1).map_or(newest, |token| token.min(newest)))
}
