//! What is told of a training run that broke: the first number that was not finite, what is likely to have done it, and what would mend it.

use serde_json::{Value as Json, json};

use crate::train::safe::Broken;

/// A change of settings under which a run may go better.
pub struct Repair {
    pub values: Vec<(&'static str, Json)>,
    /// What it is called, in English and in Chinese.
    pub name: [String; 2],
}

impl Repair {
    /// Another learning rate, to two digits.
    pub fn rate(key: &'static str, rate: f64) -> Self {
        let rounded = format!("{rate:.1e}").parse::<f64>().unwrap_or(rate);
        Self {
            values: vec![(key, json!(rounded))],
            name: [format!("Learning rate {rounded}"), format!("学习率 {rounded}")],
        }
    }

    pub fn choice(key: &'static str, word: &str, name: [&str; 2]) -> Self {
        Self { values: vec![(key, json!(word))], name: name.map(str::to_owned) }
    }
}

pub struct Told {
    /// In English and in Chinese.
    pub cause: [String; 2],
    /// At most three are shown.
    pub repairs: Vec<Repair>,
}

impl Told {
    /// Where nothing is known but the rate: steps that are too long.
    pub fn of_rate(key: &'static str, rate: f64) -> Self {
        Self {
            cause: [
                "Steps were too long: each made the next gradient larger.".to_owned(),
                "步子太大：每一步都让下一个梯度更大。".to_owned(),
            ],
            repairs: vec![Repair::rate(key, rate / 4.0), Repair::rate(key, rate / 16.0)],
        }
    }

    /// As the page has it.
    pub fn json(&self, who: Option<[usize; 2]>, broken: Option<&Broken>) -> Json {
        let text = |[en, zh]: &[String; 2]| json!({ "en": en, "zh": zh });
        let repairs: Vec<Json> = self
            .repairs
            .iter()
            .take(3)
            .map(|repair| {
                let values: serde_json::Map<String, Json> =
                    repair.values.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
                json!({ "values": values, "name": text(&repair.name) })
            })
            .collect();
        json!({
            "twin": who.map(|[twin, _]| twin),
            "seed": who.map(|[_, seed]| seed),
            "step": broken.map(|broken| broken.step),
            "place": broken.map(|broken| text(&broken.place)),
            "backward": broken.map(|broken| broken.backward),
            // JSON has no such numbers.
            "value": broken.map(|broken| broken.value.to_string()),
            "cause": text(&self.cause),
            "repairs": repairs,
        })
    }
}
