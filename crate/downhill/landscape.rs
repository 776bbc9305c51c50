//! A height over the plane, f(x, y), with exact slopes and bends.

use std::sync::Arc;

use super::relief::Relief;
use crate::geometry::{
    abreast::{ABREAST, Row},
    expression::Expression,
};

/// A place, or a direction.
pub type Place = [f64; 2];

#[derive(Clone, Debug, PartialEq)]
pub enum Landscape {
    /// In x and y, which it calls u and v, and a.
    Formula { formula: Expression, a: f64 },
    /// Under points.
    Relief(Arc<Relief>),
}

/// The height at a place, and how it changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ground {
    pub height: f64,
    pub slope: Place,
    /// By xx, xy, yy.
    pub bend: [f64; 3],
}

impl Landscape {
    pub fn of(formula: Expression, a: f64) -> Self {
        Self::Formula { formula, a }
    }

    /// `None` where f or what is asked of it has no value.
    pub fn ground(&self, place: Place) -> Option<Ground> {
        let (formula, a) = match self {
            Self::Relief(relief) => return relief.ground(place),
            Self::Formula { formula, a } => (formula, *a),
        };
        let jet = formula.near(place, [a, 0.0, 0.0], 2);
        jet.is_finite(2).then(|| Ground {
            height: jet.value(),
            slope: [jet.derivative([1, 0]), jet.derivative([0, 1])],
            bend: [jet.derivative([2, 0]), jet.derivative([1, 1]), jet.derivative([0, 2])],
        })
    }

    /// NaN where it has none.
    pub fn height(&self, place: Place) -> f64 {
        match self {
            Self::Formula { formula, a } => formula.at(place, [*a, 0.0, 0.0]),
            Self::Relief(relief) => relief.ground(place).map_or(f64::NAN, |ground| ground.height),
        }
    }

    pub fn slope(&self, place: Place) -> Option<Place> {
        match self {
            Self::Formula { formula, a } => {
                let jet = formula.near(place, [*a, 0.0, 0.0], 1);
                jet.is_finite(1).then(|| [jet.derivative([1, 0]), jet.derivative([0, 1])])
            }
            Self::Relief(relief) => relief.ground(place).map(|ground| ground.slope),
        }
    }

    /// Heights and both slopes at up to [`ABREAST`] places; what has no value is not finite.
    pub fn abreast(&self, places: &[Place]) -> [Row; 3] {
        match self {
            Self::Formula { formula, a } => formula.abreast(places, [*a, 0.0, 0.0]),
            Self::Relief(relief) => {
                let mut rows = [[f64::NAN; ABREAST]; 3];
                for (i, ground) in places.iter().map(|place| relief.ground(*place)).enumerate() {
                    let Some(Ground { height, slope, .. }) = ground else { continue };
                    (rows[0][i], rows[1][i], rows[2][i]) = (height, slope[0], slope[1]);
                }
                rows
            }
        }
    }
}

impl Ground {
    /// |∇f|².
    pub fn steepness(&self) -> f64 {
        let [x, y] = self.slope;
        x * x + y * y
    }

    /// The eigenvalues of the bend, the larger one first.
    pub fn curvatures(&self) -> [f64; 2] {
        let [xx, xy, yy] = self.bend;
        let (middle, half) = ((xx + yy) / 2.0, libm::hypot((xx - yy) / 2.0, xy));
        [middle + half, middle - half]
    }
}
