//! What the race says in words: the winner at every budget.

use super::course::Course;
use crate::diffusion::solver::Method;
use crate::experiment::parameter::{Reference, text};
use crate::labs::samplers::title;
use crate::runtime::readout::{Claim, Note, Readout};

const LU: Reference =
    Reference { title: "Lu et al. 2022, section 6", href: "https://arxiv.org/abs/2211.01095" };

/// `best` is the winner's quality at the largest budget finished.
pub fn winner(winners: &[(usize, Vec<Method>)], best: Option<f64>, course: &impl Course) -> Readout {
    let names = |methods: &[Method], name: fn(&Method) -> &'static str| {
        methods.iter().map(name).collect::<Vec<_>>().join(" = ")
    };
    let list = |name: fn(&Method) -> &'static str, between: &str| {
        let rows: Vec<_> =
            winners.iter().map(|(calls, methods)| format!("{calls}: {}", names(methods, name))).collect();
        rows.join(between)
    };
    let scored = course.scored();
    let note = if winners.is_empty() {
        Note {
            en: "Run the race to see who wins at which number of network calls.".into(),
            zh: "开始比赛，看各种网络调用次数下谁胜出。".into(),
        }
    } else {
        Note {
            en: format!(
                "Winner by network calls — {}. {} \"=\": the lead is within its error.",
                list(|m| title(m.id()).title.en, ", "),
                scored.en
            ),
            zh: format!(
                "各调用次数下的胜者——{}。{}“=”表示领先不超过误差。",
                list(|m| title(m.id()).title.zh, "，"),
                scored.zh
            ),
        }
    };
    Claim {
        id: "race_winner",
        title: text("The winner's samples are as good as real data", "胜者的样本与真实数据一样好"),
        unit: "",
        reference: LU,
    }
    .below(best, course.good() * course.floor(), note)
}
