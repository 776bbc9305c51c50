//! What is measured of the maps beside the writing, each time for the characters in sight.

use std::{cell::RefCell, collections::BTreeMap};

use super::{
    decoding::surprisal,
    evidence::{Evidence, Focus, Induction, Maps, Surprisal},
    frames,
    growth::{Growth, Reader, catch_up},
    run::Run,
    session::AttentionSession,
    settings::Settings,
};
use crate::attention::surgery::Surgery;
use crate::math::{
    attention_measures::{HeadMeasures, effective_ranks, head_measures},
    spectrum::EffectiveRanks,
};
use crate::runtime::{error::SessionError, frame::Frame, status::Progress};

/// Up to so many positions the ranks of a map cost less than a millisecond, and nobody has to ask for them.
const SMALL: usize = 96;
/// Numbers of a head in the frame of measures.
const MEASURES: usize = 9;
/// Checks that are not of a single map.
const WHOLE: usize = 4;

/// The claims that cost more than a look, and how far they have been measured.
#[derive(Default)]
pub struct Checks {
    /// T, the characters that they are about.
    sight: usize,
    done: usize,
    maps: Option<Maps>,
    causality: Option<f64>,
    cache: Option<f64>,
    /// Mean loss of a text that repeats itself: of its first half, and of the second.
    halves: Option<(f64, f64)>,
    memo: RefCell<Memo>,
}

/// What was found of single maps of the first `sight` characters.
#[derive(Default)]
struct Memo {
    sight: usize,
    /// By run (0: the untouched) and number of the head.
    ranks: BTreeMap<(usize, usize), EffectiveRanks>,
    focus: BTreeMap<usize, Focus>,
}

impl Checks {
    /// Units: the claims about all maps, and one for each map that there is.
    pub fn progress(&self, sight: usize, settings: &Settings) -> Progress {
        let maps = settings.heads() * if settings.surgery.is_empty() { 1 } else { 2 };
        Progress { done: if self.sight == sight { self.done } else { 0 }, total: WHOLE + maps }
    }

    /// Makes `n` checks more of the first `sight` characters, and one of a text that is `repeated` if there is any.
    pub async fn advance(
        &mut self,
        n: usize,
        sight: usize,
        growth: &Growth,
        repeated: Option<Vec<usize>>,
        reader: Reader<'_>,
    ) -> Result<(), SessionError> {
        if self.sight != sight {
            *self = Self { sight, memo: std::mem::take(&mut self.memo), ..Self::default() };
        }
        let (config, heads) = (&reader.settings.config, reader.settings.heads());
        let end = self.done.saturating_add(n).min(self.progress(sight, reader.settings).total);
        while self.done < end {
            match self.done {
                0 => {
                    let maps = (0..heads).flat_map(|number| growth.shown().map(number, heads, sight));
                    let ahead = growth.shown().records[..sight].iter().map(|record| record.ahead);
                    let ahead = ahead.fold(0.0, f32::max);
                    self.maps = Some(Maps::of(&maps.collect::<Vec<_>>(), config.heads, sight, ahead));
                }
                1 => self.causality = causality(&growth.original.tokens[..sight], reader).await?,
                // Before anything was written the cache was not used.
                2 if sight > reader.settings.prompt.tokens.len() => {
                    self.cache = Some(cache(&growth.original, sight, reader).await?);
                }
                2 => {}
                3 => {
                    if let Some(tokens) = &repeated {
                        self.halves = Some(halves(tokens, reader).await?);
                    }
                }
                other => {
                    let (run, number) = ((other - WHOLE) / heads, (other - WHOLE) % heads);
                    let map = growth.runs()[run].map(number, heads, sight);
                    self.ranks(sight, (run, number), &map, true);
                }
            }
            self.done += 1;
        }
        Ok(())
    }

    /// The ranks of `map`, that of `head`: (run, number); `None` if they cost too much to be had by the way.
    fn ranks(
        &self,
        sight: usize,
        head: (usize, usize),
        map: &[f32],
        whatever: bool,
    ) -> Option<EffectiveRanks> {
        let mut memo = self.memo.borrow_mut();
        memo.look_at(sight);
        if !memo.ranks.contains_key(&head) && (whatever || sight <= SMALL) {
            memo.ranks.insert(head, effective_ranks(map));
        }
        memo.ranks.get(&head).copied()
    }

    /// [2, L, H, 9] for the untouched run and the shown one: entropy, effective tokens, concentration, three effective
    /// ranks (−1 where they wait for the checks), distance, share of the first, prefix matching (−1 if there is none).
    pub fn measures(&self, session: &AttentionSession) -> Frame {
        let (settings, sight) = (&session.settings, session.sight());
        let (config, heads) = (&settings.config, settings.heads());
        let runs = session.growth.runs();
        let of_run = |(i, run): (usize, &&Run)| -> Vec<f32> {
            let tokens = &run.tokens[..sight];
            let of_head = |number: usize| {
                let map = run.map(number, heads, sight);
                numbers(head_measures(&map, tokens), self.ranks(sight, (i, number), &map, false))
            };
            if sight == 0 { vec![-1.0; MEASURES * heads] } else { (0..heads).flat_map(of_head).collect() }
        };
        let mut all: Vec<f32> = runs.iter().enumerate().flat_map(of_run).collect();
        if runs.len() == 1 {
            all.extend(all.clone());
        }
        Frame::new("measures", [2, config.layers, config.heads, MEASURES], all)
    }

