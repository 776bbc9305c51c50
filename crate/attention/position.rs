//! How a head of softmax learns where a token stands: turned queries and keys, or what is added to a score by the distance.

use std::rc::Rc;

use crate::math::rotary::turning::Turning;

/// ALiBi's slopes are 2^(−8 h/H), and Sandwich is divided by 8 h/H, for the heads h = 1 … H.
const EIGHT: f64 = 8.0;
/// Numbers of Sandwich's sinusoidal places, whatever the width of a head.
const SANDWICH: usize = 128;
const SANDWICH_BASE: f64 = 10_000.0;

/// What tells places apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Position {
    /// Nothing does.
    None,
    /// Queries and keys are turned by their places, base 10,000. Su et al. 2021, <https://arxiv.org/abs/2104.09864>, eq. 34.
    Rotary,
    /// They are turned in another way than the network learnt, and scores multiplied; nothing learns so.
    Stretched(Rc<Turning>),
    /// A row of a table is added to each token's; beyond the table nothing is.
    Learned,
    /// −slope · distance. Press et al. 2021, <https://arxiv.org/abs/2108.12409>, section 3.
    Alibi,
    /// −r₁ ln(1 + r₂ · distance), both learnt by every head. Chi et al. 2022, <https://arxiv.org/abs/2205.09921>.
    Kerple,
    /// The product of two sinusoidal places, divided by 8 h/H. Chi et al. 2022, <https://arxiv.org/abs/2212.10356>.
    Sandwich,
}

impl Position {
    /// What is added to the scores of a layer's heads at each distance, [H, `length`]; `numbers` are those that the layer learnt.
    /// `None` where nothing is.
    pub fn added(&self, heads: usize, length: usize, numbers: &[f32]) -> Option<Vec<f32>> {
        let share = |h: usize| EIGHT * (h + 1) as f64 / heads as f64;
        let of = |each: &dyn Fn(usize, f64) -> f64| {
            let row = |h: usize| (0..length).map(move |k| each(h, k as f64) as f32);
            Some((0..heads).flat_map(row).collect())
        };
        match self {
            Self::None | Self::Rotary | Self::Stretched(_) | Self::Learned => None,
            Self::Alibi => of(&|h, k| -libm::exp2(-share(h)) * k),
            Self::Kerple => {
                let [r1, r2] = rates(numbers);
                of(&|h, k| -r1[h] * libm::log1p(r2[h] * k))
            }
            Self::Sandwich => {
                let half = SANDWICH / 2;
                let turn = |i: usize| libm::pow(SANDWICH_BASE, -(i as f64) / half as f64);
                let sum = |k: usize| (0..half).map(|i| libm::cos(k as f64 * turn(i))).sum::<f64>();
                let waves: Vec<f64> = (0..length).map(sum).collect();
                of(&|h, k| waves[k as usize] / share(h))
            }
        }
    }

    /// The slope of the numbers that a layer learnt from that of what they add at each distance, `slope` [H, `length`].
    pub fn back(numbers: &[f32], slope: &[f32]) -> Vec<f32> {
        let [r1, r2] = rates(numbers);
        let heads = r1.len();
        let length = slope.len() / heads;
        let mut all = vec![0.0f64; 2 * heads];
        for (h, row) in slope.chunks_exact(length).enumerate() {
            for (k, slope) in row.iter().enumerate() {
                let (k, slope) = (k as f64, f64::from(*slope));
                // r = e^ρ, so that both stay positive: dr/dρ = r.
                all[h] -= slope * r1[h] * libm::log1p(r2[h] * k);
                all[heads + h] -= slope * r1[h] * r2[h] * k / (1.0 + r2[h] * k);
            }
        }
        all.into_iter().map(|x| x as f32).collect()
    }

    /// What a layer learns besides: the shape of ln r₁ and ln r₂.
    pub fn learns(&self, heads: usize) -> Option<[usize; 2]> {
        (*self == Self::Kerple).then_some([2, heads])
    }
}

/// r₁ and r₂ of each head, from their logarithms.
fn rates(numbers: &[f32]) -> [Vec<f64>; 2] {
    let (r1, r2) = numbers.split_at(numbers.len() / 2);
    [r1, r2].map(|logarithms| logarithms.iter().map(|ln| libm::exp(f64::from(*ln))).collect())
}
