//! A readout: a measured number beside what theory expects of it, and the verdict.

use serde::Serialize;

use crate::experiment::{Text, parameter::Reference};

/// How a value has to stand to what is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// |value − expected| ≤ tolerance.
    Equals,
    /// value < expected.
    Below,
    /// value > expected.
    Above,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Holds,
    Fails,
    /// Not measured yet.
    Open,
}

/// One sentence in both languages that can carry numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    pub en: String,
    pub zh: String,
}

/// "This claim, here, now, with these settings."
#[derive(Clone, Debug, Serialize)]
pub struct Readout {
    pub id: &'static str,
    pub title: Text,
    /// `None` while it has not been measured.
    pub value: Option<f64>,
    pub expected: Option<f64>,
    pub tolerance: Option<f64>,
    pub relation: Relation,
    pub unit: &'static str,
    pub verdict: Verdict,
    pub note: Note,
    pub reference: Reference,
}

/// What is fixed about a claim.
pub struct Claim {
    pub id: &'static str,
    pub title: Text,
    pub unit: &'static str,
    pub reference: Reference,
}

impl Claim {
    /// |value − expected| ≤ tolerance.
    pub fn equals(self, value: Option<f64>, expected: f64, tolerance: f64, note: Note) -> Readout {
        self.judge(value, Relation::Equals, expected, Some(tolerance), note)
    }

    /// value < bound.
    pub fn below(self, value: Option<f64>, bound: f64, note: Note) -> Readout {
        self.judge(value, Relation::Below, bound, None, note)
    }

    /// value > bound.
    pub fn above(self, value: Option<f64>, bound: f64, note: Note) -> Readout {
        self.judge(value, Relation::Above, bound, None, note)
    }

    fn judge(
        self,
        value: Option<f64>,
        relation: Relation,
        expected: f64,
        tolerance: Option<f64>,
        note: Note,
    ) -> Readout {
        let holds = value.map(|value| match relation {
            Relation::Equals => (value - expected).abs() <= tolerance.unwrap_or(0.0),
            Relation::Below => value < expected,
            Relation::Above => value > expected,
        });
        let verdict = match holds {
            None => Verdict::Open,
            Some(true) => Verdict::Holds,
            Some(false) => Verdict::Fails,
        };
        let Claim { id, title, unit, reference } = self;
        Readout {
            id,
            title,
            value,
            expected: Some(expected),
            tolerance,
            relation,
            unit,
            verdict,
            note,
            reference,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::parameter::text;

    fn verdict(make: impl FnOnce(Claim) -> Readout) -> Verdict {
        let reference = Reference { title: "", href: "" };
        make(Claim { id: "", title: text("", ""), unit: "", reference }).verdict
    }

    fn note() -> Note {
        Note { en: String::new(), zh: String::new() }
    }

    #[test]
    fn a_claim_holds_fails_or_is_open() {
        assert_eq!(verdict(|c| c.equals(Some(1.1), 1.0, 0.2, note())), Verdict::Holds);
        assert_eq!(verdict(|c| c.equals(Some(1.3), 1.0, 0.2, note())), Verdict::Fails);
        assert_eq!(verdict(|c| c.equals(Some(f64::NAN), 1.0, 0.2, note())), Verdict::Fails);
        assert_eq!(verdict(|c| c.equals(None, 1.0, 0.2, note())), Verdict::Open);
        assert_eq!(verdict(|c| c.below(Some(0.1), 0.05, note())), Verdict::Fails);
        assert_eq!(verdict(|c| c.above(Some(0.1), 0.05, note())), Verdict::Holds);
    }
}
