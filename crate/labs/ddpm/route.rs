//! Where each track runs: the trunk, and every fork of the experiment that can be made.

use super::{rule::Rule, session::VIEW_KEYS, settings::Settings, ways};
use crate::diffusion::level::Level;
use crate::experiment::{
    Experiment, Message,
    inputs::forks::{Fork, left_out},
};
use crate::labs::{race, schedules, session::identity};

/// The course of one track, fixed before anything is computed.
pub struct Route {
    /// The place of the fork in the experiment, counted from 1; 0 is the trunk.
    pub fork: usize,
    /// The track that it leaves; the trunk's own number for the trunk.
    pub parent: usize,
    /// The first state of its own.
    pub at: usize,
    /// What is in force from that state on.
    pub rule: Rule,
    /// The level of each state; before `at` the parent's.
    pub levels: Vec<Level>,
    /// The seed of the fresh noise of the step after `at`.
    pub noise: Option<u64>,
    /// Numbers of x at `at` that were painted: (place in [C, H, W], value).
    pub paint: Vec<(u32, f32)>,
    /// The sample that was painted on.
    pub sample: usize,
    /// All that its states depend on, as text.
    pub key: String,
}

impl Route {
    fn trunk(settings: &Settings, experiment: &Experiment) -> Self {
        let mut unforked = experiment.clone();
        unforked.inputs.forks.clear();
        Self {
            fork: 0,
            parent: 0,
            at: 0,
            rule: settings.rule.clone(),
            levels: settings.levels(),
            noise: None,
            paint: Vec::new(),
            sample: 0,
            key: identity(&unforked, &[VIEW_KEYS, &race::KEYS].concat()),
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

/// The trunk, then every fork that can be made; those that cannot, and forks of those, are named and left out.
pub fn routes(settings: &Settings, experiment: &Experiment) -> (Vec<Route>, Vec<Message>) {
    let mut routes = vec![Route::trunk(settings, experiment)];
    let mut experiments = vec![experiment.clone()];
    let mut warnings = Vec::new();
    // Where each fork's track ended up.
    let mut places = vec![Some(0)];
    for (i, branch) in experiment.inputs.forks.iter().enumerate() {
        let fork = i + 1;
        let parent = places[branch.parent]
            .ok_or_else(|| left_out(fork, "the fork that it leaves is not there", "它所离开的分叉不存在"));
        match parent.and_then(|parent| possible(settings, branch, fork).map(|()| parent)) {
            Ok(parent) => {
                let mut values = experiments[parent].values().clone();
                values.extend(branch.set.iter().map(|(key, value)| (*key, value.clone())));
                schedules::bound_slope(&mut values, &mut warnings);
                let changed = experiment.with_values(values);
                routes.push(forked(settings, &routes[parent], parent, branch, fork, &changed));
                experiments.push(changed);
                places.push(Some(routes.len() - 1));
            }
            Err(warning) => {
                warnings.push(warning);
                places.push(None);
            }
        }
    }
    (routes, warnings)
}

/// Whether the state, the sample and the places that `branch` speaks of exist.
fn possible(settings: &Settings, branch: &Fork, fork: usize) -> Result<(), Message> {
    let (length, size) = (settings.length(), settings.picture.len());
    if branch.at >= length {
        return Err(left_out(
            fork,
            &format!("there is no step after state {} of {length}", branch.at),
            &format!("共 {length} 步，第 {} 步之后没有步子", branch.at),
        ));
    }
    let off = branch.paint.iter().find(|(place, _)| *place as usize >= size);
    match off {
        Some((place, _)) => Err(left_out(
            fork,
            &format!("place {place} was painted, but a picture has {size} numbers"),
            &format!("涂改了第 {place} 个数，而图只有 {size} 个数"),
        )),
        None if !branch.paint.is_empty() && branch.sample >= settings.samples => Err(left_out(
            fork,
            &format!("sample {} was painted, but there are {}", branch.sample, settings.samples),
            &format!("涂改了样本 {}，而样本只有 {} 个", branch.sample, settings.samples),
        )),
        None => Ok(()),
    }
}

fn forked(
    settings: &Settings,
    parent: &Route,
    place: usize,
    branch: &Fork,
    fork: usize,
    changed: &Experiment,
) -> Route {
    let rule = Rule::of(changed, settings.same);
    let mut levels = parent.levels.clone();
    if !rule.same_way(&parent.rule) {
        let here = ways::on_clock(&rule.schedule, levels[branch.at]);
        levels.truncate(branch.at);
        levels.push(here);
        levels.extend(ways::from_here(settings, &rule.schedule, rule.spacing, here, branch.at));
    }
    let edits = Fork { parent: 0, ..branch.clone() }.to_draft();
    let edits = serde_json::to_string(&edits).expect("plain numbers and strings");
    Route {
        fork,
        parent: place,
        at: branch.at,
        rule,
        levels,
        noise: branch.noise,
        paint: branch.paint.clone(),
        sample: branch.sample,
        key: format!("{}|{edits}", parent.key),
    }
}
