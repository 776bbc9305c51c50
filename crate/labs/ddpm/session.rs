//! The session: states of all samples on every track, computed when they are asked for.

use super::{
    belief::Denoiser,
    course::{Measure, Pictures},
    frames,
    greedy::Greedy,
    readouts::{self, Real},
    route::routes,
    ruin::Ruins,
    settings::Settings,
    snapshot,
    tree::Tree,
    walk::{State, Walker},
};
use crate::data::gallery::Gallery;
use crate::device::Device;
use crate::experiment::{Experiment, Message};
use crate::labs::{
    fingerprint,
    frame::Frame,
    race::{self, Race},
    readout::Readout,
    session::{
        Comparison, Edit, Pull, Session, SessionError, Status, TrackInfo, beyond_the_end, identity,
        unknown_task,
    },
};
use crate::math::{normal::normals, philox::Stream};

/// Keys that change what is looked at, not what is computed.
pub(super) const VIEW_KEYS: &[&str] = &["lang", "theme", "device", "selected", "track"];

pub struct DdpmSession {
    pub(super) settings: Settings,
    pub(super) denoiser: Denoiser,
    /// What the numbers depend on, as a link.
    pub(super) identity: String,
    pub(super) tree: Tree,
    pub(super) at: usize,
    /// The track shown.
    pub(super) track: usize,
    pub(super) greedy: Greedy,
    pub(super) ruins: Ruins,
    pub(super) race: Race,
    measure: Measure,
    /// Who runs in the race, and how far.
    pub(super) race_key: String,
    /// What the readouts know of real pictures.
    pub(super) real: Real,
    warnings: Vec<Message>,
}

/// Opens the lab at its first state.
pub fn open(
    experiment: &Experiment,
    weights: Option<&[u8]>,
    device: &Device,
) -> Result<Box<dyn Session>, SessionError> {
    let settings = Settings::of(experiment);
    let gallery = settings.gallery;
    let denoiser = Denoiser::load(weights.ok_or(SessionError::NoWeights(gallery.id()))?, gallery, device)?;
    let first = match settings.demolished() {
        0 => normals(settings.seed, Stream::Rubble, 0, settings.samples * settings.picture.len()),
        _ => settings.picture.repeat(settings.samples),
    };
    let (routes, mut warnings) = routes(&settings, experiment);
    warnings.extend(beyond_the_end(experiment.at, settings.length()));
    if experiment.inputs.pixels.is_some() && gallery != Gallery::Digits {
        warnings.push(Message::new(
            "z",
            "The painting in this link has 8 × 8 cells, which only digits have; the real picture is shown.",
            "链接中手绘的图为 8×8 格，仅用于数字；这里显示真实的图。",
        ));
    }
    Ok(Box::new(DdpmSession {
        greedy: Greedy::new(&settings),
        ruins: Ruins::new(&settings),
        race: Race::new(experiment, &settings.rule.schedule),
        measure: Measure::default(),
        race_key: race::KEYS.iter().map(|key| format!("{} ", experiment.values()[key].written())).collect(),
        real: Real::default(),
        identity: identity(experiment, VIEW_KEYS),
        at: 0,
        track: experiment.integer("track").min(routes.len() - 1),
        tree: Tree::new(routes, first),
        settings,
        denoiser,
        warnings,
    }))
}

impl DdpmSession {
    async fn go(&mut self, k: usize) -> Result<(), SessionError> {
        let target = k.min(self.settings.length());
        let walker = Walker { denoiser: &self.denoiser, settings: &self.settings };
        self.tree.go(walker, target).await?;
        self.at = target;
        Ok(())
    }

    /// State `k` of track `j`, which is kept.
    pub(super) fn state(&self, j: usize, k: usize) -> &State {
        self.tree.state(j, k).expect("the state shown is kept")
    }

    /// The state shown.
    pub(super) fn shown(&self) -> &State {
        self.state(self.track, self.at)
    }

    /// Sample `i` of a state.
    pub(super) fn sample<'a>(&self, state: &'a [f32], i: usize) -> &'a [f32] {
        let size = self.settings.picture.len();
        &state[i * size..(i + 1) * size]
    }

    /// The picture shown.
    fn picture(&self) -> &[f32] {
        self.sample(&self.shown().x, self.settings.selected)
    }

    /// What the race runs on.
    pub(super) fn course(&self) -> Pictures<'_> {
        Pictures { denoiser: &self.denoiser, settings: &self.settings, measure: &self.measure }
    }

    /// Units done and numbers of each measurement, for a snapshot.
    pub(super) fn measured(&self) -> [(usize, Vec<f32>); 3] {
        let (done, x) = self.greedy.parts();
        [(done, x.to_vec()), self.ruins.parts(), (0, self.race.parts().to_vec())]
    }

    /// Goes on with the measurements of a snapshot.
    pub(super) fn measure_on(&mut self, race_key: &str, measured: [(usize, Vec<f32>); 3]) {
        let [(greedy, x), (ruins, y), (_, results)] = measured;
        self.greedy.take_over(greedy, x);
        self.ruins.take_over(ruins, &y);
        if race_key == self.race_key {
            self.race.take_over(results);
        }
    }
}

impl Session for DdpmSession {
    fn status(&self) -> Status {
        let track = |track: &super::tree::Track| TrackInfo {
            parent: track.route.parent,
            at: track.route.at,
            fork: track.route.fork,
        };
        let falls = self.at <= self.settings.demolished() && self.settings.demolished() > 0;
        Status {
            at: self.at,
            length: self.settings.length(),
            prompt: 0,
            context: 0,
            mlp: false,
            computed: self.tree.computed(),
            phase: if falls { "demolish" } else { "rebuild" },
            t: self.tree.tracks[self.track].route.time(self.at),
            calls: self.tree.calls,
            warnings: self.warnings.clone(),
            tasks: [
                ("greedy", self.greedy.progress()),
                ("ruin", self.ruins.progress()),
                ("race", self.race.progress()),
            ]
            .into(),
            tracks: self.tree.tracks.iter().map(track).collect(),
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
        if let Some(selected) = edit.select {
            self.settings.selected = selected.min(self.settings.samples - 1);
        }
        if let Some(track) = edit.track {
            self.track = track.min(self.tree.tracks.len() - 1);
        }
    }

    fn work(&mut self, task: &str, n: usize) -> Pull<'_> {
        match task {
            "greedy" => Box::pin(self.greedy.advance(n, &self.denoiser, &self.settings)),
            "ruin" => Box::pin(self.ruins.advance(n, &self.denoiser, &self.settings)),
            "race" => {
                let (denoiser, settings, measure) = (&self.denoiser, &self.settings, &self.measure);
                let race = &mut self.race;
                Box::pin(async move { race.advance(n, &Pictures { denoiser, settings, measure }).await })
            }
            other => unknown_task(other),
        }
    }

    fn frame(&self, name: &str) -> Result<Frame, SessionError> {
        frames::of(self, name)
    }

    fn readouts(&self) -> Vec<Readout> {
        readouts::all(self)
    }

    fn fingerprint(&self) -> String {
        fingerprint::of(self.picture())
    }

    fn compare(&self, check: &str) -> Comparison {
        fingerprint::compare(check, self.picture(), fingerprint::Kind::Picture)
    }

    fn snapshot(&self) -> Vec<u8> {
        snapshot::write(self)
    }

    fn adopt(&mut self, bytes: &[u8]) -> Result<(), SessionError> {
        snapshot::read(self, bytes)
    }

    fn inherit(&mut self, estate: &[u8]) {
        snapshot::inherit(self, estate);
    }
}
