//! The claims about the text: how much the model knows of it, and by which heads.

use super::words::{named, note};
use crate::experiment::parameter::{Reference, text};
use crate::labs::attention::evidence::Evidence;
use crate::runtime::readout::{Claim, Readout};

/// The prefix-matching score of a head that has learnt induction.
const INDUCTION: f64 = 0.8;

const SHANNON: Reference =
    Reference { title: "Shannon 1951", href: "https://doi.org/10.1002/j.1538-7305.1951.tb01366.x" };
const MICHEL: Reference = Reference { title: "Michel et al. 2019", href: "https://arxiv.org/abs/1905.10650" };
const OLSSON: Reference = Reference { title: "Olsson et al. 2022", href: "https://arxiv.org/abs/2209.11895" };

pub fn surprisal(evidence: &Evidence) -> Readout {
    let title = text("The model knows more than nothing: surprisal", "模型并非一无所知：惊讶度");
    let count = evidence.vocabulary;
    Claim { id: "surprisal", title, unit: "nat", reference: SHANNON }.below(
        evidence.surprisal.map(|surprisal| surprisal.mean),
        (count.max(1) as f64).ln(),
        note(
            format!("Mean −ln p of each character of the text given those before it. Whoever guesses among {count} characters alike scores ln {count}. What the model wrote itself surprises it less than what others wrote."),
            format!("各字符在前文条件下 −ln p 的平均。在 {count} 个字符中均匀乱猜者得 ln {count}。模型自己写的比别人写的更不令它惊讶。"),
        ),
    )
}

/// What an operation costs on the same characters.
pub fn cost(evidence: &Evidence) -> Readout {
    let costs = evidence.surprisal.and_then(|told| Some((told.characters, told.mean, told.edited?)));
    let title = text("What was operated on mattered: added surprisal", "干预之处确有其用：惊讶度的增量");
    Claim { id: "cost", title, unit: "nat", reference: MICHEL }.above(
        costs.map(|(_, before, after)| after - before),
        0.0,
        match costs {
            Some((characters, before, after)) => note(
                format!("Both models on the same {characters} characters, those of the untouched run: {after:.3} after surgery, {before:.3} before. Below zero: the text is easier to guess without that part."),
                format!("两个模型读同样的 {characters} 个字符（原样运行的文字）：干预后 {after:.3}，干预前 {before:.3}。小于零说明去掉这一部分反而更好猜。"),
            ),
            None => note("Needs a text of two characters.", "需要两个字符以上的文字。"),
        },
    )
}

pub fn prefix(evidence: &Evidence) -> Readout {
    let best = evidence.induction.filter(|i| i.trained > 0).and_then(|induction| induction.best);
    let title = text("An induction head has formed: prefix matching", "归纳头已形成：前缀匹配分");
    Claim { id: "induction", title, unit: "", reference: OLSSON }.above(
        best.map(|(_, _, score)| score),
        INDUCTION,
        match best {
            Some((layer, head, _)) => {
                let [en, zh] = named(layer, head);
                note(
                    format!("What {en} gives to the character after the last occurrence of the one it stands on, mean over a repeated random text."),
                    format!("{zh}给予“当前字符上次出现之后那个字符”的权重，在重复的随机文本上平均。"),
                )
            }
            None => note("Train the network and its best head is shown.", "开始训练后显示得分最高的头。"),
        },
    )
}

pub fn halves(evidence: &Evidence) -> Readout {
    let halves = evidence.induction.filter(|i| i.trained > 0).and_then(|induction| induction.halves);
    let title = text("The second time is easier: loss on the repetition", "第二遍更容易：重复部分的损失");
    Claim { id: "halves", title, unit: "nat", reference: OLSSON }.below(
        halves.map(|(_, second)| second),
        halves.map_or(0.0, |(first, _)| first),
        note(
            "Against the loss on the first half, which is random and cannot be guessed.",
            "与前一半的损失相比；前一半是随机的，无从猜测。",
        ),
    )
}
