//! The claims of the attention lab, judged by evidence alone.

use super::evidence::{Evidence, Focus, NEGLIGIBLE};
use crate::experiment::parameter::{Reference, text};
use crate::runtime::readout::{Claim, Note, Readout};

/// Rows of f32 numbers from a softmax sum to one up to this: 256 roundings of 2⁻²⁴ are 1.5e-5.
const ROUNDING: f64 = 2e-5;
/// Logits of two orders of summation differ by less.
const ORDER: f64 = 1e-3;
/// Elimination loses this share of a logarithm at most.
const ELIMINATION: f64 = 1e-6;
/// The prefix-matching score of a head that has learnt induction.
const INDUCTION: f64 = 0.8;

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
const SHANNON: Reference =
    Reference { title: "Shannon 1951", href: "https://doi.org/10.1002/j.1538-7305.1951.tb01366.x" };
const MICHEL: Reference = Reference { title: "Michel et al. 2019", href: "https://arxiv.org/abs/1905.10650" };
const OLSSON: Reference = Reference { title: "Olsson et al. 2022", href: "https://arxiv.org/abs/2209.11895" };

/// Every readout of the lab for what is known so far.
pub fn all(evidence: &Evidence) -> Vec<Readout> {
    let mut all = vec![
        rows(evidence),
        future(evidence),
        causality(evidence),
        cache(evidence),
        determinant(evidence),
        elimination(evidence),
        tokens(evidence),
        surprisal(evidence),
    ];
    // A text that is never long against a query says nothing of ranks.
    if evidence.context > 2 * evidence.width {
        all.push(rank(evidence));
    }
    all.extend(evidence.edited.then(|| cost(evidence)));
    if evidence.induction.is_some() {
        all.extend([prefix(evidence), halves(evidence)]);
    }
    all
}

fn note(en: impl Into<String>, zh: impl Into<String>) -> Note {
    Note { en: en.into(), zh: zh.into() }
}

/// "layer 2, head 1" as the page counts.
fn named(layer: usize, head: usize) -> [String; 2] {
    [format!("layer {}, head {}", layer + 1, head + 1), format!("第 {} 层第 {} 头", layer + 1, head + 1)]
}

