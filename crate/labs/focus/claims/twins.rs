//! The twins: who finds what stood beside a key, by texts that none has learnt from, and what a state of constant size makes of it.

use crate::experiment::parameter::{Text, text};
use crate::labs::{
    focus::{
        exam::{self, Exam, mean},
        haystack::Haystack,
        papers::{ARTICLE, LINEAR, STUDENT},
        said::{claim, note, shown},
        settings::Settings,
    },
    twins::Schooling,
};
use crate::math::{statistics::Moments, student::Paired};
use crate::runtime::readout::{Note, Readout};

/// Seeds that a verdict on a difference needs.
const LEAST: usize = 3;
const NAMES: [&str; 4] = ["softmax", "elu + 1", "relu²", "λ"];

pub fn all(schooling: &Schooling, exams: &[[Exam; 4]], settings: &Settings) -> Vec<Readout> {
    let rights: [Option<f64>; 4] = std::array::from_fn(|i| average(&schooling.ends(i, 1)));
    let mut all = vec![softmax(schooling, rights)];
    let others = [
        ("twin_accuracy_elu1", text("Elu + 1 finds less than softmax", "elu + 1 找到的不如 softmax 多")),
        ("twin_accuracy_relu2", text("Relu² finds less than softmax", "relu² 找到的不如 softmax 多")),
        ("twin_accuracy_decay", text("Decay finds less than softmax", "衰减找到的不如 softmax 多")),
    ];
    all.extend(others.into_iter().zip(1..).map(|((id, title), i)| other(id, title, schooling, rights, i)));
    all.push(difference(schooling));
    all.push(sharpness(exams));
    all.push(recurrent(exams));
    all.extend(needle(exams, settings));
    all
}

fn average(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| Moments::of(values.iter().copied()).mean)
}

/// The kernel besides softmax that finds most.
fn best(rights: [Option<f64>; 4]) -> usize {
    (1..4).max_by(|a, b| rights[*a].unwrap_or(0.0).total_cmp(&rights[*b].unwrap_or(0.0))).unwrap_or(1)
}

fn softmax(schooling: &Schooling, rights: [Option<f64>; 4]) -> Readout {
    let best = best(rights);
    let title = text("Softmax finds more than any of the others", "softmax 找到的比其余都多");
    claim("twin_accuracy_softmax", title, ARTICLE).above(
        rights[0],
        rights[best].unwrap_or(0.0),
        note(
            format!(
                "The share of answers said rightly on texts that none of the four has learnt from, mean of {} seeds; beside it the best of the other kernels, {}.",
                schooling.ends(0, 1).len(), NAMES[best]
            ),
            format!(
                "在四者都从未学过的文本上答对的比例，取 {} 个种子的平均；旁边是其余核中最好的（{}）。",
                schooling.ends(0, 1).len(), NAMES[best]
            ),
        ),
    )
}

fn other(
    id: &'static str,
    title: Text,
    schooling: &Schooling,
    rights: [Option<f64>; 4],
    i: usize,
) -> Readout {
    let paired = schooling.paired(i, 0, 1);
    let [en, zh] = match paired {
        Some(Paired { mean, half, p, count, .. }) => [
            format!(
                "Softmax says {} ± {} more rightly (95 %, {count} pairs, Student’s paired t, p = {}).",
                shown(mean),
                shown(half),
                shown(p)
            ),
            format!(
                "softmax 多答对 {} ± {}（95 %，{count} 对，配对 t 检验，p = {}）。",
                shown(mean),
                shown(half),
                shown(p)
            ),
        ],
        None => [
            "The same weights to begin with, the same texts, another kernel.".to_owned(),
            "初始权重和文本都相同，只有核不同。".to_owned(),
        ],
    };
    claim(id, title, ARTICLE).below(rights[i], rights[0].unwrap_or(1.0), note(en, zh))
}

