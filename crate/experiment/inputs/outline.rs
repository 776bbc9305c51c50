//! A loop that a visitor drew on a chart: its corners, in their order.

use super::{
    form::{Form, Place},
    rows::{bytes, numbers, rows},
};
use crate::experiment::{message::Message, parameter::Parameter};

/// Most corners.
pub const MOST: usize = 64;

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
