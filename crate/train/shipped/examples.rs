//! What a network may learn from: labelled pictures, by address.

use super::augment::affine;
use crate::data::buildings;
use crate::data::digits::{self, Digits};

/// A data set, from the trainer's side.
#[derive(Clone, Debug, PartialEq)]
pub enum Examples {
    /// A table that is drawn from again and again, each time a little bent.
    Digits(Digits),
    /// Pictures that are drawn once and never again; nothing below [`buildings::HELD_OUT`].
    Buildings,
}

impl Examples {
    /// Channels, height, width.
    pub fn shape(&self) -> [usize; 3] {
        match self {
            Examples::Digits(_) => [1, digits::SIZE, digits::SIZE],
            Examples::Buildings => [buildings::CHANNELS, buildings::SIZE, buildings::SIZE],
        }
    }

    /// How many normal numbers bend a picture.
    pub fn bends(&self) -> usize {
        match self {
            Examples::Digits(_) => 6,
            Examples::Buildings => 0,
        }
    }

    /// Picture and label of a run's example number `nth`. `choice` in (0, 1) chooses among a finite number;
    /// `bend` are [`bends`](Self::bends) numbers.
    pub fn picture(&self, nth: u64, choice: f64, bend: &[f32]) -> (Vec<f32>, u8) {
        match self {
            Examples::Digits(digits) => {
                let example = (choice * digits.len() as f64) as usize;
                let map = std::array::from_fn(|k| bend[k]);
                (affine(&digits.picture(example), digits::SIZE, map), digits.labels[example])
            }
            Examples::Buildings => {
                let trained = u64::from(u32::MAX - buildings::HELD_OUT);
                let index = buildings::HELD_OUT + (nth % trained) as u32;
                let building = buildings::picture(buildings::SEED, index);
                (building.pixels, building.label)
            }
        }
    }
}
