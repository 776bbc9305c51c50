//! Sentences about what cannot be: formulas, places without a metric, walks that end.

use super::settings::Misread;
use crate::experiment::Message;
use crate::geometry::{Place, field::Trouble, geodesic::Stop};

/// A sentence in both languages.
pub type Sentence = [String; 2];

pub fn misread(Misread { letter, fault }: &Misread) -> Message {
    let place = fault.at + 1;
    Message::new(
        "expressions",
        format!("{letter}, character {place}: {}. The formulas that stood there before are used.", fault.en),
        format!("{letter} 的第 {place} 个字符：{}。沿用之前的公式。", fault.zh),
    )
}

pub fn not_typed() -> Message {
    Message::new(
        "expressions",
        "The link holds formulas, but this surface has its own; choose \"metric\", \"conformal\" or \"embedding\" to use them.",
        "链接带有公式，但这个曲面有自己的公式；要使用它们，请选“自己的度规”“自己的尺子”或“自己的曲面”。",
    )
}

pub fn not_a_plate() -> Message {
    Message::new(
        "paint",
        "Only the hot plate can be painted; choose \"hotplate\" to see what the link holds.",
        "只有热板可以涂热；要看链接里的内容，请选“热板”。",
    )
}

/// Numbers as people write them.
fn written([u, v]: Place) -> String {
    format!("({u:.3}, {v:.3})").replace('-', "−")
}

/// Why there is no metric at `place`.
pub fn nowhere(place: Place, trouble: Trouble) -> Sentence {
    let at = written(place);
    match trouble {
        Trouble::Outside => [
            format!("{at} lies beyond the edge of the chart; move the ant inside."),
            format!("{at} 在图的边界之外，请把蚂蚁移进来。"),
        ],
        Trouble::NotFinite => [
            format!("The metric has no finite value at {at}; move the ant, or change the formula there."),
            format!("度规在 {at} 没有有限的值，请移动蚂蚁，或修改公式。"),
        ],
        Trouble::NotPositive => [
            format!(
                "The metric is not positive at {at}: E and E G − F² must both be above 0. Move the ant, or change the formula."
            ),
            format!("度规在 {at} 不是正的：E 与 E G − F² 都必须大于 0。请移动蚂蚁，或修改公式。"),
        ],
    }
}

/// Where a walk had to end, and why.
pub fn stopped(stop: &Stop) -> Sentence {
    let (s, at) = (stop.came, written(stop.place));
    let [en, zh] = match stop.trouble {
        Some(Trouble::Outside) => ["the chart ends there", "图到此为止"],
        Some(Trouble::NotFinite) => ["the metric has no finite value there", "度规在那里没有有限的值"],
        Some(Trouble::NotPositive) => ["the metric is not positive there", "度规在那里不是正的"],
        None => ["the metric changes there faster than can be followed", "度规在那里变化太快，无法跟随"],
    };
    [format!("It comes as far as s = {s:.4}, to {at}: {en}."), format!("走到 s = {s:.4}、{at} 为止：{zh}。")]
}
