//! Claims of the article, measured on runs of their own or known in closed form.

use std::sync::LazyLock;

use super::{
    claims::{self, Claims, DRAWS, LANES, ROUND, SCHEDULES, SIGMAS},
    papers::ARTICLE,
};
use crate::diffusion::{
    exact::Mixture,
    schedule::{Schedule, ScheduleKind},
};
use crate::experiment::parameter::{Reference, Text, text};
use crate::runtime::readout::{Claim, Note, Readout};

const SONG: Reference =
    Reference { title: "Song et al. 2021, eq. 12", href: "https://arxiv.org/abs/2010.02502" };
const SU_SIGMA: Reference =
    Reference { title: "Su: 生成扩散模型漫谈（二）", href: "https://kexue.fm/archives/9152" };

const SPREADS: [(&str, Text, Reference); LANES] = [
    ("spread_beta", text("Spread of Gaussian data with σ = β", "σ = β 时高斯数据的标准差"), SU_SIGMA),
    ("spread_tilde", text("Spread of Gaussian data with σ = β̃", "σ = β̃ 时高斯数据的标准差"), SU_SIGMA),
    ("spread_ddim", text("Spread of Gaussian data with DDIM", "DDIM 下高斯数据的标准差"), SONG),
    ("spread_greedy", text("Greedy collapses: spread with σ = 0", "贪心会坍缩：σ = 0 时的标准差"), ARTICLE),
];

/// The sampled spread over the recursion's, at the schedule where they differ most.
pub fn spread(claims: &Claims, lane: usize) -> Readout {
    let (id, title, reference) = SPREADS[lane];
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
        Note {
            en: format!(
                "Sampled over predicted, where they differ most. Data of deviation 0.5 and their \
                 exact denoiser; (T, c) sampled / predicted: {}.",
                list("; ")
            ),
            zh: format!(
                "采样值与预测值之比，取相差最大者。数据标准差 0.5，用其精确去噪器；(T, c) 采样值 / 预\
                 测值：{}。",
                list("；")
            ),
        },
    )
}

pub fn gradients(claims: &Claims) -> Readout {
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
        claims.ratio(),
        expected,
        // A mean of squares of products of normals: Var/mean² is 8 for the two noises and below 14 for the one.
        SIGMAS * expected * (22.0 / draws as f64).sqrt(),
        Note {
            en: format!(
                "Variance of the two-noise loss's gradient over the one-noise loss's, from {draws} \
                 draws with data N(0, 1) and a linear network."
            ),
            zh: format!(
                "双噪声损失的梯度方差与单噪声损失的之比，数据为 N(0, 1)、网络为线性，抽样 {draws} 次。"
            ),
        },
    )
}

/// The article's schedule.
fn su() -> Schedule {
    Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000)
}

/// E[x_0 | x = 0.5] for data −1 and +1 at four times, and the largest gap to the closed form.
static TWO_POINTS: LazyLock<([f64; 4], f64)> = LazyLock::new(|| {
    let two = Mixture::new(vec![[-1.0], [1.0]], 0.0);
    let levels = [100.0, 300.0, 500.0, 700.0].map(|t| su().level(t));
    let means = levels.map(|level| two.mean([0.5], level)[0]);
    let tanh = levels.map(|level| libm::tanh(level.a * 0.5 / level.b.powi(2)));
    (means, means.iter().zip(tanh).map(|(mean, tanh)| (mean - tanh).abs()).fold(0.0, f64::max))
});

pub fn tanh() -> Readout {
    let (means, gap) = *TWO_POINTS;
    let said = means.map(|mean| format!("{mean:.4}")).join(", ");
    Claim {
        id: "tanh",
        title: text("The best denoiser of ±1 is a tanh", "±1 数据的最佳去噪器是 tanh"),
        unit: "",
        reference: ARTICLE,
    }
    .below(
        Some(gap),
        1e-12,
        Note {
            en: format!(
                "E[x₀ | x = 0.5] at t = 100, 300, 500, 700 is {said}: Bayes' rule over the two \
                 points against tanh(ᾱ x/β̄²), largest gap."
            ),
            zh: format!(
                "t = 100、300、500、700 处 E[x₀ | x = 0.5] 为 {said}：两点上的贝叶斯公式与 tanh(ᾱ \
                 x/β̄²) 的最大偏差。"
            ),
        },
    )
}

/// The first time at which there is more rubble than building.
static CROSSING: LazyLock<Option<usize>> = LazyLock::new(|| {
    let schedule = su();
    (1..=schedule.steps()).find(|t| schedule.signal_to_noise(*t) < 1.0)
});

pub fn crossing() -> Readout {
    Claim {
        id: "snr_crossing",
        title: text("More rubble than building from t =", "瓦砾多于楼，始于 t ="),
        unit: "",
        reference: ARTICLE,
    }
    .equals(
        CROSSING.map(|t| t as f64),
        263.0,
        0.0,
        Note {
            en: "The first time at which the signal-to-noise ratio ᾱ²/β̄² is below 1, for T = 1000 \
                 and c = 0.02."
                .into(),
            zh: "T = 1000、c = 0.02 时信噪比 ᾱ²/β̄² 首次低于 1 的时刻。".into(),
        },
    )
}
