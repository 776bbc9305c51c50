//! g at one distance beside its continuum and the law of the logarithm; that it falls on the average alone; pairs that never turn once.

use crate::experiment::parameter::text;
use crate::labs::stretch::{
    papers::{ARTICLE, INTEGRALS, LONGER, ROPE},
    said::{claim, note, shown},
    settings::Settings,
    state::Stretch,
};
use crate::math::rotary::{
    profile::{continuum, log_law, log_law_zero, rises},
    turning::Trick,
};
use crate::runtime::readout::Readout;

pub fn all(lab: &Stretch, at: usize) -> Vec<Readout> {
    let Settings { k, base, angle, d, train_length, trick, .. } = lab.settings;
    let (training, n) = (lab.settings.training(), lab.settings.tokens(at));
    let far = k as f64;
    let g = lab.settings.turning(Trick::Plain).wave(angle, far);
    let smooth = continuum(base, angle, far);
    let straight = continuum(base, 0.0, far);
    let steps = train_length.min(lab.settings.length);
    let up = rises(&lab.waves(Trick::Plain, angle)[..=steps]);
    let unseen = lab.settings.turning(trick).unseen(&training, n);
    vec![
        claim("g", text("g(k), the sum over d/2 waves", "g(k)，d/2 个波之和"), INTEGRALS).equals(
            Some(g),
            smooth,
            0.05,
            note(
                format!("k = {k}, d = {d}. Expected: the integral over all frequencies. Depends: a sum of few waves strays from it where k is large."),
                format!("k = {k}，d = {d}。期望值：对所有频率的积分。看情况：波数少而 k 大时，求和会偏离积分。"),
            ),
        ),
        claim(
            "g_log_law",
            text("1 − (γ + ln k)/ln base, beside the integral", "1 − (γ + ln k)/ln base，对照积分"),
            ARTICLE,
        )
        .equals(
            Some(log_law(base, far)),
            straight,
            0.02,
            note(
                format!("For parallel biases and 1 ≪ k ≪ base. It says zero at k = base·e^(−γ) = {}.", shown(log_law_zero(base))),
                format!("适用于平行的偏置与 1 ≪ k ≪ base。它在 k = base·e^(−γ) = {} 处为零。", shown(log_law_zero(base))),
            ),
        ),
        claim(
            "g_rises",
            text("Steps within training at which g rises", "训练长度内 g 上升的步数"),
            ARTICLE,
        )
        .above(
            Some(up as f64),
            0.5,
            note(
                format!("Of {steps} steps. The fourth term falls on the average, not step by step."),
                format!("共 {steps} 步。第四项只是平均而言下降，并非步步下降。"),
            ),
        ),
        claim(
            "frequencies_unfinished",
            text("Frequencies that never finish a turn in training", "训练中从未转完一圈的频率数"),
            LONGER,
        )
        .equals(
            Some(training.unfinished() as f64),
            training.unfinished_by_formula() as f64,
            0.5,
            note(
                format!("Of {}, within {train_length} places. Expected: those with i > (d/2) ln(L/2π)/ln base.", d / 2),
                format!("共 {} 个频率，{train_length} 个位置之内。期望值：满足 i > (d/2) ln(L/2π)/ln base 的个数。", d / 2),
            ),
        ),
        claim(
            "angles_unseen",
            text("Frequencies at angles that training never showed", "转到训练中从未出现过的角度的频率数"),
            ROPE,
        )
        .below(
            Some(unseen as f64),
            0.5,
            note(
                format!("In a text of {n} tokens, as it is stretched now. Depends: none within the length of training; interpolation, YaRN and ReRoPE keep it so as far as they were told, NTK almost."),
                format!("文本 {n} 个词，按当前的伸展方法。看情况：训练长度之内为零；内插、YaRN、ReRoPE 在设定的倍数之内保持为零，NTK 差一点。"),
            ),
        ),
    ]
}
