//! A picture that a visitor painted: 64 ink levels 0..=16, row by row.

use super::form::{Form, Place};
use crate::experiment::{message::Message, parameter::Parameter};

/// Cells of a painted picture.
pub const COUNT: usize = 64;
/// The darkest ink level of a cell.
pub const INK_LEVELS: u8 = 16;

pub struct Pixels;

impl Form for Pixels {
    const KEY: &'static str = "pixels";
    const PLACE: Place = Place::Packed(1);
    type Draft = Option<Vec<u8>>;
    type Value = Option<Vec<u8>>;

    fn accept(draft: &Self::Draft, _: &[&'static Parameter], said: &mut Vec<Message>) -> Self::Value {
        match checked(draft.as_deref()?) {
            Ok(pixels) => Some(pixels),
            Err(warning) => {
                said.push(warning);
                None
            }
        }
    }

    fn write(value: &Self::Value) -> Self::Draft {
        value.clone()
    }

    fn to_bytes(draft: &Self::Draft) -> Vec<u8> {
        draft.clone().unwrap_or_default()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self::Draft> {
        Some(Some(bytes.to_vec()))
    }
}

/// `pixels` if they are a picture of 64 cells with ink levels 0..=16.
fn checked(pixels: &[u8]) -> Result<Vec<u8>, Message> {
    if pixels.len() != COUNT {
        return Err(Message::of_packed(
            &format!("holds a picture of {} cells instead of {COUNT}", pixels.len()),
            &format!("中的图有 {} 格，应为 {COUNT} 格", pixels.len()),
        ));
    }
    if let Some(level) = pixels.iter().find(|level| **level > INK_LEVELS) {
        return Err(Message::of_packed(
            &format!("holds the ink level {level}; 0 to {INK_LEVELS} exist"),
            &format!("中有墨量 {level}，只有 0 到 {INK_LEVELS}"),
        ));
    }
    Ok(pixels.to_vec())
}
