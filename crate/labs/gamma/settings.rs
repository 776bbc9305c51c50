//! The settings, typed; what is looked at for a moment may stand in for what the link says.

use super::parameters;
use crate::experiment::{
    Experiment,
    parameter::{Kind, Parameter},
};
use crate::math::complex::{Complex, complex};
use crate::runtime::selection::Selection;

/// Which function is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Gamma,
    Reciprocal,
    Ln,
    Psi,
    Impostor,
}

impl Function {
    fn named(name: &str) -> Self {
        match name {
            "gamma" => Self::Gamma,
            "reciprocal" => Self::Reciprocal,
            "ln" => Self::Ln,
            "psi" => Self::Psi,
            "impostor" => Self::Impostor,
            other => unreachable!("the choice {other} is checked where it is read"),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub function: Function,
    /// Whether the landscape shows what the function misses of the equation.
    pub residual: bool,
    pub z: Complex,
    pub periods: usize,
    pub x: f64,
    pub c: f64,
    pub omega: f64,
    pub h: f64,
    pub epsilon: f64,
}

impl Settings {
    pub fn of(experiment: &Experiment) -> Self {
        let number = |key| experiment.number(key);
        Self {
            function: Function::named(experiment.choice("function")),
            residual: experiment.choice("show") == "residual",
            z: complex(number("re"), number("im")),
            periods: experiment.integer("n"),
            x: number("x"),
            c: number("c"),
            omega: number("omega"),
            h: number("h"),
            epsilon: number("eps"),
        }
    }

    /// While something is dragged: numbers by their keys, within the bounds of links.
    pub fn look(&mut self, selection: &Selection) {
        for (key, place) in [
            ("re", &mut self.z.re),
            ("im", &mut self.z.im),
            ("x", &mut self.x),
            ("c", &mut self.c),
            ("omega", &mut self.omega),
            ("h", &mut self.h),
            ("eps", &mut self.epsilon),
        ] {
            if let Some(value) = selection.get::<f64>(key) {
                *place = bounded(key, value).unwrap_or(*place);
            }
        }
        if let Some(periods) = selection.get::<f64>("n").and_then(|value| bounded("n", value)) {
            self.periods = periods as usize;
        }
    }
}

/// `value` within the bounds of the parameter `key`; `None` if it is no number.
fn bounded(key: &str, value: f64) -> Option<f64> {
    let known = |parameter: &&Parameter| parameter.key == key;
    let parameter = parameters::ALL.iter().copied().flatten().find(known)?;
    match parameter.kind {
        Kind::Number { min, max, .. } if value.is_finite() => Some(value.clamp(min, max)),
        Kind::Integer { min, max, .. } if value.is_finite() => Some(value.clamp(min as f64, max as f64)),
        _ => None,
    }
}
