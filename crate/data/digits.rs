//! 1,797 handwritten digits of 8x8 pixels: small enough for a page, hard enough to need a model.
//!
//! E. Alpaydin, C. Kaynak: "Optical Recognition of Handwritten Digits", UCI Machine Learning Repository,
//! 1998, <https://doi.org/10.24432/C50P49>, CC BY 4.0. The last 360, by other writers, are held out.

/// Height and width.
pub const SIZE: usize = 8;
/// Numbers a picture.
pub const PIXELS: usize = SIZE * SIZE;
/// How many pictures at the end of the file are kept from training.
pub const HELD_OUT: usize = 360;

/// The held-out pictures, then their labels: bytes. Made by `chailou train digits --pack` from the table.
static PACKED: &[u8; HELD_OUT * (PIXELS + 1)] = include_bytes!("digits-held-out.bin");

/// Pictures with their labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Digits {
    /// [n · 64], ink from 0 to 16.
    pub ink: Vec<u8>,
    /// [n], 0 to 9.
    pub labels: Vec<u8>,
}

/// Why a table of digits cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line} of the digits is not 64 numbers from 0 to 16 and a label from 0 to 9")]
pub struct BadLine {
    line: usize,
}

/// Ink 0..=16 to a pixel from −1 (paper) to 1 (ink).
pub fn pixel(ink: u8) -> f32 {
    f32::from(ink) / 8.0 - 1.0
}

impl Digits {
    /// The pictures that no model was trained on.
    pub fn held_out() -> Self {
        let (ink, labels) = PACKED.split_at(HELD_OUT * PIXELS);
        Self { ink: ink.to_vec(), labels: labels.to_vec() }
    }

    /// Reads comma-separated lines of 64 inks and a label.
    pub fn parse(table: &str) -> Result<Self, BadLine> {
        let mut digits = Self { ink: Vec::new(), labels: Vec::new() };
        for (index, line) in table.lines().enumerate() {
            let numbers: Option<Vec<u8>> = line.split(',').map(|n| n.trim().parse().ok()).collect();
            match numbers.as_deref().and_then(|n| n.split_last()) {
                Some((&label @ 0..=9, ink)) if ink.len() == PIXELS && ink.iter().all(|&v| v <= 16) => {
                    digits.ink.extend(ink);
                    digits.labels.push(label);
                }
                _ => return Err(BadLine { line: index + 1 }),
            }
        }
        Ok(digits)
    }

    /// (what is trained on, the last [`HELD_OUT`]).
    pub fn split(mut self) -> (Self, Self) {
        let kept = self.len().saturating_sub(HELD_OUT);
        let held_out = Self { ink: self.ink.split_off(kept * PIXELS), labels: self.labels.split_off(kept) };
        (self, held_out)
    }

    pub fn len(&self) -> usize {
        self.labels.len()
    }

    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Picture `index`, 64 pixels from −1 to 1.
    pub fn picture(&self, index: usize) -> Vec<f32> {
        self.ink[index * PIXELS..][..PIXELS].iter().map(|&ink| pixel(ink)).collect()
    }

    /// All pictures one after another, [n · 64].
    pub fn pixels(&self) -> Vec<f32> {
        self.ink.iter().map(|&ink| pixel(ink)).collect()
    }

    /// The bytes that [`Self::held_out`] reads.
    pub fn packed(&self) -> Vec<u8> {
        [self.ink.as_slice(), self.labels.as_slice()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packed_pictures_are_the_tail_of_the_table() {
        let (train, held_out) = Digits::parse(include_str!("digits.csv")).unwrap().split();
        assert_eq!((train.len(), held_out.len()), (1437, HELD_OUT));
        assert_eq!(Digits::held_out(), held_out);
        assert_eq!(held_out.packed(), PACKED);
    }

    #[test]
    fn paper_is_minus_one_and_ink_is_one() {
        assert_eq!([pixel(0), pixel(8), pixel(16)], [-1.0, 0.0, 1.0]);
    }

    #[test]
    fn a_bad_line_is_named() {
        let good = format!("{}7\n", "3,".repeat(64));
        assert_eq!(Digits::parse(&good).unwrap().labels, [7]);
        for bad in ["", "1,2,3", &good.replacen('3', "17", 1), &good.replacen('7', "10", 1)] {
            let error = Digits::parse(&format!("{good}{bad}\n")).unwrap_err();
            assert!(error.to_string().starts_with("line 2 of the digits"), "{error}");
        }
    }
}
