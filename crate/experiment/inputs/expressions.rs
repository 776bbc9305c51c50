//! Formulas that a visitor typed, one a line in a link. Whether they can be read is for the lab to say.

use super::form::{Form, Place};
use crate::experiment::{message::Message, parameter::Parameter};

/// Most formulas of an experiment.
pub const MOST: usize = 3;
/// Most characters of each.
pub const LONGEST: usize = 400;

/// In the order of what they mean to the lab.
pub struct Expressions;

impl Form for Expressions {
    const KEY: &'static str = "expressions";
    const PLACE: Place = Place::Packed(6);
    type Draft = Vec<String>;
    type Value = Vec<String>;

    fn accept(draft: &Self::Draft, _: &[&'static Parameter], said: &mut Vec<Message>) -> Self::Value {
        if draft.len() > MOST {
            said.push(Message::new(
                Self::KEY,
                format!("{} formulas were given; the first {MOST} are kept.", draft.len()),
                format!("给出了 {} 个公式，保留前 {MOST} 个。", draft.len()),
            ));
        }
        draft.iter().take(MOST).enumerate().map(|(i, text)| accepted(i, text, said)).collect()
    }

    fn write(value: &Self::Value) -> Self::Draft {
        value.clone()
    }

    fn to_bytes(draft: &Self::Draft) -> Vec<u8> {
        draft.join("\n").into_bytes()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self::Draft> {
        let text = std::str::from_utf8(bytes).ok()?;
        Some(text.split('\n').map(str::to_owned).collect())
    }
}

/// The formula on one line, cut to its bound.
fn accepted(i: usize, text: &str, said: &mut Vec<Message>) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let count = line.chars().count();
    if count > LONGEST {
        let number = i + 1;
        said.push(Message::new(
            Expressions::KEY,
            format!("Formula {number} has {count} characters; its first {LONGEST} are kept."),
            format!("第 {number} 个公式有 {count} 个字符，保留前 {LONGEST} 个。"),
        ));
    }
    line.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_kept_as_it_is() {
        let typed = ["1", "", "sin(u)^2\n+ v"].map(str::to_owned).to_vec();
        let mut said = Vec::new();
        let once = Expressions::accept(&typed, &[], &mut said);
        assert_eq!((once[2].as_str(), said.len()), ("sin(u)^2 + v", 0));
        let travelled = Expressions::from_bytes(&Expressions::to_bytes(&once)).unwrap();
        assert_eq!(Expressions::accept(&travelled, &[], &mut said), once);
    }

    #[test]
    fn what_is_too_long_or_too_much_is_cut_and_said() {
        let mut said = Vec::new();
        let kept = Expressions::accept(&vec!["u+".repeat(5000); 5], &[], &mut said);
        assert_eq!((kept.len(), kept[0].chars().count(), said.len()), (3, 400, 4));
        assert!(said[1].en.contains("10000"));
    }
}
