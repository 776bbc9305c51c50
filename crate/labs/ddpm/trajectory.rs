//! Where each fork runs: the original, and every fork of the experiment that can be made.

use super::{keys, level_path, sampler_config::SamplerConfig, settings::Settings};
use crate::diffusion::level::Level;
use crate::experiment::{
    Experiment, Message,
    inputs::forks::{Fork, left_out},
};
use crate::labs::schedules;
use crate::runtime::lab::Key;

/// The course of one fork, fixed before anything is computed.
pub struct Trajectory {
    /// The number of the fork in the experiment, counted from 1; 0 is the original.
    pub number: usize,
    /// Which trajectory it leaves; the original's own place for the original.
    pub parent: usize,
    /// The first state of its own.
    pub at: usize,
    /// What is in force from that state on.
    pub config: SamplerConfig,
    /// The level of each state; before `at` the parent's.
    pub levels: Vec<Level>,
    /// The seed of the fresh noise of the step after `at`.
    pub noise: Option<u64>,
    /// Numbers of x at `at` that were painted: (place in [C, H, W], value).
    pub paint: Vec<(u32, f32)>,
    /// The sample that was painted on.
    pub sample: usize,
    /// All that its states depend on, as text.
    pub key: Key,
}

impl Trajectory {
    fn original(settings: &Settings, experiment: &Experiment) -> Self {
        Self {
            number: 0,
            parent: 0,
            at: 0,
            config: settings.config.clone(),
            levels: settings.levels(),
            noise: None,
            paint: Vec::new(),
            sample: 0,
            key: keys::original(experiment),
        }
    }

    /// The time of state `k` in whole numbers, as messages name it.
    pub fn time(&self, k: usize) -> usize {
        self.levels[k].t.round() as usize
    }

    /// The seed of the fresh noise of the step after state `k`.
    pub fn seed(&self, settings: &Settings, k: usize) -> u64 {
        self.noise.filter(|_| k == self.at).unwrap_or(settings.seed)
    }
}

/// The original, then every fork that can be made; those that cannot, and forks of those, are named and left out.
pub fn trajectories(settings: &Settings, experiment: &Experiment) -> (Vec<Trajectory>, Vec<Message>) {
    let mut trajectories = vec![Trajectory::original(settings, experiment)];
    let mut experiments = vec![experiment.clone()];
    let mut warnings = Vec::new();
    // Where each fork's trajectory ended up.
    let mut places = vec![Some(0)];
    for (number, fork) in (1..).zip(&experiment.inputs.forks) {
        let parent = places[fork.parent]
            .ok_or_else(|| left_out(number, "the fork that it leaves is not there", "它所离开的分叉不存在"));
        match parent.and_then(|parent| possible(settings, fork, number).map(|()| parent)) {
            Ok(parent) => {
                let mut values = experiments[parent].values().clone();
                values.extend(fork.set.iter().map(|(key, value)| (*key, value.clone())));
                schedules::bound_slope(&mut values, &mut warnings);
                let changed = experiment.with_values(values);
                let config = SamplerConfig::of(&changed, settings.same);
                trajectories.push(forked(settings, &trajectories[parent], parent, fork, number, config));
                experiments.push(changed);
                places.push(Some(trajectories.len() - 1));
            }
            Err(warning) => {
                warnings.push(warning);
                places.push(None);
            }
        }
    }
    (trajectories, warnings)
}

/// Whether the state, the sample and the places that `fork` speaks of exist.
fn possible(settings: &Settings, fork: &Fork, number: usize) -> Result<(), Message> {
    let (length, size) = (settings.length(), settings.picture.len());
    if fork.at >= length {
        return Err(left_out(
            number,
            &format!("there is no step after state {} of {length}", fork.at),
            &format!("共 {length} 步，第 {} 步之后没有步子", fork.at),
        ));
    }
    let off = fork.paint.iter().find(|(place, _)| *place as usize >= size);
    match off {
        Some((place, _)) => Err(left_out(
            number,
            &format!("place {place} was painted, but a picture has {size} numbers"),
            &format!("涂改了第 {place} 个数，而图只有 {size} 个数"),
        )),
        None if !fork.paint.is_empty() && fork.sample >= settings.samples => Err(left_out(
            number,
            &format!("sample {} was painted, but there are {}", fork.sample, settings.samples),
            &format!("涂改了样本 {}，而样本只有 {} 个", fork.sample, settings.samples),
        )),
        None => Ok(()),
    }
}

/// Fork `number`, which leaves `parent`, the trajectory at `place`, and from there on follows `config`.
fn forked(
    settings: &Settings,
    parent: &Trajectory,
    place: usize,
    fork: &Fork,
    number: usize,
    config: SamplerConfig,
) -> Trajectory {
    let mut levels = parent.levels.clone();
    if !config.same_levels(&parent.config) {
        let here = level_path::on_clock(&config.schedule, levels[fork.at]);
        levels.truncate(fork.at);
        levels.push(here);
        levels.extend(level_path::from_here(settings, &config.schedule, config.spacing, here, fork.at));
    }
    Trajectory {
        number,
        parent: place,
        at: fork.at,
        config,
        levels,
        noise: fork.noise,
        paint: fork.paint.clone(),
        sample: fork.sample,
        key: keys::fork(&parent.key, fork),
    }
}
