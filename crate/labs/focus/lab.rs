//! The lab as the runtime sees it: each state has read twice as many keys as the one before; claims are of the whole text.

use std::{cell::RefCell, rc::Rc};

use super::{
    claims,
    exam::{self, Exam, MARGINS},
    frames,
    haystack::SIZES,
    heads::{self, Dot},
    settings::Part,
    state::Focus,
    twins,
};
use crate::experiment::{Experiment, Message};
use crate::labs::twins::Schooling;
use crate::runtime::{
    error::SessionError,
    fingerprint::Kind,
    frame::Frame,
    lab::{Giver, Key, Lab, Proof, Resources},
    pool::Pool,
    readout::Readout,
    selection::Selection,
    status::{Facts, Progress},
};
use crate::train::twins::{TwinsState, done};

pub struct Concentrating {
    focus: Focus,
    /// Once made: while the text grows they stay what they are.
    claims: RefCell<Option<Vec<Readout>>>,
    /// Heads of a model, where they are looked at.
    heads: Vec<Dot>,
    schooling: Schooling,
    /// What the twins of every seed that has ended were asked.
    exams: RefCell<Vec<[Exam; 4]>>,
}

impl Concentrating {
    pub fn of(focus: Focus, experiment: &Experiment) -> Self {
        let schooling = twins::schooling(experiment);
        Self { focus, claims: RefCell::default(), heads: Vec::new(), schooling, exams: RefCell::default() }
    }

    /// The state whose pictures and numbers state `at` shows.
    fn state(&self, at: usize) -> usize {
        if self.focus.settings.grows() { at } else { self.focus.settings.whole() }
    }

    /// What the twins were asked, as far as they have been trained to the end.
    fn exams(&self) -> Vec<[Exam; 4]> {
        let mut exams = self.exams.borrow_mut();
        exam::sit(&self.schooling, &mut exams);
        exams.clone()
    }
}

impl Lab for Concentrating {
    type Part = TwinsState;

    fn open(experiment: &Experiment, resources: Resources<'_>) -> Result<Self, SessionError> {
        let heads = heads::read(experiment, resources.weights)?;
        Ok(Self { heads, ..Self::of(Focus::open(experiment), experiment) })
    }

    fn warnings(&self) -> Vec<Message> {
        self.focus.settings.warnings.clone()
    }

    /// Where nothing depends on how much of the text has been read, there is one state.
    fn length(&self) -> usize {
        if self.focus.settings.grows() { self.focus.settings.whole() } else { 0 }
    }

    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError> {
        let shown = self.focus.settings.part == Part::Twins;
        match name {
            // γ, S and what n Gaussian scores would have.
            "heads" => {
                let row = |dot: &Dot| [dot.gamma, dot.concentration, dot.expected].map(|x| x as f32);
                Ok(Frame::new("heads", [self.heads.len(), 3], self.heads.iter().flat_map(row).collect()))
            }
            "twin_losses" => Ok(self.schooling.looks("twin_losses", 0)),
            "twin_rights" => Ok(self.schooling.looks("twin_rights", 1)),
            "twin_pairs" => Ok(self.schooling.pairs()),
            "twin_lengths" if shown => Ok(Frame::new("twin_lengths", [4, 5], exam::lengths(&self.exams()))),
            "twin_heads" if shown => Ok(Frame::new("twin_heads", [4, 5], exam::sharpness(&self.exams()))),
            "twin_needle" if shown => {
                let numbers = exam::needle_by_size(&self.exams(), self.focus.settings.margin);
                Ok(Frame::new("twin_needle", [4, SIZES, 3], numbers))
            }
            "twin_margin" if shown => {
                let numbers = exam::needle_by_margin(&self.exams(), self.focus.settings.sighted());
                Ok(Frame::new("twin_margin", [4, MARGINS, 3], numbers))
            }
            "twin_needle" => Ok(Frame::new("twin_needle", [0, SIZES, 3], Vec::new())),
            "twin_margin" => Ok(Frame::new("twin_margin", [0, MARGINS, 3], Vec::new())),
            "twin_lengths" => Ok(Frame::new("twin_lengths", [0, 5], Vec::new())),
            "twin_heads" => Ok(Frame::new("twin_heads", [0, 5], Vec::new())),
            other => frames::frame(&self.focus, self.state(at), other),
        }
    }

    fn readouts(&self, _: usize) -> Vec<Readout> {
        let make = || {
            let mut all = claims::all(&self.focus, self.focus.settings.whole());
            all.extend(claims::heads(&self.heads));
            all
        };
        if self.focus.settings.part == Part::Twins {
            return claims::twins::all(&self.schooling, &self.exams(), &self.focus.settings);
        }
        self.claims.borrow_mut().get_or_insert_with(make).clone()
    }

    fn proof(&self, at: usize) -> Proof {
        Proof { kind: Kind::Picture, numbers: frames::proof(&self.focus, self.state(at)) }
    }

    fn tasks(&self, _: usize) -> Vec<(&'static str, Progress)> {
        let done = self.focus.drawn(self.focus.settings.whole());
        let draws = ("draws", Progress { done, total: self.focus.settings.draws });
        // What is not looked at is not learned again either.
        let shown = self.focus.settings.part == Part::Twins;
        let train = shown.then(|| ("train", self.schooling.progress()));
        [Some(draws), train].into_iter().flatten().collect()
    }

    async fn work(&mut self, _: usize, task: &str, n: usize) -> Result<(), SessionError> {
        match task {
            "draws" => {}
            "train" => return self.schooling.train(n).await,
            other => return Err(SessionError::UnknownTask(other.to_owned())),
        }
        let whole = self.focus.settings.whole();
        self.focus.read_to(whole, self.focus.drawn(whole).saturating_add(n));
        self.claims.take();
        Ok(())
    }

    fn share(&mut self, pool: Rc<Pool>) {
        self.schooling.share(pool);
    }

    async fn assist(&self, job: &[u8]) -> Option<Vec<u8>> {
        self.schooling.assist(job).await
    }

    fn parts(&self) -> Vec<(Key, TwinsState)> {
        vec![(self.schooling.key.clone(), self.schooling.state())]
    }

    fn networks(&self) -> Vec<(String, Vec<u8>)> {
        self.schooling.networks()
    }

    fn learned(&self) -> Option<Key> {
        Some(self.schooling.key.clone())
    }

    fn fits(&self, _: &str, part: &TwinsState, giver: Giver) -> bool {
        self.schooling.fits(part, giver)
    }

    fn worth(&self, part: &TwinsState) -> usize {
        done(part)
    }

    fn take(&mut self, _: &str, part: TwinsState, _: Giver) {
        self.schooling.take(part);
        self.exams.take();
    }

    fn select(&mut self, selection: &Selection) {
        if self.focus.hold(selection) {
            self.claims.take();
        }
    }

    /// How many keys have been read, and how long all twins are to be trained.
    fn facts(&self, at: usize) -> Facts {
        let mut facts = Facts::from([
            ("keys", self.focus.settings.keys(self.state(at)).into()),
            ("planned", self.schooling.planned().into()),
        ]);
        if let Some(broke) = self.schooling.broke_at_rate() {
            facts.insert("broke", broke);
        }
        facts
    }
}
