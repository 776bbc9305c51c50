//! The card of costs: what the three designs have in parameters and take in multiply-adds.

use crate::experiment::parameter::text;
use crate::labs::rank::{
    papers::{ARTICLE, T5, UNILM},
    said::{claim, note, shown},
    state::Towers,
};
use crate::maps::cost::Design;
use crate::runtime::readout::Readout;

pub fn all(towers: &Towers) -> Vec<Readout> {
    let task = towers.settings.task();
    let [gpt, unilm, t5] = Design::ALL.map(|design| task.cost(design));
    let (p, m) = (task.input as f64, task.output as f64);
    // T5 does not read its input again with what it writes, but looks across at it.
    let across = 2.0 * (p + m) * (task.layers * task.width * task.width) as f64;
    vec![
        claim("unilm_pairs", text("UniLM over GPT: multiply-adds", "UniLM 与 GPT 的乘加之比"), UNILM).below(
            Some(unilm.multiply_adds() / gpt.multiply_adds()),
            1.0 + 1.0 / 6.0 * ratio(task.input, task.width) + 1e-12,
            note(
                "The same weights, and p(p − 1)/2 pairs more: at most p/(6 D) on top, which is nothing while the input is short beside the width.",
                "权重相同，只多 p(p − 1)/2 对：至多多出 p/(6 D)；输入比宽度短时可以忽略。",
            ),
        ),
        claim("t5_parameters", text("T5 over GPT: parameters", "T5 与 GPT 的参数之比"), T5).above(
            Some(t5.parameters / gpt.parameters),
            2.0 - 1e-12,
            note(
                "Two stacks of 12 L D², and 4 L D² to look across: 28 to 12. The article says twice. Its comparison with GPT changes the mask and the parameters at once.",
                "两摞各 12 L D²，再加交叉注意力的 4 L D²：28 比 12。文章说“翻倍”。与 GPT 相比，它同时改了掩码和参数量。",
            ),
        ),
        claim("t5_multiply_adds", text("T5 over GPT: multiply-adds", "T5 与 GPT 的乘加之比"), T5).equals(
            Some(t5.multiply_adds() / gpt.multiply_adds()),
            1.0,
            across / gpt.multiply_adds() + 0.02 + 1.0 / 6.0 * ratio(task.input, task.width),
            note(
                format!(
                    "Every token passes one stack: about the same cost at inference. What is left is cross-attention, {} of GPT’s.",
                    shown(across / gpt.multiply_adds())
                ),
                format!("每个字只过一摞：推理代价几乎一样。差别只是交叉注意力，占 GPT 的 {}。", shown(across / gpt.multiply_adds())),
            ),
        ),
        claim("gpt_parameters", text("GPT’s parameters, 12 L D²", "GPT 的参数量 12 L D²"), ARTICLE).equals(
            Some(gpt.parameters),
            12.0 * task.layers as f64 * ((task.width * task.width) as f64),
            0.0,
            note(
                format!("D = heads × d = {}. No embedding, no bias.", task.width),
                format!("D = 头数 × d = {}。不计嵌入与偏置。", task.width),
            ),
        ),
    ]
}

fn ratio(count: usize, width: usize) -> f64 {
    count as f64 / width as f64
}
