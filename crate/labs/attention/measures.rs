//! What the map of every head says in numbers.

use super::{memo::Effort, run::Run, state::Shown};
use crate::math::{
    attention_measures::{HeadMeasures, head_measures},
    spectrum::EffectiveRanks,
};
use crate::runtime::frame::Frame;

/// Numbers of a head.
const MEASURES: usize = 9;

/// [2, L, H, 9] for the untouched run and the edited one: entropy, effective tokens, concentration, three effective
/// ranks (−1 where they wait for the checks), distance, share of the first, prefix matching (−1 if there is none).
pub fn measures(Shown { lab, sight }: Shown<'_>) -> Frame {
    let (config, heads) = (&lab.settings.config, lab.settings.heads());
    let runs = lab.runs.different();
    let of_run = |(i, run): (usize, &&Run)| -> Vec<f32> {
        let of_head = |number: usize| {
            let map = run.map(number, heads, sight);
            let ranks = lab.checks.memo.ranks(sight, (i, number), &map, Effort::Small);
            numbers(head_measures(&map, &run.tokens[..sight]), ranks)
        };
        if sight == 0 { vec![-1.0; MEASURES * heads] } else { (0..heads).flat_map(of_head).collect() }
    };
    let mut all: Vec<f32> = runs.iter().enumerate().flat_map(of_run).collect();
    if runs.len() == 1 {
        all.extend(all.clone());
    }
    Frame::new("measures", [2, config.layers, config.heads, MEASURES], all)
}

fn numbers(measures: HeadMeasures, ranks: Option<EffectiveRanks>) -> [f32; MEASURES] {
    let [stable, entropy, participation] =
        ranks.map_or([-1.0; 3], |ranks| [ranks.stable, ranks.entropy, ranks.participation]);
    let HeadMeasures { entropy: nats, effective_tokens, concentration, distance, first, prefix, .. } =
        measures;
    let prefix = prefix.unwrap_or(-1.0);
    [nats, effective_tokens, concentration, stable, entropy, participation, distance, first, prefix]
        .map(|x| x as f32)
}
