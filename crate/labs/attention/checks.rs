//! What is measured of the maps beside the writing, each time for the characters in sight.

use super::{
    evidence::Maps,
    memo::{Effort, Memo},
    reading::{Reader, Work, read},
    run::Run,
    runs::Runs,
    settings::Settings,
};
use crate::attention::surgery::Surgery;
use crate::math::decoding::surprisal;
use crate::runtime::{error::SessionError, status::Progress};

/// Checks that are not of a single map.
const WHOLE: usize = 2;

/// The claims that cost more than a look, and how far they have been measured.
#[derive(Default)]
pub struct Checks {
    /// T, the characters that they are about.
    sight: usize,
    done: usize,
    found: Found,
    pub memo: Memo,
}

/// What was found of the first characters.
#[derive(Clone, Default)]
pub struct Found {
    pub maps: Option<Maps>,
    pub causality: Option<f64>,
    pub cache: Option<f64>,
    /// Mean loss of a text that repeats itself: of its first half, and of the second.
    pub halves: Option<(f64, f64)>,
}

impl Checks {
    /// Units: what all maps say, what reading again says, and one for each map that there is.
    pub fn progress(&self, sight: usize, settings: &Settings) -> Progress {
        let maps = settings.heads() * if settings.surgery.is_empty() { 1 } else { 2 };
        Progress { done: if self.sight == sight { self.done } else { 0 }, total: WHOLE + maps }
    }

    /// What was found of the first `sight` characters, once there is anything.
    pub fn found(&self, sight: usize) -> Option<&Found> {
        (sight > 0 && self.sight == sight && self.done > 0).then_some(&self.found)
    }

    /// Makes `n` checks more of the first `sight` characters, and one of a text that is `repeated` if there is any. At most
    /// one of them reads the device.
    pub async fn advance(
        &mut self,
        n: usize,
        sight: usize,
        runs: &Runs,
        repeated: Option<&[usize]>,
        reader: Reader<'_>,
    ) -> Result<(), SessionError> {
        if self.sight != sight {
            *self = Self { sight, memo: std::mem::take(&mut self.memo), ..Self::default() };
        }
        let (settings, heads) = (reader.settings, reader.settings.heads());
        let end = self.done.saturating_add(n).min(self.progress(sight, settings).total);
        while self.done < end {
            match self.done {
                0 => self.found.maps = Some(all_maps(runs.edited(), sight, settings)),
                1 => self.found.read_again(runs.base(), sight, repeated, reader).await?,
                other => {
                    let (run, number) = ((other - WHOLE) / heads, (other - WHOLE) % heads);
                    let map = runs.different()[run].map(number, heads, sight);
                    self.memo.ranks(sight, (run, number), &map, Effort::Any);
                }
            }
            self.done += 1;
        }
        Ok(())
    }
}

/// What the maps of all heads say.
fn all_maps(run: &Run, sight: usize, settings: &Settings) -> Maps {
    let heads = settings.heads();
    let maps: Vec<f32> = (0..heads).flat_map(|number| run.map(number, heads, sight)).collect();
    let ahead = run.records[..sight].iter().map(|record| record.ahead).fold(0.0, f32::max);
    Maps::of(&maps, settings.config.heads, sight, ahead)
}

impl Found {
    /// Has the untouched model read three texts at once, side by side: what it wrote, the same with another last character,
    /// and the one that repeats itself.
    async fn read_again(
        &mut self,
        base: &Run,
        sight: usize,
        repeated: Option<&[usize]>,
        reader: Reader<'_>,
    ) -> Result<(), SessionError> {
        let (settings, v) = (reader.settings, reader.settings.config.vocabulary.len());
        let tokens = &base.tokens[..sight];
        let mut changed = tokens.to_vec();
        changed[sight - 1] = (tokens[sight - 1] + 1) % v;
        let repeated = repeated.unwrap_or_default();
        let none = Surgery::none();
        let mut runs: [Run; 3] = Default::default();
        let texts = [tokens, &changed, repeated].into_iter().zip(&mut runs);
        let work = texts.filter_map(|(text, run)| Work::up_to(text, run, &none)).collect();
        read(work, reader).await?;
        let [whole, changed, repeated] = &runs;
        // Nothing stands before a single character.
        self.causality = (sight > 1).then(|| largest_gap(whole, changed, sight - 1, v));
        // Before anything was written the cache was not used.
        self.cache = (sight > settings.prompt.tokens.len()).then(|| largest_gap(base, whole, sight, v));
        self.halves = (!repeated.is_empty()).then(|| halves(repeated, v));
        Ok(())
    }
}

/// The mean loss of the first half of what `run` read and of the second, in nats.
fn halves(run: &Run, v: usize) -> (f64, f64) {
    let count = run.tokens.len();
    let told = |i: usize| surprisal(run.records[i - 1].logits(v), run.tokens[i]);
    let mean = |from: usize, to: usize| (from..to).map(told).sum::<f64>() / (to - from) as f64;
    (mean(1, count / 2), mean(count / 2, count))
}

/// The largest difference of the scores at the first `count` positions.
fn largest_gap(one: &Run, two: &Run, count: usize, v: usize) -> f64 {
    let logits = |run: &Run| -> Vec<f32> {
        run.records[..count].iter().flat_map(|record| record.logits(v).to_vec()).collect()
    };
    let gaps = logits(one).into_iter().zip(logits(two)).map(|(a, b)| f64::from((a - b).abs()));
    gaps.fold(0.0, f64::max)
}
