//! All weights in one buffer, in the order and with the zeros that the kernels count on.

use super::sizes::Sizes;
use crate::models::gpt_config::GptConfig;

/// Where what stands, in fours from the buffer's beginning, or of what a layer has, from the layer's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// [V, d]
    pub emb: usize,
    /// Cosine and sine of each pair of each position. [context, dh]
    pub turns: usize,
    pub layers: usize,
    /// What a layer takes.
    pub layer: usize,
    /// Gain, then bias, as with all norms.
    pub ln1: usize,
    /// [d, 3 H dh], as all products: inputs first, then the bias.
    pub qkv: usize,
    pub proj: usize,
    pub ln2: usize,
    pub fc1: usize,
    pub fc2: usize,
    pub lnf: usize,
    pub head: usize,
    pub count: usize,
}

impl Places {
    pub fn of(sizes: &Sizes) -> Self {
        let Sizes { width, padded_width, heads, padded_heads, hidden, vocabulary, .. } = *sizes;
        let mut at = 0;
        let mut take = |count: usize| {
            at += count;
            at - count
        };
        let product = |inputs: usize, outputs: usize| (4 * inputs + 1) * outputs;
        let emb = take(sizes.config.vocabulary.len() * width);
        let turns = take(sizes.config.context * sizes.head);
        let layers = take(0);
        let mut within = 0;
        let mut part = |count: usize| {
            within += count;
            within - count
        };
        let ln1 = part(2 * width);
        let qkv = part(product(padded_width, 3 * heads));
        let proj = part(product(padded_heads, width));
        let ln2 = part(2 * width);
        let fc1 = part(product(padded_width, hidden));
        let fc2 = part(product(hidden, width));
        let layer = part(0);
        take(layer * sizes.config.layers);
        let lnf = take(2 * width);
        let head = take(4 * padded_width * vocabulary);
        let count = take(0);
        Self { emb, turns, layers, layer, ln1, qkv, proj, ln2, fc1, fc2, lnf, head, count }
    }
}

/// The weights that `take` finds by their names and shapes.
pub fn pack<E>(
    sizes: &Sizes,
    take: &mut impl FnMut(&str, &[usize]) -> Result<Vec<f32>, E>,
) -> Result<Vec<f32>, E> {
    let GptConfig { ref vocabulary, width: d, layers, mlp, tied, .. } = sizes.config;
    let Sizes { width, padded_width, heads, padded_heads, hidden, .. } = *sizes;
    let (v, dh, places) = (vocabulary.len(), sizes.config.head_width(), Places::of(sizes));
    let mut packer = Packer { all: vec![0.0; 4 * places.count], take };
    let emb = (packer.take)("emb.weight", &[v, d])?;
    packer.put(places.emb, &emb);
    packer.put(places.turns, &turns(sizes));
    // Of what all heads have: each is padded to fours.
    let by_head = |i: usize| i / dh * 4 * sizes.head + i % dh;
    let turned = |i: usize| i / dh * 4 * sizes.head + sizes.place(i % dh);
    let seen = |i: usize| match i / d {
        part @ 0..2 => 4 * heads * part + turned(i % d),
        part => 4 * heads * part + by_head(i % d),
    };
    for l in 0..layers {
        let at = places.layers + l * places.layer;
        let inputs = [d, padded_width];
        packer.norm(&format!("l{l}.ln1"), at + places.ln1, d)?;
        packer.linear(&format!("l{l}.qkv"), at + places.qkv, inputs, [3 * d, 3 * heads], |i| i, seen)?;
        let heads = [d, padded_heads];
        packer.linear(&format!("l{l}.proj"), at + places.proj, heads, [d, width], by_head, |i| i)?;
        if mlp > 0 {
            packer.norm(&format!("l{l}.ln2"), at + places.ln2, d)?;
            packer.linear(&format!("l{l}.fc1"), at + places.fc1, inputs, [mlp, hidden], |i| i, |i| i)?;
            packer.linear(&format!("l{l}.fc2"), at + places.fc2, [mlp, hidden], [d, width], |i| i, |i| i)?;
        }
    }
    packer.norm("lnf", places.lnf, d)?;
    let head = if tied { emb } else { (packer.take)("head.weight", &[v, d])? };
    packer.product(&head, places.head, d, sizes.vocabulary, |i| i, |i| i);
    Ok(packer.all)
}

struct Packer<'a, T> {
    all: Vec<f32>,
    take: &'a mut T,
}

