//! The session: states of all samples along the timeline, computed when they are asked for.

use super::{belief::Denoiser, fingerprint, greedy::Greedy, readouts, settings::Settings, snapshot};
use crate::device::{self, Device};
use crate::diffusion::sampler::predicted_picture;
use crate::experiment::{Experiment, Message};
use crate::labs::{
    frame::Frame,
    readout::Readout,
    session::{Comparison, Edit, Pull, Session, SessionError, Status, beyond_the_end, finite, identity},
};
use crate::math::{normal::normals, philox::Stream};

/// States between two readbacks: a long pull stays within a bounded memory.
const CHUNK: usize = 64;

/// Keys that change what is looked at, not what is computed.
pub(super) const VIEW_KEYS: &[&str] = &["lang", "theme", "device", "selected"];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Calls {
    pub all: usize,
    pub building: usize,
}

pub struct DdpmSession {
    pub(super) settings: Settings,
    pub(super) denoiser: Denoiser,
    /// What the numbers depend on, as a link.
    pub(super) identity: String,
    /// x at each state computed so far, [B, C, H, W] each.
    pub(super) states: Vec<Vec<f32>>,
    /// ε at each state, where the network was asked.
    pub(super) beliefs: Vec<Option<Vec<f32>>>,
    pub(super) at: usize,
    /// Network calls, all of them and those at states of the building.
    pub(super) calls: Calls,
    pub(super) greedy: Greedy,
    warnings: Vec<Message>,
}

/// Opens the lab at its first state.
pub fn open(
    experiment: &Experiment,
    weights: Option<&[u8]>,
    device: &Device,
) -> Result<Box<dyn Session>, SessionError> {
    let settings = Settings::of(experiment);
    let denoiser = Denoiser::load(weights.ok_or(SessionError::NoWeights("digits"))?, device)?;
    let first = match settings.demolished() {
        0 => normals(settings.seed, Stream::Rubble, 0, settings.samples * settings.picture.len()),
        _ => settings.picture.repeat(settings.samples),
    };
    Ok(Box::new(DdpmSession {
        greedy: Greedy::new(&settings),
        warnings: beyond_the_end(experiment.at, settings.length()).into_iter().collect(),
        settings,
        denoiser,
        identity: identity(experiment, VIEW_KEYS),
        states: vec![first],
        beliefs: vec![None],
        at: 0,
        calls: Calls::default(),
    }))
}

impl DdpmSession {
    /// Numbers in one picture.
    fn picture_size(&self) -> usize {
        self.settings.picture.len()
    }

    /// The next demolished state: x_t = a x_s + b e with the noise that belongs to t.
    fn demolish(&mut self) {
        let k = self.states.len();
        let (s, t) = (self.settings.time(k - 1), self.settings.time(k));
        let (a, b) = self.settings.schedule.jump(t, s);
        let before = &self.states[k - 1];
        let noise = normals(self.settings.seed, Stream::Demolish, t as u32, before.len());
        let x = before.iter().zip(noise).map(|(x, e)| (a * f64::from(*x) + b * f64::from(e)) as f32);
        self.states.push(x.collect());
        self.beliefs.push(None);
    }

    /// Books the network calls since the count stood at `before`, made at state `k`.
    fn book(&mut self, before: usize, k: usize) {
        let made = self.denoiser.calls() - before;
        self.calls.all += made;
        if k >= self.settings.demolished() {
            self.calls.building += made;
        }
    }

    /// Rebuilds up to `count` states from the last one, reading the device once.
    async fn rebuild(&mut self, count: usize) -> Result<(), SessionError> {
        let first = self.states.len() - 1;
        let before = self.denoiser.calls();
        let mut x = self.denoiser.upload(&self.states[first]); // [B, C, H, W]
        let mut fresh = Vec::new();
        for k in first..first + count {
            let (t, s) = (self.settings.time(k), self.settings.time(k + 1));
            let known = if k == first { self.beliefs[k].as_ref() } else { None };
            let eps = match known {
                Some(eps) => self.denoiser.upload(eps),
                None => self.denoiser.predict(&self.settings, x.clone(), t),
            };
            let step = self.settings.step_down(t, s);
            let z = (step.fresh != 0.0).then(|| {
                let noise = normals(self.settings.seed, Stream::Rebuild, t as u32, self.states[first].len());
                self.denoiser.upload(&noise)
            });
            x = step.apply(&x, &eps, z.as_ref());
            fresh.extend([eps, x.clone()]);
        }
        let values = read_all(fresh).await?;
        self.book(before, first);
        let mut parts = values.chunks_exact(self.states[first].len());
        for k in first..first + count {
            let [eps, x] = [parts.next(), parts.next()].map(|part| part.expect("one part a tensor").to_vec());
            finite("the predicted noise", &eps, self.settings.time(k))?;
            finite("the picture", &x, self.settings.time(k + 1))?;
            self.beliefs[k] = Some(eps);
            self.states.push(x);
            self.beliefs.push(None);
        }
        Ok(())
    }

