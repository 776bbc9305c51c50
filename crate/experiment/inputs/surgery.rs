//! What a visitor does to a language model, as it travels in a link: layers, heads and positions count from 1.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{
    form::{Form, Place},
    prompt,
};
use crate::attention::intervention::{self, Intervention};
use crate::experiment::{message::Message, parameter::Parameter};

/// Most operations of one experiment.
pub const MOST: usize = 32;
/// Most cells that are cut in all of them.
pub const MOST_CELLS: usize = 4096;
/// Most characters of a prompt whose pattern is borrowed.
pub const LONGEST_PROMPT: usize = 256;
/// No layer, head or position has a larger number; which of them exist is the model's to say.
const LARGEST: usize = 1024;
/// A weight travels as a whole number of these parts of 1.
const PARTS: f64 = 1e4;

/// Operations, in their order.
pub struct Surgery;

impl Form for Surgery {
    const KEY: &'static str = "surgery";
    const PLACE: Place = Place::Packed(4);
    type Draft = Vec<Json>;
    type Value = Vec<Operation>;

    fn accept(draft: &Self::Draft, _: &[&'static Parameter], said: &mut Vec<Message>) -> Self::Value {
        let (operations, more) = accepted(draft);
        said.extend(more);
        operations
    }

    fn write(value: &Self::Value) -> Self::Draft {
        value.iter().map(Operation::to_json).collect()
    }

    fn to_bytes(draft: &Self::Draft) -> Vec<u8> {
        serde_json::to_vec(draft).expect("plain JSON")
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self::Draft> {
        serde_json::from_slice(bytes).ok()
    }

    /// Ordinary surgery fits; of what does not the last goes first.
    fn shorten(value: &mut Self::Value) -> Option<Message> {
        let number = value.len();
        value.pop().map(|_| left_out(number, ["there is no room for it in a link", "链接中放不下"]))
    }
}

/// Which contributions of a layer to the residual stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Attention,
    Mlp,
    Both,
}

/// One thing that is done to the model, valid as far as can be told without the model.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "op", rename_all = "lowercase", deny_unknown_fields)]
pub enum Operation {
    /// The head contributes nothing.
    Head { layer: usize, head: usize },
    /// The layer, or a part of it, contributes nothing.
    Layer { layer: usize, part: Part },
    /// No later position sees this one.
    Token { token: usize },
    /// These cells (who looks, at whom) are hidden before the softmax; layer or head 0: in all of them.
    Cut { layer: usize, head: usize, cells: Vec<[usize; 2]> },
    /// A position sees the last `width` positions only, itself among them; layer or head 0: in all of them.
    Window { layer: usize, head: usize, width: usize },
    /// After the softmax this weight is `value`; the others of its row share the rest.
    Set { layer: usize, head: usize, cell: [usize; 2], value: f64 },
    /// The head keeps the pattern that the untouched model has on the same text.
    Freeze { layer: usize, head: usize },
    /// The head has the pattern that it has on another text.
    Patch { layer: usize, head: usize, prompt: String },
}

impl Operation {
    /// As links and programs write it.
    pub fn to_json(&self) -> Json {
        serde_json::to_value(self).expect("plain numbers and strings")
    }

