//! A height over the plane, f(x, y), with exact slopes and bends.

use crate::geometry::expression::Expression;

/// A place, or a direction.
pub type Place = [f64; 2];

#[derive(Clone, Debug, PartialEq)]
pub struct Landscape {
    /// In x and y, which it calls u and v, and a.
    pub formula: Expression,
    pub a: f64,
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
    /// `None` where f or what is asked of it has no value.
    pub fn ground(&self, place: Place) -> Option<Ground> {
        let jet = self.formula.near(place, [self.a, 0.0, 0.0], 2);
        jet.is_finite(2).then(|| Ground {
            height: jet.value(),
            slope: [jet.derivative([1, 0]), jet.derivative([0, 1])],
            bend: [jet.derivative([2, 0]), jet.derivative([1, 1]), jet.derivative([0, 2])],
        })
    }

    /// NaN where it has none.
    pub fn height(&self, place: Place) -> f64 {
        self.formula.at(place, [self.a, 0.0, 0.0])
    }

    pub fn slope(&self, place: Place) -> Option<Place> {
        let jet = self.formula.near(place, [self.a, 0.0, 0.0], 1);
        jet.is_finite(1).then(|| [jet.derivative([1, 0]), jet.derivative([0, 1])])
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
