//! What three ways to build a model of text cost, in parameters and multiply-adds, from formulas: no embedding, no bias, no norm.
//!
//! A layer of width D has 4 D² parameters of attention and 8 D² of its MLP; every token meets each once. Attention itself takes
//! 2 D multiply-adds a pair: one product for the score, one for the sum.

use super::mask::Mask;

/// How the input is read, and by whose weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// One stack, causal throughout.
    Gpt,
    /// One stack, two-way within the input.
    UniLm,
    /// A stack for the input, two-way, and another for the output, causal, that reads the input by cross-attention.
    T5,
}

impl Design {
    pub const ALL: [Self; 3] = [Self::Gpt, Self::UniLm, Self::T5];
}

/// A task: `input` tokens are read and `output` written, by stacks of `layers` layers of width `width`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    pub input: usize,
    pub output: usize,
    pub layers: usize,
    pub width: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    pub parameters: f64,
    /// Multiply-adds with weights.
    pub by_weights: f64,
    /// Multiply-adds of pairs.
    pub by_pairs: f64,
}

impl Cost {
    pub fn multiply_adds(&self) -> f64 {
        self.by_weights + self.by_pairs
    }
}

impl Task {
    pub fn cost(&self, design: Design) -> Cost {
        let [input, output, layers, width] =
            [self.input, self.output, self.layers, self.width].map(|count| count as f64);
        let square = layers * width * width;
        let pair = 2.0 * layers * width;
        let pairs = |mask: Mask, n: usize| mask.pairs(n) as f64;
        let n = self.input + self.output;
        match design {
            Design::Gpt => Cost {
                parameters: 12.0 * square,
                by_weights: 12.0 * square * (input + output),
                by_pairs: pair * pairs(Mask::Causal, n),
            },
            Design::UniLm => Cost {
                parameters: 12.0 * square,
                by_weights: 12.0 * square * (input + output),
                by_pairs: pair * pairs(Mask::Prefix(self.input), n),
            },
            // Cross-attention: queries and outputs for what is written, keys and values for what is read.
            Design::T5 => Cost {
                parameters: 28.0 * square,
                by_weights: square * (12.0 * (input + output) + 2.0 * output + 2.0 * input),
                by_pairs: pair
                    * (pairs(Mask::TwoWay, self.input) + pairs(Mask::Causal, self.output) + input * output),
            },
        }
    }
}
