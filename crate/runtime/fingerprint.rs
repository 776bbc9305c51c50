//! The fingerprint in a link: the exact hash of a picture or a text, and eight numbers that tell how far another is.
//!
//! The eight numbers are projections on random directions of mean square 1/n, so the root mean square of
//! their differences estimates that of the pixels, whatever differs (Johnson & Lindenstrauss).

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use serde::Serialize;

use super::{frame::digest, written::written};
use crate::experiment::Message;
use crate::math::{digest::hex, normal::normals, philox::Stream, statistics::rms_gap};

const PROJECTIONS: usize = 8;
const HASH_BYTES: usize = 8;

/// Two shades of a screen's 256 between -1 and 1: below it nobody sees a difference.
pub const TOLERANCE: f64 = 2.0 / 255.0;

/// `<16 hexadecimal digits>.<43 base64url letters>` for one picture.
pub fn of(picture: &[f32]) -> String {
    let bytes: Vec<u8> = projections(picture).iter().flat_map(|p| p.to_le_bytes()).collect();
    format!("{}.{}", hex(&digest(picture)[..HASH_BYTES]), BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// What the fingerprint of a link says about the result here.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    pub verdict: Agreement,
    /// Estimated root mean square difference of the picture.
    pub rms: Option<f64>,
    pub tolerance: f64,
    pub message: Message,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Agreement {
    Exact,
    Close,
    Differs,
    Unreadable,
}

/// What a fingerprint is of, for the sentence about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Picture,
    /// Characters, and the scores of the next one.
    Text,
}

/// What `check`, made elsewhere, says about `picture`.
pub fn compare(check: &str, picture: &[f32], kind: Kind) -> Comparison {
    let Some((hash, theirs)) = read(check) else {
        return answer(Agreement::Unreadable, None, kind);
    };
    if hash == hex(&digest(picture)[..HASH_BYTES]) {
        return answer(Agreement::Exact, Some(0.0), kind);
    }
    let rms = rms_gap(&projections(picture), &theirs);
    let verdict = if rms <= TOLERANCE { Agreement::Close } else { Agreement::Differs };
    answer(verdict, Some(rms), kind)
}

fn answer(verdict: Agreement, rms: Option<f64>, kind: Kind) -> Comparison {
    let gap = rms.unwrap_or_default();
    let (en, zh) = match (verdict, kind) {
        (Agreement::Unreadable, _) => {
            ("The fingerprint in the link cannot be read.".into(), "链接中的指纹无法读取。".into())
        }
        (Agreement::Exact, Kind::Picture) => {
            ("Reproduced: the same picture, bit for bit.".into(), "已复现：与原图逐位相同。".into())
        }
        (Agreement::Exact, Kind::Text) => (
            "Reproduced: the same text, and the scores of the next character bit for bit.".into(),
            "已复现：文字相同，下一个字符的得分逐位相同。".into(),
        ),
        (Agreement::Close, Kind::Picture) => (
            format!(
                "Reproduced within {} (tolerance {}, two shades of a screen).",
                written(gap),
                written(TOLERANCE)
            ),
            format!("已复现：相差 {}（容差 {}，即屏幕的两级灰度）。", written(gap), written(TOLERANCE)),
        ),
        (Agreement::Close, Kind::Text) => (
            format!(
                "Reproduced: the same text, its scores within {} (tolerance {}).",
                written(gap),
                written(TOLERANCE)
            ),
            format!("已复现：文字相同，得分相差 {}（容差 {}）。", written(gap), written(TOLERANCE)),
        ),
        (Agreement::Differs, Kind::Picture) => (
            format!(
                "Differs: about {gap:.2} away from the sender's picture (tolerance {}).",
                written(TOLERANCE)
            ),
            format!("不一致：与分享者的图约差 {gap:.2}（容差 {}）。", written(TOLERANCE)),
        ),
        (Agreement::Differs, Kind::Text) => (
            format!(
                "Differs from what the sender saw, in the text or in the scores (about {gap:.2}; tolerance {}).",
                written(TOLERANCE)
            ),
            format!("与分享者所见不一致：文字或得分不同（约 {gap:.2}，容差 {}）。", written(TOLERANCE)),
        ),
    };
    Comparison { verdict, rms, tolerance: TOLERANCE, message: Message::new("check", en, zh) }
}

fn projections(picture: &[f32]) -> Vec<f32> {
    let scale = 1.0 / (picture.len() as f64).sqrt();
    (0..PROJECTIONS as u32)
        .map(|i| {
            let direction = normals(0, Stream::Fingerprint, i, picture.len());
            let sum: f64 = picture.iter().zip(direction).map(|(x, d)| f64::from(*x) * f64::from(d)).sum();
            (sum * scale) as f32
        })
        .collect()
}

fn read(check: &str) -> Option<(&str, Vec<f32>)> {
    let (hash, sketch) = check.split_once('.')?;
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(sketch).ok()?;
    let numbers: Vec<f32> =
        bytes.chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().expect("four bytes"))).collect();
    let fits = hash.len() == 2 * HASH_BYTES && bytes.len() == 4 * PROJECTIONS;
    (fits && numbers.iter().all(|n| n.is_finite())).then_some((hash, numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_knows_the_same_the_similar_and_the_other() {
        let picture = normals(1, Stream::Check, 0, 64);
        let check = of(&picture);
        assert_eq!(compare(&check, &picture, Kind::Picture).verdict, Agreement::Exact);
        let moved = |by: f32| picture.iter().map(|x| x + by).collect::<Vec<_>>();
        assert_eq!(compare(&check, &moved(1e-4), Kind::Picture).verdict, Agreement::Close);
        assert_eq!(compare(&check, &moved(0.2), Kind::Text).verdict, Agreement::Differs);
        assert_eq!(compare("nonsense", &picture, Kind::Text).verdict, Agreement::Unreadable);
    }

    #[test]
    fn the_estimate_is_about_the_difference() {
        let (x, y) = (normals(1, Stream::Check, 0, 64), normals(1, Stream::Check, 1, 64));
        let truth = rms_gap(&x, &y);
        let rms = compare(&of(&x), &y, Kind::Picture).rms.unwrap();
        // Eight directions: the estimate's own deviation is a quarter of the truth.
        assert!((rms / truth - 1.0).abs() < 0.75, "{rms} for {truth}");
    }
}
