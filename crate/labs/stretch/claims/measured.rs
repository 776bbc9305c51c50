//! Trained networks: what they keep of their training beyond its length, and whether a bias helps them to.

use crate::experiment::parameter::{Text, text};
use crate::labs::stretch::{
    measured::Measured,
    papers::{ARTICLE, STUDENT},
    reading::Reading,
    said::{claim, note, shown},
};
use crate::math::{statistics::Moments, student::Paired};
use crate::runtime::readout::{Note, Readout};
use crate::train::small::reader::Scheme;

/// Seeds that a verdict on a difference needs.
pub(super) const LEAST: usize = 3;
/// The ids of each lane's readouts; those of the first lane are bare.
pub(super) const IDS: [[&str; 4]; 4] = [
    ["loss_within", "loss_beyond", "accuracy_at_8x", "retained"],
    ["loss_within_2", "loss_beyond_2", "accuracy_at_8x_2", "retained_2"],
    ["loss_within_3", "loss_beyond_3", "accuracy_at_8x_3", "retained_3"],
    ["loss_within_4", "loss_beyond_4", "accuracy_at_8x_4", "retained_4"],
];
const DROPS: [&str; 3] = ["fourth_term_1", "fourth_term_2", "fourth_term_3"];

/// Their names in sentences.
pub(super) fn name(scheme: Scheme) -> [&'static str; 2] {
    match scheme {
        Scheme::Rope => ["RoPE", "RoPE"],
        Scheme::Bias => ["RoPE + bias", "RoPE + 偏置"],
        Scheme::Alibi => ["ALiBi", "ALiBi"],
        Scheme::Kerple => ["KERPLE-log", "KERPLE-log"],
        Scheme::Sandwich => ["Sandwich", "Sandwich"],
        Scheme::Learned => ["learned places", "学得的位置"],
        Scheme::Nope => ["NoPE", "NoPE"],
        Scheme::Window => ["RoPE in a window", "带窗口的 RoPE"],
    }
}

pub fn all(measured: &Measured) -> Vec<Readout> {
    let mut all: Vec<Readout> = (0..measured.lanes.len()).flat_map(|i| lane(measured, i)).collect();
    all.extend(gain(measured));
    all.extend(drops(measured));
    all
}

/// A number of every seed: mean, and deviation among them.
pub(super) fn spread(all: &[f64]) -> [f64; 2] {
    let moments = Moments::of(all.iter().copied());
    let count = all.len() as f64;
    [moments.mean, (moments.variance * count / (count - 1.0).max(1.0)).sqrt()]
}

fn lane(measured: &Measured, i: usize) -> Vec<Readout> {
    let [short, long] = measured.lengths();
    let read = measured.has_read();
    let [en, zh] = name(measured.lanes[i].scheme);
    let texts = measured.lanes[i].runners.iter().map(|one| one.reading.borrow().texts).min().unwrap_or(0);
    let vocabulary = measured.lanes[i].runners[0].trained.network.config.vocabulary.len() as f64;
    let of = |number: &dyn Fn(&Reading) -> f64| read.then(|| spread(&measured.each(i, number)));
    let seeds = measured.lanes[i].runners.len();
    let said = |numbers: Option<[f64; 2]>, more: [&str; 2]| {
        let stray = numbers.map_or("–".to_owned(), |[_, stray]| shown(stray));
        note(
            format!(
                "{en}: mean of {seeds} seeds, which differ by {stray} (standard deviation), over {texts} held-out texts. {}",
                more[0]
            ),
            format!("{zh}：{seeds} 个种子的平均，种子间标准差 {stray}，共 {texts} 段留出文本。{}", more[1]),
        )
    };
    let within = of(&|reading| reading.within(short)[0]);
    let beyond = of(&|reading| reading.between(short..long)[0]);
    let eight = of(&|reading| reading.within(long)[1]);
    let one = of(&|reading| reading.within(short)[1]);
    let kept = of(&|reading| reading.within(long)[1] / reading.within(short)[1]);
    let mean = |numbers: Option<[f64; 2]>| numbers.map(|[mean, _]| mean);
    let [w, b, e, r] = IDS[i];
    vec![
        claim(w, text("Loss within the length of training", "训练长度之内的损失"), ARTICLE).below(
            mean(within),
            libm::log(vocabulary),
            said(within, ["Guessing costs ln 65.", "瞎猜的损失为 ln 65。"]),
        ),
        claim(b, text("Loss beyond it, up to eight times", "训练长度之外、直到八倍处的损失"), ARTICLE).below(
            mean(beyond),
            mean(within).unwrap_or(f64::INFINITY) + 0.05,
            said(
                beyond,
                [
                    "Depends: who stretches loses no more than 0.05 nats beyond.",
                    "看情况：能伸展的，超出后损失不过多 0.05 奈特。",
                ],
            ),
        ),
        claim(e, text("Accuracy of texts eight times as long", "八倍长文本上的准确率"), ARTICLE).above(
            mean(eight),
            0.95 * mean(one).unwrap_or(f64::NAN),
            said(
                eight,
                [
                    "Of all characters of the text, as in the article’s table; beside 95 % of that at once the length.",
                    "统计文本的全部字符，与文章的表格一样；对照一倍长度处准确率的 95%。",
                ],
            ),
        ),
        claim(r, text("Retained of the accuracy at the length of training", "相对训练长度处准确率的保留比例"), ARTICLE).above(
            mean(kept),
            0.95,
            said(
                kept,
                [
                    "The article prints 0.3412 without bias and 0.7498 with, for another model, trained at 512.",
                    "文章对另一个模型（训练长度 512）给出：无偏置 0.3412，有偏置 0.7498。",
                ],
            ),
        ),
    ]
}

