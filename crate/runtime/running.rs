//! A lab made a session: everything that all sessions do in the same way.

use std::rc::Rc;

use super::{
    error::SessionError,
    fingerprint::{self, Comparison},
    frame::Frame,
    kept::{self, Keeper, Kept, Shelf},
    lab::{Giver, Key, Lab, Resources},
    pool::{Answer, Pool},
    readout::Readout,
    selection::Selection,
    session::{Pull, Session},
    status::{Status, beyond_the_end},
};
use crate::experiment::{Experiment, Message};

pub struct Running<L: Lab> {
    lab: L,
    /// The state shown.
    at: usize,
    shelf: Rc<Shelf<L::Part>>,
    pool: Rc<Pool>,
    warnings: Vec<Message>,
}

impl<L: Lab> Running<L> {
    /// Opens `experiment` at its first state.
    pub fn open(experiment: &Experiment, resources: Resources<'_>) -> Result<Box<dyn Session>, SessionError> {
        let mut lab = L::open(experiment, resources)?;
        let pool = Rc::new(Pool::default());
        lab.share(pool.clone());
        let mut warnings = lab.warnings();
        warnings.extend(beyond_the_end(experiment.at, lab.length()));
        let shelf = Rc::new(Shelf::new(Kept { at: 0, parts: lab.parts() }));
        Ok(Box::new(Self { lab, at: 0, shelf, pool, warnings }))
    }

    /// Also after a failure: what was computed before it is worth keeping.
    fn keep(&self) {
        self.shelf.put(Kept { at: self.at, parts: self.lab.parts() });
    }

    /// Parts of a session that may have had other settings: those that are true here.
    fn take_over(&mut self, parts: Vec<(Key, L::Part)>) {
        for (key, part) in parts {
            // Asked anew each time: what was taken may have changed what the others are worth.
            let Some((_, mine)) = self.lab.parts().into_iter().find(|(own, _)| *own == key) else { continue };
            if self.lab.fits(&key, &part, Giver::Edit) && self.lab.worth(&part) >= self.lab.worth(&mine) {
                self.lab.take(&key, part, Giver::Edit);
            }
        }
        self.keep();
    }

    async fn go(&mut self, k: usize) -> Result<(), SessionError> {
        let target = k.min(self.lab.limit());
        let outcome = self.lab.reach(self.at, target).await;
        if outcome.is_ok() {
            self.at = target;
        }
        self.keep();
        outcome
    }
}

impl<L: Lab> Session for Running<L> {
    fn status(&self) -> Status {
        Status {
            at: self.at,
            length: self.lab.length(),
            limit: self.lab.limit(),
            computed: self.lab.computed(),
            warnings: self.warnings.clone(),
            tasks: self.lab.tasks(self.at).into_iter().collect(),
            facts: self.lab.facts(self.at),
        }
    }

    fn step(&mut self, n: usize) -> Pull<'_> {
        let target = self.at.saturating_add(n);
        Box::pin(self.go(target))
    }

    fn seek(&mut self, k: usize) -> Pull<'_> {
        Box::pin(self.go(k))
    }

    fn select(&mut self, selection: &Selection) {
        self.lab.select(selection);
    }

    fn work<'a>(&'a mut self, task: &'a str, n: usize) -> Pull<'a> {
        Box::pin(async move {
            let outcome = self.lab.work(self.at, task, n).await;
            self.keep();
            outcome
        })
    }

    fn frame(&self, name: &str) -> Result<Frame, SessionError> {
        self.lab.frame(self.at, name)
    }

    fn readouts(&self) -> Vec<Readout> {
        self.lab.readouts(self.at)
    }

    fn text(&self) -> Option<String> {
        self.lab.text(self.at)
    }

    fn fingerprint(&self) -> String {
        fingerprint::of(&self.lab.proof(self.at).numbers)
    }

    fn compare(&self, check: &str) -> Comparison {
        let proof = self.lab.proof(self.at);
        fingerprint::compare(check, &proof.numbers, proof.kind)
    }

    fn pool(&self) -> Rc<Pool> {
        self.pool.clone()
    }

    fn assist<'a>(&'a self, job: &'a [u8]) -> Answer<'a> {
        Box::pin(self.lab.assist(job))
    }

    fn keeper(&self) -> Rc<dyn Keeper> {
        self.shelf.clone()
    }

    fn adopt(&mut self, snapshot: &[u8]) -> Result<(), SessionError> {
        let fits = |kept: &Kept<L::Part>| {
            let mine = self.lab.parts();
            mine.iter().map(|(key, _)| key).eq(kept.parts.iter().map(|(key, _)| key))
                && kept.parts.iter().all(|(key, part)| self.lab.fits(key, part, Giver::Engine))
                && kept.at <= self.lab.length()
                && self.lab.shows(kept.at, &kept.parts)
        };
        let kept = kept::read(snapshot).filter(fits).ok_or(SessionError::ForeignSnapshot)?;
        for (key, part) in kept.parts {
            self.lab.take(&key, part, Giver::Engine);
        }
        // An engine that died in the middle of a pull may not have got as far as it meant to.
        self.at = kept.at.min(self.lab.computed());
        self.keep();
        Ok(())
    }

    fn learned(&self) -> Option<Key> {
        self.lab.learned()
    }

    fn keepsake(&self) -> Option<Vec<u8>> {
        let learned = self.lab.learned()?;
        let parts = self.lab.parts().into_iter().filter(|(key, _)| *key == learned).collect();
        Some(Kept { at: 0, parts }.to_bytes())
    }

    fn recall(&mut self, keepsake: &[u8]) {
        if let Some(kept) = kept::read(keepsake) {
            self.take_over(kept.parts);
        }
    }

    fn networks(&self) -> Vec<(String, Vec<u8>)> {
        self.lab.networks()
    }

    fn bring(&mut self, file: &[u8]) -> Result<(), SessionError> {
        self.lab.bring(file)?;
        self.keep();
        Ok(())
    }

    fn reuse(&mut self, other: &dyn Keeper) {
        if let Some(shelf) = other.as_any().downcast_ref::<Shelf<L::Part>>() {
            self.take_over(shelf.get().parts);
        }
    }
}
