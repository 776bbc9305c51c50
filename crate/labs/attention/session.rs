//! The session: two runs of a model, the untouched and the edited, and what is measured of them.

use super::{
    checks::Checks,
    evidence::Evidence,
    frames,
    growth::{Growth, Reader},
    network::Network,
    readouts,
    settings::Settings,
    snapshot,
};
use crate::device::Device;
use crate::experiment::{Experiment, Message};
use crate::labs::session::unknown_task;
use crate::runtime::{
    error::SessionError, fingerprint, fingerprint::Comparison, frame::Frame, readout::Readout,
    selection::Edit, session::Pull, session::Session, status::Status, status::beyond_the_end,
};

pub struct AttentionSession {
    pub(super) settings: Settings,
    pub(super) network: Network,
    pub(super) growth: Growth,
    /// Training steps of the model that wrote what was written.
    pub(super) written_with: usize,
    pub(super) at: usize,
    pub(super) checks: Checks,
    pub(super) device: Device,
    warnings: Vec<Message>,
}

/// Opens the lab before anything was read.
pub fn open(
    experiment: &Experiment,
    weights: Option<&[u8]>,
    device: &Device,
) -> Result<Box<dyn Session>, SessionError> {
    let network = Network::open(experiment, weights, device)?;
    let settings = Settings::of(experiment, network.config.clone(), &network.prompt());
    let mut warnings = settings.warnings.clone();
    warnings.extend(network.warning(experiment));
    warnings.extend(beyond_the_end(experiment.at, settings.length()));
    Ok(Box::new(AttentionSession {
        growth: Growth::new(&settings),
        written_with: 0,
        at: 0,
        checks: Checks::default(),
        device: device.clone(),
        warnings,
        network,
        settings,
    }))
}

impl AttentionSession {
    /// Computes what state `k` needs and shows it.
    async fn go(&mut self, k: usize) -> Result<(), SessionError> {
        let target = k.min(self.settings.length());
        if self.written_with != self.network.trained() {
            self.begin_anew();
        }
        let Self { settings, network, growth, device, .. } = self;
        let reader = Reader { gpt: &network.gpt, settings, device };
        growth.reach(settings.prompt.tokens.len() + target, reader).await?;
        self.at = target;
        Ok(())
    }

    /// Forgets what another model wrote.
    pub(super) fn begin_anew(&mut self) {
        let calls = self.growth.calls;
        self.growth = Growth::new(&self.settings);
        self.growth.calls = calls;
        self.checks = Checks::default();
        self.written_with = self.network.trained();
    }

    /// T, the characters in sight; none before the prompt was read.
    pub(super) fn sight(&self) -> usize {
        (self.settings.prompt.tokens.len() + self.at).min(self.growth.read())
    }

    async fn check(&mut self, n: usize) -> Result<(), SessionError> {
        if self.growth.read() == 0 || self.written_with != self.network.trained() {
            self.go(self.at).await?;
        }
        let sight = self.sight();
        let Self { settings, network, growth, device, checks, .. } = self;
        let reader = Reader { gpt: &network.gpt, settings, device };
        checks.advance(n, sight, growth, network.repeated(), reader).await
    }

    /// The text in sight of the run that the surgery leads to.
    fn written(&self) -> String {
        let tokens = self.growth.shown().tokens.iter().take(self.sight());
        tokens.map(|token| self.settings.config.vocabulary[*token]).collect()
    }

    /// What a link promises: both texts, and the scores of the next character in both.
    fn proof(&self) -> Vec<f32> {
        let (sight, v) = (self.sight(), self.settings.config.vocabulary.len());
        let runs = [&self.growth.original, self.growth.shown()];
        let tokens = runs.iter().flat_map(|run| &run.tokens[..sight]).map(|token| *token as f32);
        let logits = runs.iter().filter_map(|run| Some(run.records.get(sight.checked_sub(1)?)?.logits(v)));
        tokens.chain(logits.flatten().copied()).collect()
    }

    pub(super) fn evidence(&self) -> Evidence {
        self.checks.evidence(self)
    }
}

impl Session for AttentionSession {
    fn status(&self) -> Status {
        let prompt = self.settings.prompt.tokens.len();
        let checks = ("checks", self.checks.progress(self.sight(), &self.settings));
        Status {
            at: self.at,
            length: self.settings.length(),
            prompt,
            context: self.settings.config.context,
            mlp: self.settings.config.mlp > 0,
            computed: self.growth.read().saturating_sub(prompt).min(self.settings.length()),
            phase: "write",
            t: 0,
            calls: self.growth.calls,
            warnings: self.warnings.clone(),
            tasks: self
                .network
                .progress()
                .map(|training| ("train", training))
                .into_iter()
                .chain([checks])
                .collect(),
            tracks: Vec::new(),
        }
    }

    fn step(&mut self, n: usize) -> Pull<'_> {
        let target = self.at.saturating_add(n);
        Box::pin(self.go(target))
    }

    fn seek(&mut self, k: usize) -> Pull<'_> {
        Box::pin(self.go(k))
    }

    fn act(&mut self, edit: &Edit) {
        let settings = &mut self.settings;
        if let Some([layer, head]) = edit.head {
            settings.layer = layer.clamp(1, settings.config.layers) - 1;
            settings.head = head.clamp(1, settings.config.heads) - 1;
        }
        if let Some(token) = edit.token {
            settings.token = token.min(settings.config.context);
        }
    }

    fn work(&mut self, task: &str, n: usize) -> Pull<'_> {
        match task {
            "checks" => Box::pin(self.check(n)),
            // What the network of before wrote stays until another state is asked for.
            "train" if self.network.progress().is_some() => Box::pin(self.network.train(n)),
            other => unknown_task(other),
        }
    }

    fn frame(&self, name: &str) -> Result<Frame, SessionError> {
        frames::frame(self, name)
    }

    fn readouts(&self) -> Vec<Readout> {
        readouts::all(&self.evidence())
    }

    fn text(&self) -> Option<String> {
        Some(self.written())
    }

    fn fingerprint(&self) -> String {
        fingerprint::of(&self.proof())
    }

    fn compare(&self, check: &str) -> Comparison {
        fingerprint::compare(check, &self.proof(), fingerprint::Kind::Text)
    }

    fn snapshot(&self) -> Vec<u8> {
        snapshot::write(self)
    }

    fn adopt(&mut self, bytes: &[u8]) -> Result<(), SessionError> {
        snapshot::adopt(self, bytes)
    }

    fn inherit(&mut self, estate: &[u8]) {
        snapshot::inherit(self, estate);
    }
}