/// The held-out loss of the best other kernel less that of softmax, beyond half of its interval.
fn difference(schooling: &Schooling) -> Readout {
    let losses: [Option<f64>; 4] = std::array::from_fn(|i| average(&schooling.ends(i, 0)).map(|loss| -loss));
    let best =
        (1..4).max_by(|a, b| losses[*a].unwrap_or(0.0).total_cmp(&losses[*b].unwrap_or(0.0))).unwrap_or(1);
    let paired = schooling.paired(0, best, 0).filter(|paired| paired.count >= LEAST);
    let title = text("The next best kernel is left with more surprise", "次好的核剩下的意外更多");
    let [en, zh] = match paired {
        Some(Paired { count, spread, p, .. }) => [
            format!(
                "Held-out loss of {} less that of softmax, mean of {count} pairs of the same weights and texts; a single difference has deviation {}. Beside it half of the interval that holds the mean with chance 0.95, by Student’s paired t: p = {}. Below that no difference is to be seen.",
                NAMES[best],
                shown(spread),
                shown(p)
            ),
            format!(
                "{} 的留出损失减去 softmax 的，取 {count} 对（权重与文本相同）的平均；单个差的标准差为 {}。旁边是均值 0.95 置信区间的一半（配对 t 检验，p = {}）；小于它就看不出差别。",
                NAMES[best],
                shown(spread),
                shown(p)
            ),
        ],
        None => [
            format!(
                "A verdict needs three seeds; {} have been trained to the end.",
                schooling.ends(0, 0).len()
            ),
            format!("下结论至少要三个种子，训练完的有 {} 个。", schooling.ends(0, 0).len()),
        ],
    };
    let value = paired.map(|paired| paired.mean);
    claim("twin_difference", title, STUDENT).above(
        value,
        paired.map_or(0.0, |paired| paired.half),
        note(en, zh),
    )
}

/// S of the sharpest heads.
fn sharpness(exams: &[[Exam; 4]]) -> Readout {
    let of = |i: usize| mean(exams, i, |exam| exam.sharpest.concentration);
    let theory = mean(exams, 0, |exam| exam.sharpest.concentration_theory);
    let least = (1..4).map(of).fold(f64::INFINITY, f64::min);
    let there = !exams.is_empty();
    let title = text("Its sharpest head is the sharpest of all", "它最锐的头是所有头里最锐的");
    claim("twin_concentration", title, ARTICLE).below(
        there.then(|| of(0)),
        if there { least } else { 1.0 },
        note(
            format!(
                "S of the trained head of softmax that looks most sharply where it counts, beside the least of the other kernels. Scores with its deviation, were they Gaussian, would give e^(−γ²/2) = {} in an endless text: a head that has learnt to find one key has no Gaussian scores.",
                shown(theory)
            ),
            format!(
                "softmax 训练后在关键位置上最锐的头的 S，旁边是其余核的最小值。若得分是同样标准差的高斯分布，无限长文本中应为 e^(−γ²/2) = {}：学会找一个键的头，得分并不是高斯的。",
                shown(theory)
            ),
        ),
    )
}

/// How far the answers of a state of constant size are from those that read everything again.
fn recurrent(exams: &[[Exam; 4]]) -> Readout {
    let gaps = exams.iter().flatten().filter_map(|exam| exam.recurrent_gap);
    let title = text("A state of constant size says the same", "大小不变的状态给出同样的回答");
    claim("twin_recurrent", title, LINEAR).equals(
        (!exams.is_empty()).then(|| gaps.fold(0.0, f64::max)),
        0.0,
        1e-3,
        note(
            "The largest difference of a score when the trained networks of elu + 1 and of decay read a text one token at a time, with sums of φ(k) vᵀ and φ(k) in place of all keys and values: 2 × 2 heads of 32 × 33 numbers, and of 33, however long the text is. Softmax and relu² have no such state.",
            "训练后的 elu + 1 与衰减网络逐词读一段文本、用 φ(k) vᵀ 与 φ(k) 的累加和代替所有的键与值时，得分的最大差别：2 × 2 个头，各 32 × 33 个数（衰减为 33 个），与文本长度无关。softmax 与 relu² 没有这样的状态。",
        ),
    )
}

