//! Claims about what is on the screen: the particles that arrived, and the network in training.

use std::rc::Rc;

use super::{choices::DenoiserKind, claims::SIGMAS, measured::Due, state::PointsLab};
use crate::data::points::{Distribution, Point};
use crate::experiment::parameter::{Reference, Text, text};
use crate::runtime::readout::{Claim, Note, Readout};

/// Particles are as good as the distribution if they are no farther from fresh data than this many times what fresh
/// data are from each other.
const GOOD: f64 = 1.5;
/// More than this share of fresh data cannot be told from copies.
const MOSTLY: f64 = 0.8;
/// Training steps whose loss is averaged.
const RECENT: usize = 100;

const BONNEEL: Reference =
    Reference { title: "Bonneel et al. 2015", href: "https://doi.org/10.1007/s10851-014-0506-3" };
const KADKHODAIE: Reference =
    Reference { title: "Kadkhodaie et al. 2024", href: "https://arxiv.org/abs/2310.02557" };
const HO: Reference = Reference { title: "Ho et al. 2020, eq. 14", href: "https://arxiv.org/abs/2006.11239" };

/// The particles, once they have arrived.
fn arrived(lab: &PointsLab, at: usize) -> Option<&Rc<[f32]>> {
    lab.trajectory.states.get(at).filter(|_| at == lab.plane.settings.length())
}

pub fn distance(lab: &PointsLab, at: usize) -> Readout {
    let quality = &lab.plane.quality;
    let (floor, count) = (quality.floor(), quality.count());
    Claim {
        id: "w2",
        title: text("The particles are the data's law: sliced W₂", "粒子与数据同分布：切片 W₂"),
        unit: "",
        reference: BONNEEL,
    }
    .below(
        arrived(lab, at).map(|particles| lab.measured.distance(&lab.plane, particles)),
        GOOD * floor,
        Note {
            en: format!(
                "Distance of {count} particles to fresh data; two fresh sets of {count} lie \
                 {floor:.3} apart, and half as much again is allowed. Measured when the particles \
                 have arrived."
            ),
            zh: format!(
                "{count} 个粒子到新数据的距离；两批各 {count} 个新数据相距 {floor:.3}，允许再多一半。\
                 粒子到达终点时测量。"
            ),
        },
    )
}

/// Memorising or generalising: an exact denoiser of points is held to what its last step must do, everybody else
/// to fresh data.
pub fn repeats(lab: &PointsLab, at: usize) -> Readout {
    let share = arrived(lab, at).map(|particles| lab.measured.repeats(&lab.plane, particles));
    match (lab.plane.settings.denoiser, &lab.plane.settings.known) {
        (DenoiserKind::Exact, Distribution::Cloud(points)) => memorising(lab, share, points),
        _ => generalising(lab, share),
    }
}

fn claim(title: Text) -> Claim {
    Claim { id: "memorised", title, unit: "", reference: KADKHODAIE }
}

fn memorising(lab: &PointsLab, share: Option<f64>, points: &[Point]) -> Readout {
    let last = lab.plane.settings.levels[1];
    // Measured only on arrival: until then nobody needs what it costs.
    let Due { share: expected, draws } = match share {
        Some(_) => lab.measured.due(&lab.plane, points),
        None => Due { share: 1.0, draws: 1 },
    };
    let known = |count: usize| expected * (1.0 - expected) / count as f64;
    let count = lab.plane.quality.count();
    // Between 0 and 1 the binomial band; near the ends at least one particle in a hundred.
    let band = (SIGMAS * (known(draws) + known(count)).sqrt()).max(0.01);
    claim(text("Memorising: particles that repeat a data point", "死记：重复数据点的粒子")).equals(
        share,
        expected,
        band,
        Note {
            en: format!(
                "The share of particles three times nearer to one data point than to any other. The \
                 perfect denoiser of a finite set can only rebuild that set, as sharply as its last \
                 step sees: from noise of {:.3} this share is due. More steps near the end, or fewer \
                 points, and it is 1.",
                last.b
            ),
            zh: format!(
                "离某个数据点比离其余的近三倍以上的粒子所占比例。有限数据的完美去噪器只会重建这些数据，\
                 清晰程度取决于最后一步：噪声为 {:.3} 时理应如此。末段步数更多或点更少，比例便趋于 1。",
                last.b
            ),
        },
    )
}

fn generalising(lab: &PointsLab, share: Option<f64>) -> Readout {
    let fresh = lab.measured.chance(&lab.plane);
    // Of drawn points there are no others: what is fresh is a point again.
    let (chance_en, chance_zh) = if fresh < MOSTLY {
        (
            format!(
                "of fresh data it is {fresh:.2} by chance. Half-way from there to one counts as \
                 learnt by heart."
            ),
            format!("新数据偶然如此的比例为 {fresh:.2}，超过它与 1 的中点即算死记硬背。"),
        )
    } else {
        (
            "there are no data but these points, so nine particles in ten count as learnt by \
                 heart."
                .to_owned(),
            "除这些点外别无数据，十个粒子中有九个如此才算死记硬背。".to_owned(),
        )
    };
    claim(text("Generalising: particles that repeat a data point", "举一反三：重复数据点的粒子")).below(
        share,
        (1.0 + fresh.min(MOSTLY)) / 2.0,
        Note {
            en: format!(
                "The share of particles three times nearer to one data point than to any other; \
                 {chance_en}"
            ),
            zh: format!("离某个数据点比离其余的近三倍以上的粒子所占比例；{chance_zh}"),
        },
    )
}

pub fn loss(lab: &PointsLab) -> Readout {
    let losses = lab.training.losses();
    let recent = &losses[losses.len().saturating_sub(RECENT)..];
    let mean = recent.iter().map(|x| f64::from(*x)).sum::<f64>() / recent.len() as f64;
    Claim {
        id: "loss",
        title: text("The network knows more than nothing: loss", "网络并非一无所知：损失"),
        unit: "",
        reference: HO,
    }
    .below(
        (!recent.is_empty()).then_some(mean),
        1.0,
        match recent.len() {
            0 => Note {
                en: "Train the network and its loss is shown.".into(),
                zh: "开始训练后显示损失。".into(),
            },
            n => Note {
                en: format!(
                    "Mean of the last {n} steps. Whoever always answers 0 scores 1; nobody can reach 0, \
                 because noise cannot be told from data for certain."
                ),
                zh: format!(
                    "最近 {n} 步的平均。永远回答 0 者得 1；谁也到不了 0，因为噪声与数据无法完全分清。"
                ),
            },
        },
    )
}
