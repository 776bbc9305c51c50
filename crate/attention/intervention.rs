//! One thing that a visitor does to a network. All numbers count from 0 here.

/// Which part of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Attention,
    Mlp,
    Both,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Intervention {
    /// The head's output is zero.
    Head { layer: usize, head: usize },
    /// What this part of the layer adds to the residual stream is zero.
    Layer { layer: usize, part: Part },
    /// This position is hidden from all later ones, in every head; it still sees itself.
    Token { token: usize },
    /// These (query, key) pairs are masked before the softmax, in one layer and head or in all.
    Cut { layer: Option<usize>, head: Option<usize>, cells: Vec<(usize, usize)> },
    /// A position sees only the last `width` positions, itself among them, in one layer and head or in all.
    Window { layer: Option<usize>, head: Option<usize>, width: usize },
    /// After the softmax the weight of this (query, key) pair is `value`, 0 to 1; the others of its row are
    /// scaled so that the row still sums to one.
    Set { layer: usize, head: usize, cell: (usize, usize), value: f64 },
    /// The head has the pattern that it has in the network without interventions on the same text.
    Freeze { layer: usize, head: usize },
    /// The head has the pattern that it has on another text, for as many positions as that has.
    Patch { layer: usize, head: usize, prompt: String },
}
