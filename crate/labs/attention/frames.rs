//! The frames of the attention lab. T is the number of characters in sight: the prompt and what was written.

use super::{
    decoding::surprisal,
    run::{Record, Run},
    session::AttentionSession,
};
use crate::nn::causal::MASKED;
use crate::runtime::{error::SessionError, frame::Frame};
use crate::train::tab::PROBE_EVERY;

/// Points of the loss curve at most.
const LOSSES: usize = 1000;

/// The frame called `name`.
///
/// letters [V] · replaced [P] · tokens [2, T] · maps, maps_original [L, H, T, T] · next [2, V] · lens [2, L + 1, V] ·
/// surprisal [2, T] · retold [T], retold_next [V] (the edited model on the untouched run's text; empty while it has not
/// read it) · stage_q, stage_k, stage_v, stage_out [T, dh] · stages [4, T, T] · measures [2, L, H, 9] ·
/// losses [n, 3] · formation [m, 1 + …]; where there are two, the untouched run comes first.
pub fn frame(session: &AttentionSession, name: &str) -> Result<Frame, SessionError> {
    let settings = &session.settings;
    let shown = session.growth.shown();
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
            let tokens = |run: &Run| run.tokens[..session.sight()].iter().map(|t| *t as f32).collect();
            both(session, "tokens", &[session.sight()], tokens)
        }
        "maps" => maps(session, "maps", shown),
        "maps_original" => maps(session, "maps_original", &session.growth.original),
        "next" => next(session),
        "lens" => lens(session),
        "surprisal" => both(session, "surprisal", &[session.sight()], |run| surprisals(session, run)),
        "retold" => retold(session, "retold", surprisals),
        "retold_next" => retold(session, "retold_next", scores),
        "stage_q" => stage(session, "stage_q", |record| &record.q),
        "stage_k" => stage(session, "stage_k", |record| &record.k),
        "stage_v" => stage(session, "stage_v", |record| &record.v),
        "stage_out" => stage(session, "stage_out", |record| &record.out),
        "stages" => stages(session),
        "measures" => session.checks.measures(session),
        "losses" => losses(session),
        "formation" => formation(session),
        other => return Err(SessionError::UnknownFrame(other.to_string())),
    })
}

/// `of` both runs, the untouched one first.
fn both(
    session: &AttentionSession,
    name: &'static str,
    shape: &[usize],
    of: impl Fn(&Run) -> Vec<f32>,
) -> Frame {
    let [mut all, edited] = [&session.growth.original, session.growth.shown()].map(of);
    all.extend(edited);
    Frame::new(name, [&[2], shape].concat(), all)
}

fn maps(session: &AttentionSession, name: &'static str, run: &Run) -> Frame {
    let (config, heads, sight) = (&session.settings.config, session.settings.heads(), session.sight());
    let maps = (0..heads).flat_map(|number| run.map(number, heads, sight)).collect();
    Frame::new(name, [config.layers, config.heads, sight, sight], maps)
}

/// The scores of the next character; zero before anything was read.
fn scores(session: &AttentionSession, run: &Run) -> Vec<f32> {
    let (sight, v) = (session.sight(), session.settings.config.vocabulary.len());
    sight.checked_sub(1).map_or(vec![0.0; v], |newest| run.records[newest].logits(v).to_vec())
}

fn next(session: &AttentionSession) -> Frame {
    both(session, "next", &[session.settings.config.vocabulary.len()], |run| scores(session, run))
}

/// `of` the edited model on the untouched run's text.
fn retold(
    session: &AttentionSession,
    name: &'static str,
    of: impl Fn(&AttentionSession, &Run) -> Vec<f32>,
) -> Frame {
    let run = session.growth.retold(session.sight());
    let values = run.map_or(Vec::new(), |run| of(session, run));
    Frame::new(name, [values.len()], values)
}

/// What each layer would say at the position looked at.
fn lens(session: &AttentionSession) -> Frame {
    let config = &session.settings.config;
    let shape = [config.layers + 1, config.vocabulary.len()];
    both(session, "lens", &shape, |run| match place(session) {
        Some(place) => run.records[place].lens.clone(),
        None => vec![0.0; shape[0] * shape[1]],
    })
}

