//! The real pictures that samples are measured against.

use super::EvalArguments;
use super::measures::Pictures;
use crate::cli::files::read_text;
use crate::cli::train::{DIGITS, ModelName};
use crate::data::buildings;
use crate::data::digits::{self, Digits};
use crate::train::shipped::examples::Examples;
use std::path::Path;

/// Indices of the held-out buildings that are measured against: the gallery has those below.
const HELD_OUT_BUILDINGS: std::ops::Range<u32> = 1000..2000;
/// How many of the buildings that are trained on first stand for them all.
const TRAINING_BUILDINGS: u32 = 4000;

/// Real pictures, and what a model of them must look like.
pub struct Real {
    /// [C, H, W]
    pub shape: [usize; 3],
    pub classes: usize,
    /// Principal components to look at.
    pub components: usize,
    pub training: Pictures,
    pub held_out: Pictures,
    /// As many real pictures as there are samples, set after set, all other than those held out.
    pub sets: Vec<Pictures>,
}

/// Sets of real buildings that give what as many real ones as samples score.
const SETS: u32 = 20;

pub fn pictures(arguments: &EvalArguments) -> Result<Real, String> {
    match arguments.model {
        ModelName::Buildings => Ok(buildings(arguments.samples as u32)),
        _ => digits(arguments),
    }
}

fn digits(arguments: &EvalArguments) -> Result<Real, String> {
    let path = arguments.data.as_deref().unwrap_or(Path::new(DIGITS));
    let table = read_text(path)?;
    let (training, held_out) = Digits::parse(&table).map_err(|error| error.to_string())?.split();
    if training.len() < 2 {
        return Err(format!("{} holds too few digits", path.display()));
    }
    let pictures = |digits: Digits| Pictures::new(&digits.pixels(), digits.labels);
    Ok(Real {
        shape: [1, digits::SIZE, digits::SIZE],
        classes: 10,
        components: 20,
        // There are no more digits than these.
        sets: vec![pictures(training.clone())],
        training: pictures(training),
        held_out: pictures(held_out),
    })
}

fn buildings(samples: u32) -> Real {
    let pictures = |range: std::ops::Range<u32>| {
        let all: Vec<_> = range.map(|index| buildings::picture(buildings::SEED, index)).collect();
        let values: Vec<f32> = all.iter().flat_map(|building| building.pixels.iter().copied()).collect();
        Pictures::new(&values, all.iter().map(|building| building.label).collect())
    };
    Real {
        shape: Examples::Buildings.shape(),
        classes: buildings::CLASSES.len(),
        components: 50,
        training: pictures(buildings::HELD_OUT..buildings::HELD_OUT + TRAINING_BUILDINGS),
        sets: (0..SETS)
            .map(|i| buildings::HELD_OUT + i * samples)
            .map(|from| pictures(from..from + samples))
            .collect(),
        held_out: pictures(HELD_OUT_BUILDINGS),
    }
}
