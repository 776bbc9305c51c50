//! Networks that learn: whether they have learnt anything, how large their logits are, how far a step moves a weight.

use crate::experiment::parameter::{Text, text};
use crate::labs::{
    init::{
        lanes::{self, VALUES, WIDTH},
        papers::{ADAM, ARTICLE, STUDENT},
        said::{claim, note, shown},
        state::Born,
    },
    twins::Schooling,
};
use crate::math::{statistics::Moments, student::Paired};
use crate::runtime::readout::Readout;
use crate::train::small::sublayers::{Division, Stacked};

/// Seeds that a verdict on a difference needs.
const LEAST: usize = 3;
const LOSSES: [(&str, Text); 4] = [
    ("held_out_loss_1", text("The first network has learnt something", "第一个网络学到了东西")),
    ("held_out_loss_2", text("The second network has learnt something", "第二个网络学到了东西")),
    ("held_out_loss_3", text("The third network has learnt something", "第三个网络学到了东西")),
    ("held_out_loss_4", text("The fourth network has learnt something", "第四个网络学到了东西")),
];

pub fn all(born: &Born, schooling: &Schooling<Stacked>) -> Vec<Readout> {
    let lanes = lanes::lanes(born.experiment());
    let mut all = vec![updates(schooling), logits(schooling, &lanes), division(schooling, &lanes)];
    let chance = libm::log(VALUES);
    for (i, (id, title)) in LOSSES.into_iter().enumerate().take(schooling.count) {
        let ends = schooling.ends(i, 0);
        let mean = (!ends.is_empty()).then(|| Moments::of(ends.iter().copied()).mean);
        // What is worth the name: a tenth of a nat below chance.
        all.push(claim(id, title, ARTICLE).below(
            mean,
            chance - 0.1,
            note(
                format!(
                    "Held-out loss at the end, mean of {} seeds; whoever knows only that a value is asked for has ln 16 = {}.",
                    ends.len(), shown(chance)
                ),
                format!(
                    "结束时的留出损失，{} 个种子的平均；只知道“要答一个值”的人损失是 ln 16 = {}。",
                    ends.len(), shown(chance)
                ),
            ),
        ));
    }
    all
}

/// The last step of the first network.
fn updates(schooling: &Schooling<Stacked>) -> Readout {
    let frame = schooling.watched("twin_updates", 0);
    let steps = frame.shape[1];
    let known = frame.data[..steps].iter().filter(|x| x.is_finite()).count();
    let half: Vec<f64> = frame.data[known / 2..known].iter().map(|x| f64::from(*x)).collect();
    let value = (known >= 20).then(|| Moments::of(half.iter().copied()).mean);
    let title = text("Adam moves a weight by less than the rate", "Adam 每步移动权重不到一个学习率");
    claim("update_rms", title, ADAM).below(
        value,
        1.0,
        note(
            "Root mean square of a step of all maps over the learning rate, the first network, mean of the second half of the steps so far. The first step is 1: the sign of the gradient. Where gradients change sign it falls; about 0.2 is reported of large language models.",
            "第一个网络全部矩阵每步更新的均方根除以学习率，取已走各步后一半的平均。第一步为 1：即梯度的符号；梯度变号时变小。大语言模型中据称约为 0.2。",
        ),
    )
}

/// The deviation of logits before the first step, undivided over divided.
fn logits(schooling: &Schooling<Stacked>, lanes: &[lanes::Lane]) -> Readout {
    let frame = schooling.looks("twin_logits", 2);
    let looks = frame.shape[2];
    let first = |division: Division| {
        let i = lanes.iter().position(|lane| lane.division == division)?;
        Some(f64::from(frame.data[i * looks])).filter(|sd| sd.is_finite())
    };
    let ratio = first(Division::None).zip(first(Division::Root)).map(|(plain, even)| plain / even);
    let root = (WIDTH as f64).sqrt();
    let title = text("Undivided logits begin √d times as large", "不除 √d 时 logits 一开始就大 √d 倍");
    claim("train_logit_ratio", title, ARTICLE).equals(
        ratio,
        root,
        // Deeper sub-layers read what saturated rows gave, and norms stand elsewhere: the first sub-layer alone has exactly √d.
        0.35 * root,
        note(
            format!("Deviation of the logits within a row, of all attention sub-layers, before the first step; d = {WIDTH}. Exact in the first sub-layer; deeper ones read what the first has made."),
            format!("训练前全部注意力子层每行 logits 的标准差之比；d = {WIDTH}。第一个子层严格成立，更深的子层读到的已是前面的输出。"),
        ),
    )
}

/// Whether a network without √d is left with more surprise than the same one with it.
fn division(schooling: &Schooling<Stacked>, lanes: &[lanes::Lane]) -> Readout {
    let same = |a: &lanes::Lane, b: &lanes::Lane| a.residual == b.residual && a.warms_up == b.warms_up;
    let pair = lanes.iter().enumerate().find_map(|(i, lane)| {
        let j = lanes.iter().position(|other| {
            same(lane, other) && lane.division == Division::Root && other.division == Division::None
        })?;
        Some((i, j))
    });
    let paired =
        pair.and_then(|(i, j)| schooling.paired(i, j, 0)).filter(|paired: &Paired| paired.count >= LEAST);
    let title = text("Without √d more surprise is left", "不除 √d，剩下的意外更多");
    let [en, zh] = match (&paired, pair) {
        (Some(Paired { count, spread, p, .. }), _) => [
            format!(
                "Held-out loss of the same network without the division less with it, mean of {count} seeds (deviation of one: {}). Beside it half of the interval that holds the mean with chance 0.95, Student’s paired t, p = {}: below that no difference is to be seen.",
                shown(*spread),
                shown(*p)
            ),
            format!(
                "同一网络不除 √d 的留出损失减去除的，{count} 个种子的平均（单个的标准差 {}）。旁边是均值 0.95 置信区间的一半（配对 t 检验，p = {}）：小于它就看不出差别。",
                shown(*spread),
                shown(*p)
            ),
        ],
        (None, Some(_)) => [
            format!(
                "A verdict needs three seeds; {} have been trained to the end.",
                schooling.ends(0, 0).len()
            ),
            format!("下结论至少要三个种子，训练完的有 {} 个。", schooling.ends(0, 0).len()),
        ],
        (None, None) => [
            "No two of these networks differ in √d alone.".to_owned(),
            "这几个网络中没有两个只差 √d。".to_owned(),
        ],
    };
    let half = paired.as_ref().map_or(0.0, |paired| paired.half);
    claim("division_gain", title, STUDENT).above(paired.map(|paired| paired.mean), half, note(en, zh))
}