/// The position looked at, from 0; nothing before anything was read.
fn place(session: &AttentionSession) -> Option<usize> {
    let newest = session.sight().checked_sub(1)?;
    Some(session.settings.token.checked_sub(1).map_or(newest, |token| token.min(newest)))
}

/// Nats of each character given those before it; −1 for the first, which nothing foretold.
pub fn surprisals(session: &AttentionSession, run: &Run) -> Vec<f32> {
    let v = session.settings.config.vocabulary.len();
    let told = run.tokens[..session.sight()].iter().enumerate();
    told.map(|(i, &token)| match i.checked_sub(1) {
        Some(before) => surprisal(run.records[before].logits(v), token) as f32,
        None => -1.0,
    })
    .collect()
}

fn stage(session: &AttentionSession, name: &'static str, of: fn(&Record) -> &Vec<f32>) -> Frame {
    let (number, heads) = (session.settings.number(), session.settings.heads());
    let records = &session.growth.shown().records[..session.sight()];
    let rows = records.iter().flat_map(|record| Record::of_head(of(record), number, heads));
    let width = session.settings.config.head_width();
    Frame::new(name, [session.sight(), width], rows.copied().collect())
}

/// q · k of every pair of positions, those that must not see each other too. [T, T]
pub fn products(session: &AttentionSession) -> Vec<f32> {
    let (number, heads) = (session.settings.number(), session.settings.heads());
    let records = &session.growth.shown().records[..session.sight()];
    let keys: Vec<_> = records.iter().map(|record| Record::of_head(&record.k, number, heads)).collect();
    let product = |q: &[f32], k: &[f32]| q.iter().zip(k).map(|(a, b)| a * b).sum::<f32>();
    let row = |record: &Record| {
        let q = Record::of_head(&record.q, number, heads);
        keys.iter().map(|k| product(q, k)).collect::<Vec<_>>()
    };
    records.iter().flat_map(row).collect()
}

/// q·k, over √dh, masked, after the softmax.
fn stages(session: &AttentionSession) -> Frame {
    let (number, heads) = (session.settings.number(), session.settings.heads());
    let (run, sight) = (session.growth.shown(), session.sight());
    let root = (session.settings.config.head_width() as f32).sqrt();
    let mut all = products(session);
    all.extend(all.clone().iter().map(|x| x / root));
    for (t, record) in run.records[..sight].iter().enumerate() {
        all.extend(Record::of_head(&record.masked, number, heads));
        all.extend(vec![MASKED; sight - t - 1]);
    }
    all.extend(run.map(number, heads, sight));
    Frame::new("stages", [4, sight, sight], all)
}

/// (step, mean loss, mean loss of what can be foretold) of at most [`LOSSES`] stretches of equal length.
fn losses(session: &AttentionSession) -> Frame {
    let losses = session.network.state().map_or(&[][..], |state| &state.losses);
    let steps = losses.len() / 2;
    let stretch = steps.div_ceil(LOSSES).max(1);
    let row = |(i, part): (usize, &[f32])| {
        let count = part.len() / 2;
        let mean = |which: usize| part.iter().skip(which).step_by(2).sum::<f32>() / count as f32;
        [(i * stretch + count) as f32, mean(0), mean(1)]
    };
    let rows: Vec<f32> = losses.chunks(2 * stretch).enumerate().flat_map(row).collect();
    Frame::new("losses", [rows.len() / 3, 3], rows)
}

/// (step, prefix-matching score of each head) or (step, share of right answers), as the network was looked at.
fn formation(session: &AttentionSession) -> Frame {
    let (looks, network) = (session.network.looks(), &session.network);
    let formation = network.state().map_or(&[][..], |state| &state.probes);
    let row = |(i, look): (usize, &[f32])| [&[(i * PROBE_EVERY) as f32], look].concat();
    let rows: Vec<f32> = formation.chunks(looks.max(1)).enumerate().flat_map(row).collect();
    Frame::new("formation", [rows.len() / (looks + 1), looks + 1], rows)
}
