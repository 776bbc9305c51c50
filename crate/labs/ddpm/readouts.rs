//! The claims of the article, each measured on what is on the screen.

use std::cell::OnceCell;

use super::{
    ARTICLE,
    belief::Denoiser,
    greedy::{margins, spread},
    inversion,
    rule::Order,
    session::DdpmSession,
    settings::{Journey, Move, Settings},
};
use crate::data::gallery::{COUNT, Gallery};
use crate::diffusion::schedule::Schedule;
use crate::experiment::{
    Text,
    parameter::{Reference, text},
};
use crate::math::{
    normal::normals,
    philox::Stream,
    statistics::{Moments, mean_product, rms_gap},
};
use crate::runtime::readout::{Claim, Note, Readout};

/// Above this the rubble still shows the building, and pure noise is the wrong start.
const FORGOTTEN: f64 = 0.05;
/// Draws of the Monte Carlo identity.
const DRAWS: usize = 4096;
/// Width of a Monte Carlo band in standard errors: one false alarm in two million for a mean; for a variance the
/// tail is heavier, about one in forty thousand with the 64 pixels of a single digit.
pub const SIGMAS: f64 = 5.0;

const GAMMA: Reference =
    Reference { title: "DLMF 5.5.1: Γ(x+1) = x Γ(x)", href: "https://dlmf.nist.gov/5.5" };
const HO: Reference = Reference { title: "Ho et al. 2020, eq. 4", href: "https://arxiv.org/abs/2006.11239" };
const HO_SIGMA: Reference =
    Reference { title: "Ho et al. 2020, section 3.2", href: "https://arxiv.org/abs/2006.11239" };
const SONG: Reference =
    Reference { title: "Song et al. 2021, section 4.2", href: "https://arxiv.org/abs/2010.02502" };

/// What is known of real pictures; measured once, when it is asked for.
#[derive(Default)]
pub struct Real {
    spread: OnceCell<f64>,
    nearest: OnceCell<f64>,
}

impl Real {
    /// How far real pictures of what the trunk orders lie apart.
    pub fn spread(&self, settings: &Settings) -> f64 {
        *self.spread.get_or_init(|| {
            let (gallery, labels) = (settings.gallery, settings.gallery.labels());
            let ordered = |i: &usize| match settings.rule.order {
                Order::Any => true,
                Order::Label(label) => usize::from(labels[*i]) == label,
            };
            let chosen: Vec<_> = (0..COUNT).filter(ordered).collect();
            let values: Vec<_> = chosen.iter().flat_map(|&i| gallery.picture(i)).collect();
            spread(&values, chosen.len())
        })
    }

    /// The distance from the picture to the nearest other real one.
    pub fn nearest(&self, settings: &Settings) -> f64 {
        *self.nearest.get_or_init(|| {
            let pixels = settings.gallery.pixels();
            let gaps =
                pixels.chunks_exact(settings.picture.len()).map(|real| rms_gap(real, &settings.picture));
            gaps.filter(|gap| *gap > 0.0).fold(f64::INFINITY, f64::min)
        })
    }
}

/// Every readout of the lab for the state shown.
pub fn all(session: &DdpmSession) -> Vec<Readout> {
    let settings = &session.settings;
    let schedule = &*settings.rule.schedule;
    let [chain_mean, chain_variance] = chain(session);
    let [spread_greedy, spread_beta] = collapse(session);
    let mut all = vec![
        last_level(schedule),
        forgets(schedule),
        chain_mean,
        chain_variance,
        merge_identity(schedule),
        merge_independence(settings),
        spread_greedy,
        spread_beta,
        calls(session),
    ];
    if settings.journey == Journey::Invert {
        all.extend(inversion::readouts(session));
    }
    // What real pictures score is only reckoned when a race needs it.
    if !session.race.winners().is_empty() {
        all.push(session.race.readout(&session.course()));
    }
    all
}

pub fn note(en: impl Into<String>, zh: impl Into<String>) -> Note {
    Note { en: en.into(), zh: zh.into() }
}

fn last_level(schedule: &Schedule) -> Readout {
    let value = schedule.a_bar[schedule.steps()];
    let expected = schedule.a_bar_last_closed_form();
    Claim {
        id: "abar_T",
        title: text("What is left of the building, ᾱ_T", "楼最后还剩多少，ᾱ_T"),
        unit: "",
        reference: GAMMA,
    }
    .equals(
        Some(value),
        expected,
        1e-9 * expected,
        note(
            "The product of all T factors, beside its closed form (a ratio of Gamma functions; telescoping for the cosine).",
            "T 个因子的连乘积，与其闭式（Gamma 函数之比；余弦表则逐项相消）对照。",
        ),
    )
}

fn forgets(schedule: &Schedule) -> Readout {
    let value = schedule.a_bar[schedule.steps()];
    let percent = 100.0 * value;
    let words = if value < FORGOTTEN {
        note(
            format!(
                "{percent:.2} % of the building is left in the rubble, so building may start from pure noise."
            ),
            format!("瓦砾中只剩下楼的 {percent:.2}%，可以从纯噪声开始建。"),
        )
    } else {
        note(
            format!(
                "{percent:.0} % of the building still stands at T. Make T longer or c larger: pure noise is the wrong start for this schedule."
            ),
            format!(
                "到 T 时楼还剩 {percent:.0}%。请加大 T 或 c：对这张噪声表而言，从纯噪声开始是错误的起点。"
            ),
        )
    };
    Claim {
        id: "forgotten",
        title: text("The rubble forgets the building", "瓦砾忘掉了楼"),
        unit: "",
        reference: ARTICLE,
    }
    .below(Some(value), FORGOTTEN, words)
}