    /// What the claims are judged by.
    pub fn evidence(&self, session: &AttentionSession) -> Evidence {
        let (settings, growth, sight) = (&session.settings, &session.growth, session.sight());
        let fresh = sight > 0 && self.sight == sight;
        let told = |run: &Run| frames::surprisals(session, run);
        let original = told(&growth.original);
        let retold = growth.edited.as_ref().and(growth.retold(sight)).map(told);
        Evidence {
            positions: sight,
            vocabulary: settings.config.vocabulary.len(),
            context: settings.config.context,
            width: settings.config.head_width(),
            edited: growth.edited.is_some(),
            maps: self.maps.clone().filter(|_| fresh),
            causality: self.causality.filter(|_| fresh),
            cache: self.cache.filter(|_| fresh),
            focus: (fresh && self.done > 0).then(|| self.focus(session)),
            surprisal: Surprisal::of(&original, retold.as_deref()),
            induction: session.network.repeated().map(|_| Induction {
                trained: session.network.trained(),
                best: best(session),
                halves: self.halves.filter(|_| fresh),
            }),
        }
    }

    /// Of the head looked at.
    fn focus(&self, session: &AttentionSession) -> Focus {
        let (settings, sight) = (&session.settings, session.sight());
        let number = settings.number();
        let mut memo = self.memo.borrow_mut();
        memo.look_at(sight);
        *memo.focus.entry(number).or_insert_with(|| {
            let weights = session.growth.shown().map(number, settings.heads(), sight);
            let scores = frames::products(session);
            Focus::of((settings.layer, settings.head), settings.config.head_width(), &scores, &weights)
        })
    }
}

impl Memo {
    /// Forgets what was found at another length.
    fn look_at(&mut self, sight: usize) {
        if self.sight != sight {
            *self = Self { sight, ..Self::default() };
        }
    }
}

fn numbers(measures: HeadMeasures, ranks: Option<EffectiveRanks>) -> [f32; MEASURES] {
    let [stable, entropy, participation] =
        ranks.map_or([-1.0; 3], |ranks| [ranks.stable, ranks.entropy, ranks.participation]);
    let HeadMeasures { entropy: nats, effective_tokens, concentration, distance, first, prefix, .. } =
        measures;
    let prefix = prefix.unwrap_or(-1.0);
    [nats, effective_tokens, concentration, stable, entropy, participation, distance, first, prefix]
        .map(|x| x as f32)
}

/// Layer, head and prefix-matching score of the head that does it best, when the network was last looked at.
fn best(session: &AttentionSession) -> Option<(usize, usize, f64)> {
    let heads = session.settings.config.heads;
    let formation = &session.network.state()?.probes;
    let scores = &formation[formation.len().checked_sub(session.network.looks())?..];
    let (number, score) = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
    Some((number / heads, number % heads, f64::from(*score)))
}

/// The mean loss of the first half of `tokens` and of the second, in nats.
async fn halves(tokens: &[usize], reader: Reader<'_>) -> Result<(f64, f64), SessionError> {
    let (run, v) = (Run::whole(tokens, reader).await?, reader.settings.config.vocabulary.len());
    let told = |i: usize| surprisal(run.records[i - 1].logits(v), tokens[i]);
    let mean = |from: usize, to: usize| (from..to).map(told).sum::<f64>() / (to - from) as f64;
    Ok((mean(1, tokens.len() / 2), mean(tokens.len() / 2, tokens.len())))
}

/// The largest change of a score before the last character when that is another; `None` if nothing stands before it.
async fn causality(tokens: &[usize], reader: Reader<'_>) -> Result<Option<f64>, SessionError> {
    let Some((last, before)) = tokens.split_last().filter(|(_, before)| !before.is_empty()) else {
        return Ok(None);
    };
    let other = [before, &[(last + 1) % reader.settings.config.vocabulary.len()]].concat();
    let [one, two] = [Run::whole(tokens, reader).await?, Run::whole(&other, reader).await?];
    Ok(Some(largest_gap(&one, &two, before.len(), reader.settings)))
}

/// The largest difference between scores that were found one by one and all at once.
async fn cache(run: &Run, sight: usize, reader: Reader<'_>) -> Result<f64, SessionError> {
    let whole = Run::whole(&run.tokens[..sight], reader).await?;
    Ok(largest_gap(run, &whole, sight, reader.settings))
}

/// The largest difference of the scores at the first `count` positions.
fn largest_gap(one: &Run, two: &Run, count: usize, settings: &Settings) -> f64 {
    let v = settings.config.vocabulary.len();
    let logits =
        |run: &Run| run.records[..count].iter().flat_map(|r| r.logits(v).to_vec()).collect::<Vec<_>>();
    let gaps = logits(one).into_iter().zip(logits(two)).map(|(a, b)| f64::from((a - b).abs()));
    gaps.fold(0.0, f64::max)
}

impl Run {
    /// `tokens` read by the untouched model at once.
    async fn whole(tokens: &[usize], reader: Reader<'_>) -> Result<Self, SessionError> {
        let mut run = Self::default();
        catch_up(&mut [(&mut run, tokens, &Surgery::none())], reader).await?;
        Ok(run)
    }
}
