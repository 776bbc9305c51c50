//! What the schedule claims: how much of the building it leaves, and that two noises merge into one.

use super::{ARTICLE, claim::note};
use crate::diffusion::schedule::Schedule;
use crate::experiment::parameter::{Reference, text};
use crate::runtime::readout::{Claim, Readout};

/// Above this the rubble still shows the building, and pure noise is the wrong start.
const FORGOTTEN: f64 = 0.05;

const GAMMA: Reference =
    Reference { title: "DLMF 5.5.1: Γ(x+1) = x Γ(x)", href: "https://dlmf.nist.gov/5.5" };

pub fn last_level(schedule: &Schedule) -> Readout {
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

pub fn forgets(schedule: &Schedule) -> Readout {
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

pub fn merge_identity(schedule: &Schedule) -> Readout {
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