impl<T> Packer<'_, T> {
    fn put(&mut self, place: usize, numbers: &[f32]) {
        self.all[4 * place..][..numbers.len()].copy_from_slice(numbers);
    }

    fn norm<E>(&mut self, name: &str, place: usize, d: usize) -> Result<(), E>
    where
        T: FnMut(&str, &[usize]) -> Result<Vec<f32>, E>,
    {
        let gain = (self.take)(&format!("{name}.weight"), &[d])?;
        let bias = (self.take)(&format!("{name}.bias"), &[d])?;
        self.put(place, &gain);
        self.put(place + d / 4, &bias);
        Ok(())
    }

    /// `inputs` and `outputs` are how many there are and how many fours they take; `row` and `column` say where each goes.
    fn linear<E>(
        &mut self,
        name: &str,
        place: usize,
        [inputs, rows]: [usize; 2],
        [outputs, columns]: [usize; 2],
        row: impl Fn(usize) -> usize,
        column: impl Fn(usize) -> usize,
    ) -> Result<(), E>
    where
        T: FnMut(&str, &[usize]) -> Result<Vec<f32>, E>,
    {
        let weight = (self.take)(&format!("{name}.weight"), &[outputs, inputs])?;
        let bias = (self.take)(&format!("{name}.bias"), &[outputs])?;
        self.product(&weight, place, inputs, columns, row, &column);
        let to = &mut self.all[4 * (place + 4 * rows * columns)..];
        bias.iter().enumerate().for_each(|(i, number)| to[column(i)] = *number);
        Ok(())
    }

    /// weight is [outputs, inputs]; it goes where a row is what one input gives.
    fn product(
        &mut self,
        weight: &[f32],
        place: usize,
        inputs: usize,
        columns: usize,
        row: impl Fn(usize) -> usize,
        column: impl Fn(usize) -> usize,
    ) {
        let to = &mut self.all[4 * place..];
        for (o, weights) in weight.chunks_exact(inputs).enumerate() {
            let o = column(o);
            weights.iter().enumerate().for_each(|(i, number)| to[row(i) * 4 * columns + o] = *number);
        }
    }
}

/// Cosine and sine of every pair of a head at every position, the pairs one after another.
fn turns(sizes: &Sizes) -> Vec<f32> {
    let half = sizes.config.head_width() / 2;
    let frequency = |i: usize| libm::exp(-libm::log(10_000.0) * i as f64 / half as f64);
    let frequencies: Vec<f64> = (0..half).map(frequency).collect();
    let mut all = vec![0.0; sizes.config.context * 4 * sizes.head];
    for (at, row) in all.chunks_exact_mut(4 * sizes.head).enumerate() {
        for (pair, frequency) in row.chunks_exact_mut(2).zip(&frequencies) {
            let angle = at as f64 * frequency;
            (pair[0], pair[1]) = (libm::cos(angle) as f32, libm::sin(angle) as f32);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Heads of six numbers, padded to eight, and seven hidden ones.
    fn sizes() -> Sizes {
        let vocabulary = "abcde".chars().collect();
        let config =
            GptConfig { vocabulary, context: 9, width: 12, layers: 2, heads: 2, mlp: 7, tied: false };
        Sizes::of(&config).unwrap()
    }

    /// Every weight has a number of its own, from 1 on; those of `name` begin at what comes back.
    fn packed(sizes: &Sizes, name: &str) -> (Vec<f32>, f32, usize) {
        let (mut next, mut begin) = (1, 0.0);
        let mut take = |of: &str, shape: &[usize]| {
            let count: usize = shape.iter().product();
            if of == name {
                begin = next as f32;
            }
            next += count;
            Ok::<_, ()>((next - count..next).map(|i| i as f32).collect::<Vec<_>>())
        };
        let all = pack(sizes, &mut take).unwrap();
        (all, begin, next - 1)
    }

    #[test]
    fn every_weight_has_one_place_and_the_rest_is_zero() {
        let (sizes, places) = (sizes(), Places::of(&sizes()));
        let (mut all, _, count) = packed(&sizes, "");
        all[4 * places.turns..4 * places.layers].fill(0.0);
        let mut numbers: Vec<usize> = all.iter().filter(|x| **x != 0.0).map(|x| *x as usize).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
    }

    #[test]
    fn a_head_is_padded_and_its_pairs_are_neighbours() {
        let (sizes, places) = (sizes(), Places::of(&sizes()));
        let (all, begin, _) = packed(&sizes, "l1.qkv.weight");
        let at = |input: usize, column: usize| {
            let place = places.layers + places.layer + places.qkv;
            all[4 * place + input * 12 * sizes.heads + column]
        };
        let weight = |output: usize, input: usize| begin + (output * 12 + input) as f32;
        // Of the second head's keys number 4 is the second of its second pair.
        assert_eq!(at(5, 4 * sizes.heads + 8 + 3), weight(12 + 6 + 4, 5));
        // Values keep their order.
        assert_eq!(at(5, 8 * sizes.heads + 8 + 3), weight(24 + 6 + 3, 5));
        assert_eq!(at(5, 8 * sizes.heads + 7), 0.0);
    }

    #[test]
    fn pairs_turn_by_their_frequency() {
        let sizes = sizes();
        let turns = turns(&sizes);
        let pair = &turns[5 * 4 * sizes.head + 2..][..2];
        let angle = 5.0 / 10_000f64.powf(1.0 / 3.0);
        assert!(
            (f64::from(pair[0]) - angle.cos()).abs() < 1e-7
                && (f64::from(pair[1]) - angle.sin()).abs() < 1e-7
        );
    }
}
