//! An experiment: everything that a link holds. It is valid by construction.

pub mod branch;
pub mod link;
pub mod packed;
pub mod parameter;
pub mod points;
pub mod surgery;
pub mod writing;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::labs::{self, Lab};
use branch::{Branch, BranchDraft};
use packed::Packed;
use parameter::{Choice, Kind, Parameter, Value, Values, choice, text};
use surgery::Operation;

pub use parameter::Text;

/// Something that could not be taken as it stood, in both languages, and the key it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    pub key: String,
    pub en: String,
    pub zh: String,
}

impl Message {
    pub fn new(key: impl Into<String>, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { key: key.into(), en: en.into(), zh: zh.into() }
    }
}

/// The key of what a language model reads first.
pub const PROMPT: &str = "prompt";
/// The key of what a language model learns from.
pub const TEXT: &str = "text";
/// The key of what is done to a model.
pub const SURGERY: &str = "surgery";

/// What to say of a key that the lab does not have.
fn not_a_setting(key: &str) -> Message {
    Message::new(
        key,
        format!("\"{key}\" is not a setting of this lab and was left out."),
        format!("“{key}”不是本实验的设置，已略去。"),
    )
}

/// The parameters that every lab has.
pub const COMMON: &[Parameter] = &[
    Parameter {
        key: "lang",
        kind: Kind::Choice { options: LANGUAGES, default: "auto" },
        title: text("Language", "语言"),
        help: text(
            "The language of the page. Auto follows the browser.",
            "页面使用的语言。“自动”时跟随浏览器。",
        ),
        ..Parameter::NONE
    },
    Parameter {
        key: "device",
        kind: Kind::Choice { options: DEVICES, default: "auto" },
        title: text("Engine", "引擎"),
        help: text(
            "Where the network runs. Auto starts on the CPU and moves to WebGPU when a real graphics processor answers.",
            "网络在哪里运行。“自动”先用 CPU 起步，若有真正的显卡响应，再转到 WebGPU。",
        ),
        ..Parameter::NONE
    },
    Parameter {
        key: "theme",
        kind: Kind::Choice { options: THEMES, default: "auto" },
        title: text("Theme", "主题"),
        help: text(
            "Paper by day, blueprint by night. Auto follows the system.",
            "日间图纸，夜间蓝图。“自动”时跟随系统。",
        ),
        ..Parameter::NONE
    },
];

const LANGUAGES: &[Choice] =
    &[choice("auto", "Auto", "自动"), choice("en", "English", "English"), choice("zh", "中文", "中文")];
const DEVICES: &[Choice] =
    &[choice("auto", "Auto", "自动"), choice("cpu", "CPU", "CPU"), choice("webgpu", "WebGPU", "WebGPU")];
const THEMES: &[Choice] =
    &[choice("auto", "Auto", "自动"), choice("light", "Paper", "图纸"), choice("dark", "Blueprint", "蓝图")];

/// A lab, the value of each of its parameters, and what the visitor did.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    pub lab: &'static Lab,
    values: BTreeMap<&'static str, Value>,
    /// The step to show; `None`: from the start, playing.
    pub at: Option<usize>,
    /// The fingerprint of the result that the sender saw.
    pub check: Option<String>,
    /// A picture that the visitor painted: 64 ink levels 0..=16, row by row.
    pub pixels: Option<Vec<u8>>,
    /// Points of the plane that the visitor drew or placed, at most [`points::MOST`].
    pub points: Option<Vec<[f32; 2]>>,
    /// Forks of the trajectory; fork j is track j, the trunk track 0.
    pub branches: Vec<Branch>,
    /// What a language model reads before it writes, at most [`writing::LONGEST_PROMPT`] characters.
    pub prompt: Option<String>,
    /// What a language model is to learn from, at most [`writing::LONGEST_TEXT`] characters.
    pub text: Option<String>,
    /// What is done to the model, in this order.
    pub surgery: Vec<Operation>,
}

/// An experiment as the page and other programs write it; nothing in it is trusted.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Draft {
    pub lab: String,
    pub values: BTreeMap<String, Json>,
    pub at: Option<f64>,
    pub check: Option<String>,
    pub pixels: Option<Vec<u8>>,
    pub points: Option<Vec<[f32; 2]>>,
    pub branches: Vec<BranchDraft>,
    pub prompt: Option<String>,
    pub text: Option<String>,
    /// See [`Operation`].
    pub surgery: Vec<Json>,
}

impl Experiment {
    /// The lab with all its defaults.
    pub fn of(lab: &'static Lab) -> Self {
        let values = lab.all_parameters().map(|p| (p.key, p.kind.default_value())).collect();
        Self {
            lab,
            values,
            at: None,
            check: None,
            pixels: None,
            points: None,
            branches: Vec::new(),
            prompt: None,
            text: None,
            surgery: Vec::new(),
        }
    }

