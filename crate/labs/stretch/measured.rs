//! Networks that ship, of the schemes in the lanes and of several seeds, and what they say of held-out texts.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{
    reading::{Reading, Trained},
    settings::{Settings, View},
};
use crate::data::letters::Letters;
use crate::experiment::Experiment;
use crate::math::student::Paired;
use crate::runtime::{
    error::SessionError,
    lab::Key,
    pool::{self, Pool},
    status::Progress,
};
use crate::train::{
    small::{
        file::{FOLDER, load, load_text, shipped, shipped_text},
        reader::Scheme,
    },
    tensors::Tensors,
    twins::TwinsState,
};

/// Characters that are carried over to where maps are looked at: more than a network learnt from at once, and room to write on.
const BEGINNING: usize = 192;

/// What was computed here, or learnt.
#[derive(Clone, Serialize, Deserialize)]
pub enum Part {
    Reading(Rc<Reading>),
    Twins(TwinsState),
}

/// One network of a lane.
pub struct Runner {
    pub trained: Trained,
    pub reading: RefCell<Rc<Reading>>,
    key: Key,
}

/// All of a scheme.
pub struct Lane {
    pub scheme: Scheme,
    /// By seed.
    pub runners: Vec<Runner>,
}

#[derive(Default)]
pub struct Measured {
    pub lanes: Vec<Lane>,
    text: Vec<usize>,
    /// Texts that are to be read, and the first of them.
    texts: usize,
    first: usize,
    /// Among whom texts are cut.
    pool: Rc<Pool>,
}

/// The names of the files that `experiment` needs: networks, then the text.
pub fn files(experiment: &Experiment) -> Option<String> {
    let Settings { view, lanes, seeds, .. } = Settings::of(experiment);
    let text = shipped_text();
    match view {
        View::Measured => {
            let lane = |scheme: &Scheme| {
                let scheme = *scheme;
                (1..=seeds).map(move |seed| shipped(scheme, seed))
            };
            Some(lanes.iter().flat_map(lane).chain([text]).collect::<Vec<_>>().join(" "))
        }
        View::Train => Some(text),
        View::Terms | View::Window | View::Cancel | View::Family | View::Tricks | View::Table => None,
    }
}

/// What the text's file holds, the last of `weights`.
pub fn text(weights: Option<&[u8]>) -> Result<Letters, SessionError> {
    let weights = weights.ok_or(SessionError::NoWeights(FOLDER))?;
    let read = || load_text(Tensors::files(weights)?.last().copied().unwrap_or_default());
    read().map_err(|error| SessionError::BadWeights(Box::new(error)))
}

impl Measured {
    /// `letters` are what is read, in the characters of the networks; `text` names them if they are no held-out ones of theirs.
    pub fn open(
        settings: &Settings,
        weights: Option<&[u8]>,
        letters: Letters,
        text: &str,
    ) -> Result<Self, SessionError> {
        let Settings { ref lanes, seeds, trick, stretch, width, texts, first, .. } = *settings;
        let files = Tensors::files(weights.unwrap_or_default());
        let files = files.map_err(|error| SessionError::BadWeights(Box::new(error)))?;
        if files.len() != lanes.len() * seeds + 1 {
            return Err(SessionError::NoWeights(FOLDER));
        }
        let mut files = files.into_iter();
        let mut all = Vec::new();
        for &scheme in lanes {
            let mut runners = Vec::new();
            for (seed, file) in (1..=seeds).zip(&mut files) {
                let (network, numbers) =
                    load(file).map_err(|error| SessionError::BadWeights(Box::new(error)))?;
                if network.scheme != scheme || network.config.vocabulary != letters.vocabulary {
                    return Err(SessionError::WrongModel(scheme.name()));
                }
                // Distances of ReRoPE stop before those of training do.
                let held = width.min(network.config.context / 2);
                let trained = Trained::new(network, numbers, trick, stretch, held);
                let reading = RefCell::new(Rc::new(trained.nothing()));
                let way = if scheme.turns() { format!("{trick:?} {stretch} {held}") } else { String::new() };
                let key = format!("reading {} {seed} {way} from {first}{text}", scheme.name()).into();
                runners.push(Runner { trained, reading, key });
            }
            all.push(Lane { scheme, runners });
        }
        let long = all.first().map_or(1, |lane: &Lane| lane.runners[0].trained.length());
        let most = (letters.held_out.len() - 1) / long;
        let first = (first - 1).min(most - 1);
        let texts = texts.min(most - first);
        Ok(Self { lanes: all, text: letters.held_out, texts, first, pool: Rc::default() })
    }

