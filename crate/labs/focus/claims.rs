//! All claims: those of the chosen kernel, of the phases of softmax, of the needle, of linear features, of decay and of scaling.

mod kernel;
mod linear;
mod needle;
mod phase;
pub mod twins;

use super::{
    heads::Dot,
    papers::KARPATHY,
    said::{claim, note, shown},
    state::Focus,
};
use crate::experiment::parameter::text;
use crate::runtime::readout::Readout;

pub fn all(lab: &Focus, at: usize) -> Vec<Readout> {
    let mut all = kernel::all(lab, at);
    all.extend(phase::all(lab, at));
    all.extend(needle::all(lab, at));
    all.extend(linear::all(lab, at));
    all
}

/// Whether heads that have learned look as sharply as as many Gaussian scores with their deviation would.
pub fn heads(dots: &[Dot]) -> Option<Readout> {
    let wide = dots.iter().filter(|dot| dot.concentration > dot.expected).count();
    let first = dots.first()?;
    Some(claim("heads_wider", text("Most trained heads look wider than their γ says", "多数学过的头看得比其 γ 所示更宽"), KARPATHY).above(
        Some(wide as f64),
        dots.len() as f64 / 2.0,
        note(
            format!(
                "How many of {} heads have a larger S than Gaussian scores with their deviation, {} keys in sight on the average: their scores are not Gaussian. A few far above all others make a head sharper than γ says, a few far below wider.",
                dots.len(), shown(first.keys)
            ),
            format!(
                "{} 个头里，S 大于同样标准差的高斯得分（平均见到 {} 个键）的有多少：它们的得分不是高斯的。少数得分远高于其余，头就比 γ 所示更锐；少数远低于其余，则更宽。",
                dots.len(), shown(first.keys)
            ),
        ),
    ))
}