    /// What `draft` says, as far as it can be used; the rest is named in the messages.
    pub fn from_draft(draft: &Draft) -> (Self, Vec<Message>) {
        let mut warnings = Vec::new();
        let lab = labs::find(&draft.lab).unwrap_or_else(|| {
            warnings.push(labs::unknown(&draft.lab));
            labs::DEFAULT
        });
        let mut experiment = Self::of(lab);
        for (key, value) in &draft.values {
            let written = match value {
                Json::String(string) => string.clone(),
                other => other.to_string(),
            };
            experiment.set(key, &written, &mut warnings);
        }
        experiment.at = draft.at.filter(|at| at.is_finite() && *at >= 0.0).map(|at| at as usize);
        experiment.check = draft.check.clone().filter(|check| link::is_fingerprint(check));
        if let Some(pixels) = &draft.pixels {
            match packed::pixels_from(pixels) {
                Ok(pixels) => experiment.pixels = Some(pixels),
                Err(warning) => warnings.push(warning),
            }
        }
        if let Some(drawn) = &draft.points {
            let (usable, more) = points::accepted(drawn);
            experiment.points = usable;
            warnings.extend(more);
        }
        let (branches, more) = branch::accepted(lab, &draft.branches);
        experiment.branches = branches;
        warnings.extend(more);
        experiment.take_inputs(draft, &mut warnings);
        experiment.normalise(&mut warnings);
        (experiment, warnings)
    }

    /// The reverse of [`Experiment::from_draft`].
    pub fn to_draft(&self) -> Draft {
        Draft {
            lab: self.lab.id.to_string(),
            values: self.values.iter().map(|(key, value)| (key.to_string(), value.to_json())).collect(),
            at: self.at.map(|at| at as f64),
            check: self.check.clone(),
            pixels: self.pixels.clone(),
            points: self.points.clone(),
            branches: self.branches.iter().map(Branch::to_draft).collect(),
            prompt: self.prompt.clone(),
            text: self.text.clone(),
            surgery: self.surgery.iter().map(Operation::to_json).collect(),
        }
    }

    /// What was written or done to a model, as far as the lab takes it and a link can carry it.
    fn take_inputs(&mut self, draft: &Draft, warnings: &mut Vec<Message>) {
        if let Some(prompt) = self.input(PROMPT, draft.prompt.as_deref(), warnings) {
            let (prompt, warning) = writing::prompt_from(prompt);
            self.prompt = Some(prompt);
            warnings.extend(warning);
        }
        if let Some(text) = self.input(TEXT, draft.text.as_deref(), warnings) {
            let (text, warning) = writing::text_from(text);
            self.text = text;
            warnings.extend(warning);
        }
        let operations = (!draft.surgery.is_empty()).then_some(&draft.surgery);
        if let Some(operations) = self.input(SURGERY, operations, warnings) {
            let (operations, more) = surgery::accepted(operations);
            self.surgery = operations;
            warnings.extend(more);
        }
        self.make_it_fit(warnings);
    }

    /// Prose and ordinary surgery fit into a link; what does not deflate is cut until it does.
    fn make_it_fit(&mut self, warnings: &mut Vec<Message>) {
        while (self.text.is_some() || !self.surgery.is_empty()) && !packed::fits(&self.packed()) {
            if let Some(text) = self.text.take() {
                let (half, warning) = writing::halved(&text);
                self.text = half;
                warnings.push(warning);
            } else {
                let last = self.surgery.len();
                self.surgery.pop();
                let why = ["there is no room for it in a link", "链接中放不下"];
                warnings.push(surgery::left_out(last, why));
            }
        }
    }

    /// `given` if the lab takes it; if it does not, that is named.
    fn input<T>(&self, key: &str, given: Option<T>, warnings: &mut Vec<Message>) -> Option<T> {
        let taken = self.lab.inputs.contains(&key);
        if given.is_some() && !taken {
            warnings.push(not_a_setting(key));
        }
        given.filter(|_| taken)
    }

    /// The same with other values, which stand as they are: one of every key, each allowed.
    pub fn with_values(&self, values: Values) -> Self {
        Self { values, ..self.clone() }
    }

    /// What travels in `z`.
    pub fn packed(&self) -> Packed {
        let Draft { pixels, points, branches, text, surgery, .. } = self.to_draft();
        Packed { pixels, points, branches, text, surgery }
    }

    /// Sets one parameter from its written form; what is wrong with it goes into `warnings`.
    fn set(&mut self, key: &str, written: &str, warnings: &mut Vec<Message>) {
        let Some(parameter) = self.lab.all_parameters().find(|p| p.key == key) else {
            warnings.push(not_a_setting(key));
            return;
        };
        match parameter.kind.read(parameter.key, written) {
            Ok((value, warning)) => {
                self.values.insert(parameter.key, value);
                warnings.extend(warning);
            }
            Err(warning) => warnings.push(warning),
        }
    }

    /// Applies the rules that tie parameters together.
    fn normalise(&mut self, warnings: &mut Vec<Message>) {
        (self.lab.normalise)(&mut self.values, warnings);
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> &BTreeMap<&'static str, Value> {
        &self.values
    }

    /// The seed called `key`. Panics if the lab has none: a bug, not input.
    pub fn seed(&self, key: &str) -> u64 {
        match self.values[key] {
            Value::Seed(seed) => seed,
            ref other => panic!("{key} is {other:?}, not a seed"),
        }
    }

    /// The integer called `key`. Panics if the lab has none: a bug, not input.
    pub fn integer(&self, key: &str) -> usize {
        match self.values[key] {
            Value::Integer(integer) => integer,
            ref other => panic!("{key} is {other:?}, not an integer"),
        }
    }

    /// The number called `key`. Panics if the lab has none: a bug, not input.
    pub fn number(&self, key: &str) -> f64 {
        match self.values[key] {
            Value::Number(number) => number,
            ref other => panic!("{key} is {other:?}, not a number"),
        }
    }

    /// The choice called `key`. Panics if the lab has none: a bug, not input.
    pub fn choice(&self, key: &str) -> &'static str {
        match self.values[key] {
            Value::Choice(choice) => choice,
            ref other => panic!("{key} is {other:?}, not a choice"),
        }
    }
}
