//! The claims of the plane, each measured on what is on the screen or on runs of its own.

use super::{
    ARTICLE,
    claims::{self, DRAWS, LANES, ROUND, SCHEDULES},
    quality::{MOST, memorised},
    session::PointsSession,
    settings::DenoiserKind,
};
use crate::data::{self, points::Point};
use crate::diffusion::{
    exact::Mixture,
    level::Level,
    schedule::{Schedule, ScheduleKind},
};
use crate::experiment::parameter::{Reference, Text, text};
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::readout::{Claim, Note, Readout};

/// Particles are as good as the law if they are no farther from fresh data than this many times what fresh data
/// are from each other.
const GOOD: f64 = 1.5;
/// More than this share of fresh data cannot be told from copies.
const MOSTLY: f64 = 0.8;
/// Training steps whose loss is averaged.
const RECENT: usize = 100;
/// Width of a Monte Carlo band in standard errors.
const SIGMAS: f64 = 5.0;

const BONNEEL: Reference =
    Reference { title: "Bonneel et al. 2015", href: "https://doi.org/10.1007/s10851-014-0506-3" };
const KADKHODAIE: Reference =
    Reference { title: "Kadkhodaie et al. 2024", href: "https://arxiv.org/abs/2310.02557" };
const HO: Reference = Reference { title: "Ho et al. 2020, eq. 14", href: "https://arxiv.org/abs/2006.11239" };
const SONG: Reference =
    Reference { title: "Song et al. 2021, eq. 12", href: "https://arxiv.org/abs/2010.02502" };
const SU_SIGMA: Reference =
    Reference { title: "Su: 生成扩散模型漫谈（二）", href: "https://kexue.fm/archives/9152" };

/// Every readout of the lab for the state shown.
pub fn all(session: &PointsSession) -> Vec<Readout> {
    let mut all = vec![distance(session), repeats(session), loss(session)];
    all.extend((0..LANES).map(|lane| spread(session, lane)));
    all.push(gradients(session));
    all.push(tanh());
    all.push(crossing());
    all.push(session.race.readout(&session.course()));
    all
}

fn note(en: impl Into<String>, zh: impl Into<String>) -> Note {
    Note { en: en.into(), zh: zh.into() }
}

/// The particles, once they have arrived.
fn arrived(session: &PointsSession) -> Option<&[f32]> {
    let end = session.settings.length();
    let here = session.at == end && session.trajectory.states.len() == end + 1;
    here.then(|| &session.trajectory.states[end][..])
}

fn distance(session: &PointsSession) -> Readout {
    let quality = &session.quality;
    let (floor, count) = (quality.floor(), quality.count());
    Claim {
        id: "w2",
        title: text("The particles are the data's law: sliced W₂", "粒子与数据同分布：切片 W₂"),
        unit: "",
        reference: BONNEEL,
    }
    .below(
        arrived(session).map(|particles| quality.distance(particles)),
        GOOD * floor,
        note(
            format!(
                "Distance of {count} particles to fresh data; two fresh sets of {count} lie {floor:.3} apart, and half as much again is allowed. Measured when the particles have arrived."
            ),
            format!(
                "{count} 个粒子到新数据的距离；两批各 {count} 个新数据相距 {floor:.3}，允许再多一半。粒子到达终点时测量。"
            ),
        ),
    )
}

