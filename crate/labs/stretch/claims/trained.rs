//! Networks that were trained here, once a seed has ended: what they lose within and beyond the length of their training, and what the bias
//! gains.

use super::measured::{IDS, LEAST, bias_gain, name, spread};
use crate::experiment::parameter::text;
use crate::labs::{
    stretch::{
        papers::ARTICLE,
        said::{claim, note, shown},
    },
    twins::Schooling,
};
use crate::runtime::readout::Readout;
use crate::train::small::reader::{ACCURACY, BEYOND, Reader, Scheme, WITHIN};

/// Of networks of `lanes`, in their order.
/// `guess` is what saying characters by their frequency costs, and how often it is right.
pub fn all(lanes: &[Scheme], schooling: &Schooling<Reader>, guess: [f64; 2]) -> Vec<Readout> {
    let lane = |(i, scheme): (usize, &Scheme)| lane(i, *scheme, schooling, guess);
    let mut all: Vec<Readout> = lanes.iter().enumerate().flat_map(lane).collect();
    let place = |scheme| lanes.iter().position(|one| *one == scheme);
    if let (Some(plain), Some(bias)) = (place(Scheme::Rope), place(Scheme::Bias)) {
        let seeds = schooling.ends(bias, ACCURACY).len();
        let paired = schooling.paired(plain, bias, ACCURACY).filter(|paired| paired.count >= LEAST);
        all.push(bias_gain(paired, seeds));
    }
    all
}

fn lane(i: usize, scheme: Scheme, schooling: &Schooling<Reader>, [cost, right]: [f64; 2]) -> [Readout; 3] {
    let [en, zh] = name(scheme);
    let of = |measure| {
        let ends = schooling.ends(i, measure);
        (!ends.is_empty()).then(|| spread(&ends))
    };
    let [within, beyond, eight] = [WITHIN, BEYOND, ACCURACY].map(of);
    let seeds = schooling.ends(i, WITHIN).len();
    let mean = |numbers: Option<[f64; 2]>| numbers.map(|[mean, _]| mean);
    let said = |numbers: Option<[f64; 2]>, more: [&str; 2]| {
        let stray = numbers.map_or("–".to_owned(), |[_, stray]| shown(stray));
        note(
            format!(
                "{en}: mean of {seeds} seeds that have ended, which differ by {stray} (standard deviation), on held-out text. {}",
                more[0]
            ),
            format!("{zh}：{seeds} 个已训练完的种子的平均，种子间标准差 {stray}，在留出文本上。{}", more[1]),
        )
    };
    let [w, b, e, _] = IDS[i];
    [
        claim(w, text("Loss within the length of training", "训练长度之内的损失"), ARTICLE).below(
            mean(within),
            cost,
            said(within, ["Saying each character as often as it stands in the text costs as much as it is compared with.", "对照值：按各字符在文本中的频率去猜的损失。"]),
        ),
        claim(b, text("Loss beyond it, up to eight times", "训练长度之外、直到八倍处的损失"), ARTICLE).below(
            mean(beyond),
            mean(within).unwrap_or(f64::INFINITY) + 0.05,
            said(beyond, ["Depends: who stretches loses no more than 0.05 nats beyond.", "看情况：能伸展的，超出后损失不过多 0.05 奈特。"]),
        ),
        claim(e, text("Accuracy of texts eight times as long", "八倍长文本上的准确率"), ARTICLE).above(
            mean(eight),
            right,
            said(eight, ["Of all characters of the text, beside always saying the most frequent one.", "统计文本的全部字符；对照值：总是猜最常见的那个字符。"]),
        ),
    ]
}
