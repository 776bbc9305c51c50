//! The lab as every session knows it.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    frames,
    network::Network,
    part::{self, Part},
    readouts,
    settings::Settings,
    state::Ddpm,
    walk::Walker,
};
use crate::experiment::{Experiment, Message};
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

/// What is seen of a fork from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForkInfo {
    /// The one that it leaves, a place in the list of all.
    pub parent: usize,
    /// The state from which on it differs.
    pub at: usize,
    /// Its number in the experiment, counted from 1; 0 is the original.
    pub fork: usize,
}

impl Lab for Ddpm {
    type Part = Part;

    fn open(experiment: &Experiment, resources: Resources<'_>) -> Result<Self, SessionError> {
        let settings = Settings::of(experiment);
        let network = Network::open(experiment, &settings, resources)?;
        Ok(Self::new(experiment, settings, network))
    }

    fn warnings(&self) -> Vec<Message> {
        self.warnings.clone()
    }

    fn length(&self) -> usize {
        self.settings.length()
    }

    fn limit(&self) -> usize {
        if self.network.is_some() { self.settings.length() } else { self.settings.fallen() }
    }

    fn computed(&self) -> usize {
        self.tree.computed()
    }

    async fn reach(&mut self, at: usize, k: usize) -> Result<(), SessionError> {
        let walker = Walker { settings: &self.settings, network: self.network.as_ref() };
        self.tree.reach(walker, at, k).await
    }

    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError> {
        frames::of(self, at, name)
    }

    fn readouts(&self, at: usize) -> Vec<Readout> {
        readouts::all(self, at)
    }

    fn proof(&self, at: usize) -> Proof {
        Proof { kind: Kind::Picture, numbers: self.selected(&self.shown(at).x).to_vec() }
    }

    fn parts(&self) -> Vec<(Key, Part)> {
        part::all(self)
    }

    fn fits(&self, key: &str, part: &Part, _giver: Giver) -> bool {
        part::fits(self, key, part)
    }

    fn shows(&self, at: usize, parts: &[(Key, Part)]) -> bool {
        part::shows(self, at, parts)
    }

    fn worth(&self, part: &Part) -> usize {
        part.worth()
    }

    fn take(&mut self, key: &str, part: Part, _giver: Giver) {
        part::take(self, key, part);
    }

    fn tasks(&self, _at: usize) -> Vec<(&'static str, Progress)> {
        let Some(network) = &self.network else { return Vec::new() };
        vec![
            ("greedy", self.greedy.progress()),
            ("partial_noising", self.partial_noising.progress()),
            ("race", network.race_progress()),
        ]
    }

    async fn work(&mut self, _at: usize, task: &str, n: usize) -> Result<(), SessionError> {
        let unknown = || SessionError::UnknownTask(task.to_owned());
        let network = self.network.as_mut().ok_or_else(unknown)?;
        match task {
            "greedy" => network.measure_greedy(&mut self.greedy, n, &self.settings).await,
            "partial_noising" => network.rebuild_noised(&mut self.partial_noising, n, &self.settings).await,
            "race" => network.race(n, &self.settings).await,
            _ => Err(unknown()),
        }
    }

    fn share(&mut self, pool: Rc<Pool>) {
        if let Some(network) = &mut self.network {
            network.share(pool);
        }
    }

    async fn assist(&self, job: &[u8]) -> Option<Vec<u8>> {
        self.network.as_ref()?.assist(job).await
    }

    fn select(&mut self, selection: &Selection) {
        if let Some(sample) = selection.get::<usize>("select") {
            self.settings.selected = sample.min(self.settings.samples - 1);
        }
        if let Some(fork) = selection.get::<usize>("track") {
            self.fork = fork.min(self.tree.forks.len() - 1);
        }
    }

    fn facts(&self, at: usize) -> Facts {
        let forks: Vec<_> = self.tree.forks.iter().map(|fork| &fork.trajectory).collect();
        let info = forks.iter().map(|t| ForkInfo { parent: t.parent, at: t.at, fork: t.number });
        let demolishes = at <= self.settings.demolished() && self.settings.demolished() > 0;
        Facts::from([
            ("phase", json!(if demolishes { "demolish" } else { "rebuild" })),
            ("t", json!(forks[self.fork].time(at))),
            ("calls", json!(self.tree.calls)),
            ("tracks", json!(info.collect::<Vec<_>>())),
        ])
    }
}
