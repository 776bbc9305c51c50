//! The heads of a model that ships, each a dot: how widely its scores are spread, and how sharply it looks.

use serde::Deserialize;

use crate::attention::surgery::Surgery;
use crate::experiment::Experiment;
use crate::labs::{chosen::chosen, letters::Letters};
use crate::math::concentration::{finite::Law, kernel::Kernel, row::Row};
use crate::math::statistics::Moments;
use crate::models::reading::HeadsHost;
use crate::runtime::error::SessionError;
use crate::train::fused::load_gpt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Model {
    None,
    Shakespeare,
    Tang,
}

impl Model {
    /// What it reads.
    fn text(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Shakespeare => Some(
                "To be, or not to be: that is the question:\nWhether 'tis nobler in the mind to suffer\nThe slings and arrows of outrageous fortune,\nOr to take arms against a sea of troubles,\nAnd by opposing end them. To die: to sleep;\nNo more; and by a sleep to say we end\n",
            ),
            Self::Tang => Some(
                "昔人已乘黄鹤去，此地空余黄鹤楼。黄鹤一去不复返，白云千载空悠悠。晴川历历汉阳树，芳草萋萋鹦鹉洲。日暮乡关何处是？烟波江上使人愁。",
            ),
        }
    }
}

/// A head on the average of the places in the second half of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Keys in sight.
    pub keys: f64,
    /// The deviation of its scores.
    pub gamma: f64,
    pub concentration: f64,
    pub entropy: f64,
    /// E S of as many Gaussian scores of this deviation.
    pub expected: f64,
}

/// All heads of the model that the link asks for, layer by layer; none where it asks for none.
pub fn read(experiment: &Experiment, weights: Option<&[u8]>) -> Result<Vec<Dot>, SessionError> {
    let Some(_) = super::about::model(experiment) else { return Ok(Vec::new()) };
    let Some(text) = chosen::<Model>(experiment, "heads").text() else { return Ok(Vec::new()) };
    let weights = weights.ok_or(SessionError::NoWeights(experiment.choice("heads")))?;
    let (config, network) = load_gpt(weights).map_err(|error| SessionError::BadWeights(Box::new(error)))?;
    let mut letters = Letters::of(text, &config.vocabulary);
    letters.keep_last(config.context);
    let n = letters.tokens.len();
    let reading = network.read(&letters.tokens, &mut network.cache(), &Surgery::none());
    let mut all = Vec::new();
    for HeadsHost { scores, weights, .. } in &reading.layers {
        if let Some(value) = weights.iter().copied().find(|weight| !weight.is_finite()) {
            return Err(SessionError::Unreadable { value, position: n });
        }
        all.extend(scores.chunks_exact(n * n).zip(weights.chunks_exact(n * n)).map(|(s, w)| dot(s, w, n)));
    }
    Ok(all)
}

/// Of one head's scores and weights, [n, n] each.
fn dot(scores: &[f32], weights: &[f32], n: usize) -> Dot {
    let rows: Vec<[f64; 4]> = (n / 2..n)
        .map(|i| {
            let past =
                |all: &[f32]| all[i * n..=i * n + i].iter().copied().map(f64::from).collect::<Vec<_>>();
            let row = Row::of(past(weights));
            let gamma = Moments::of(past(scores)).deviation();
            [(i + 1) as f64, gamma, row.concentration, row.entropy]
        })
        .collect();
    let [keys, gamma, concentration, entropy] =
        std::array::from_fn(|j| Moments::of(rows.iter().map(|row| row[j])).mean);
    let expected = Law::of(Kernel::Exp, 0.0, gamma).concentrations(&[keys])[0];
    Dot { keys, gamma, concentration, entropy, expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAKESPEARE: &[u8] = include_bytes!("../../../www/models/shakespeare.safetensors");

    /// Scores and weights belong together: a row is the softmax of its scores, and so S and γ can be had either way.
    #[test]
    fn sixteen_heads_are_sixteen_dots() {
        let link = |more: &str| crate::labs::parse(&format!("v=3&lab=focus{more}")).experiment;
        assert_eq!(read(&link("&heads=shakespeare"), None).unwrap(), [], "only where it is looked at");
        assert_eq!(read(&link("&part=phase"), None).unwrap(), []);
        let asked = link("&part=phase&heads=shakespeare");
        assert!(read(&asked, None).err().unwrap().to_string().contains("shakespeare"));
        let dots = read(&asked, Some(SHAKESPEARE)).unwrap();
        assert_eq!(dots.len(), 16);
        for (i, dot) in dots.iter().enumerate() {
            assert!(dot.gamma > 0.05 && dot.entropy >= 0.0 && dot.entropy <= dot.keys.ln(), "{dot:?}");
            // n S² tokens are no more than e to the entropy, on every row, so also on the average of both sides.
            assert!(dot.concentration > 1.0 / dot.keys.sqrt() && dot.concentration < 1.0, "{dot:?}");
            assert!(dot.expected > 0.0 && dot.expected < 1.0);
            assert!(dots[..i].iter().all(|other| other != dot));
        }
    }

    /// A head of Gaussian scores is where the law has it.
    #[test]
    fn a_head_of_random_scores_stands_on_the_law() {
        let n = 300;
        let drawn = crate::math::normal::normals(4, crate::math::philox::Stream::Check, 0, n * n);
        // What is still to come counts for nothing, whatever its scores are.
        let score = |(at, z): (usize, f32)| if at % n > at / n { 7.0 } else { 1.5 * z };
        let scores: Vec<f32> = drawn.into_iter().enumerate().map(score).collect();
        let weights: Vec<f32> = scores.iter().map(|s| s.exp()).collect();
        let dot = dot(&scores, &weights, n);
        assert!((dot.gamma - 1.5).abs() < 0.02, "{dot:?}");
        assert!((dot.concentration - dot.expected).abs() < 0.01, "{dot:?}");
        assert!((dot.keys - 225.5).abs() < 1e-9);
    }
}
