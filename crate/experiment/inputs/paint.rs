//! Heat that a visitor painted on a plate: spots of a place and a heat each.

use super::{
    form::{Form, Place},
    rows::{bytes, numbers, rows},
};
use crate::experiment::{message::Message, parameter::Parameter};

/// Most spots.
pub const MOST: usize = 96;
/// The hottest and the coldest.
pub const HOTTEST: f32 = 2.0;

/// x, y and the logarithm of how much longer a ruler gets there.
pub struct Paint;

impl Form for Paint {
    const KEY: &'static str = "paint";
    const PLACE: Place = Place::Packed(8);
    type Draft = Vec<[f32; 3]>;
    type Value = Vec<[f32; 3]>;

    fn accept(draft: &Self::Draft, _: &[&'static Parameter], said: &mut Vec<Message>) -> Self::Value {
        let all = rows(draft, MOST, Self::KEY, ["spots of heat", "热斑"], said);
        all.into_iter().map(|[u, v, heat]| [u, v, heat.clamp(-HOTTEST, HOTTEST)]).collect()
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
