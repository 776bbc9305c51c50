//! Values as they are written for many runs: `1,1.3,2`, `1..200`, `0..1:0.25`.

use std::ops::RangeInclusive;

/// Most digits behind the point that a range has.
const DECIMALS: RangeInclusive<usize> = 0..=15;

/// One value, or evenly spaced ones, both ends included.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    One(String),
    /// Whole numbers.
    Whole {
        first: u64,
        count: u128,
        step: u64,
    },
    /// Decimal numbers with so many digits behind the point.
    Decimal {
        first: f64,
        count: u128,
        step: f64,
        digits: usize,
    },
}

impl Part {
    /// How many values it stands for.
    pub fn count(&self) -> u128 {
        match self {
            Part::One(_) => 1,
            Part::Whole { count, .. } | Part::Decimal { count, .. } => *count,
        }
    }

    /// Value `i` as a link would hold it.
    pub fn written(&self, i: usize) -> String {
        match *self {
            Part::One(ref value) => value.clone(),
            Part::Whole { first, step, .. } => (first + step * i as u64).to_string(),
            Part::Decimal { first, step, digits, .. } => {
                // Written with the digits that it was given with, so that 0..1:0.1 has 0.3 and not 0.30000000000000004.
                let value: f64 =
                    format!("{:.digits$}", first + step * i as f64).parse().expect("a decimal number");
                (value + 0.0).to_string()
            }
        }
    }
}

/// The parts of a list; an `Err` is the part that is none, and why.
pub fn parts(list: &str) -> Result<Vec<Part>, String> {
    list.split(',').map(|part| read(part.trim())).collect()
}

fn read(part: &str) -> Result<Part, String> {
    let Some((first, rest)) = part.split_once("..") else {
        return if part.is_empty() {
            Err("a value is missing".into())
        } else {
            Ok(Part::One(part.to_owned()))
        };
    };
    let (last, step) = rest.split_once(':').unwrap_or((rest, "1"));
    // A range is also written 1..=200.
    let last = last.strip_prefix('=').unwrap_or(last);
    let wrong = |why: &str| {
        format!("\"{part}\" {why}; a range is FIRST..LAST or FIRST..LAST:STEP, both ends included")
    };
    if let (Ok(first), Ok(last), Ok(step)) = (first.parse::<u64>(), last.parse::<u64>(), step.parse::<u64>())
    {
        return match last.checked_sub(first) {
            _ if step == 0 => Err(wrong("has a step of 0")),
            None => Err(wrong("ends before it begins")),
            Some(width) => Ok(Part::Whole { first, count: u128::from(width / step) + 1, step }),
        };
    }
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    let (Some(low), Some(high), Some(width)) = (number(first), number(last), number(step)) else {
        return Err(wrong("is no range of numbers"));
    };
    if width <= 0.0 {
        return Err(wrong("needs a step above 0"));
    }
    if high < low {
        return Err(wrong("ends before it begins"));
    }
    let behind = |text: &str| text.split_once('.').map_or(0, |(_, digits)| digits.len());
    let digits = behind(first).max(behind(step));
    if first.contains(['e', 'E']) || step.contains(['e', 'E']) || !DECIMALS.contains(&digits) {
        return Err(wrong("is written with an exponent or with too many digits"));
    }
    // A last value that is a rounding error away is meant.
    let count = ((high - low) / width + 1e-9).floor() as u128 + 1;
    Ok(Part::Decimal { first: low, count, step: width, digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(list: &str) -> Vec<String> {
        let parts = parts(list).unwrap();
        parts.iter().flat_map(|part| (0..part.count() as usize).map(|i| part.written(i))).collect()
    }

    #[test]
    fn lists_and_ranges_are_what_one_would_write_out() {
        assert_eq!(all("ddim"), ["ddim"]);
        assert_eq!(all("1, 1.3,2"), ["1", "1.3", "2"]);
        assert_eq!(all("1..4"), ["1", "2", "3", "4"]);
        assert_eq!(all("1..=10:4,20"), ["1", "5", "9", "20"]);
        assert_eq!(all("0..1:0.1").len(), 11);
        assert_eq!(all("0..0.5:0.1"), ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(all("-1..1:0.5"), ["-1", "-0.5", "0", "0.5", "1"]);
    }

    #[test]
    fn what_is_no_range_is_named() {
        for (list, why) in [
            ("1..200:0", "step of 0"),
            ("5..1", "ends before"),
            ("1,,2", "missing"),
            ("", "missing"),
            ("a..b", "no range"),
            ("0..1:-0.5", "above 0"),
            ("1e-3..1:1e-3", "exponent"),
            ("0..nan:1", "no range"),
        ] {
            assert!(parts(list).unwrap_err().contains(why), "{list}: {:?}", parts(list));
        }
        assert_eq!(parts("0..18446744073709551615").unwrap()[0].count(), 1 << 64);
    }
}
