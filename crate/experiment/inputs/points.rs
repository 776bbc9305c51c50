//! Points of the plane that a visitor drew, as they travel in a link.

use super::form::{Form, Place};
use crate::experiment::{message::Message, parameter::Parameter};

/// Most points that are kept.
pub const MOST: usize = 4096;
/// Largest absolute coordinate.
pub const FARTHEST: f32 = 3.9;
/// A coordinate travels as a whole number of these parts of 1.
const PARTS: f32 = 8192.0;

pub struct Points;

impl Form for Points {
    const KEY: &'static str = "points";
    const PLACE: Place = Place::Packed(2);
    type Draft = Option<Vec<[f32; 2]>>;
    type Value = Option<Vec<[f32; 2]>>;

    fn accept(draft: &Self::Draft, _: &[&'static Parameter], said: &mut Vec<Message>) -> Self::Value {
        let (usable, more) = accepted(draft.as_deref()?);
        said.extend(more);
        usable
    }

    fn write(value: &Self::Value) -> Self::Draft {
        value.clone()
    }

    fn to_bytes(draft: &Self::Draft) -> Vec<u8> {
        to_bytes(draft.as_deref().unwrap_or_default())
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self::Draft> {
        from_bytes(bytes).map(Some)
    }
}

/// Two little-endian i16 a point.
fn to_bytes(points: &[[f32; 2]]) -> Vec<u8> {
    points.iter().flatten().flat_map(|c| ((c * PARTS).round() as i16).to_le_bytes()).collect()
}

/// The reverse of [`to_bytes`]; `None` if half a point is left over.
fn from_bytes(bytes: &[u8]) -> Option<Vec<[f32; 2]>> {
    let coordinate = |b: &[u8]| f32::from(i16::from_le_bytes([b[0], b[1]])) / PARTS;
    let (points, rest) = bytes.as_chunks::<4>();
    rest.is_empty().then(|| points.iter().map(|p| [coordinate(&p[..2]), coordinate(&p[2..])]).collect())
}

/// What of `points` can be used, as a link would hold it, and what had to be changed. None of them: `None`.
fn accepted(points: &[[f32; 2]]) -> (Option<Vec<[f32; 2]>>, Vec<Message>) {
    let mut warnings = Vec::new();
    let mut warn = |en: String, zh: String| warnings.push(Message::new(Points::KEY, en, zh));
    let finite: Vec<_> = points.iter().filter(|p| p.iter().all(|c| c.is_finite())).collect();
    if finite.len() < points.len() {
        let lost = points.len() - finite.len();
        warn(
            format!("{lost} drawn points were no numbers and were left out."),
            format!("有 {lost} 个手绘点不是数字，已略去。"),
        );
    }
    if finite.is_empty() {
        warn("There are no drawn points to use.".into(), "没有可用的手绘点。".into());
        return (None, warnings);
    }
    if finite.len() > MOST {
        let count = finite.len();
        warn(
            format!("{count} points were drawn; {MOST} of them, evenly chosen, are kept."),
            format!("手绘了 {count} 个点，均匀取其中 {MOST} 个。"),
        );
    }
    let kept = finite.len().min(MOST);
    // What travelled may lie half a part beyond the edge.
    let far = finite.iter().filter(|p| p.iter().any(|c| c.abs() > FARTHEST + 1.0 / PARTS)).count();
    if far > 0 {
        warn(
            format!("{far} drawn points lie farther out than {FARTHEST} and were brought to the edge."),
            format!("有 {far} 个手绘点超出 {FARTHEST}，已移到边缘。"),
        );
    }
    let even = (0..kept).map(|i| *finite[i * finite.len() / kept]);
    let clamped: Vec<_> = even.map(|p| p.map(|c| c.clamp(-FARTHEST, FARTHEST))).collect();
    let travelled = from_bytes(&to_bytes(&clamped)).expect("whole points");
    (Some(travelled), warnings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_one_and_too_many() {
        let (none, said) = accepted(&[]);
        assert!(none.is_none() && said.len() == 1);
        let (one, said) = accepted(&[[0.5, -1.25]]);
        assert_eq!((one, said.len()), (Some(vec![[0.5, -1.25]]), 0));
        let many: Vec<_> = (0..100_000).map(|i| [i as f32 / 1e5, 0.0]).collect();
        let (kept, said) = accepted(&many);
        let kept = kept.unwrap();
        assert_eq!((kept.len(), said.len()), (MOST, 1));
        assert!(kept[0][0] == 0.0 && kept[MOST - 1][0] > 0.99);
    }

    #[test]
    fn what_is_no_number_is_named_and_what_is_far_is_brought_near() {
        let (kept, said) = accepted(&[[f32::NAN, 0.0], [1e9, -1e9], [0.0, f32::INFINITY]]);
        assert_eq!(kept.unwrap().len(), 1);
        assert!(said[0].en.starts_with("2 drawn points"));
        assert!(said[1].en.starts_with("1 drawn points lie farther"), "{}", said[1].en);
    }

    #[test]
    fn a_second_journey_changes_nothing() {
        let (once, _) = accepted(&[[0.123_456, -3.456_789], [3.95, 0.0]]);
        let (twice, said) = accepted(once.as_ref().unwrap());
        assert_eq!((once, said.len()), (twice, 0));
    }
}
