//! The claims about maps: what attention can and cannot do.

use super::words::{named, note};
use crate::experiment::parameter::{Reference, text};
use crate::labs::attention::evidence::{Evidence, Focus, NEGLIGIBLE};
use crate::runtime::{
    readout::{Claim, Readout},
    written::power_of_ten,
};

/// Rows of f32 numbers from a softmax sum to one up to this: 256 roundings of 2⁻²⁴ are 1.5e-5.
const ROUNDING: f64 = 2e-5;
/// Logits of two orders of summation differ by less.
const ORDER: f64 = 1e-3;
/// Elimination loses this share of a logarithm at most.
const ELIMINATION: f64 = 1e-6;

const VASWANI: Reference =
    Reference { title: "Vaswani et al. 2017, eq. 1", href: "https://arxiv.org/abs/1706.03762" };
const MASKED: Reference =
    Reference { title: "Vaswani et al. 2017, section 3.2.3", href: "https://arxiv.org/abs/1706.03762" };
const SHAZEER: Reference = Reference { title: "Shazeer 2019", href: "https://arxiv.org/abs/1911.02150" };
const SU_DECODER: Reference = Reference {
    title: "Su: 为什么现在的LLM都是Decoder-only的架构？",
    href: "https://kexue.fm/archives/9529",
};
const SU_FOCUS: Reference = Reference {
    title: "Su: 注意力机制真的可以“集中注意力”吗？",
    href: "https://kexue.fm/archives/9889",
};

pub fn rows(evidence: &Evidence) -> Readout {
    Claim {
        id: "rows", title: text("Every row sums to one", "每一行之和为一"), unit: "", reference: VASWANI
    }
    .below(
        evidence.maps.as_ref().map(|maps| maps.row_gap),
        ROUNDING,
        note(
            "The largest distance from one, over every row of every head, surgery included.",
            "所有头、所有行（含干预后的）与一的最大偏差。",
        ),
    )
}

pub fn future(evidence: &Evidence) -> Readout {
    let title = text("Nothing above the diagonal: nobody looks ahead", "对角线以上全是零：谁也不偷看后文");
    Claim { id: "future", title, unit: "", reference: MASKED }.equals(
        evidence.maps.as_ref().map(|maps| maps.above),
        0.0,
        0.0,
        note("The largest weight on a later position, over all heads.", "所有头对后面位置的最大权重。"),
    )
}

pub fn causality(evidence: &Evidence) -> Readout {
    let title = text("The past does not feel the future", "前文不受后文影响");
    Claim { id: "causality", title, unit: "", reference: MASKED }.equals(
        evidence.causality,
        0.0,
        0.0,
        note(
            "The last character is replaced and everything read again: the largest change of a logit before it. Not small but zero, bit for bit.",
            "换掉最后一个字符后重读全文：它之前的 logit 的最大变化。不是很小，而是逐位相等。",
        ),
    )
}

pub fn cache(evidence: &Evidence) -> Readout {
    let title = text("The cache changes nothing", "缓存不改变结果");
    Claim { id: "cache", title, unit: "", reference: SHAZEER }.below(
        evidence.cache,
        ORDER,
        note(
            "Causality lets keys and values be kept: the largest difference between logits written one by one with them and those of one full pass. Sums in another order round differently, no more.",
            "因果性允许保留键与值：逐字生成（用缓存）与整段重算的 logit 的最大差，只剩求和次序的舍入。",
        ),
    )
}

pub fn determinant(evidence: &Evidence) -> Readout {
    let determinants = evidence.maps.as_ref().map_or(&[][..], |maps| &maps.determinants);
    let positive = determinants.iter().filter(|d| d.log10.is_finite()).count();
    let least = determinants.iter().min_by(|a, b| a.log10.total_cmp(&b.log10));
    let said = least.map_or([String::new(), String::new()], |d| {
        let ([en, zh], least) = (named(d.layer, d.head), power_of_ten(d.log10));
        [
            format!(" Smallest: {least}, {en}; positive is not the same as large."),
            format!("最小者为 {least}（{zh}）：为正不等于大。"),
        ]
    });
    let title =
        text("Heads whose map has a positive determinant: full rank", "行列式为正、因而满秩的注意力图");
    Claim { id: "determinant", title, unit: "", reference: SU_DECODER }.equals(
        (!determinants.is_empty()).then_some(positive as f64),
        determinants.len() as f64,
        0.0,
        note(
            format!("A triangular map has the product of its diagonal as determinant, and a softmax is never zero. Surgery can make it zero, and so can rounding.{}", said[0]),
            format!("三角阵的行列式是对角元之积，而 softmax 从不为零；干预与舍入才会使其为零。{}", said[1]),
        ),
    )
}

