//! All that happened while a transformer read N tokens, on the host; T positions are in sight then.

/// A reading; arrays are row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingHost {
    pub shape: ReadingShape,
    /// Scores of every next character. [N, V]
    pub logits: Vec<f32>,
    /// L + 1 times [N, V]: the scores if the network ended after the embedding, after the first layer, …
    pub lens: Vec<Vec<f32>>,
    pub layers: Vec<HeadsHost>,
}

/// What the heads of one layer did.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadsHost {
    /// [H, N, dh], like keys, values and outputs.
    pub q: Vec<f32>,
    pub k: Vec<f32>,
    pub v: Vec<f32>,
    /// [H, N, T], like those after the mask and the weights.
    pub scores: Vec<f32>,
    pub masked: Vec<f32>,
    pub weights: Vec<f32>,
    pub out: Vec<f32>,
}

/// What cuts a readback into its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadingShape {
    pub layers: usize,
    pub heads: usize,
    /// N, tokens that were read.
    pub tokens: usize,
    /// T, positions in sight.
    pub sight: usize,
    /// dh
    pub head_width: usize,
    /// V
    pub vocabulary: usize,
}

impl ReadingShape {
    /// How many numbers a readback has.
    pub fn count(&self) -> usize {
        let small = self.heads * self.tokens * self.head_width;
        let large = self.heads * self.tokens * self.sight;
        (self.layers + 1) * self.tokens * self.vocabulary + self.layers * (4 * small + 3 * large)
    }

    /// The parts of what a device gave in one row; `numbers` must be as many as [`ReadingShape::count`] says.
    pub fn cut(&self, numbers: &[f32]) -> ReadingHost {
        assert_eq!(numbers.len(), self.count(), "a readback of another reading");
        let mut rest = numbers;
        let mut take = |count: usize| {
            let (part, others) = rest.split_at(count);
            rest = others;
            part.to_vec()
        };
        let lens: Vec<_> = (0..=self.layers).map(|_| take(self.tokens * self.vocabulary)).collect();
        let small = self.heads * self.tokens * self.head_width;
        let large = self.heads * self.tokens * self.sight;
        let layers = (0..self.layers)
            .map(|_| HeadsHost {
                q: take(small),
                k: take(small),
                v: take(small),
                scores: take(large),
                masked: take(large),
                weights: take(large),
                out: take(small),
            })
            .collect();
        ReadingHost { shape: *self, logits: lens[self.layers].clone(), lens, layers }
    }
}
