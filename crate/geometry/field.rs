//! A metric on a chart: given by E, F, G, by a conformal factor, or by a surface in space; and heat painted on it.

use super::{
    Place,
    expression::Expression,
    extrapolation::TOLERANCE,
    jet::Jet,
    metric::{Metric, riemann},
};

/// Where lengths come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// E, F, G.
    Metric([Expression; 3]),
    /// f: ds² = f (du² + dv²).
    Conformal(Expression),
    /// x, y, z.
    Embedding([Expression; 3]),
}

/// A spot of heat: where, and the logarithm of how much longer a ruler gets in its middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dab {
    pub place: Place,
    pub heat: f64,
}

/// Why a place has no metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Beyond the edge of the chart.
    Outside,
    /// A number that is none, or infinite.
    NotFinite,
    /// E or E G − F² is not positive.
    NotPositive,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub source: Source,
    /// a, b, energy.
    pub sliders: [f64; 3],
    /// Positive inside the chart.
    pub edge: Option<Expression>,
    pub paint: Vec<Dab>,
    /// Standard deviation of a spot of heat.
    pub width: f64,
    /// Relative and absolute error of each step of a straight line on it.
    pub tolerance: f64,
}

impl Field {
    pub fn new(source: Source, sliders: [f64; 3]) -> Self {
        Self { source, sliders, edge: None, paint: Vec::new(), width: 0.2, tolerance: TOLERANCE }
    }

    /// E, F, G up to `degree`, at most 2; nothing is checked.
    pub fn jets(&self, place: Place, degree: usize) -> [Jet; 3] {
        let near = |e: &Expression, degree| e.near(place, self.sliders, degree);
        let bare = match &self.source {
            Source::Metric(all) => [0, 1, 2].map(|i| near(&all[i], degree)),
            Source::Conformal(f) => {
                let f = near(f, degree);
                [f, Jet::constant(0.0), f]
            }
            Source::Embedding(all) => {
                let x = [0, 1, 2].map(|i| near(&all[i], degree + 1));
                let [u, v] = [0, 1].map(|axis| [0, 1, 2].map(|i| x[i].slope(axis)));
                let dot = |a: &[Jet; 3], b: &[Jet; 3]| {
                    let [x, y, z] = [0, 1, 2].map(|i| a[i].times(&b[i], degree));
                    x.plus(&y).plus(&z)
                };
                [dot(&u, &u), dot(&u, &v), dot(&v, &v)]
            }
        };
        if self.paint.is_empty() {
            return bare;
        }
        let longer = self.heat(place, degree).scaled(-2.0);
        let e = libm::exp(longer.value());
        let factor = longer.through([e, e, e / 2.0, e / 6.0], degree);
        bare.map(|jet| jet.times(&factor, degree))
    }

    /// The painted heat: what rulers have grown by, as a logarithm.
    pub fn heat(&self, [u, v]: Place, degree: usize) -> Jet {
        let mut all = Jet::constant(0.0);
        for dab in &self.paint {
            let away = |axis, at: f64, from: f64| {
                let step = Jet::coordinate(axis, at - from);
                step.times(&step, degree)
            };
            let square = away(0, u, dab.place[0]).plus(&away(1, v, dab.place[1]));
            let exponent = square.scaled(-0.5 / (self.width * self.width));
            if exponent.value() > -40.0 {
                let e = libm::exp(exponent.value());
                all = all.plus(&exponent.through([e, e, e / 2.0, e / 6.0], degree).scaled(dab.heat));
            }
        }
        all
    }

    /// The metric at `place`, with derivatives up to `degree`.
    pub fn metric(&self, place: Place, degree: usize) -> Result<Metric, Trouble> {
        if self.edge.as_ref().is_some_and(|edge| {
            // Also where it is no number.
            let room = edge.at(place, self.sliders);
            room.is_nan() || room <= 0.0
        }) {
            return Err(Trouble::Outside);
        }
        let jets = self.jets(place, degree);
        if !jets.iter().all(|jet| jet.is_finite(degree)) {
            return Err(Trouble::NotFinite);
        }
        let metric = Metric::of(&jets);
        let positive = metric.g[0] > 0.0 && metric.determinant() > 0.0;
        if positive { Ok(metric) } else { Err(Trouble::NotPositive) }
    }

    /// K by way of the Riemann tensor, R_1212/g, and the tensor: R^m_a12.
    pub fn riemann(&self, place: Place) -> Result<(f64, [[f64; 2]; 2]), Trouble> {
        let metric = self.metric(place, 2)?;
        let tensor = riemann(&self.jets(place, 2));
        let lowered = metric.g[0] * tensor[0][1] + metric.g[1] * tensor[1][1];
        Ok((lowered / metric.determinant(), tensor))
    }
}
