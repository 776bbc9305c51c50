//! What the article claims of greed: without fresh noise samples collapse, with it they spread as real pictures do.

use super::{ARTICLE, claim::note, greedy::margins, state::Ddpm};
use crate::data::gallery::Gallery;
use crate::experiment::{
    Text,
    parameter::{Reference, text},
};
use crate::runtime::readout::{Claim, Readout};

const HO_SIGMA: Reference =
    Reference { title: "Ho et al. 2020, section 3.2", href: "https://arxiv.org/abs/2006.11239" };

/// The deviation of samples built without fresh noise, beside that with σ = β.
pub fn collapse(run: &Ddpm) -> [Readout; 2] {
    let spreads = run.greedy.spreads();
    let (steps, lane) = (run.greedy.steps(), run.greedy.lane());
    let open = note(
        format!(
            "Press Measure: {lane} samples are built twice from the same rubble in {steps} steps, without and with fresh noise."
        ),
        format!("点“测量”：用同一堆瓦砾、{steps} 步把 {lane} 个样本各建两遍，一遍不加新噪声，一遍加。"),
    );
    let greedy_note = match spreads {
        None => open.clone(),
        Some(s) => note(
            format!(
                "Without fresh noise the samples lie {:.2} apart, with σ = β {:.2}: always taking the mean is not sampling.",
                s.greedy, s.beta
            ),
            format!(
                "不加新噪声时样本之间相差 {:.2}，取 σ = β 时相差 {:.2}：步步取均值不是采样。",
                s.greedy, s.beta
            ),
        ),
    };
    let real = run.real.spread(&run.settings);
    let [below, within] = margins(run.settings.gallery);
    let percent = 100.0 * within;
    let greedy = Claim {
        id: "greedy_collapses",
        title: text("Greedy collapses: spread of samples with σ = 0", "贪心会坍缩：σ = 0 时样本的标准差"),
        unit: "",
        reference: ARTICLE,
    };
    let beta = Claim {
        id: "beta_spreads",
        title: spread_title(run.settings.gallery),
        unit: "",
        reference: HO_SIGMA,
    };
    let beta_note = match spreads {
        None => open,
        Some(_) => note(
            format!(
                "Real pictures that were held back from training lie {real:.2} apart; {lane} samples tell that to about {percent:.0} %."
            ),
            format!("未参与训练的真实图片彼此相差 {real:.2}；{lane} 个样本的估计误差约 {percent:.0}%。"),
        ),
    };
    let bound = below * spreads.map_or(real, |s| s.beta);
    [
        greedy.below(spreads.map(|s| s.greedy), bound, greedy_note),
        beta.equals(spreads.map(|s| s.beta), real, within * real, beta_note),
    ]
}

fn spread_title(gallery: Gallery) -> Text {
    match gallery {
        Gallery::Buildings => {
            text("… and with σ = β it is that of real buildings", "……而 σ = β 时与真实小楼相当")
        }
        Gallery::Digits => text("… and with σ = β it is that of real digits", "……而 σ = β 时与真实数字相当"),
    }
}