    /// As a model undergoes it: numbers count from 0 there, and 0 for all of them is none in particular.
    pub fn intervention(&self) -> Intervention {
        let some = |n: usize| n.checked_sub(1);
        let pair = |&[q, k]: &[usize; 2]| (q - 1, k - 1);
        match self {
            &Self::Head { layer, head } => Intervention::Head { layer: layer - 1, head: head - 1 },
            &Self::Layer { layer, part } => Intervention::Layer { layer: layer - 1, part: part.of_model() },
            &Self::Token { token } => Intervention::Token { token: token - 1 },
            Self::Cut { layer, head, cells } => Intervention::Cut {
                layer: some(*layer),
                head: some(*head),
                cells: cells.iter().map(pair).collect(),
            },
            &Self::Window { layer, head, width } => {
                Intervention::Window { layer: some(layer), head: some(head), width }
            }
            &Self::Set { layer, head, ref cell, value } => {
                Intervention::Set { layer: layer - 1, head: head - 1, cell: pair(cell), value }
            }
            &Self::Freeze { layer, head } => Intervention::Freeze { layer: layer - 1, head: head - 1 },
            Self::Patch { layer, head, prompt } => {
                Intervention::Patch { layer: layer - 1, head: head - 1, prompt: prompt.clone() }
            }
        }
    }
}

impl Part {
    fn of_model(self) -> intervention::Part {
        match self {
            Part::Attention => intervention::Part::Attention,
            Part::Mlp => intervention::Part::Mlp,
            Part::Both => intervention::Part::Both,
        }
    }
}

/// What of `written` can be used, as a link would hold it; the rest is named.
fn accepted(written: &[Json]) -> (Vec<Operation>, Vec<Message>) {
    let (mut kept, mut warnings) = (Vec::new(), Vec::new());
    let mut cells = 0;
    for (i, json) in written.iter().enumerate() {
        let read = serde_json::from_value(json.clone()).map_err(|_| ["it cannot be read", "无法读懂"]);
        let checked = read.and_then(canonical).and_then(|operation| {
            cells += cells_of(&operation);
            match (kept.len() < MOST, cells <= MOST_CELLS) {
                (true, true) => Ok(operation),
                (false, _) => Err(["at most 32 are kept", "最多保留 32 项"]),
                (_, false) => Err(["at most 4096 cells can be cut in all", "总共最多切断 4096 格"]),
            }
        });
        match checked {
            Ok(operation) => kept.push(operation),
            Err(why) => warnings.push(left_out(i + 1, why)),
        }
    }
    (kept, warnings)
}

fn cells_of(operation: &Operation) -> usize {
    if let Operation::Cut { cells, .. } = operation { cells.len() } else { 0 }
}

/// Equal operations are written equally; an error says why it cannot be one, in both languages.
fn canonical(operation: Operation) -> Result<Operation, [&'static str; 2]> {
    use Operation::{Cut, Freeze, Head, Layer, Patch, Set, Token, Window};
    let named = |n: &usize| (1..=LARGEST).contains(n);
    let (place, every) = match &operation {
        Head { layer, head } | Freeze { layer, head } => (named(layer) && named(head), true),
        Set { layer, head, .. } | Patch { layer, head, .. } => (named(layer) && named(head), true),
        Layer { layer, .. } => (named(layer), true),
        Token { token } => (true, named(token)),
        Window { layer, head, width } => (*layer <= LARGEST && *head <= LARGEST, named(width)),
        Cut { layer, head, .. } => (*layer <= LARGEST && *head <= LARGEST, true),
    };
    if !place {
        return Err(["there is no such layer or head", "没有这样的层或头"]);
    }
    if !every {
        return Err(["positions count from 1 to 1024", "位置从 1 数到 1024"]);
    }
    let seen = |cell: &[usize; 2]| named(&cell[0]) && named(&cell[1]) && cell[1] <= cell[0];
    const FUTURE: [&str; 2] = [
        "a position sees no later one, and positions count from 1 to 1024",
        "位置看不到其后的位置，且从 1 数到 1024",
    ];
    match operation {
        Cut { layer, head, cells } => {
            let sorted: BTreeSet<_> = cells.into_iter().collect();
            if sorted.is_empty() {
                return Err(["it cuts nothing", "没有切断任何格"]);
            }
            if !sorted.iter().all(seen) {
                return Err(FUTURE);
            }
            Ok(Cut { layer, head, cells: sorted.into_iter().collect() })
        }
        Set { cell, .. } if !seen(&cell) => Err(FUTURE),
        Set { value, .. } if !(0.0..=1.0).contains(&value) => {
            Err(["a weight lies between 0 and 1", "权重在 0 与 1 之间"])
        }
        Set { layer, head, cell, value } => {
            // Adding zero turns -0 into 0.
            Ok(Set { layer, head, cell, value: (value * PARTS).round() / PARTS + 0.0 })
        }
        Patch { layer, head, prompt } => {
            let (prompt, _) = prompt::accepted(&prompt);
            match prompt.chars().count() {
                0 => Err(["the other text is empty", "另一段文字为空"]),
                1..=LONGEST_PROMPT => Ok(Patch { layer, head, prompt }),
                _ => Err(["the other text has more than 256 characters", "另一段文字超过 256 个字符"]),
            }
        }
        other => Ok(other),
    }
}

/// What to say of operation `number`, counted from 1.
pub fn left_out(number: usize, [why_en, why_zh]: [&str; 2]) -> Message {
    Message::new(
        Surgery::KEY,
        format!("Intervention {number}: {why_en}; it was left out."),
        format!("第 {number} 项干预：{why_zh}，已略去。"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(json: Json, word: &str) {
        let (kept, said) = accepted(std::slice::from_ref(&json));
        assert!(kept.is_empty() && said.len() == 1 && said[0].en.contains(word), "{json}: {said:?}");
        assert!(said[0].en.starts_with("Intervention 1:") && said[0].key == Surgery::KEY);
    }

    #[test]
    fn every_kind_is_read_and_written() {
        let all = [
            json!({"op": "head", "layer": 2, "head": 1}),
            json!({"op": "layer", "layer": 1, "part": "mlp"}),
            json!({"op": "token", "token": 7}),
            json!({"op": "cut", "layer": 0, "head": 3, "cells": [[4, 1], [4, 4]]}),
            json!({"op": "window", "layer": 0, "head": 0, "width": 16}),
            json!({"op": "set", "layer": 1, "head": 1, "cell": [5, 2], "value": 0.3333}),
            json!({"op": "freeze", "layer": 1, "head": 4}),
            json!({"op": "patch", "layer": 4, "head": 4, "prompt": "JULIET:\n"}),
        ];
        let (kept, said) = accepted(&all);
        assert_eq!((kept.len(), said.len()), (all.len(), 0), "{said:?}");
        assert_eq!(kept.iter().map(Operation::to_json).collect::<Vec<_>>(), all);
    }

    #[test]
    fn what_is_wrong_is_named() {
        refused(json!({"op": "dance"}), "read");
        refused(json!({"op": "head", "layer": 1}), "read");
        refused(json!({"op": "head", "layer": 1, "head": 1, "tail": 1}), "read");
        refused(json!({"op": "head", "layer": -1, "head": 1}), "read");
        refused(json!({"op": "head", "layer": 0, "head": 1}), "head");
        refused(json!({"op": "head", "layer": 1, "head": 100_000}), "head");
        refused(json!({"op": "token", "token": 0}), "positions");
        refused(json!({"op": "cut", "layer": 1, "head": 1, "cells": [[1, 2]]}), "later");
        refused(json!({"op": "cut", "layer": 1, "head": 1, "cells": []}), "nothing");
        refused(json!({"op": "set", "layer": 1, "head": 1, "cell": [2, 1], "value": 1.5}), "weight");
        refused(json!({"op": "set", "layer": 1, "head": 1, "cell": [2, 1], "value": null}), "read");
        refused(json!({"op": "set", "layer": 1, "head": 1, "cell": [1, 2], "value": 0.5}), "later");
        refused(json!({"op": "patch", "layer": 1, "head": 1, "prompt": ""}), "empty");
        refused(json!({"op": "patch", "layer": 1, "head": 1, "prompt": "x".repeat(300)}), "256");
        refused(json!(null), "read");
        refused(json!([1, 2]), "read");
    }

    #[test]
    fn too_much_is_cut_and_said() {
        let (kept, said) = accepted(&vec![json!({"op": "token", "token": 1}); 40]);
        assert_eq!((kept.len(), said.len()), (MOST, 8));
        let row: Vec<_> = (1..=1000).map(|k| [1000, k]).collect();
        let cut = json!({"op": "cut", "layer": 1, "head": 1, "cells": row});
        let (kept, said) = accepted(&vec![cut; 5]);
        assert_eq!((kept.len(), said.len()), (4, 1));
        assert!(said[0].en.contains("4096"));
    }
}
