//! A session on a thread of its own: any thread may ask, and one request is answered at a time.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Builder;

use super::models::Models;
use super::outcome::{self, Outcome};
use crate::experiment::{Experiment, Message};
use crate::labs;
use crate::runtime::{error::SessionError, frame::Frame, session::Session, status::Status};

/// As much as the main thread has.
const STACK: usize = 8 << 20;

/// An experiment under way.
pub struct Live {
    pub experiment: Experiment,
    pub session: Box<dyn Session>,
    models: Models,
}

type Job = Box<dyn FnOnce(&mut Live) + Send>;

/// The way to ask it; it ends when this is dropped.
pub struct Held {
    jobs: Sender<Job>,
}

/// The answer to a request, when it comes; an `Err` is one sentence.
pub type Answer<R> = Receiver<Result<R, String>>;

impl Held {
    /// Opens `link` and moves to the state that it names, unless it is to stay at the `start`.
    pub fn open(link: String, models: Models, start: bool) -> Result<(Self, Answer<Vec<Message>>), String> {
        let (jobs, todo) = channel::<Job>();
        let (opened, answer) = channel();
        let work = move || {
            let parsed = labs::parse(&link);
            let experiment = parsed.experiment;
            let begin = |session: &mut dyn Session| {
                prepare(session, &experiment)?;
                if start { Ok(()) } else { go(session, experiment.at.unwrap_or(0)) }
            };
            let session = outcome::open(&experiment, &models)
                .and_then(|mut session| begin(session.as_mut()).map(|()| session));
            let session = match session {
                Ok(session) => session,
                Err(sentence) => return drop(opened.send(Err(sentence))),
            };
            let warnings = parsed.warnings.into_iter().chain(session.status().warnings).collect();
            let mut live = Live { experiment, session, models };
            // Whoever asked may have gone.
            let _ = opened.send(Ok(warnings));
            todo.into_iter().for_each(|job| job(&mut live));
        };
        Builder::new()
            .stack_size(STACK)
            .spawn(work)
            .map_err(|error| format!("cannot start a thread: {error}"))?;
        Ok((Self { jobs }, answer))
    }

    /// Has `work` done; the answer comes on its own.
    pub fn ask<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Live) -> Result<R, String> + Send + 'static,
    ) -> Answer<R> {
        let (sender, answer) = channel();
        // Where the session has ended in a fault there is no answer, which the one who waits is told.
        let _ = self.jobs.send(Box::new(move |live| drop(sender.send(work(live)))));
        answer
    }
}

impl Live {
    pub fn status(&self) -> Status {
        self.session.status()
    }

    /// Moves `n` states on, or back.
    pub fn step(&mut self, n: i64) -> Result<(), String> {
        let at = self.status().at as i64;
        go(self.session.as_mut(), at.saturating_add(n).max(0) as usize)
    }

    /// Moves to state `k`, or to the last one.
    pub fn seek(&mut self, k: usize) -> Result<(), String> {
        go(self.session.as_mut(), k)
    }

    /// Measures all that is to be measured here.
    pub fn measure(&mut self) -> Result<(), String> {
        let at = self.status().at;
        outcome::reach(self.session.as_mut(), &self.experiment, at).map_err(sentence)
    }

    pub fn frame(&self, name: &str) -> Result<Frame, String> {
        self.session.frame(name).map_err(sentence)
    }

    pub fn look(&self) -> Result<Outcome, String> {
        outcome::look(self.session.as_ref(), &self.experiment)
    }

    /// Other values of settings; what was computed and is still true is kept. What is wrong with a value changes nothing.
    pub fn set(&mut self, values: Vec<(String, String)>) -> Result<(), String> {
        let mut draft = self.experiment.to_draft();
        for (key, value) in values {
            draft.values.insert(key, value.into());
        }
        draft.check = None;
        let (experiment, messages) = labs::from_draft(&draft);
        if let Some(message) = messages.first() {
            return Err(message.en.clone());
        }
        let at = self.status().at;
        let mut session = outcome::open(&experiment, &self.models)?;
        session.reuse(self.session.keeper().as_ref());
        prepare(session.as_mut(), &experiment)?;
        go(session.as_mut(), at)?;
        (self.experiment, self.session) = (experiment, session);
        Ok(())
    }
}

fn prepare(session: &mut dyn Session, experiment: &Experiment) -> Result<(), String> {
    outcome::work(session, experiment.lab.prepares).map_err(sentence)
}

fn go(session: &mut dyn Session, k: usize) -> Result<(), String> {
    let last = session.status().length;
    outcome::seek(session, k.min(last)).map_err(sentence)
}

fn sentence(error: SessionError) -> String {
    error.to_string()
}
