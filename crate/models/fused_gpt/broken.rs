//! Where a transformer's numbers first are not finite while it reads texts and learns from them.

use super::gradient::{Layout, Texts, answer, surprise};
use crate::attention::mixing::Mixing;
use crate::models::gpt_config::GptConfig;

/// What it is, in English and in Chinese; whether it is a slope; its numbers.
pub type Place = ([String; 2], bool, Vec<f32>);

/// The first part that has a number that is not finite: on the way forward queries, keys and values, then weights, layer by layer, then the
/// scores; on the way back the gradients, from the last parameter to the first. `None` if all are.
pub fn broken(
    config: &GptConfig,
    mixing: &Mixing,
    layout: &Layout,
    weights: &[f32],
    texts: &Texts<'_>,
) -> Option<Place> {
    let wild = |numbers: &[f32]| numbers.iter().any(|x| !x.is_finite());
    let said = answer(config, mixing, layout, weights, texts.read, texts.length);
    for (l, (heads, maps)) in said.heads.into_iter().zip(said.maps).enumerate() {
        let l = l + 1;
        if wild(&heads) {
            let place = [format!("layer {l}, queries, keys and values"), format!("第 {l} 层，查询、键与值")];
            return Some((place, false, heads));
        }
        if wild(&maps) {
            return Some((
                [format!("layer {l}, attention weights"), format!("第 {l} 层，注意力权重")],
                false,
                maps,
            ));
        }
    }
    if wild(&said.logits) {
        return Some((["the scores of all characters".into(), "全部字符的得分".into()], false, said.logits));
    }
    let (_, gradients) = surprise(config, mixing, layout, weights, texts);
    let mut parts: Vec<_> = layout.iter().collect();
    parts.sort_by_key(|(_, range)| std::cmp::Reverse(range.start));
    parts.into_iter().find_map(|(name, range)| {
        let numbers = &gradients[range.clone()];
        let place = [format!("the gradient of {name}"), format!("{name} 的梯度")];
        wild(numbers).then(|| (place, true, numbers.to_vec()))
    })
}
