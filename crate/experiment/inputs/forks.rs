//! A fork of the trajectory: from one step on, something is different.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::form::{Form, Place};
use crate::experiment::{
    message::Message,
    parameter::{Kind, Parameter, Value},
    written,
};

/// Most forks of one experiment.
pub const MOST: usize = 7;
/// A painted number travels as a whole number of these parts of 1.
const PARTS: f32 = 32.0;
/// Largest absolute painted number.
const STRONGEST: f32 = 4.0;
/// Most numbers painted in one fork.
const MOST_CELLS: usize = 4096;

/// Forks, each of an earlier one or of the original.
pub struct Forks;

impl Form for Forks {
    const KEY: &'static str = "forks";
    const PLACE: Place = Place::Packed(3);
    type Draft = Vec<ForkDraft>;
    type Value = Vec<Fork>;

    fn accept(
        draft: &Self::Draft,
        changeable: &[&'static Parameter],
        said: &mut Vec<Message>,
    ) -> Self::Value {
        accepted(changeable, draft, said)
    }

    fn write(value: &Self::Value) -> Self::Draft {
        value.iter().map(Fork::to_draft).collect()
    }

    fn to_bytes(draft: &Self::Draft) -> Vec<u8> {
        let written: Vec<_> = draft.iter().map(exactly).collect();
        serde_json::to_vec(&written).expect("plain numbers and strings")
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self::Draft> {
        serde_json::from_slice(bytes).ok()
    }
}

/// `fork` with its numbers as texts: the reader of JSON numbers may be off by their last bit.
fn exactly(fork: &ForkDraft) -> ForkDraft {
    let mut fork = fork.clone();
    for value in fork.set.values_mut().filter(|value| value.is_number()) {
        *value = value.to_string().into();
    }
    fork
}

/// A fork as links and programs write it; nothing in it is trusted.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default)]
pub struct ForkDraft {
    /// The track that it leaves: 0 is the original, j the j-th fork, always an earlier one.
    pub parent: usize,
    /// The state from which on it differs.
    pub at: usize,
    /// Settings that change there.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, Json>,
    /// The seed of the fresh noise of the one step after `at`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noise: Option<String>,
    /// Painted numbers of x: (place in [C, H, W], value).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paint: Vec<(u32, f32)>,
    /// The sample that was painted on.
    #[serde(skip_serializing_if = "is_first")]
    pub sample: usize,
}

fn is_first(sample: &usize) -> bool {
    *sample == 0
}

/// A fork, valid as far as the lab's schema can tell; whether its step and its cells exist is the lab's to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Fork {
    pub parent: usize,
    pub at: usize,
    pub set: BTreeMap<&'static str, Value>,
    pub noise: Option<u64>,
    /// (place in [C, H, W], value), places rising.
    pub paint: Vec<(u32, f32)>,
    pub sample: usize,
}

/// What of `drafts` can be used; forks that cannot, and forks of those, are named and left out.
fn accepted(changeable: &[&'static Parameter], drafts: &[ForkDraft], said: &mut Vec<Message>) -> Vec<Fork> {
    // Where each draft's fork ended up; the original is always there.
    let mut places = vec![Some(0)];
    let mut kept = Vec::new();
    for (number, draft) in drafts.iter().enumerate().map(|(i, draft)| (i + 1, draft)) {
        let parent = places.get(draft.parent).copied().flatten();
        match parent
            .ok_or_else(|| no_parent(number))
            .and_then(|parent| read(changeable, draft, parent, number))
        {
            Ok(_) if kept.len() == MOST => {
                said.push(left_out(
                    number,
                    &format!("at most {MOST} are kept"),
                    &format!("最多保留 {MOST} 个"),
                ));
                places.push(None);
            }
            Ok((fork, more)) => {
                said.extend(more);
                kept.push(fork);
                places.push(Some(kept.len()));
            }
            Err(warning) => {
                said.push(warning);
                places.push(None);
            }
        }
    }
    kept
}

fn read(
    changeable: &[&'static Parameter],
    draft: &ForkDraft,
    parent: usize,
    number: usize,
) -> Result<(Fork, Vec<Message>), Message> {
    let mut warnings = Vec::new();
    let mut set = BTreeMap::new();
    for (key, json) in &draft.set {
        let Some(parameter) = changeable.iter().find(|parameter| parameter.key == key) else {
            warnings.push(left_out(number, &format!("cannot change \"{key}\""), &format!("不能改变“{key}”")));
            continue;
        };
        match parameter.kind.read(parameter.key, &written(json)) {
            Ok((value, warning)) => {
                set.insert(parameter.key, value);
                warnings.extend(warning);
            }
            Err([en, zh]) => warnings.push(left_out(number, &en, &zh)),
        }
    }
    let noise = match &draft.noise {
        None => None,
        Some(written) => match (Kind::Seed { default: 0 }).read("noise", written) {
            Ok((Value::Seed(seed), warning)) => {
                warnings.extend(warning);
                Some(seed)
            }
            _ => return Err(left_out(number, "its seed is no number", "其种子不是数字")),
        },
    };
    if draft.paint.iter().any(|(_, value)| value.abs() > STRONGEST) {
        warnings.push(Message::new(
            Forks::KEY,
            format!(
                "Fork {number}: painted numbers lie within {STRONGEST} of 0; stronger ones are used as that."
            ),
            format!("分叉 {number}：涂改的数值绝对值不超过 {STRONGEST}，更大的按 {STRONGEST} 处理。"),
        ));
    }
    let paint = painted(&draft.paint).ok_or_else(|| {
        left_out(number, "what is painted is not finite or too much", "涂改的数值非有限或过多")
    })?;
    Ok((Fork { parent, at: draft.at, set, noise, paint, sample: draft.sample }, warnings))
}

/// As a link would hold them: rising, each place once (the last word counts), in whole parts.
fn painted(paint: &[(u32, f32)]) -> Option<Vec<(u32, f32)>> {
    if paint.len() > MOST_CELLS || paint.iter().any(|(_, value)| !value.is_finite()) {
        return None;
    }
    let cells: BTreeMap<_, _> = paint.iter().copied().collect();
    let whole = |value: f32| (value.clamp(-STRONGEST, STRONGEST) * PARTS).round() / PARTS;
    Some(cells.into_iter().map(|(place, value)| (place, whole(value))).collect())
}

impl Fork {
    /// The reverse of [`accepted`].
    pub fn to_draft(&self) -> ForkDraft {
        ForkDraft {
            parent: self.parent,
            at: self.at,
            set: self.set.iter().map(|(key, value)| ((*key).to_owned(), value.to_json())).collect(),
            noise: self.noise.map(|seed| seed.to_string()),
            paint: self.paint.clone(),
            sample: self.sample,
        }
    }
}

fn no_parent(number: usize) -> Message {
    left_out(number, "it leaves a track that is not there", "它所离开的轨迹不存在")
}

/// What to say of fork `number`, counted from 1.
pub fn left_out(number: usize, why_en: &str, why_zh: &str) -> Message {
    Message::new(
        Forks::KEY,
        format!("Fork {number}: {why_en}; that was left out."),
        format!("分叉 {number}：{why_zh}，已略去。"),
    )
}
