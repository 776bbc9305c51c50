//! States that a training run in the page goes back to when a number runs away.

/// Steps between two states that training may go back to.
const EVERY: usize = 200;

/// Why a pull did not end well.
#[derive(Debug, thiserror::Error)]
pub enum TrainingError {
    #[error(
        "training ran away at step {step}; the network stands at step {back} again: choose a smaller learning rate, such as {rate}"
    )]
    RanAway { step: usize, back: usize, rate: f64 },
    #[error("the device gave no numbers back: {0}")]
    Device(String),
}

/// The first number that was not finite, of all that a step makes one after another.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    pub step: usize,
    /// On the way back: it is a slope.
    pub backward: bool,
    /// What it is, in English and in Chinese.
    pub place: [String; 2],
    pub value: f32,
}

impl Broken {
    /// The first number of `numbers` that is not finite, if there is one.
    pub fn of(step: usize, backward: bool, place: [&str; 2], numbers: &[f32]) -> Option<Self> {
        let value = numbers.iter().copied().find(|x| !x.is_finite())?;
        Some(Self { step, backward, place: place.map(str::to_owned), value })
    }
}

/// States that were well, each with its step: one at least [`EVERY`] steps old, or the beginning, and one younger.
pub struct Safe<S>([(usize, S); 2]);

impl<S: Clone> Safe<S> {
    /// A run that stands at `state`, `at` steps after its beginning, and can go back no further.
    pub fn new(at: usize, state: &S) -> Self {
        Self(std::array::from_fn(|_| (at, state.clone())))
    }

    /// Keeps `state`, which is well, if the last kept one is old enough.
    pub fn keep(&mut self, at: usize, state: &S) {
        if at >= self.next() {
            self.0.rotate_left(1);
            self.0[1] = (at, state.clone());
        }
    }

    /// The step at which the next state is kept.
    pub fn next(&self) -> usize {
        self.0[1].0 + EVERY
    }

    /// Where to go back to.
    pub fn back(&self) -> &(usize, S) {
        &self.0[0]
    }
}

/// The step at which a number ran away, if one did.
///
/// `losses` are those of the steps from `from` + 1 on, `each` a step; `numbers` are what the last one left.
pub fn ran_away(from: usize, losses: &[f32], each: usize, numbers: &[f32]) -> Option<usize> {
    match losses.iter().position(|loss| !loss.is_finite()) {
        Some(i) => Some(from + 1 + i / each),
        None => numbers.iter().any(|x| !x.is_finite()).then_some(from + losses.len() / each),
    }
}