/// What the bias gains in accuracy at eight times the length, seed by seed.
fn gain(measured: &Measured) -> Option<Readout> {
    let [_, long] = measured.lengths();
    let (gains, paired) = measured.gain(Scheme::Bias, |reading| reading.within(long)[1])?;
    let paired = paired.filter(|paired| paired.count >= LEAST && measured.has_read());
    Some(bias_gain(paired, gains.len()))
}

/// Whether RoPE's networks with a bias say more rightly than those without; `paired` is `None` while there is no verdict.
pub(super) fn bias_gain(paired: Option<Paired>, seeds: usize) -> Readout {
    let half = paired.map_or(0.0, |paired| paired.half);
    let title: Text =
        text("The bias gains no accuracy at eight times the length", "偏置在八倍长度处没有提高准确率");
    let mean = paired.map(|paired| paired.mean);
    claim("bias_gain", title, STUDENT).equals(mean, 0.0, half, verdict(paired, seeds))
}

/// What the numbers say, in words.
fn verdict(paired: Option<Paired>, seeds: usize) -> Note {
    let Some(Paired { mean, count, spread, half, p }) = paired else {
        return note(
            format!("RoPE + bias less RoPE. A verdict needs three seeds that have read; there are {seeds}."),
            format!("RoPE + 偏置减 RoPE。下结论至少要三个读过文本的种子，现在有 {seeds} 个。"),
        );
    };
    let [en, zh] = match (mean.abs() <= half, mean > 0.0) {
        (true, _) => ["Not to be told apart", "分不出高下"],
        (false, true) => ["The bias helps", "偏置有帮助"],
        (false, false) => ["The bias does not help", "偏置没有帮助"],
    };
    note(
        format!(
            "{en}: RoPE + bias less RoPE, {count} pairs of the same first weights and batches. A single difference has deviation {}; the mean lies within ± {} with chance 0.95, by Student’s paired t: p = {}. Small networks of ours, no replication of the article.",
            shown(spread),
            shown(half),
            shown(p)
        ),
        format!(
            "{zh}：RoPE + 偏置减 RoPE，{count} 对（初始权重与批次相同）。单个差的标准差为 {}；按配对 t 检验，均值以 0.95 的概率落在 ± {} 之内：p = {}。这是我们自己的小网络，不是文章的复现。",
            shown(spread),
            shown(half),
            shown(p)
        ),
    )
}

/// Whether the fourth term is seen through the others, layer by layer.
fn drops(measured: &Measured) -> Vec<Readout> {
    let Some(lane) = measured.lane(Scheme::Bias) else { return Vec::new() };
    let [short, _] = measured.lengths();
    let config = &measured.lanes[lane].runners[0].trained.network.config;
    let of = |l: usize| {
        let heads = config.heads;
        let drop = |reading: &Reading| {
            (0..heads).map(|h| reading.drop(l * heads + h, short)).sum::<f64>() / heads as f64
        };
        measured.has_read().then(|| spread(&measured.each(lane, drop)))
    };
    DROPS
        .into_iter()
        .take(config.layers)
        .enumerate()
        .map(|(l, id)| {
            let numbers = of(l);
            let stray = numbers.map_or("–".to_owned(), |[_, stray]| shown(stray));
            let title = text(
                "Drop of the learnt fourth term, over the stray of the other three",
                "学得的第四项的下降，与其余三项散布之比",
            );
            claim(id, title, ARTICLE).above(
                numbers.map(|[mean, _]| mean),
                1.0,
                note(
                    format!("Layer {}, mean over its heads; seeds differ by {stray}. From distance 0 to {}, as learnt, in texts of {short}. Depends: above 1 the fourth term dominates; the article finds it so in its model, early layers more than late ones.", l + 1, short / 2),
                    format!("第 {} 层，对各头平均；种子间标准差 {stray}。从距离 0 到 {}，按学得的旋转，文本长 {short}。看情况：大于 1 时第四项占主导；文章在它的模型里看到如此，且浅层强于深层。", l + 1, short / 2),
                ),
            )
        })
        .collect()
}