    /// Makes sure that what the model believes at the state shown is there.
    async fn believe(&mut self) -> Result<(), SessionError> {
        let (k, t) = (self.at, self.settings.time(self.at));
        if self.beliefs[k].is_some() {
            return Ok(());
        }
        if t == 0 {
            // A finished picture holds no noise; asking the network would be asking beyond its training.
            self.beliefs[k] = Some(vec![0.0; self.states[k].len()]);
            return Ok(());
        }
        let before = self.denoiser.calls();
        let x = self.denoiser.upload(&self.states[k]);
        let eps = read_all(vec![self.denoiser.predict(&self.settings, x, t)]).await?;
        self.book(before, k);
        finite("the predicted noise", &eps, t)?;
        self.beliefs[k] = Some(eps);
        Ok(())
    }

    /// Computes states until `k` exists, then shows it.
    async fn go(&mut self, k: usize) -> Result<(), SessionError> {
        let target = k.min(self.settings.length());
        while self.states.len() <= target {
            let next = self.states.len();
            if next <= self.settings.demolished() {
                self.demolish();
            } else {
                self.rebuild((target + 1 - next).min(CHUNK)).await?;
            }
        }
        self.at = target;
        self.believe().await
    }

    /// Sample `i` of a state.
    pub(super) fn sample<'a>(&self, state: &'a [f32], i: usize) -> &'a [f32] {
        &state[i * self.picture_size()..(i + 1) * self.picture_size()]
    }

    fn batch_shape(&self) -> Vec<usize> {
        [&[self.settings.samples][..], &self.denoiser.picture_shape()].concat()
    }

    /// ε at the state shown, zero while nothing was asked.
    fn belief(&self) -> Vec<f32> {
        self.beliefs[self.at].clone().unwrap_or_else(|| vec![0.0; self.states[self.at].len()])
    }
}

impl Session for DdpmSession {
    fn status(&self) -> Status {
        Status {
            at: self.at,
            length: self.settings.length(),
            computed: self.states.len() - 1,
            phase: if self.at <= self.settings.demolished() && self.settings.demolished() > 0 {
                "demolish"
            } else {
                "rebuild"
            },
            t: self.settings.time(self.at),
            calls: self.calls.all,
            warnings: self.warnings.clone(),
            tasks: [("greedy", self.greedy.progress())].into(),
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
    }

    fn work(&mut self, task: &str, n: usize) -> Pull<'_> {
        match task {
            "greedy" => Box::pin(self.greedy.advance(n, &self.denoiser, &self.settings)),
            other => {
                let error = SessionError::UnknownTask(other.to_owned());
                Box::pin(std::future::ready(Err(error)))
            }
        }
    }

    fn frame(&self, name: &str) -> Result<Frame, SessionError> {
        let schedule = &self.settings.schedule;
        Ok(match name {
            "x" => Frame::new("x", self.batch_shape(), self.states[self.at].clone()),
            "eps" => Frame::new("eps", self.batch_shape(), self.belief()),
            "x0" => {
                let t = self.settings.time(self.at);
                let picture = self.states[self.at].iter().zip(self.belief());
                let picture = picture.map(|(x, eps)| predicted_picture(schedule, t, *x, eps)).collect();
                Frame::new("x0", self.batch_shape(), picture)
            }
            "film" => {
                let film: Vec<f32> = self
                    .states
                    .iter()
                    .flat_map(|state| self.sample(state, self.settings.selected))
                    .copied()
                    .collect();
                let shape = [&[self.states.len()][..], &self.denoiser.picture_shape()].concat();
                Frame::new("film", shape, film)
            }
            "picture" => Frame::new("picture", self.denoiser.picture_shape(), self.settings.picture.clone()),
            "schedule" => {
                let times = 0..=schedule.steps();
                let rows = times.clone().map(|t| t as f32);
                let rows = rows
                    .chain(schedule.a_bar.iter().map(|a| *a as f32))
                    .chain(schedule.b_bar.iter().map(|b| *b as f32))
                    .chain(times.map(|t| schedule.signal_to_noise(t) as f32));
                Frame::new("schedule", [4, schedule.steps() + 1], rows.collect())
            }
            "times" => {
                let times: Vec<_> =
                    (0..=self.settings.length()).map(|k| self.settings.time(k) as f32).collect();
                Frame::new("times", [times.len()], times)
            }
            other => return Err(SessionError::UnknownFrame(other.to_string())),
        })
    }

    fn readouts(&self) -> Vec<Readout> {
        readouts::all(self)
    }

    fn fingerprint(&self) -> String {
        fingerprint::of(self.sample(&self.states[self.at], self.settings.selected))
    }

    fn compare(&self, check: &str) -> Comparison {
        fingerprint::compare(check, self.sample(&self.states[self.at], self.settings.selected))
    }

    fn snapshot(&self) -> Vec<u8> {
        snapshot::write(self)
    }

    fn adopt(&mut self, bytes: &[u8]) -> Result<(), SessionError> {
        snapshot::read(self, bytes)
    }
}

/// The numbers of several tensors of one shape, one after the other, in a single readback.
pub(super) async fn read_all(tensors: Vec<burn::tensor::Tensor<4>>) -> Result<Vec<f32>, SessionError> {
    device::read(burn::tensor::Tensor::cat(tensors, 0)).await.map_err(SessionError::Device)
}
