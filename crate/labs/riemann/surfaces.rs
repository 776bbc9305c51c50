//! What a surface of the list is, and its place among the others.

use serde_json::{Map, Value as Json, json};

use super::presets::ALL;
use crate::experiment::parameter::Text;
use crate::geometry::{
    expression::Expression,
    field::{Field, Source},
    straight::Model,
};

/// How lengths are given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Formulas {
    Metric([&'static str; 3]),
    Conformal(&'static str),
    Embedding([&'static str; 3]),
    /// The visitor types them; these stand there first.
    Typed(Kind, &'static [&'static str]),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Metric,
    Conformal,
    Embedding,
}

/// A surface that can be chosen. Formulas are written as visitors write them.
pub struct Surface {
    pub id: &'static str,
    pub title: Text,
    pub formulas: Formulas,
    /// x, y, z of a place, where there is a picture of it in space.
    pub space: Option<[&'static str; 3]>,
    /// Positive inside the chart.
    pub edge: Option<&'static str>,
    /// u from, to, v from, to: what is shown of the chart.
    pub chart: fn(sliders: [f64; 3]) -> [f64; 4],
    /// v is an angle.
    pub turns: bool,
    /// Where all v are one place and the surface is smooth.
    pub pole: Option<f64>,
    /// K in closed form.
    pub curvature: Option<&'static str>,
    /// Γ^1_11, Γ^1_12, Γ^1_22, Γ^2_11, Γ^2_12, Γ^2_22; empty: 0.
    pub christoffel: Option<[&'static str; 6]>,
    pub model: fn(sliders: [f64; 3]) -> Option<Model>,
    /// What the two coordinates are called.
    pub names: [&'static str; 2],
    /// A place to start from: values of keys that suit this surface.
    pub start: &'static [(&'static str, f64)],
}

impl Surface {
    /// The one called `id`. Panics if there is none: a bug, the schema lists them.
    pub fn named(id: &str) -> &'static Self {
        ALL.iter().find(|surface| surface.id == id).expect("the schema lists surfaces")
    }

    /// Its metric, for those that are not typed.
    pub fn field(&self, sliders: [f64; 3]) -> Field {
        let known = |all: [&str; 3]| all.map(Expression::known);
        let source = match self.formulas {
            Formulas::Metric(all) => Source::Metric(known(all)),
            Formulas::Conformal(f) => Source::Conformal(Expression::known(f)),
            Formulas::Embedding(all) => Source::Embedding(known(all)),
            Formulas::Typed(kind, all) => {
                kind.source(all.iter().map(|text| Expression::known(text)).collect())
            }
        };
        Field { edge: self.edge.map(Expression::known), ..Field::new(source, sliders) }
    }
}

impl Kind {
    pub fn count(self) -> usize {
        if self == Kind::Conformal { 1 } else { 3 }
    }

    /// The metric of as many formulas as it takes.
    pub fn source(self, all: Vec<Expression>) -> Source {
        let three = |all: Vec<Expression>| <[Expression; 3]>::try_from(all).expect("three formulas");
        match self {
            Kind::Metric => Source::Metric(three(all)),
            Kind::Embedding => Source::Embedding(three(all)),
            Kind::Conformal => Source::Conformal(all.into_iter().next().expect("a formula")),
        }
    }

    /// What its formulas are called.
    pub fn letters(self) -> &'static [&'static str] {
        match self {
            Kind::Metric => &["E", "F", "G"],
            Kind::Conformal => &["f"],
            Kind::Embedding => &["x", "y", "z"],
        }
    }
}

/// What the page must know of every surface: formulas, names of coordinates, where to start.
pub fn schema() -> Map<String, Json> {
    let one = |surface: &Surface| {
        let (kind, formulas): (&str, Vec<&str>) = match surface.formulas {
            Formulas::Metric(all) => ("metric", all.to_vec()),
            Formulas::Conformal(f) => ("conformal", vec![f]),
            Formulas::Embedding(all) => ("embedding", all.to_vec()),
            Formulas::Typed(Kind::Metric, all) => ("metric", all.to_vec()),
            Formulas::Typed(Kind::Conformal, all) => ("conformal", all.to_vec()),
            Formulas::Typed(Kind::Embedding, all) => ("embedding", all.to_vec()),
        };
        let start: Map<String, Json> =
            surface.start.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
        json!({
            "id": surface.id, "title": surface.title, "kind": kind, "formulas": formulas,
            "typed": matches!(surface.formulas, Formulas::Typed(..)), "names": surface.names,
            "start": start, "curvature": surface.curvature, "christoffel": surface.christoffel,
            "turns": surface.turns,
        })
    };
    let mut schema = Map::new();
    schema.insert("surfaces".to_owned(), ALL.iter().map(one).collect::<Vec<_>>().into());
    schema
}