pub fn elimination(evidence: &Evidence) -> Readout {
    let determinants = evidence.maps.as_ref().map_or(&[][..], |maps| &maps.determinants);
    let told: Vec<_> = determinants.iter().filter_map(|d| d.eliminated).collect();
    let gaps = told.iter().map(|d| (d.by_elimination - d.log10).abs() / d.log10.abs().max(1.0));
    let (most, count, heads) =
        (told.iter().map(|d| d.positions).max().unwrap_or(0), told.len(), determinants.len());
    let title = text("Elimination finds the same determinant", "消元法得到同一行列式");
    Claim { id: "elimination", title, unit: "", reference: SU_DECODER }.below(
        gaps.reduce(f64::max),
        ELIMINATION,
        note(
            format!("The largest difference of the logarithms as a share of them, over {count} of {heads} heads, each for as many first positions (up to {most}) as elimination in double precision can tell; beyond, a map is too close to singular for it."),
            format!("两种算法所得对数之差的最大占比，{heads} 个头中取 {count} 个，各取双精度消元能判断的前若干位置（至多 {most} 个）；再多则过于接近奇异。"),
        ),
    )
}

pub fn rank(evidence: &Evidence) -> Readout {
    // The article speaks of n ≫ d.
    let focus = evidence.focus.filter(|focus| focus.positions > 2 * focus.width);
    let title = text("The softmax raises the rank of QKᵀ", "softmax 提高 QKᵀ 的秩");
    let share = (1.0 / NEGLIGIBLE).round();
    let said = match focus {
        Some(Focus { layer, head, width, positions, scores_rank, .. }) => {
            let [en, zh] = named(layer, head);
            note(
                format!(
                    "{en}: singular values above 1/{share} of the largest. Of {positions} × {positions} scores {scores_rank}, and never more than the {width} numbers of a query; of the weights this many."
                ),
                format!(
                    "{zh}：大于最大奇异值 1/{share} 的奇异值个数。{positions} × {positions} 的分数有 {scores_rank} 个，不会超过查询的 {width} 维；权重则有这么多。"
                ),
            )
        }
        None => {
            let width = evidence.width;
            note(
                format!("Shown once the text is longer than twice the {width} numbers of a query."),
                format!("文本长于查询维数 {width} 的两倍后显示。"),
            )
        }
    };
    // Of scores whose rank is beyond what a product of q and k can have, no claim can hold.
    let bound = focus.map_or(0.0, |focus| {
        if focus.scores_rank > focus.width { f64::INFINITY } else { focus.scores_rank as f64 }
    });
    Claim { id: "rank", title, unit: "", reference: SU_DECODER }.above(
        focus.map(|focus| focus.weights_rank as f64),
        bound,
        said,
    )
}

pub fn tokens(evidence: &Evidence) -> Readout {
    let focus = evidence.focus;
    let title = text("How many tokens the head really reads: n S²", "这个头实际读几个词元：n S²");
    let said = focus.map_or(note("", ""), |focus| {
        let [en, zh] = named(focus.layer, focus.head);
        let (s, tokens) = (focus.concentration, focus.entropy_tokens);
        note(
            format!("{en}, mean over the rows, with S = {s:.3}. It is e to the Rényi-2 entropy, so never more than e to the entropy, {tokens:.2}."),
            format!("{zh}，各行平均，S = {s:.3}。它是 e 的二阶 Rényi 熵次方，因此不超过 e 的熵次方 {tokens:.2}。"),
        )
    });
    Claim { id: "tokens", title, unit: "", reference: SU_FOCUS }.below(
        focus.map(|focus| focus.effective_tokens),
        // A flat row has both alike, up to rounding.
        focus.map_or(0.0, |focus| focus.entropy_tokens * (1.0 + 1e-6)),
        said,
    )
}
