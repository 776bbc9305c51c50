//! What a call shows: where the numbers of each task stand, and a reading made of them.

use super::edits::{self, HEADER};
use super::sizes::Sizes;
use crate::models::reading::{HeadsHost, ReadingHost, ReadingShape};

/// What is added to the score of a position that is hidden; e to it is 0.
const MASKED: f32 = -1e30;

/// Where what is seen of a task begins, counted in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub n: usize,
    pub start: usize,
    /// Scores of next tokens: [L + 1, N, V] or, if not everything is shown, [N, V].
    pub lens: usize,
    /// Weights, [L, H, N, T].
    pub maps: usize,
    /// Of each layer queries, keys, values and outputs, [H, N, 4 P] each, then scores, [H, N, T].
    pub rest: usize,
    pub end: usize,
}

impl Shown {
    /// `n` tokens after `start` others, shown from number `from` on.
    pub fn of(sizes: &Sizes, n: usize, start: usize, all: bool, from: usize) -> Self {
        let layers = sizes.config.layers;
        let cells = sizes.config.heads * n * (start + n);
        let streams = if all { layers + 1 } else { 1 };
        let maps = from + streams * n * sizes.config.vocabulary.len();
        let rest = maps + layers * cells;
        let end = rest + layers * (16 * sizes.heads * n + cells);
        Self { n, start, lens: from, maps, rest, end }
    }

    pub fn sight(&self) -> usize {
        self.start + self.n
    }

    /// What the task's part of `numbers`, where everything is shown, says; `words` is what was done, if anything was.
    pub fn reading(&self, sizes: &Sizes, numbers: &[f32], words: &[u32]) -> ReadingHost {
        let (config, sight) = (&sizes.config, self.sight());
        let shape = ReadingShape {
            layers: config.layers,
            heads: config.heads,
            tokens: self.n,
            sight,
            head_width: config.head_width(),
            vocabulary: config.vocabulary.len(),
        };
        let lens: Vec<_> = numbers[self.lens..self.maps]
            .chunks_exact(self.n * shape.vocabulary)
            .map(<[f32]>::to_vec)
            .collect();
        let cells = shape.heads * self.n * sight;
        let small = 4 * sizes.heads * self.n;
        let layer = |l: usize| {
            let from = self.rest + l * (4 * small + cells);
            let part = |which: usize| &numbers[from + which * small..][..small];
            let scores = numbers[from + 4 * small..][..cells].to_vec();
            let turned = |i: usize| sizes.place(i);
            HeadsHost {
                q: self.heads(sizes, part(0), turned),
                k: self.heads(sizes, part(1), turned),
                v: self.heads(sizes, part(2), |i| i),
                masked: self.masked(&scores, words, l, shape.heads),
                scores,
                weights: numbers[self.maps + l * cells..][..cells].to_vec(),
                out: self.heads(sizes, part(3), |i| i),
            }
        };
        let layers = (0..shape.layers).map(layer).collect();
        ReadingHost { shape, logits: lens[shape.layers].clone(), lens, layers }
    }

    /// [H, N, 4 P] without what pads, number `i` from `place`(i).
    fn heads(&self, sizes: &Sizes, padded: &[f32], place: impl Fn(usize) -> usize) -> Vec<f32> {
        let places: Vec<usize> = (0..sizes.config.head_width()).map(place).collect();
        let rows = padded.chunks_exact(4 * sizes.head);
        rows.flat_map(|row| places.iter().map(|&place| row[place])).collect()
    }

    /// Scores after the mask of layer `l`.
    fn masked(&self, scores: &[f32], words: &[u32], l: usize, heads: usize) -> Vec<f32> {
        let sight = self.sight();
        let mut masked = scores.to_vec();
        for (row, scores) in masked.chunks_exact_mut(sight).enumerate() {
            scores[self.start + row % self.n + 1..].iter_mut().for_each(|score| *score += MASKED);
        }
        let Some(&[on, cells, _]) = words[(l * (HEADER + heads)).min(words.len())..].first_chunk() else {
            return masked;
        };
        if on & edits::CELLS != 0 {
            for (row, scores) in masked.chunks_exact_mut(sight).enumerate() {
                let cells = &words[cells as usize + row * sight..][..self.start + row % self.n + 1];
                scores
                    .iter_mut()
                    .zip(cells)
                    .filter(|(_, cell)| **cell & edits::HIDDEN != 0)
                    .for_each(|(score, _)| *score += MASKED);
            }
        }
        masked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention::{
        intervention::Intervention,
        surgery::{Patterns, Surgery},
    };
    use crate::models::gpt_config::GptConfig;

    #[test]
    fn parts_come_from_their_places() {
        let vocabulary = "abc".chars().collect();
        let config = GptConfig { vocabulary, context: 8, width: 12, layers: 2, heads: 2, mlp: 0, tied: true };
        let sizes = Sizes::of(&config).unwrap();
        let (n, start) = (2, 1);
        let shown = Shown::of(&sizes, n, start, true, 10);
        let numbers: Vec<f32> = (0..shown.end).map(|i| i as f32).collect();
        let surgery = Surgery::of(&[Intervention::Token { token: 0 }], Patterns::new());
        let words = edits::encode(&sizes, &surgery, start, n);
        let reading = shown.reading(&sizes, &numbers, &words);
        assert_eq!(reading.lens.concat(), (10..28).map(|i| i as f32).collect::<Vec<_>>());
        assert_eq!(reading.logits, reading.lens[2]);
        assert_eq!(reading.layers[1].weights[0], shown.maps as f32 + 12.0);
        let layer = shown.rest as f32 + (4 * 32 + 12) as f32;
        let [h0, h1] = [0, 1].map(|h| layer + (h * n * 8) as f32);
        assert_eq!(reading.layers[1].q[..6], [0.0, 2.0, 4.0, 1.0, 3.0, 5.0].map(|i| h0 + i));
        assert_eq!(reading.layers[1].v[12..18], [0.0, 1.0, 2.0, 3.0, 4.0, 5.0].map(|i| h1 + 64.0 + i));
        let scores = layer + 128.0;
        assert_eq!(reading.layers[1].scores, (0..12).map(|i| scores + i as f32).collect::<Vec<_>>());
        // Position 1 sees itself alone, position 2 all but the first.
        let seen: Vec<_> = reading.layers[1].masked[..6].iter().map(|score| *score > 0.0).collect();
        assert_eq!(seen, [false, true, false, false, true, true]);
        let plain = shown.reading(&sizes, &numbers, &[]);
        let seen: Vec<_> = plain.layers[1].masked[..6].iter().map(|score| *score > 0.0).collect();
        assert_eq!(seen, [true, true, false, true, true, true]);
    }
}
