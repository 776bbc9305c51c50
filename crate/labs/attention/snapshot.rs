//! A session's work as bytes: all of it for another engine, the part that is still true for changed settings.
//!
//! Sections, each under the name of what it depends on: training, the untouched run, the edited run, its shadow.

use super::{
    growth::choice,
    run::{Record, Run},
    session::AttentionSession,
};
use crate::labs::bytes::{Reader, Writer};
use crate::runtime::error::SessionError;
use crate::train::tab::state::TabState;

const RUNS: usize = 3;

/// What was read and belongs to this session; `None` what belongs to another.
struct Parts {
    training: Option<TabState>,
    /// Training steps of the model that made the runs.
    with: usize,
    /// The untouched run, the edited one and its shadow.
    runs: [Option<Run>; RUNS],
    at: usize,
    calls: usize,
    whole: bool,
}

pub fn write(session: &AttentionSession) -> Vec<u8> {
    let growth = &session.growth;
    let mut all = Writer::default();
    all.text(&session.network.name());
    all.bytes(&training(session.network.state()).0);
    all.word(session.written_with);
    let contents = [Some(&growth.original), growth.edited.as_ref(), growth.shadow.as_ref()].map(run);
    for (name, content) in names(session).iter().zip(contents) {
        all.text(name);
        all.bytes(&content.0);
    }
    all.word(session.at);
    all.word(growth.calls);
    all.0
}

/// Puts `session` where the writer stood. A damaged or foreign snapshot changes nothing.
pub fn adopt(session: &mut AttentionSession, bytes: &[u8]) -> Result<(), SessionError> {
    let parts = read(session, bytes).filter(|parts| parts.whole && parts.at <= session.settings.length());
    let Parts { training, with, runs, at, calls, .. } = parts.ok_or(SessionError::ForeignSnapshot)?;
    if let Some(state) = training {
        session.network.take_over(state).ok_or(SessionError::ForeignSnapshot)?;
    }
    // Runs of a network that was trained further since are what is shown until another state is asked for.
    session.written_with = with;
    take(session, runs);
    session.growth.calls = calls;
    // An engine that died in the middle of a pull may not have got as far as it meant to.
    session.at = at.min(session.growth.read().saturating_sub(session.settings.prompt.tokens.len()));
    Ok(())
}

/// Takes what is still true for the settings of `session`: other surgery leaves the untouched run, and another way to
/// choose leaves what it would have chosen, too. A network that was trained longer than these settings say is of no
/// use: it cannot be trained back.
pub fn inherit(session: &mut AttentionSession, bytes: &[u8]) {
    let Some(Parts { training, with, runs, .. }) = read(session, bytes) else { return };
    if let Some(state) = training.filter(|state| session.network.passes(state.at)) {
        // What does not fit is as good as absent.
        let _ = session.network.take_over(state);
    }
    if with == session.network.trained() {
        session.written_with = with;
        take(session, runs);
    }
}

/// What the numbers of each run depend on, besides training, and besides the choices, which are looked at one by one.
fn names(session: &AttentionSession) -> [String; RUNS] {
    let settings = &session.settings;
    let original = format!("{} {:?}", session.network.name(), settings.prompt.tokens);
    let edited = format!("{original} {:?}", settings.surgery);
    let shadow = format!("shadow of {edited}");
    [original, edited, shadow]
}

fn take(session: &mut AttentionSession, [original, edited, shadow]: [Option<Run>; RUNS]) {
    if let Some(run) = original {
        session.growth.replace_original(agreed(session, run));
    }
    let (Some(edited), Some(mut shadow)) = (edited, shadow) else { return };
    if session.growth.edited.is_some() {
        let edited = agreed(session, edited);
        shadow.truncate(edited.len());
        if session.growth.shadow.is_some() {
            session.growth.shadow = Some(shadow);
        }
        session.growth.edited = Some(edited);
    }
}

/// `run` up to where these settings would have chosen another character, or nothing if the prompt is not whole.
fn agreed(session: &AttentionSession, mut run: Run) -> Run {
    let settings = &session.settings;
    let (prompt, v) = (settings.prompt.tokens.len(), settings.config.vocabulary.len());
    let chosen = |t: &usize| run.tokens[*t] == choice(settings, t - prompt, run.records[t - 1].logits(v));
    let written = (prompt..run.len().min(prompt + settings.length())).take_while(chosen).count();
    if run.tokens.get(..prompt) != Some(&settings.prompt.tokens) {
        return Run::default();
    }
    run.truncate(prompt + written);
    run
}

fn read(session: &AttentionSession, bytes: &[u8]) -> Option<Parts> {
    let mut reader = Reader(bytes);
    let mut whole = reader.text()? == session.network.name();
    let learnt = reader.bytes()?;
    let training = if whole { read_training(learnt)? } else { None };
    let with = reader.word()?;
    let mut runs = [const { None }; RUNS];
    for (name, run) in names(session).iter().zip(&mut runs) {
        let ours = reader.text()? == name;
        let bytes = reader.bytes()?;
        if ours {
            *run = Some(read_run(session, bytes)?);
        }
        whole &= ours;
    }
    let (at, calls) = (reader.word()?, reader.word()?);
    reader.end()?;
    Some(Parts { training, with, runs, at, calls, whole })
}

fn training(state: Option<&TabState>) -> Writer {
    let mut writer = Writer::default();
    if let Some(TabState { at, losses, probes, numbers }) = state {
        writer.word(*at);
        [&losses[..], probes, numbers].into_iter().for_each(|numbers| writer.numbers(numbers));
    }
    writer
}

/// Inner `None`: nothing is trained.
fn read_training(bytes: &[u8]) -> Option<Option<TabState>> {
    if bytes.is_empty() {
        return Some(None);
    }
    let mut reader = Reader(bytes);
    let state = TabState {
        at: reader.word()?,
        losses: reader.numbers()?,
        probes: reader.numbers()?,
        numbers: reader.numbers()?.into(),
    };
    reader.end()?;
    Some(Some(state))
}

fn run(run: Option<&Run>) -> Writer {
    let mut writer = Writer::default();
    let Some(run) = run else { return writer };
    writer.word(run.len());
    for (token, record) in run.tokens.iter().zip(&run.records) {
        writer.word(*token);
        let Record { lens, q, k, v, out, masked, weights, ahead } = record;
        [lens, q, k, v, out, masked, weights].into_iter().for_each(|values| writer.numbers(values));
        writer.numbers(&[*ahead]);
    }
    writer
}

/// An absent run has no bytes and is read as one of no characters.
fn read_run(session: &AttentionSession, bytes: &[u8]) -> Option<Run> {
    if bytes.is_empty() {
        return Some(Run::default());
    }
    let (config, heads) = (&session.settings.config, session.settings.heads());
    let (v, small) = (config.vocabulary.len(), heads * config.head_width());
    let mut reader = Reader(bytes);
    let count = reader.word().filter(|count| *count <= config.context)?;
    let (mut tokens, mut records) = (Vec::new(), Vec::new());
    for t in 0..count {
        tokens.push(reader.word().filter(|token| *token < v)?);
        let mut numbers = |size: usize| reader.numbers().filter(|numbers| numbers.len() == size);
        records.push(Record {
            lens: numbers((config.layers + 1) * v)?,
            q: numbers(small)?,
            k: numbers(small)?,
            v: numbers(small)?,
            out: numbers(small)?,
            masked: numbers(heads * (t + 1))?,
            weights: numbers(heads * (t + 1))?,
            ahead: numbers(1)?[0],
        });
    }
    reader.end()?;
    Some(Run::of(tokens, records))
}