/// Memorising or generalising: an exact denoiser of points is held to what its last step must do, everybody else
/// to fresh data.
fn repeats(session: &PointsSession) -> Readout {
    let settings = &session.settings;
    let some = |values: &[f32]| memorised(&values[..values.len().min(2 * MOST)], &settings.data);
    let share = arrived(session).map(some);
    let exact = settings.denoiser == DenoiserKind::Exact;
    let claim = |title| Claim { id: "memorised", title, unit: "", reference: KADKHODAIE };
    if exact && let data::points::Distribution::Cloud(points) = &settings.known {
        let last = settings.levels[1];
        // Measured only on arrival: until then nobody needs what it costs.
        let (expected, draws) = match share {
            Some(_) => repeated_by_the_last_step(points, last, settings.seed),
            None => (1.0, 1),
        };
        let known = |count: usize| expected * (1.0 - expected) / count as f64;
        let count = session.quality.count();
        // Between 0 and 1 the binomial band; near the ends at least one particle in a hundred.
        let band = (SIGMAS * (known(draws) + known(count)).sqrt()).max(0.01);
        return claim(text("Memorising: particles that repeat a data point", "死记：重复数据点的粒子")).equals(
            share,
            expected,
            band,
            note(
                format!("The share of particles three times nearer to one data point than to any other. The perfect denoiser of a finite set can only rebuild that set, as sharply as its last step sees: from noise of {:.3} this share is due. More steps near the end, or fewer points, and it is 1.", last.b),
                format!("离某个数据点比离其余的近三倍以上的粒子所占比例。有限数据的完美去噪器只会重建这些数据，清晰程度取决于最后一步：噪声为 {:.3} 时理应如此。末段步数更多或点更少，比例便趋于 1。", last.b),
            ),
        );
    }
    let fresh = some(session.quality.fresh());
    // Of drawn points there are no others: what is fresh is a point again.
    let (chance_en, chance_zh) = if fresh < MOSTLY {
        (
            format!(
                "of fresh data it is {fresh:.2} by chance. Half-way from there to one counts as learnt by heart."
            ),
            format!("新数据偶然如此的比例为 {fresh:.2}，超过它与 1 的中点即算死记硬背。"),
        )
    } else {
        (
            "there are no data but these points, so nine particles in ten count as learnt by heart."
                .to_owned(),
            "除这些点外别无数据，十个粒子中有九个如此才算死记硬背。".to_owned(),
        )
    };
    claim(text("Generalising: particles that repeat a data point", "举一反三：重复数据点的粒子")).below(
        share,
        (1.0 + fresh.min(MOSTLY)) / 2.0,
        note(
            format!(
                "The share of particles three times nearer to one data point than to any other; {chance_en}"
            ),
            format!("离某个数据点比离其余的近三倍以上的粒子所占比例；{chance_zh}"),
        ),
    )
}

/// The share that repeats a point when noise of `last` on the data is answered with the posterior mean, and the
/// draws it was estimated from.
fn repeated_by_the_last_step(points: &[Point], last: Level, seed: u64) -> (f64, usize) {
    let law = Mixture::new(points.iter().map(|y| y.map(f64::from)).collect(), 0.0);
    let draws = (2_000_000 / points.len()).clamp(500, MOST);
    let noise = normals(seed, Stream::Check, 0, 2 * draws);
    let places = data::points::draw(
        &data::points::Distribution::Cloud(points.to_vec()),
        seed,
        Stream::Check,
        1,
        draws,
    );
    let arrive = |(y, e): (&Point, &[f32])| {
        let x = [0, 1].map(|k| last.a * f64::from(y[k]) + last.b * f64::from(e[k]));
        law.mean(x, last).map(|x| x as f32)
    };
    let arrived: Vec<f32> = places.iter().zip(noise.chunks_exact(2)).flat_map(arrive).collect();
    (memorised(&arrived, points), draws)
}

fn loss(session: &PointsSession) -> Readout {
    let losses = session.trainer.as_ref().map_or(&[][..], |trainer| &trainer.state().losses);
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
            0 => note("Train the network and its loss is shown.", "开始训练后显示损失。"),
            n => note(
                format!("Mean of the last {n} steps. Whoever always answers 0 scores 1; nobody can reach 0, because noise cannot be told from data for certain."),
                format!("最近 {n} 步的平均。永远回答 0 者得 1；谁也到不了 0，因为噪声与数据无法完全分清。"),
            ),
        },
    )
}

const SPREADS: [(&str, Text, Reference); LANES] = [
    ("spread_beta", text("Spread of Gaussian data with σ = β", "σ = β 时高斯数据的标准差"), SU_SIGMA),
    ("spread_tilde", text("Spread of Gaussian data with σ = β̃", "σ = β̃ 时高斯数据的标准差"), SU_SIGMA),
    ("spread_ddim", text("Spread of Gaussian data with DDIM", "DDIM 下高斯数据的标准差"), SONG),
    ("spread_greedy", text("Greedy collapses: spread with σ = 0", "贪心会坍缩：σ = 0 时的标准差"), ARTICLE),
];

