//! The settings of the race, the same in every lab: who runs in which lane, and how far budgets go.

use crate::experiment::parameter::{Affects::Race, Choice, Kind, Parameter, Reference, choice, help, text};
use crate::labs::samplers::SAMPLERS;

const KARRAS: Reference =
    Reference { title: "Karras et al. 2022, figure 2", href: "https://arxiv.org/abs/2206.00364" };
const LU: Reference = Reference { title: "Lu et al. 2022", href: "https://arxiv.org/abs/2211.01095" };

/// "none" and every sampler.
const LANES: [Choice; SAMPLERS.len() + 1] = {
    let mut all = [choice("none", "Empty", "空"); SAMPLERS.len() + 1];
    let mut i = 0;
    while i < SAMPLERS.len() {
        all[i + 1] = SAMPLERS[i];
        i += 1;
    }
    all
};

const fn lane(key: &'static str, default: &'static str, en: &'static str, zh: &'static str) -> Parameter {
    Parameter {
        key,
        kind: Kind::Choice { options: &LANES, default },
        title: text(en, zh),
        help: help(
            "The sampler that runs in this lane. All lanes start from the same noise and may make the same number of network calls; DDPM and DDIM take the fresh noise that is set above.",
            "这条跑道上的采样器。所有跑道从同一份噪声出发，网络调用次数的上限也相同；DDPM 与 DDIM 采用上面设定的新增噪声。",
        ),
        link: Some(LU),
        ..Parameter::of("race", &[Race])
    }
}

/// The keys that only the race reads: the lanes, then the budget.
pub const KEYS: [&str; 7] = ["lane1", "lane2", "lane3", "lane4", "lane5", "lane6", "budget"];

/// `lane1` … `lane6` and `budget`: a table for labs that race.
pub const PARAMETERS: &[Parameter] = &[
    lane("lane1", "ddim", "Lane 1", "跑道一"),
    lane("lane2", "dpmpp2m", "Lane 2", "跑道二"),
    lane("lane3", "heun", "Lane 3", "跑道三"),
    lane("lane4", "none", "Lane 4", "跑道四"),
    lane("lane5", "none", "Lane 5", "跑道五"),
    lane("lane6", "none", "Lane 6", "跑道六"),
    Parameter {
        key: "budget",
        kind: Kind::Integer { min: 4, max: 200, default: 50 },
        title: text("Largest budget", "最大预算"),
        help: help(
            "The race is run at budgets of 4, 6, 8, 10, 15, … network calls up to this one. The network is what takes time, so equal calls are equal cost.",
            "比赛依次在 4、6、8、10、15……次网络调用的预算下进行，直到这个上限。耗时的是网络，所以调用次数相同即代价相同。",
        ),
        link: Some(KARRAS),
        ..Parameter::of("race", &[Race])
    },
];
