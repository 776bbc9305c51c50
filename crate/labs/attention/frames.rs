//! The frames of the attention lab. T is the number of characters in sight: the prompt and what was written.

use super::{
    curves::{losses, probes},
    measures::measures,
    run::Run,
    scores::{both, lens, on_base_text, scores, surprisals},
    stages::{stage, stages},
    state::Shown,
};
use crate::runtime::{error::SessionError, frame::Frame};

/// The frame called `name`.
///
/// letters [V] · replaced [P] · tokens [2, T] · maps, maps_original [L, H, T, T] · next [2, V] · lens [2, L + 1, V] ·
/// surprisal [2, T] · edited_on_base_text [T], edited_on_base_text_next [V] (the edited model on the untouched run's text; empty while it has not
/// read it) · stage_q, stage_k, stage_v, stage_out [T, dh] · stages [4, T, T] · measures [2, L, H, 9] ·
/// losses [n, 3] · probes [m, 1 + …]; where there are two, the untouched run comes first.
pub fn frame(shown: Shown<'_>, name: &str) -> Result<Frame, SessionError> {
    let (settings, runs) = (&shown.lab.settings, &shown.lab.runs);
    Ok(match name {
        "letters" => {
            let letters = &settings.config.vocabulary;
            Frame::new("letters", [letters.len()], letters.iter().map(|c| *c as u32 as f32).collect())
        }
        "replaced" => {
            let replaced = &settings.prompt.replaced;
            Frame::new("replaced", [replaced.len()], replaced.iter().map(|r| f32::from(*r)).collect())
        }
        "tokens" => {
            let tokens = |run: &Run| run.tokens[..shown.sight].iter().map(|t| *t as f32).collect();
            both(shown, "tokens", &[shown.sight], tokens)
        }
        "maps" => maps(shown, "maps", runs.edited()),
        "maps_original" => maps(shown, "maps_original", runs.base()),
        "next" => both(shown, "next", &[settings.config.vocabulary.len()], |run| scores(shown, run)),
        "lens" => lens(shown),
        "surprisal" => both(shown, "surprisal", &[shown.sight], |run| surprisals(shown, run)),
        "edited_on_base_text" => on_base_text(shown, "edited_on_base_text", surprisals),
        "edited_on_base_text_next" => on_base_text(shown, "edited_on_base_text_next", scores),
        "stage_q" => stage(shown, "stage_q", |record| &record.q),
        "stage_k" => stage(shown, "stage_k", |record| &record.k),
        "stage_v" => stage(shown, "stage_v", |record| &record.v),
        "stage_out" => stage(shown, "stage_out", |record| &record.out),
        "stages" => stages(shown),
        "measures" => measures(shown),
        "losses" => losses(&shown.lab.network),
        "probes" => probes(&shown.lab.network),
        other => return Err(SessionError::UnknownFrame(other.to_string())),
    })
}

fn maps(shown: Shown<'_>, name: &'static str, run: &Run) -> Frame {
    let Shown { lab, sight } = shown;
    let (config, heads) = (&lab.settings.config, lab.settings.heads());
    let maps = (0..heads).flat_map(|number| run.map(number, heads, sight)).collect();
    Frame::new(name, [config.layers, config.heads, sight, sight], maps)
}
