//! The twins: whether one mask learns better than the other, by what is held out, seed by seed.

use crate::experiment::parameter::{Text, text};
use crate::labs::{
    chosen::chosen,
    rank::{
        papers::STUDENT,
        said::{claim, note, shown},
        state::Towers,
        twins::Pair,
    },
    twins::Schooling,
};
use crate::math::student::Paired;
use crate::runtime::readout::{Note, Readout};

/// Seeds that a verdict needs.
const LEAST: usize = 3;

pub fn all(towers: &Towers, schooling: &Schooling) -> Vec<Readout> {
    let pair: Pair = chosen(&towers.experiment, "twins");
    let losses = text("No difference in held-out loss is to be seen", "留出损失看不出差别");
    let rights = text("No difference in what is said rightly is to be seen", "答对的比例看不出差别");
    vec![
        compared("twin_difference", losses, schooling.paired(0, 1, 0), schooling, pair),
        compared("twin_right_difference", rights, schooling.paired(0, 1, 1), schooling, pair),
    ]
}

/// Second less first, and half of the interval that holds the mean of it with chance 0.95: no difference is to be seen where it
/// holds 0.
fn compared(
    id: &'static str,
    title: Text,
    paired: Option<Paired>,
    schooling: &Schooling,
    pair: Pair,
) -> Readout {
    let paired = paired.filter(|paired| paired.count >= LEAST);
    let said = said(paired, schooling.ends(0, 0).len(), pair);
    let half = paired.map_or(0.0, |paired| paired.half);
    claim(id, title, STUDENT).equals(paired.map(|paired| paired.mean), 0.0, half, said)
}

fn said(paired: Option<Paired>, ended: usize, pair: Pair) -> Note {
    let [en, zh] = match pair {
        Pair::Prefix => ["UniLM less GPT", "UniLM 减 GPT"],
        Pair::Gaps => ["half and half less two-way", "各半减双向"],
    };
    match paired {
        None => note(
            format!(
                "{en}, on texts that neither ever learnt from. {ended} of the three seeds that a verdict needs have been trained to the end."
            ),
            format!("{zh}，在两者都从未学过的文本上。下结论至少要三个种子训练完，现在有 {ended} 个。"),
        ),
        Some(Paired { count, spread, half, p, .. }) => note(
            format!(
                "{en}, on texts that neither ever learnt from; mean of {count} pairs of the same weights and texts. A single difference has deviation {}; the mean lies within ± {} with chance 0.95, by Student’s paired t: p = {}.",
                shown(spread),
                shown(half),
                shown(p)
            ),
            format!(
                "{zh}，在两者都从未学过的文本上；取 {count} 对（权重与文本相同）的平均。单个差的标准差为 {}；按配对 t 检验，均值以 0.95 的概率落在 ± {} 之内：p = {}。",
                shown(spread),
                shown(half),
                shown(p)
            ),
        ),
    }
}
