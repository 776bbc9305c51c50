//! The attention lab as a session pulls it.

use serde_json::json;

use super::{
    findings, frames, network::Network, parts, readouts, runs::Runs, settings::Settings, state::Attention,
};
use crate::experiment::{Experiment, Message};
use crate::runtime::{
    error::SessionError,
    fingerprint::Kind,
    frame::Frame,
    lab::{Giver, Key, Lab, Proof, Resources},
    readout::Readout,
    selection::Selection,
    status::{Facts, Progress},
};

impl Lab for Attention {
    type Part = parts::Part;

    fn open(experiment: &Experiment, resources: Resources<'_>) -> Result<Self, SessionError> {
        let network = Network::open(experiment, resources.weights, resources.device)?;
        let settings = Settings::of(experiment, network.config.clone(), &network.prompt());
        let mut warnings = settings.warnings.clone();
        warnings.extend(network.warning(experiment));
        Ok(Self {
            runs: Runs::new(&settings, 0),
            written_with: 0,
            checks: Default::default(),
            keys: parts::keys(&network, &settings),
            warnings,
            network,
            settings,
        })
    }

    fn warnings(&self) -> Vec<Message> {
        self.warnings.clone()
    }

    fn length(&self) -> usize {
        self.settings.length()
    }

    fn computed(&self) -> usize {
        self.runs.read().saturating_sub(self.settings.prompt.tokens.len()).min(self.settings.length())
    }

    async fn reach(&mut self, _at: usize, k: usize) -> Result<(), SessionError> {
        self.write(k).await
    }

    fn frame(&self, at: usize, name: &str) -> Result<Frame, SessionError> {
        frames::frame(self.shown(at), name)
    }

    fn readouts(&self, at: usize) -> Vec<Readout> {
        readouts::all(&findings::evidence(self.shown(at)))
    }

    /// Both texts, and the scores of the next character in both.
    fn proof(&self, at: usize) -> Proof {
        let (sight, v) = (self.shown(at).sight, self.settings.config.vocabulary.len());
        let runs = [self.runs.base(), self.runs.edited()];
        let tokens = runs.iter().flat_map(|run| &run.tokens[..sight]).map(|token| *token as f32);
        let logits = runs.iter().filter_map(|run| Some(run.records.get(sight.checked_sub(1)?)?.logits(v)));
        Proof { kind: Kind::Text, numbers: tokens.chain(logits.flatten().copied()).collect() }
    }

    fn parts(&self) -> Vec<(Key, Self::Part)> {
        parts::parts(self)
    }

    fn learned(&self) -> Option<Key> {
        self.network.progress().map(|_| self.network.name.as_str().into())
    }

    fn networks(&self) -> Vec<(String, Vec<u8>)> {
        self.network.file().map(|file| ("network".to_owned(), file)).into_iter().collect()
    }

    fn bring(&mut self, file: &[u8]) -> Result<(), SessionError> {
        self.network.bring(file)?;
        // What the network of before read and wrote is not this one's.
        (self.runs, self.written_with, self.checks) = (Runs::new(&self.settings, 0), 0, Default::default());
        Ok(())
    }

    fn fits(&self, key: &str, part: &Self::Part, giver: Giver) -> bool {
        parts::fits(self, key, part, giver)
    }

    fn worth(&self, part: &Self::Part) -> usize {
        parts::worth(self, part)
    }

    fn take(&mut self, key: &str, part: Self::Part, _giver: Giver) {
        parts::take(self, key, part);
    }

    fn tasks(&self, at: usize) -> Vec<(&'static str, Progress)> {
        let checks = self.checks.progress(self.shown(at).sight, &self.settings);
        let training = self.network.progress().map(|training| ("train", training));
        training.into_iter().chain([("checks", checks)]).collect()
    }

    async fn work(&mut self, at: usize, task: &str, n: usize) -> Result<(), SessionError> {
        match task {
            "checks" => self.check(at, n).await,
            // What the network of before wrote stays until another state is asked for.
            "train" => self.network.train(n).await,
            other => Err(SessionError::UnknownTask(other.to_owned())),
        }
    }

    /// `head`: another (layer, head), counted from 1; `token`: another position, counted from 1, 0 is the newest.
    fn select(&mut self, selection: &Selection) {
        let settings = &mut self.settings;
        if let Some([layer, head]) = selection.get::<[usize; 2]>("head") {
            settings.layer = layer.clamp(1, settings.config.layers) - 1;
            settings.head = head.clamp(1, settings.config.heads) - 1;
        }
        if let Some(token) = selection.get::<usize>("token") {
            settings.token = token.min(settings.config.context);
        }
    }

    /// The text in sight of the run that the surgery leads to.
    fn text(&self, at: usize) -> Option<String> {
        let tokens = self.runs.edited().tokens.iter().take(self.shown(at).sight);
        Some(tokens.map(|token| self.settings.config.vocabulary[*token]).collect())
    }

    fn facts(&self, _at: usize) -> Facts {
        let mut facts = Facts::from([
            ("calls", json!(self.runs.calls)),
            ("prompt", json!(self.settings.prompt.tokens.len())),
            ("context", json!(self.settings.config.context)),
            ("mlp", json!(self.settings.config.mlp > 0)),
            ("phase", json!("write")),
        ]);
        if let Some(broke) = self.network.broke() {
            facts.insert("broke", broke);
        }
        facts
    }
}
