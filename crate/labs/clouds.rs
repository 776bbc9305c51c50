//! What the labs of the plane call their data, and how a link's data are drawn.

use serde::Deserialize;

use super::chosen::chosen;
use crate::data::points::{Distribution, Point, draw, ring};
use crate::experiment::{
    Experiment, Message,
    parameter::{Choice, choice},
};
use crate::math::philox::Stream;

pub const DATA: &[Choice] = &[
    choice("moons", "Moons", "双月"),
    choice("circles", "Circles", "双环"),
    choice("spiral", "Spiral", "双螺旋"),
    choice("swissroll", "Swiss roll", "瑞士卷"),
    choice("checkerboard", "Checkerboard", "棋盘"),
    choice("pinwheel", "Pinwheel", "风车"),
    choice("mixture", "Gaussians", "高斯混合"),
    choice("skyline", "Skyline", "天际线"),
    choice("drawn", "Drawn by you", "自己画的"),
];
/// Where the draws of the data set stand among those of [`Stream::Points`]; training steps count from 1.
const DATA_STEP: u32 = 0;

/// Where the data come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DataSet {
    Moons,
    Circles,
    Spiral,
    SwissRoll,
    Checkerboard,
    Pinwheel,
    Mixture,
    Skyline,
    Drawn,
}

/// The distribution of the experiment's data; `spread` is that of each Gaussian of a mixture.
pub fn distribution(experiment: &Experiment, spread: f64, warnings: &mut Vec<Message>) -> Distribution {
    let placed = || experiment.inputs.points.clone();
    match chosen(experiment, "data") {
        DataSet::Moons => Distribution::Moons,
        DataSet::Circles => Distribution::Circles,
        DataSet::Spiral => Distribution::Spiral,
        DataSet::SwissRoll => Distribution::SwissRoll,
        DataSet::Checkerboard => Distribution::Checkerboard,
        DataSet::Pinwheel => Distribution::Pinwheel,
        DataSet::Skyline => Distribution::Skyline,
        DataSet::Mixture => Distribution::Mixture { centres: placed().unwrap_or_else(ring), spread },
        DataSet::Drawn => placed().map_or_else(
            || {
                warnings.push(Message::new(
                    "points",
                    "Nothing has been drawn yet, so the moons are shown; draw something.",
                    "还没有画任何点，先显示双月；请动手画。",
                ));
                Distribution::Moons
            },
            Distribution::Cloud,
        ),
    }
}

/// The data points: those that were drawn by hand, or `count` of the distribution.
pub fn drawn(distribution: &Distribution, seed: u64, count: usize) -> Vec<Point> {
    match distribution {
        Distribution::Cloud(points) => points.clone(),
        other => draw(other, seed, Stream::Points, DATA_STEP, count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::chosen::all_are_read;

    #[test]
    fn every_word_of_the_schema_is_read() {
        all_are_read::<DataSet>(DATA.iter().map(|option| option.value));
    }
}
