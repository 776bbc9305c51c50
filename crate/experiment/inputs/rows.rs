//! Rows of as many numbers each, as they travel in a link: loops, heat.

use crate::experiment::message::Message;

/// Largest absolute number.
const FARTHEST: f32 = 1e3;

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
    // Adding zero turns −0 into 0, so that equal rows are written equally.
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
