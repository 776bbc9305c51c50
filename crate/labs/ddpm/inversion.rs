//! What the journey "invert" claims: the noise that the model finds for a picture leads back to it.

use super::{
    claim::{SIGMAS, note},
    state::Ddpm,
};
use crate::experiment::parameter::{Reference, text};
use crate::math::statistics::{Moments, rms_gap};
use crate::runtime::readout::{Claim, Readout};

const SONG: Reference =
    Reference { title: "Song et al. 2021, section 4.3", href: "https://arxiv.org/abs/2010.02502" };

/// How well the picture came back, and how Gaussian the noise is that was found for it.
pub fn readouts(run: &Ddpm, at: usize) -> [Readout; 3] {
    let [mean, variance] = gaussian(run, at);
    [returned(run, at), mean, variance]
}

/// The distance of the rebuilt picture to the original.
///
/// Both ways follow one differential equation by rules of finite order, so the distance shrinks as the steps grow in
/// number; how far at a given number nobody knows in advance. What is asked of it is that the rebuilt picture be
/// mistaken for no other: it must lie nearer to the original than the nearest other real picture does.
fn returned(run: &Ddpm, at: usize) -> Readout {
    let settings = &run.settings;
    let (end, steps) = (settings.length(), settings.steps);
    let bound = run.real.nearest(settings);
    let rebuilt = run.tree.state(run.fork, end).filter(|_| at == end);
    let value = rebuilt.map(|state| rms_gap(run.selected(&state.x), &settings.picture));
    let words = match value {
        Some(value) => note(
            format!(
                "{steps} steps there and {steps} back, {value:.3} from the original; the nearest other real picture is {bound:.3} away. More steps bring it closer."
            ),
            format!(
                "去 {steps} 步、回 {steps} 步，离原图 {value:.3}；最近的另一张真图相距 {bound:.3}。步数越多越近。"
            ),
        ),
        None => note("Go to the last state and this is measured.", "走到最后一步即可测量。"),
    };
    Claim {
        id: "inversion",
        title: text(
            "The inverted picture comes back: distance to the original",
            "反演后能还原：与原图的距离",
        ),
        unit: "",
        reference: SONG,
    }
    .below(value, bound, words)
}

/// Mean and variance over the numbers of the noise that was found, against N(0, 1).
fn gaussian(run: &Ddpm, at: usize) -> [Readout; 2] {
    let settings = &run.settings;
    let found = run.tree.state(0, settings.demolished()).filter(|_| at >= settings.demolished());
    let moments = found.map(|state| Moments::of(run.selected(&state.x).iter().map(|x| f64::from(*x))));
    let count = settings.picture.len() as f64;
    let words = match moments {
        Some(_) => note(
            format!(
                "Over the {count} numbers of the noise; the band of five standard errors is that of pure chance. Flat areas come out too calm, for the first steps up from a finished picture are the hardest: finer ones there (quadratic or Karras spacing, more steps) bring the variance nearer to 1."
            ),
            format!(
                "取噪声的 {count} 个数；五倍标准误的容差是纯随机数应有的。平坦处的噪声会偏弱，因为从成品往上的头几步最难；把那里的步子取细（二次或 Karras 分布、更多步数），方差便更接近 1。"
            ),
        ),
        None => {
            note("Invert the picture and this is measured on its noise.", "先反演，再在所得的噪声上测量。")
        }
    };
    let mean = Claim {
        id: "inversion_mean",
        title: text("The noise found looks like chance: mean", "找到的噪声像随机数：均值"),
        unit: "",
        reference: SONG,
    };
    let variance = Claim {
        id: "inversion_variance",
        title: text("The noise found looks like chance: variance", "找到的噪声像随机数：方差"),
        unit: "",
        reference: SONG,
    };
    [
        mean.equals(moments.map(|m| m.mean), 0.0, SIGMAS / count.sqrt(), words.clone()),
        variance.equals(moments.map(|m| m.variance), 1.0, SIGMAS * (2.0 / count).sqrt(), words),
    ]
}