/// The sampled spread over the recursion's, at the schedule where they differ most.
fn spread(session: &PointsSession, lane: usize) -> Readout {
    let (id, title, reference) = SPREADS[lane];
    let claims = &session.claims;
    let rows: Vec<_> = (0..SCHEDULES.len())
        .map(|which| {
            (SCHEDULES[which], claims.spreads.get(which * LANES + lane), claims::expected(which)[lane])
        })
        .collect();
    let list = |between: &str| {
        let row = |((steps, c), measured, expected): &((usize, f64), Option<&f64>, f64)| match measured {
            Some(measured) => format!("({steps}, {c}) {measured:.4} / {expected:.4}"),
            None => format!("({steps}, {c}) – / {expected:.4}"),
        };
        rows.iter().map(row).collect::<Vec<_>>().join(between)
    };
    let ratios: Vec<f64> =
        rows.iter().filter_map(|(_, measured, expected)| Some(**measured.as_ref()? / expected)).collect();
    let worst = ratios.iter().copied().max_by(|a, b| (a - 1.0).abs().total_cmp(&(b - 1.0).abs()));
    Claim { id, title, unit: "", reference }.equals(
        worst.filter(|_| ratios.len() == rows.len()),
        1.0,
        // A standard deviation of n draws is known to 1/√(2n) of itself.
        SIGMAS / (2.0 * DRAWS as f64).sqrt(),
        note(
            format!("Sampled over predicted, where they differ most. Data of deviation 0.5 and their exact denoiser; (T, c) sampled / predicted: {}.", list("; ")),
            format!("采样值与预测值之比，取相差最大者。数据标准差 0.5，用其精确去噪器；(T, c) 采样值 / 预测值：{}。", list("；")),
        ),
    )
}

fn gradients(session: &PointsSession) -> Readout {
    let draws = 8 * ROUND;
    let expected = claims::expected_ratio();
    Claim {
        id: "gradient_variance",
        title: text(
            "One noise for two: how much calmer the gradient is at t = 500",
            "两份噪声并作一份：t = 500 处梯度方差缩小的倍数",
        ),
        unit: "",
        reference: ARTICLE,
    }
    .equals(
        session.claims.ratio(),
        expected,
        // A mean of squares of products of normals: Var/mean² is 8 for the two noises and below 14 for the one.
        SIGMAS * expected * (22.0 / draws as f64).sqrt(),
        note(
            format!("Variance of the two-noise loss's gradient over the one-noise loss's, from {draws} draws with data N(0, 1) and a linear network."),
            format!("双噪声损失的梯度方差与单噪声损失的之比，数据为 N(0, 1)、网络为线性，抽样 {draws} 次。"),
        ),
    )
}

fn su() -> Schedule {
    Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000)
}

fn tanh() -> Readout {
    let two = Mixture::new(vec![[-1.0], [1.0]], 0.0);
    let schedule = su();
    let gap = |t: f64| {
        let level = schedule.level(t);
        (two.mean([0.5], level)[0] - libm::tanh(level.a * 0.5 / level.b.powi(2))).abs()
    };
    let times = [100.0, 300.0, 500.0, 700.0];
    let said = times.map(|t| format!("{:.4}", two.mean([0.5], schedule.level(t))[0])).join(", ");
    Claim {
        id: "tanh",
        title: text("The best denoiser of ±1 is a tanh", "±1 数据的最佳去噪器是 tanh"),
        unit: "",
        reference: ARTICLE,
    }
    .below(
        Some(times.into_iter().map(gap).fold(0.0, f64::max)),
        1e-12,
        note(
            format!("E[x₀ | x = 0.5] at t = 100, 300, 500, 700 is {said}: Bayes' rule over the two points against tanh(ᾱ x/β̄²), largest gap."),
            format!("t = 100、300、500、700 处 E[x₀ | x = 0.5] 为 {said}：两点上的贝叶斯公式与 tanh(ᾱ x/β̄²) 的最大偏差。"),
        ),
    )
}

fn crossing() -> Readout {
    let schedule = su();
    let first = (1..=schedule.steps()).find(|t| schedule.signal_to_noise(*t) < 1.0);
    Claim {
        id: "snr_crossing",
        title: text("More rubble than building from t =", "瓦砾多于楼，始于 t ="),
        unit: "",
        reference: ARTICLE,
    }
    .equals(
        first.map(|t| t as f64),
        263.0,
        0.0,
        note(
            "The first time at which the signal-to-noise ratio ᾱ²/β̄² is below 1, for T = 1000 and c = 0.02.",
            "T = 1000、c = 0.02 时信噪比 ᾱ²/β̄² 首次低于 1 的时刻。",
        ),
    )
}
