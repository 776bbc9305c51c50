//! The claims of the article, each measured on what is on the screen.

use super::{
    claim::note,
    collapse::collapse,
    inversion,
    noise_claims::{chain, merge_independence},
    schedule_claims::{forgets, last_level, merge_identity},
    settings::Journey,
    state::Ddpm,
};
use crate::experiment::parameter::{Reference, text};
use crate::runtime::readout::{Claim, Readout};

const SONG: Reference =
    Reference { title: "Song et al. 2021, section 4.2", href: "https://arxiv.org/abs/2010.02502" };

/// Every readout of the lab for the state shown.
pub fn all(run: &Ddpm, at: usize) -> Vec<Readout> {
    let settings = &run.settings;
    let schedule = &*settings.config.schedule;
    let [chain_mean, chain_variance] = chain(run, at);
    let [spread_greedy, spread_beta] = collapse(run);
    let mut all = vec![
        last_level(schedule),
        forgets(schedule),
        chain_mean,
        chain_variance,
        merge_identity(schedule),
        merge_independence(settings),
        spread_greedy,
        spread_beta,
        calls(run),
    ];
    if settings.journey == Journey::Invert {
        all.extend(inversion::readouts(run, at));
    }
    all.extend(run.network.as_ref().and_then(|network| network.race_readout(settings)));
    all
}

fn calls(run: &Ddpm) -> Readout {
    let settings = &run.settings;
    let a_step = settings.config.calls_a_prediction();
    let made: usize = run.tree.forks.iter().map(|fork| fork.computed().calls).sum();
    let pixel_by_pixel = settings.picture.len();
    Claim {
        id: "network_calls",
        title: text("Network calls for the building so far", "建到现在用了几次网络"),
        unit: "",
        reference: SONG,
    }
    .equals(
        (made > 0).then_some(made as f64),
        run.tree.expected_calls(settings) as f64,
        0.0,
        note(
            format!(
                "Counted where the network runs: {a_step} for each question, one question a state (Heun asks two), whatever the number of pixels; a model that writes number after number would need {pixel_by_pixel} for this picture and 196,608 for 256 × 256 in colour.",
            ),
            format!("在网络运行处计数：每次提问 {a_step} 次，每个状态提问一次（Heun 两次），与像素多少无关；逐个数书写的模型画这张图要 {pixel_by_pixel} 次，画 256 × 256 彩图要 196608 次。"),
        ),
    )
}