    /// The first characters of what is read.
    pub fn beginning(&self) -> String {
        let Some(first) = self.runners().next() else { return String::new() };
        let from = self.first * first.trained.length();
        let letters = self.text[from..].iter().take(BEGINNING);
        letters.map(|token| first.trained.network.config.vocabulary[*token]).collect()
    }

    pub fn runners(&self) -> impl Iterator<Item = &Runner> {
        self.lanes.iter().flat_map(|lane| &lane.runners)
    }

    pub fn progress(&self) -> Progress {
        let done = self.runners().map(|one| one.reading.borrow().texts).sum();
        Progress { done, total: self.texts * self.runners().count() }
    }

    pub fn share(&mut self, pool: Rc<Pool>) {
        self.pool = pool;
    }

    /// One text more by the network that has read least, `n` times.
    pub async fn work(&self, n: usize) {
        let mut read: Vec<_> = self.runners().map(|one| one.reading.borrow().texts).collect();
        let mut next = || {
            let (which, texts) = read.iter_mut().enumerate().min_by_key(|(_, texts)| **texts)?;
            (*texts < self.texts).then(|| {
                *texts += 1;
                [which, *texts - 1]
            })
        };
        let pieces: Vec<_> = (0..n).map_while(|_| next()).collect();
        let here = async |run| Ok::<_, Infallible>(self.read(&pieces[run]));
        let Ok(readings) = self.pool.map(pieces.len(), |run| &pieces[run], here).await;
        let runners: Vec<_> = self.runners().collect();
        for ([which, _], reading) in pieces.iter().zip(readings) {
            Rc::make_mut(&mut runners[*which].reading.borrow_mut()).add(&reading);
        }
    }

    /// What each network says of a text of its own, both by their numbers.
    fn read(&self, pieces: &[[usize; 2]]) -> Vec<Reading> {
        let runners: Vec<_> = self.runners().collect();
        let read = |[which, text]: &[usize; 2]| {
            let trained = &runners[*which].trained;
            let from = (self.first + text) * trained.length();
            trained.read(&self.text[from..=from + trained.length()])
        };
        pieces.iter().map(read).collect()
    }

    /// Reads what another worker asks for, if there are such networks and texts.
    pub async fn assist(&self, job: &[u8]) -> Option<Vec<u8>> {
        let known = |[which, text]: &[usize; 2]| *which < self.runners().count() && *text < self.texts;
        let work = async |pieces: Vec<[usize; 2]>| {
            if pieces.iter().all(known) { Ok(self.read(&pieces)) } else { Err(()) }
        };
        pool::answer(job, work).await
    }

    pub fn parts(&self) -> Vec<(Key, Part)> {
        self.runners().map(|one| (one.key.clone(), Part::Reading(one.reading.borrow().clone()))).collect()
    }

    /// What was read more than is asked for is left aside: a link says what its numbers are of.
    pub fn fits(&self, key: &str, reading: &Reading) -> bool {
        let known = self.runners().find(|one| &*one.key == key);
        known.is_some_and(|one| reading.texts <= self.texts && one.trained.fits(reading))
    }

    /// The same scheme may stand in several lanes.
    pub fn take(&self, key: &str, reading: &Rc<Reading>) {
        for one in self.runners().filter(|one| &*one.key == key) {
            *one.reading.borrow_mut() = reading.clone();
        }
    }

    /// Whether anything was read by all.
    pub fn has_read(&self) -> bool {
        self.runners().count() > 0 && self.runners().all(|one| one.reading.borrow().texts > 0)
    }

    /// A number of each seed's reading.
    pub fn each(&self, lane: usize, of: impl Fn(&Reading) -> f64) -> Vec<f64> {
        self.lanes[lane].runners.iter().map(|one| of(&one.reading.borrow())).collect()
    }

    /// The lane of a scheme.
    pub fn lane(&self, scheme: Scheme) -> Option<usize> {
        self.lanes.iter().position(|lane| lane.scheme == scheme)
    }

    /// What a number of the lane of `scheme` has more than that of plain rotary positions, seed by seed; `None` where either is not shown.
    pub fn gain(&self, scheme: Scheme, of: impl Fn(&Reading) -> f64) -> Option<(Vec<f64>, Option<Paired>)> {
        let (plain, other) = (self.lane(Scheme::Rope)?, self.lane(scheme)?);
        let gains: Vec<f64> =
            self.each(other, &of).iter().zip(self.each(plain, &of)).map(|(b, a)| b - a).collect();
        let paired = Paired::of(&gains);
        Some((gains, paired))
    }

    /// Characters of a text of training, and of one that is read.
    pub fn lengths(&self) -> [usize; 2] {
        let first = self.runners().next();
        first.map_or([1, 1], |one| [one.trained.network.config.context, one.trained.length()])
    }
}
