//! A loop that a visitor drew on a chart: its corners, in their order.

use super::form::{Form, Place};
use crate::experiment::{message::Message, parameter::Parameter};

/// Most corners.
pub const MOST: usize = 64;
/// Largest absolute coordinate.
const FARTHEST: f32 = 1e3;

/// Fewer than three corners enclose nothing, which is for the lab to say.
pub struct Outline;

impl Form for Outline {
    const KEY: &'static str = "loop";
    const PLACE: Place = Place::Packed(7);
    type Draft = Vec<[f32; 2]>;
    type Value = Vec<[f32; 2]>;

    fn accept(draft: &Self::Draft, _: &[&'static Parameter], said: &mut Vec<Message>) -> Self::Value {
        rows(draft, MOST, Self::KEY, ["corners of the loop", "回路的顶点"], said)
    }

    fn write(value: &Self::Value) -> Self::Draft {
        value.clone()
    }

    fn to_bytes(draft: &Self::Draft) -> Vec<u8> {
        bytes(draft)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self::Draft> {
        numbers(bytes)
    }
}

/// Four little-endian bytes a number.
pub fn bytes<const N: usize>(rows: &[[f32; N]]) -> Vec<u8> {
    rows.iter().flatten().flat_map(|x| x.to_le_bytes()).collect()
}

/// The reverse of [`bytes`]; `None` if a row is not whole.
pub fn numbers<const N: usize>(bytes: &[u8]) -> Option<Vec<[f32; N]>> {
    let (all, rest) = bytes.as_chunks::<4>();
    let all: Vec<_> = all.iter().map(|b| f32::from_le_bytes(*b)).collect();
    let (rows, more) = all.as_chunks::<N>();
    (rest.is_empty() && more.is_empty()).then(|| rows.to_vec())
}

/// What of `rows` can be used: finite, within bounds, not too many; what is wrong with the rest is said.
pub fn rows<const N: usize>(
    rows: &[[f32; N]],
    most: usize,
    key: &str,
    [en, zh]: [&str; 2],
    said: &mut Vec<Message>,
) -> Vec<[f32; N]> {
    let sound = |row: &&[f32; N]| row.iter().all(|x| x.is_finite() && x.abs() <= FARTHEST);
    // Adding zero turns −0 into 0, so that equal loops are written equally.
    let kept: Vec<_> = rows.iter().filter(sound).take(most).map(|row| row.map(|x| x + 0.0)).collect();
    let lost = rows.len() - kept.len();
    if lost > 0 {
        said.push(Message::new(
            key,
            format!("{lost} {en} were left out: no numbers, too far away, or more than {most}."),
            format!("略去了 {lost} 个{zh}：不是数、太远，或超过 {most} 个。"),
        ));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_journey_changes_nothing() {
        let mut said = Vec::new();
        let drawn = vec![[0.1, -0.25], [f32::NAN, 1.0], [-0.0, 1e9], [1.5, 0.125]];
        let once = Outline::accept(&drawn, &[], &mut said);
        assert_eq!((once.clone(), said.len()), (vec![[0.1, -0.25], [1.5, 0.125]], 1));
        assert_eq!(Outline::from_bytes(&Outline::to_bytes(&once)), Some(once.clone()));
        assert_eq!((Outline::accept(&once, &[], &mut said), said.len()), (once, 1));
        assert_eq!(Outline::from_bytes(&[0; 9]), None);
    }
}
