//! A key's bias: what it changes in a row of attention with rotations, and that it changes nothing without.

use crate::experiment::parameter::text;
use crate::labs::stretch::{
    papers::ARTICLE,
    said::{claim, note, shown},
    state::Stretch,
};
use crate::runtime::readout::Readout;

pub fn all(lab: &Stretch, at: usize) -> Vec<Readout> {
    let n = lab.settings.tokens(at);
    let b = shown(lab.settings.b);
    let [plain, rope] = &*lab.rows(at);
    vec![
        claim(
            "bias_effect_rope",
            text("Largest change of a share by a key’s bias, with RoPE", "有 RoPE 时，键偏置引起的最大份额变化"),
            ARTICLE,
        )
        .above(
            Some(rope.effect()),
            1e-6,
            note(
                format!("One row of {n} keys, |b| = {b}. After rotation qᵀRb depends on the distance and cannot cancel."),
                format!("一行 {n} 个键，|b| = {b}。旋转之后 qᵀRb 与距离有关，无法抵消。"),
            ),
        ),
        claim(
            "bias_effect_plain",
            text("The same without rotation", "不旋转时的同一量"),
            ARTICLE,
        )
        .equals(
            Some(plain.effect()),
            0.0,
            1e-12,
            note(
                "q·b is the same for every key, and softmax takes it out.",
                "q·b 对每个键都一样，softmax 会把它消去。",
            ),
        ),
    ]
}