/// The residual x_t − A_t x_0 of all pixels of all samples: its mean and variance against the jump's.
fn chain(session: &DdpmSession) -> [Readout; 2] {
    let settings = &session.settings;
    let k = session.at.min(settings.demolished());
    // The trunk: a fork may be painted on.
    let level = session.tree.tracks[0].route.levels[k];
    let measured = (settings.move_from(0) == Move::Fall && k > 0).then(|| {
        let (a, picture) = (level.a, &settings.picture);
        let residuals = session.state(0, k).x.iter().zip(picture.iter().cycle());
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

fn merge_identity(schedule: &Schedule) -> Readout {
    let gap = |t: usize| {
        let sum = (schedule.a[t] * schedule.b_bar[t - 1]).powi(2) + schedule.b[t].powi(2);
        (sum - schedule.b_bar[t].powi(2)).abs()
    };
    Claim {
        id: "merge_identity",
        title: text(
            "Two noises merge: α_t² β̄²_{t−1} + β_t² = β̄_t²",
            "两份噪声合一：α_t² β̄²_{t−1} + β_t² = β̄_t²",
        ),
        unit: "",
        reference: ARTICLE,
    }
    .below(
        Some((1..=schedule.steps()).map(gap).fold(0.0, f64::max)),
        1e-15,
        note("The largest gap over all t, in double precision.", "所有 t 中的最大偏差，双精度。"),
    )
}

/// β̄_t ε = α_t β̄_{t−1} ε̄_{t−1} + β_t e_t and β̄_t ω = β_t ε̄_{t−1} − α_t β̄_{t−1} e_t: E[ε ω] = 0.
fn merge_independence(settings: &Settings) -> Readout {
    let schedule = &settings.rule.schedule;
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

/// The deviation of samples built without fresh noise, beside that with σ = β.
fn collapse(session: &DdpmSession) -> [Readout; 2] {
    let spreads = session.greedy.spreads();
    let (steps, lane) = (session.greedy.steps(), session.greedy.lane());
    let open = note(
        format!(
            "Press Measure: {lane} samples are built twice from the same rubble in {steps} steps, without and with fresh noise."
        ),
        format!("点“测量”：用同一堆瓦砾、{steps} 步把 {lane} 个样本各建两遍，一遍不加新噪声，一遍加。"),
    );
    let greedy_note = match spreads {
        None => open.clone(),
        Some(s) => note(
            format!(
                "Without fresh noise the samples lie {:.2} apart, with σ = β {:.2}: always taking the mean is not sampling.",
                s.greedy, s.beta
            ),
            format!(
                "不加新噪声时样本之间相差 {:.2}，取 σ = β 时相差 {:.2}：步步取均值不是采样。",
                s.greedy, s.beta
            ),
        ),
    };
    let real = session.real.spread(&session.settings);
    let [below, within] = margins(session.settings.gallery);
    let percent = 100.0 * within;
    let greedy = Claim {
        id: "greedy_collapses",
        title: text("Greedy collapses: spread of samples with σ = 0", "贪心会坍缩：σ = 0 时样本的标准差"),
        unit: "",
        reference: ARTICLE,
    };
    let beta = Claim {
        id: "beta_spreads",
        title: spread_title(session.settings.gallery),
        unit: "",
        reference: HO_SIGMA,
    };
    let beta_note = match spreads {
        None => open,
        Some(_) => note(
            format!(
                "Real pictures that were held back from training lie {real:.2} apart; {lane} samples tell that to about {percent:.0} %."
            ),
            format!("未参与训练的真实图片彼此相差 {real:.2}；{lane} 个样本的估计误差约 {percent:.0}%。"),
        ),
    };
    let bound = below * spreads.map_or(real, |s| s.beta);
    [
        greedy.below(spreads.map(|s| s.greedy), bound, greedy_note),
        beta.equals(spreads.map(|s| s.beta), real, within * real, beta_note),
    ]
}

fn spread_title(gallery: Gallery) -> Text {
    match gallery {
        Gallery::Buildings => {
            text("… and with σ = β it is that of real buildings", "……而 σ = β 时与真实小楼相当")
        }
        Gallery::Digits => text("… and with σ = β it is that of real digits", "……而 σ = β 时与真实数字相当"),
    }
}

fn calls(session: &DdpmSession) -> Readout {
    let settings = &session.settings;
    let a_step = Denoiser::calls_a_prediction(&settings.rule);
    let made: usize = session.tree.tracks.iter().map(|track| track.calls).sum();
    let pixel_by_pixel = settings.picture.len();
    Claim {
        id: "network_calls",
        title: text("Network calls for the building so far", "建到现在用了几次网络"),
        unit: "",
        reference: SONG,
    }
    .equals(
        (made > 0).then_some(made as f64),
        session.tree.expected_calls(settings) as f64,
        0.0,
        note(
            format!(
                "Counted where the network runs: {a_step} for each question, one question a state (Heun asks two), whatever the number of pixels; a model that writes number after number would need {pixel_by_pixel} for this picture and 196,608 for 256 × 256 in colour.",
            ),
            format!("在网络运行处计数：每次提问 {a_step} 次，每个状态提问一次（Heun 两次），与像素多少无关；逐个数书写的模型画这张图要 {pixel_by_pixel} 次，画 256 × 256 彩图要 196608 次。"),
        ),
    )
}