/// The weight of one key more in trained heads, kernel by kernel, beside what theory says of Gaussian keys.
fn needle(exams: &[[Exam; 4]], settings: &Settings) -> Vec<Readout> {
    let (i, margin) = (settings.sighted(), settings.margin);
    let n = Haystack::size(i);
    let all: [[f64; 2]; 4] = std::array::from_fn(|kernel| exam::needle(exams, kernel, i, margin));
    let there = !exams.is_empty();
    let gamma = mean(exams, 0, |exam| exam.haystack.gamma());
    let laws = [
        note(
            format!(
                "A trained head of softmax reads {n} of its own keys and one more, whose score is their mean and m = {}; beside it eᵐ/(eᵐ + n e^(γ²/2)) with the deviation γ = {} of its scores. Depends: far from Gaussian scores, or with γ near √(2 ln n), the formula is off.",
                shown(margin),
                shown(gamma)
            ),
            format!(
                "softmax 训练后的头读自己的 {n} 个键，再加一个得分为均值加 m = {} 的键；旁边是 eᵐ/(eᵐ + n e^(γ²/2))，γ = {} 取自其得分的标准差。看情况：得分离高斯很远，或 γ 接近 √(2 ln n) 时，公式不准。",
                shown(margin),
                shown(gamma)
            ),
        ),
        note(
            format!(
                "The same with φ = elu + 1, beside φ(q)·φ(k)/(φ(q)·φ(k) + n φ(q)·E φ) of keys whose numbers are Gaussian; n = {n}, m = {}.",
                shown(margin)
            ),
            format!(
                "同上，φ = elu + 1；旁边是键的各数为高斯时的 φ(q)·φ(k)/(φ(q)·φ(k) + n φ(q)·E φ)；n = {n}，m = {}。",
                shown(margin)
            ),
        ),
        note(
            format!(
                "The same with relu², beside f(β + m)/(f(β + m) + n E f) of Gaussian scores; n = {n}, m = {}.",
                shown(margin)
            ),
            format!(
                "同上，relu²；旁边是得分为高斯时的 f(β + m)/(f(β + m) + n E f)；n = {n}，m = {}。",
                shown(margin)
            ),
        ),
        note(
            format!(
                "A needle at the beginning of the text, n = {n} places back: λⁿ(1 − λ)/(1 − λⁿ⁺¹), whatever its margin."
            ),
            format!("针在文本开头，往回 n = {n} 个位置：λⁿ(1 − λ)/(1 − λⁿ⁺¹)，与优势无关。"),
        ),
    ];
    let ids = [
        (
            "twin_needle_softmax",
            text(
                "A needle before the trained softmax, beside theory",
                "针放到训练后的 softmax 面前，对照理论",
            ),
        ),
        (
            "twin_needle_elu1",
            text(
                "A needle before the trained elu + 1, beside theory",
                "针放到训练后的 elu + 1 面前，对照理论",
            ),
        ),
        (
            "twin_needle_relu2",
            text("A needle before the trained relu², beside theory", "针放到训练后的 relu² 面前，对照理论"),
        ),
        (
            "twin_needle_decay",
            text("A needle before the trained decay, beside theory", "针放到训练后的衰减面前，对照理论"),
        ),
    ];
    let one = |(((id, title), says), [measured, theory]): (((&'static str, Text), Note), [f64; 2])| {
        let value = (there && measured.is_finite()).then_some(measured);
        claim(id, title, ARTICLE).equals(value, theory, 0.1 * theory + 1e-6, says)
    };
    ids.into_iter().zip(laws).zip(all).map(one).collect()
}
