//! Heads whose weights are products of features, read one token at a time with a state that does not grow: a sum of φ(k) vᵀ and a
//! sum of φ(k) (Katharopoulos et al. 2020, eqs. 16 to 20, <https://arxiv.org/abs/2006.16236>), or of what decays.

use super::{
    FusedGpt, add,
    gradient::{Layout, network},
};
use crate::attention::{
    mixing::{Kernel, Mixing, NEXT_TO_NOTHING, Sight},
    position::Position,
};
use crate::fused::activation::gelu;
use crate::models::gpt_config::GptConfig;

/// What a head remembers of all that it has read.
#[derive(Clone)]
struct Sums {
    /// Σ φ(k) vᵀ. [features, dh]
    values: Vec<f32>,
    /// Σ φ(k). [features]
    keys: Vec<f32>,
}

/// Numbers that a head of `width` remembers however long the text is; `None` where it has to keep all keys and values.
pub fn state_size(kernel: Kernel, width: usize) -> Option<usize> {
    features(kernel, width).map(|features| features * (width + 1))
}

/// The features of a key; `None` where the weight is no product of such.
fn features(kernel: Kernel, width: usize) -> Option<usize> {
    match kernel {
        Kernel::Elu1 => Some(width),
        // The same for every key.
        Kernel::Decay(_) => Some(1),
        Kernel::Softmax | Kernel::Relu2 => None,
    }
}

/// The scores of every next token of the text `read` [T, V], a token at a time; `None` where the kernel has no state of constant size,
/// a head sees what is still to come,
/// or places are told in another way than by turning.
pub fn answer(
    config: &GptConfig,
    mixing: &Mixing,
    layout: &Layout,
    weights: &[f32],
    read: &[usize],
) -> Option<Vec<f32>> {
    let features = features(mixing.kernel, config.head_width())?;
    let places = matches!(mixing.position, Position::None | Position::Rotary);
    if !places || mixing.sights.iter().any(|sight| *sight != Sight::Past) {
        return None;
    }
    let network = network(config, layout, weights);
    let head = Sums { values: vec![0.0; features * config.head_width()], keys: vec![0.0; features] };
    let mut states = vec![vec![head; config.heads]; config.layers];
    let one = |(at, token): (usize, &usize)| network.one(mixing, at, *token, &mut states);
    Some(read.iter().enumerate().flat_map(one).collect())
}

impl FusedGpt {
    /// The scores of what follows the token at place `at`.
    fn one(&self, mixing: &Mixing, at: usize, token: usize, states: &mut [Vec<Sums>]) -> Vec<f32> {
        let GptConfig { width: d, heads, .. } = self.config;
        let dh = d / heads;
        let mut x = self.emb[token * d..(token + 1) * d].to_vec();
        let (mut normed, mut qkv) = (vec![0.0; d], vec![0.0; 3 * d]);
        for (layer, states) in self.layers.iter().zip(states) {
            layer.ln1.forward(&x, &mut normed);
            layer.qkv.forward(&normed, &mut qkv);
            if mixing.position == Position::Rotary {
                self.turn(at, &mut qkv, 1.0);
            }
            for (h, sums) in states.iter_mut().enumerate() {
                let part = |which: usize| &qkv[which * d + h * dh..][..dh];
                sums.read(mixing.kernel, part(0), part(1), part(2), &mut normed[h * dh..][..dh]);
            }
            add(&mut x, &layer.proj, &normed);
            if let Some(mlp) = &layer.mlp {
                mlp.norm.forward(&x, &mut normed);
                let mut hidden = vec![0.0; mlp.fc1.outputs()];
                mlp.fc1.forward(&normed, &mut hidden);
                gelu(&mut hidden);
                add(&mut x, &mlp.fc2, &hidden);
            }
        }
        self.unembed(&x)
    }
}

impl Sums {
    fn read(&mut self, kernel: Kernel, q: &[f32], k: &[f32], v: &[f32], out: &mut [f32]) {
        let (kept, [q, k]) = match kernel {
            Kernel::Decay(lambda) => (lambda, [vec![1.0], vec![1.0]]),
            Kernel::Softmax | Kernel::Elu1 | Kernel::Relu2 => {
                let features = |raw: &[f32]| {
                    let mut features = raw.to_vec();
                    kernel.features(&mut features);
                    features
                };
                (1.0, [features(q), features(k)])
            }
        };
        let rows = self.values.chunks_exact_mut(v.len()).zip(&mut self.keys);
        for ((values, key), k) in rows.zip(&k) {
            values.iter_mut().zip(v).for_each(|(sum, v)| *sum = *sum * kept + k * v);
            *key = *key * kept + k;
        }
        let sum: f32 = q.iter().zip(&self.keys).map(|(q, key)| q * key).sum::<f32>() + NEXT_TO_NOTHING;
        out.fill(0.0);
        for (values, q) in self.values.chunks_exact(v.len()).zip(&q) {
            out.iter_mut().zip(values).for_each(|(out, value)| *out += q / sum * value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{fused_gpt::gradient, size::SizeError};

    /// What is remembered in a few sums says the same as all keys and values read again for every token.
    #[test]
    fn a_state_of_constant_size_answers_as_the_quadratic_form() {
        for (mlp, position) in [(0, Position::Rotary), (12, Position::None), (12, Position::Rotary)] {
            let config = GptConfig {
                vocabulary: "abcdefg".chars().collect(),
                context: 70,
                width: 16,
                layers: 2,
                heads: 2,
                mlp,
                tied: false,
            };
            let (mut layout, mut at) = (Layout::new(), 0);
            let take = &mut |name: &str, shape: &[usize]| {
                let size = shape.iter().product::<usize>();
                layout.insert(name.to_owned(), at..at + size);
                at += size;
                Ok::<_, SizeError>(vec![0.0; size])
            };
            FusedGpt::new(&config, take).unwrap();
            let weights: Vec<f32> = (0..at).map(|i| ((i * 7919 + 13) % 1009) as f32 / 600.0 - 0.8).collect();
            let text: Vec<usize> = (0..70).map(|i| (i * i + 3 * i) % 7).collect();
            for kernel in [Kernel::Elu1, Kernel::Decay(0.8)] {
                let mixing = Mixing { kernel, sights: vec![Sight::Past], position: position.clone() };
                let whole = gradient::answer(&config, &mixing, &layout, &weights, &text, 70).logits;
                let bit = answer(&config, &mixing, &layout, &weights, &text).unwrap();
                let gap = whole.iter().zip(&bit).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
                let size = whole.iter().fold(0.0f32, |most, x| most.max(x.abs()));
                assert!(gap < 2e-5 * size && size > 0.1, "{kernel:?}: {gap} of {size}");
            }
            for kernel in [Kernel::Softmax, Kernel::Relu2] {
                let mixing = Mixing { kernel, sights: vec![Sight::Past], position: position.clone() };
                assert!(answer(&config, &mixing, &layout, &weights, &text).is_none());
            }
            let ahead = Mixing { kernel: Kernel::Elu1, sights: vec![Sight::Past, Sight::Both], position };
            assert!(answer(&config, &ahead, &layout, &weights, &text).is_none());
        }
        assert_eq!(
            (state_size(Kernel::Elu1, 32), state_size(Kernel::Decay(0.5), 32)),
            (Some(32 * 33), Some(33))
        );
        assert_eq!(state_size(Kernel::Softmax, 32), None);
    }
}
