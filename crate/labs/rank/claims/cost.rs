//! The card of costs: what the three designs have in parameters and take in multiply-adds.

use crate::experiment::parameter::text;
use crate::labs::rank::{
    papers::{ARTICLE, T5, UNILM},
    said::{claim, note},
    state::Towers,
};
use crate::maps::cost::Design;
use crate::runtime::readout::Readout;

pub fn all(towers: &Towers) -> Vec<Readout> {
    let task = towers.settings.task();
    let [gpt, unilm, t5] = Design::ALL.map(|design| task.cost(design));
    // Pairs that a two-way input has more than a causal one, over the least that weights take.
    let pairs = task.input as f64 / (12.0 * task.width as f64);
    vec![
        claim("unilm_multiply_adds", text("UniLM over GPT: multiply-adds", "UniLM 与 GPT 的乘加之比"), UNILM).below(
            Some(unilm.multiply_adds() / gpt.multiply_adds()),
            1.0 + pairs + 1e-12,
            note(
                "The same weights, and p(p − 1)/2 pairs more: at most p/(12 D) on top, which is nothing while the input is short beside the width.",
                "权重相同，只多 p(p − 1)/2 对：至多多出 p/(12 D)；输入比宽度短时可以忽略。",
            ),
        ),
        claim("t5_parameters", text("T5 over GPT: parameters", "T5 与 GPT 的参数之比"), T5).above(
            Some(t5.parameters / gpt.parameters),
            2.0 - 1e-12,
            note(
                "Two stacks of 12 L D², and 4 L D² to look across: 28 to 12. The article says twice. A comparison with GPT changes the mask and the parameters at once.",
                "两摞各 12 L D²，再加交叉注意力的 4 L D²：28 比 12。文章说“翻倍”。与 GPT 相比，它同时改了掩码和参数量。",
            ),
        ),
        claim("t5_multiply_adds", text("T5 over GPT: multiply-adds", "T5 与 GPT 的乘加之比"), ARTICLE).below(
            Some(t5.multiply_adds() / gpt.multiply_adds()),
            7.0 / 6.0 + pairs + 1e-12,
            note(
                format!(
                    "Every token passes one stack, so the cost at inference is nearly the same; cross-attention adds 2 D² a token and layer to 12 D². D = heads × d = {}.",
                    task.width
                ),
                format!(
                    "每个字只过一摞，所以推理代价几乎一样；交叉注意力在每字每层的 12 D² 之外加 2 D²。D = 头数 × d = {}。",
                    task.width
                ),
            ),
        ),
    ]
}
