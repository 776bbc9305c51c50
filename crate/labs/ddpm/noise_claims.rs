//! What is claimed of the noise, measured by chance: many small steps are one jump, and merged noise is independent.

use super::{
    ARTICLE,
    claim::{SIGMAS, note},
    settings::{Move, Settings},
    state::Ddpm,
};
use crate::experiment::parameter::{Reference, text};
use crate::math::{
    normal::normals,
    philox::Stream,
    statistics::{Moments, mean_product},
};
use crate::runtime::readout::{Claim, Readout};

/// Draws of the Monte Carlo identity.
const DRAWS: usize = 4096;

const HO: Reference = Reference { title: "Ho et al. 2020, eq. 4", href: "https://arxiv.org/abs/2006.11239" };

/// The residual x_t − A_t x_0 of all pixels of all samples: its mean and variance against the jump's.
pub fn chain(run: &Ddpm, at: usize) -> [Readout; 2] {
    let settings = &run.settings;
    let k = at.min(settings.demolished());
    // The original: a fork may be painted on.
    let level = run.tree.forks[0].trajectory.levels[k];
    let measured = (settings.move_from(0) == Move::Fall && k > 0).then(|| {
        let (a, picture) = (level.a, &settings.picture);
        let residuals = run.state(0, k).x.iter().zip(picture.iter().cycle());
        Moments::of(residuals.map(|(x, x0)| f64::from(*x) - a * f64::from(*x0)))
    });
    let count = (settings.samples * settings.picture.len()) as f64;
    let (deviation, t) = (level.b, level.t.round());
    let words = match measured {
        Some(_) => note(
            format!(
                "{k} small steps to t = {t}, over {count} numbers, against one Gaussian jump; the band is five standard errors wide."
            ),
            format!("走 {k} 小步到 t = {t}，取 {count} 个数，与一次高斯跳跃对照；容差为五倍标准误。"),
        ),
        None => {
            note("Demolish a picture and this is measured on its rubble.", "先拆一座楼，再在它的瓦砾上测量。")
        }
    };
    let mean = Claim {
        id: "chain_mean",
        title: text("Many steps = one jump: mean of x_t − ᾱ_t x_0", "多步等于一跳：x_t − ᾱ_t x_0 的均值"),
        unit: "",
        reference: HO,
    };
    let variance = Claim {
        id: "chain_variance",
        title: text("Many steps = one jump: variance", "多步等于一跳：方差"),
        unit: "",
        reference: HO,
    };
    [
        mean.equals(measured.map(|m| m.mean), 0.0, SIGMAS * deviation / count.sqrt(), words.clone()),
        variance.equals(
            measured.map(|m| m.variance),
            deviation.powi(2),
            SIGMAS * deviation.powi(2) * (2.0 / count).sqrt(),
            words,
        ),
    ]
}

/// β̄_t ε = α_t β̄_{t−1} ε̄_{t−1} + β_t e_t and β̄_t ω = β_t ε̄_{t−1} − α_t β̄_{t−1} e_t: E[ε ω] = 0.
pub fn merge_independence(settings: &Settings) -> Readout {
    let schedule = &settings.config.schedule;
    let t = schedule.steps().div_ceil(2).max(2);
    let (a, b, before, total) = (schedule.a[t], schedule.b[t], schedule.b_bar[t - 1], schedule.b_bar[t]);
    let draw = |step| normals(settings.seed, Stream::Check, step, DRAWS).into_iter().map(f64::from);
    let (mut eps, mut omega) = (Vec::new(), Vec::new());
    for (old, new) in draw(0).zip(draw(1)) {
        eps.push((a * before * old + b * new) / total);
        omega.push((b * old - a * before * new) / total);
    }
    Claim {
        id: "merge_independence",
        title: text(
            "The merged noise is independent of the rest: E[ε ω]",
            "合并后的噪声与余下的独立：E[ε ω]",
        ),
        unit: "",
        reference: ARTICLE,
    }
    .equals(
        Some(mean_product(&eps, &omega)),
        0.0,
        SIGMAS / (DRAWS as f64).sqrt(),
        note(
            format!("{DRAWS} draws at t = {t}; this is why one noise can stand for two in the loss."),
            format!("在 t = {t} 处抽 {DRAWS} 次；正因如此，损失中两份噪声可以换成一份。"),
        ),
    )
}
