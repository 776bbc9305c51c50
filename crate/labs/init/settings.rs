//! The settings, typed; what a hand holds for a moment stands in for what the link says.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::parameters;
use crate::experiment::{
    Experiment, Message,
    parameter::{Kind, Parameter},
};
use crate::geometry::{expression::Expression, fault::Fault};
use crate::labs::chosen::chosen;
use crate::runtime::selection::Selection;
use crate::signal::{
    activation::{Activation, Shape},
    attention::Scaling,
    ladder,
    law::Law,
    moments::Evening,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    Signal,
    Truncation,
    Attention,
    Residual,
    Train,
    Transfer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rule {
    Lecun,
    He,
    Glorot,
    Truncated,
    Corrected,
    Orthogonal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Parametrisation {
    Standard,
    Ntk,
    Mup,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Named {
    Linear,
    Relu,
    Leaky,
    Elu,
    Selu,
    Gelu,
    Gelutanh,
    Silu,
    Tanh,
    Sigmoid,
    Softplus,
    Relu2,
    Mish,
    Typed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Norming {
    None,
    Rms,
    Layer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Switch {
    None,
    Root,
    Inside,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Ladder {
    Post,
    Pre,
    Rezero,
    Deepnorm,
    Sandwich,
}

/// The activation before one is typed: GELU by a sigmoid.
pub const FORMULA: &str = "x/(1 + exp(-1.702x))";
/// Residual branches are at most this wide.
pub const WIDEST_BRANCH: usize = 256;

/// What a hand holds.
pub type Held = BTreeMap<&'static str, f64>;

#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub view: View,
    pub width: usize,
    pub depth: usize,
    pub evening: Evening,
    pub rule: Rule,
    pub gain: f64,
    pub cut: f64,
    pub parametrisation: Parametrisation,
    pub activation: Activation,
    pub scaling: Scaling,
    pub d: usize,
    pub n: usize,
    pub kind: ladder::Kind,
    pub alpha: f64,
    pub seed: u64,
    pub warnings: Vec<Message>,
    /// What is wrong with the formula.
    pub misread: Option<Fault>,
}

impl Settings {
    pub fn of(experiment: &Experiment, held: &Held) -> Self {
        let number = |key: &str| held.get(key).copied().unwrap_or_else(|| experiment.number(key));
        let whole = |key: &str| held.get(key).map_or_else(|| experiment.integer(key), |x| x.round() as usize);
        let named: Named = chosen(experiment, "activation");
        let typed = experiment.inputs.expressions.first();
        let (mut warnings, mut misread) = (Vec::new(), None);
        if typed.is_some() && named != Named::Typed {
            warnings.push(Message::new(
                "expressions",
                "The link holds a formula, but another activation is chosen; choose \"your own φ(x)\" to use it.",
                "链接带有公式，但选了别的激活函数；要使用它，请选“自己写 φ(x)”。",
            ));
        }
        let mut own = || {
            let read = match typed.map(|text| (text, Expression::read(text))) {
                None => return Expression::known(FORMULA),
                Some((_, Ok(formula))) => sound(&formula).map_or(Ok(formula), Err),
                Some((_, Err(fault))) => Err(fault),
            };
            read.unwrap_or_else(|fault| {
                warnings.push(Message::new(
                    "expressions",
                    format!(
                        "φ, character {}: {}. The activation that stood there before is used.",
                        fault.at + 1,
                        fault.en
                    ),
                    format!("φ 的第 {} 个字符：{}。沿用之前的激活函数。", fault.at + 1, fault.zh),
                ));
                misread = Some(fault);
                Expression::known(FORMULA)
            })
        };
        let shape = match named {
            Named::Linear => Shape::Linear,
            Named::Relu => Shape::Relu,
            Named::Leaky => Shape::Leaky,
            Named::Elu => Shape::Elu(number("bend")),
            Named::Selu => Shape::Selu,
            Named::Gelu => Shape::Gelu,
            Named::Gelutanh => Shape::GeluTanh,
            Named::Silu => Shape::Silu,
            Named::Tanh => Shape::Tanh,
            Named::Sigmoid => Shape::Sigmoid,
            Named::Softplus => Shape::Softplus,
            Named::Relu2 => Shape::Relu2,
            Named::Mish => Shape::Mish,
            Named::Typed => Shape::Typed(own()),
        };
        Self {
            view: chosen(experiment, "view"),
            width: whole("width"),
            depth: whole("depth"),
            evening: match chosen(experiment, "normalise") {
                Norming::None => Evening::None,
                Norming::Rms => Evening::Rms,
                Norming::Layer => Evening::Layer,
            },
            rule: chosen(experiment, "rule"),
            gain: number("gain"),
            cut: number("truncate"),
            parametrisation: chosen(experiment, "parametrisation"),
            activation: Activation { shape, scale: number("scale"), shift: number("shift") },
            scaling: match chosen(experiment, "scaling") {
                Switch::None => Scaling::None,
                Switch::Root => Scaling::Root,
                Switch::Inside => Scaling::Inside,
            },
            d: whole("d"),
            n: whole("n"),
            kind: match chosen(experiment, "norm") {
                Ladder::Post => ladder::Kind::Post,
                Ladder::Pre => ladder::Kind::Pre,
                Ladder::Rezero => ladder::Kind::Rezero,
                Ladder::Deepnorm => ladder::Kind::Deepnorm,
                Ladder::Sandwich => ladder::Kind::Sandwich,
            },
            alpha: number("alpha"),
            seed: experiment.seed("seed"),
            warnings,
            misread,
        }
    }

    /// The number of the last state.
    pub fn length(&self) -> usize {
        match self.view {
            View::Signal | View::Residual => self.depth,
            View::Truncation | View::Attention | View::Train | View::Transfer => 0,
        }
    }

    /// The law of weights of variance one, before the rule scales them.
    pub fn law(&self) -> Law {
        match self.rule {
            Rule::Lecun | Rule::He | Rule::Orthogonal => Law::Normal,
            Rule::Glorot => Law::Uniform,
            Rule::Truncated => Law::Cut { cut: self.cut, corrected: false },
            Rule::Corrected => Law::Cut { cut: self.cut, corrected: true },
        }
    }

    /// m times the variance that the rule asks of weights, with the gain.
    pub fn asked(&self) -> f64 {
        let rule = match self.rule {
            Rule::Lecun | Rule::Glorot | Rule::Truncated | Rule::Corrected | Rule::Orthogonal => 1.0,
            Rule::He => 2.0,
        };
        rule * self.gain * self.gain
    }

    /// m times the variance that the weights of each layer have.
    pub fn gains(&self) -> Vec<f64> {
        let each = self.asked() * self.law().variance();
        let mut all = vec![each; self.depth];
        if let (Parametrisation::Mup, Some(last)) = (self.parametrisation, all.last_mut()) {
            *last /= self.width as f64;
        }
        all
    }
}

/// What a formula must be to stand between layers: a function of x alone that has a value near zero.
fn sound(formula: &Expression) -> Option<Fault> {
    if ["v", "a", "b", "energy"].iter().any(|name| formula.names(name)) {
        return Some(Fault::new(0, "an activation is a function of x alone", "激活函数只能含变量 x"));
    }
    let bad = (-16..=16).map(|k| 0.25 * f64::from(k)).find(|x| !formula.at([*x, 0.0], [0.0; 3]).is_finite());
    bad.map(|x| {
        Fault::new(
            0,
            format!("it has no value at x = {x}; an activation needs one everywhere"),
            format!("它在 x = {x} 处没有值；激活函数处处都要有值"),
        )
    })
}

/// The numbers that a hand may hold, within the bounds of links.
pub fn held(selection: &Selection) -> Held {
    let given = |parameter: &Parameter| {
        let (min, max) = match parameter.kind {
            Kind::Number { min, max, .. } => (min, max),
            Kind::Integer { min, max, .. } => (min as f64, max as f64),
            Kind::Seed { .. } | Kind::Choice { .. } => return None,
        };
        let value = selection.get::<f64>(parameter.key).filter(|value| value.is_finite())?;
        Some((parameter.key, value.clamp(min, max)))
    };
    parameters::ALL.iter().copied().flatten().filter_map(given).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::chosen::all_are_read;

    fn words(key: &str) -> Vec<&'static str> {
        crate::labs::chosen::words(parameters::ALL, key)
    }

    #[test]
    fn every_choice_is_read() {
        all_are_read::<View>(words("view"));
        all_are_read::<Rule>(words("rule"));
        all_are_read::<Parametrisation>(words("parametrisation"));
        all_are_read::<Named>(words("activation"));
        all_are_read::<Norming>(words("normalise"));
        all_are_read::<Switch>(words("scaling"));
        all_are_read::<Ladder>(words("norm"));
    }
}
