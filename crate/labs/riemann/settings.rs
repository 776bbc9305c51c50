//! What the ant's world is and what it does there, read from an experiment once; a hand that drags changes it in place.

use std::cell::OnceCell;

use serde::{Deserialize, Serialize};

use super::{
    surfaces::{Formulas, Kind, Surface},
    trouble,
};
use crate::experiment::{Experiment, Message};
use crate::geometry::{
    Place,
    expression::Expression,
    fault::Fault,
    field::{Dab, Field},
    symbolic::{Product, Symbols},
};
use crate::labs::chosen::chosen;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tool {
    Geodesic,
    Fan,
    Loop,
    Triangle,
    Circle,
    Orbit,
    Region,
    Gradient,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Carry {
    Drawn,
    Round,
    Parallel,
    Triangle,
}

/// A formula that cannot be read: which, and what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Misread {
    pub letter: &'static str,
    pub fault: Fault,
}

/// Formulas of a typed sheet; `None` where they are long.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Written {
    pub curvature: Option<String>,
    pub christoffel: [Option<String>; 6],
}

/// Most characters of a formula that is short.
const SHORT: usize = 56;

#[derive(Clone)]
pub struct Settings {
    pub surface: &'static Surface,
    pub field: Field,
    /// x, y, z of a place.
    pub space: Option<[Expression; 3]>,
    pub ant: Place,
    pub heading: f64,
    pub length: f64,
    pub tool: Tool,
    pub carry: Carry,
    pub radius: f64,
    pub second: Place,
    pub corners: Vec<Place>,
    /// Of the region, as a share of its size.
    pub hole: f64,
    /// K and Γ in letters, of what was typed.
    symbols: OnceCell<Option<Written>>,
    /// Formulas that were typed and cannot be used; those of before stay.
    pub misread: Vec<Misread>,
    pub warnings: Vec<Message>,
}

impl Settings {
    pub fn of(experiment: &Experiment) -> Self {
        let surface = Surface::named(experiment.choice("surface"));
        let number = |key: &str| experiment.number(key);
        let sliders = ["a", "b", "energy"].map(number);
        let inputs = &experiment.inputs;
        let mut settings = Self {
            surface,
            field: surface.field(sliders),
            space: surface.space.map(|all| all.map(Expression::known)),
            ant: [number("u"), number("v")],
            heading: number("heading"),
            length: number("length"),
            tool: chosen(experiment, "tool"),
            carry: chosen(experiment, "carry"),
            radius: number("radius"),
            second: [number("u2"), number("v2")],
            corners: inputs.r#loop.iter().map(|corner| corner.map(f64::from)).collect(),
            hole: number("hole"),
            symbols: OnceCell::new(),
            misread: Vec::new(),
            warnings: Vec::new(),
        };
        settings.paint(&inputs.paint);
        settings.read(&inputs.expressions);
        settings.warnings = settings.misread.iter().map(trouble::misread).collect();
        if surface.kind().is_none() && !inputs.expressions.is_empty() {
            settings.warnings.push(trouble::not_typed());
        }
        settings
    }

    /// Takes formulas where the surface has typed ones; any that cannot be read leaves all as they were.
    pub fn read(&mut self, typed: &[String]) {
        let Some(kind) = self.surface.kind() else { return };
        self.misread.clear();
        let known = self.surface.texts();
        let texts: Vec<&str> =
            (0..kind.count()).map(|i| typed.get(i).map_or(known[i], String::as_str)).collect();
        let mut all = Vec::new();
        for (letter, text) in kind.letters().iter().zip(texts) {
            match Expression::read(text) {
                Ok(expression) => all.push(expression),
                Err(fault) => self.misread.push(Misread { letter, fault }),
            }
        }
        if !self.misread.is_empty() {
            return;
        }
        self.symbols = OnceCell::new();
        self.space = (kind == Kind::Embedding).then(|| [0, 1, 2].map(|i| all[i].clone()));
        self.field.source = kind.source(all);
    }

    /// Only a plate can be heated.
    pub fn paint(&mut self, dabs: &[[f32; 3]]) {
        if self.surface.id == "hotplate" {
            let dab = |[u, v, heat]: [f32; 3]| Dab { place: [u, v].map(f64::from), heat: heat.into() };
            self.field.paint = dabs.iter().copied().map(dab).collect();
        } else if !dabs.is_empty() {
            self.warnings.push(trouble::not_a_plate());
        }
    }

    /// K and Γ in letters, where the visitor typed the metric and they are short.
    pub fn written(&self) -> Option<&Written> {
        let make = || {
            self.surface.kind()?;
            let Symbols { curvature, christoffel } = Symbols::of(&self.field.source)?;
            let short =
                |one: Option<Product>| one.map(|one| one.written()).filter(|text| text.len() <= SHORT);
            Some(Written { curvature: short(curvature), christoffel: christoffel.map(short) })
        };
        self.symbols.get_or_init(make).as_ref()
    }

    /// Whether what is known of the surface in closed form is true: nothing was painted on it.
    pub fn is_plain(&self) -> bool {
        self.field.paint.is_empty()
    }

    /// Where `place` is in space, if it has a picture there.
    pub fn in_space(&self, place: Place) -> [f64; 3] {
        match &self.space {
            Some(space) if self.is_plain() => [0, 1, 2].map(|i| space[i].at(place, self.field.sliders)),
            _ => [f64::NAN; 3],
        }
    }

    /// u from, to, v from, to.
    pub fn chart(&self) -> [f64; 4] {
        (self.surface.chart)(self.field.sliders)
    }
}

impl Surface {
    /// What kind of formulas is typed for it, if any.
    pub fn kind(&self) -> Option<Kind> {
        match self.formulas {
            Formulas::Typed(kind, _) => Some(kind),
            _ => None,
        }
    }

    /// The formulas that stand there until others are typed.
    fn texts(&self) -> &[&'static str] {
        match &self.formulas {
            Formulas::Typed(_, all) => all,
            _ => &[],
        }
    }
}