fn rows(evidence: &Evidence) -> Readout {
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

fn future(evidence: &Evidence) -> Readout {
    let title = text("Nothing above the diagonal: nobody looks ahead", "对角线以上全是零：谁也不偷看后文");
    Claim { id: "future", title, unit: "", reference: MASKED }.equals(
        evidence.maps.as_ref().map(|maps| maps.above),
        0.0,
        0.0,
        note("The largest weight on a later position, over all heads.", "所有头对后面位置的最大权重。"),
    )
}

fn causality(evidence: &Evidence) -> Readout {
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

fn cache(evidence: &Evidence) -> Readout {
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

fn determinant(evidence: &Evidence) -> Readout {
    let determinants = evidence.maps.as_ref().map_or(&[][..], |maps| &maps.determinants);
    let positive = determinants.iter().filter(|d| d.log10.is_finite()).count();
    let least = determinants.iter().min_by(|a, b| a.log10.total_cmp(&b.log10));
    let said = least.map_or([String::new(), String::new()], |d| {
        let [en, zh] = named(d.layer, d.head);
        [
            format!(" Smallest: 10^{:.1}, {en}; positive is not the same as large.", d.log10),
            format!("最小者为 10^{:.1}（{zh}）：为正不等于大。", d.log10),
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

fn elimination(evidence: &Evidence) -> Readout {
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

fn rank(evidence: &Evidence) -> Readout {
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

fn tokens(evidence: &Evidence) -> Readout {
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

fn surprisal(evidence: &Evidence) -> Readout {
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
fn cost(evidence: &Evidence) -> Readout {
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

fn prefix(evidence: &Evidence) -> Readout {
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

fn halves(evidence: &Evidence) -> Readout {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::attention::evidence::{Induction, Maps, Surprisal};
    use crate::math::random_head::{RandomHead, uniform_causal};
    use crate::runtime::readout::Verdict::{self, Fails, Holds, Open};

    fn verdict(evidence: &Evidence, id: &str) -> Verdict {
        all(evidence).iter().find(|readout| readout.id == id).unwrap_or_else(|| panic!("no {id}")).verdict
    }

    /// 64 positions, queries of 8 numbers, drawn by splitmix64.
    fn random() -> [Vec<f32>; 2] {
        let head = RandomHead::new(7, 64, 8);
        [head.scores(1.0), head.causal(1.0)].map(|map| map.iter().map(|&x| x as f32).collect())
    }

    fn measured() -> Evidence {
        let [scores, weights] = random();
        let maps = [weights.clone(), uniform_causal(64)].concat();
        Evidence {
            positions: 64,
            vocabulary: 65,
            edited: true,
            context: 256,
            width: 8,
            maps: Some(Maps::of(&maps, 2, 64, 0.0)),
            causality: Some(0.0),
            cache: Some(3e-6),
            focus: Some(Focus::of((0, 1), 8, &scores, &weights)),
            surprisal: Surprisal::of(&[-1.0, 2.0, 1.0], Some(&[-1.0, 3.0, 9.0])),
            induction: Some(Induction { trained: 300, best: Some((1, 2, 0.93)), halves: Some((3.4, 0.2)) }),
        }
    }

    #[test]
    fn everything_is_open_before_it_is_measured() {
        let evidence = Evidence { edited: true, context: 256, width: 32, ..Default::default() };
        let before = all(&evidence);
        assert!(before.iter().all(|r| r.verdict == Open && r.value.is_none()));
        let untrained = Induction { trained: 0, best: Some((0, 0, 0.9)), halves: Some((3.0, 1.0)) };
        let toy = Evidence { induction: Some(untrained), ..evidence };
        assert_eq!((verdict(&toy, "induction"), verdict(&toy, "halves")), (Open, Open));
        assert_eq!(all(&toy).len(), before.len() + 2);
    }

    #[test]
    fn what_is_right_holds() {
        let evidence = measured();
        for readout in all(&evidence) {
            assert_eq!(readout.verdict, Holds, "{}: {:?}", readout.id, readout.value);
            assert!(readout.expected.is_some_and(f64::is_finite));
            assert!(
                readout.note.en.len() > 20
                    && readout.note.zh.len() > 20
                    && readout.reference.href.starts_with("https://")
            );
        }
        assert_eq!(all(&evidence).len(), 12);
        let without = Evidence { edited: false, induction: None, ..evidence };
        assert_eq!(all(&without).len(), 9);
    }

    #[test]
    fn what_is_wrong_fails() {
        let mut broken = uniform_causal(4);
        (broken[3], broken[5]) = (0.25, 0.0);
        let maps = Some(Maps::of(&broken, 1, 4, 0.0));
        let [scores, weights] = random();
        let one = vec![1.0 / 64.0; 64 * 64];
        let evidence = Evidence {
            maps,
            causality: Some(f64::MIN_POSITIVE),
            cache: Some(0.1),
            // A map of rank one after scores of rank eight.
            focus: Some(Focus::of((0, 0), 8, &scores, &one)),
            surprisal: Surprisal::of(&[0.0, 5.0], Some(&[0.0, 4.0])),
            induction: Some(Induction { trained: 9, best: Some((0, 0, 0.1)), halves: Some((3.0, 3.1)) }),
            ..measured()
        };
        for id in [
            "rows",
            "future",
            "causality",
            "cache",
            "determinant",
            "rank",
            "surprisal",
            "cost",
            "induction",
            "halves",
        ] {
            assert_eq!(verdict(&evidence, id), Fails, "{id}");
        }
        // What a row gave to a later position while reading counts, though the map kept has no place for it.
        let peeked = Some(Maps::of(&uniform_causal(4), 1, 4, 1e-3));
        assert_eq!(verdict(&Evidence { maps: peeked, ..measured() }, "future"), Fails);
        // A map that looks ahead is no triangle: its determinant is not the product of its diagonal.
        let ahead = Some(Maps::of(&[0.75, 0.25, 0.5, 0.5], 1, 2, 0.0));
        assert_eq!(verdict(&Evidence { maps: ahead, ..measured() }, "elimination"), Fails);
        // Scores of a rank that q and k cannot have are not what the claim speaks of.
        let impossible = Evidence { focus: Some(Focus::of((0, 0), 8, &weights, &weights)), ..measured() };
        assert_eq!(verdict(&impossible, "rank"), Fails);
    }

    #[test]
    fn the_worst_head_is_named_and_elimination_goes_as_far_as_it_can_tell() {
        // A head that reads the position before, 99 %: its determinant is 10⁻³⁰, far beyond the digits of f64.
        let n = 16;
        let mut before = vec![0.0f32; n * n];
        before[0] = 1.0;
        for i in 1..n {
            (before[i * n + i], before[i * n + i - 1]) = (0.01, 0.99);
        }
        let maps = Maps::of(&[uniform_causal(n), before].concat(), 2, n, 0.0);
        let told: Vec<_> = maps.determinants.iter().map(|d| d.eliminated.unwrap().positions).collect();
        assert!(told[0] == n && told[1] < n && maps.determinants[1].log10 < -28.0, "{told:?}");
        let evidence = Evidence { maps: Some(maps), ..Default::default() };
        let readouts = all(&evidence);
        let by_id = |id: &str| readouts.iter().find(|readout| readout.id == id).unwrap();
        let note = &by_id("determinant").note;
        assert!(note.en.contains("10^-30.0, layer 1, head 2"), "{}", note.en);
        assert!(note.zh.contains("第 1 层第 2 头"), "{}", note.zh);
        assert!(by_id("elimination").note.en.contains("over 2 of 2 heads"));
        assert_eq!(by_id("elimination").verdict, Holds);
    }

    #[test]
    fn a_short_text_waits_for_its_rank() {
        let map = uniform_causal(4);
        let focus = Some(Focus::of((0, 0), 8, &map, &map));
        let evidence = Evidence { focus, context: 256, width: 8, ..Default::default() };
        assert_eq!(verdict(&evidence, "rank"), Open);
        assert_eq!(verdict(&evidence, "tokens"), Holds);
        assert!(Surprisal::of(&[-1.0], None).is_none());
        // Of a model that holds fewer characters than two queries have numbers the claim is not made.
        let small = Evidence { context: 16, ..evidence };
        assert!(all(&small).iter().all(|readout| readout.id != "rank"));
    }
}
