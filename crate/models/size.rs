//! Sizes that no network can have, and how they are found out.

/// Sizes that no network can have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the network's {what} is {found}, but must be {wanted}")]
pub struct SizeError {
    pub(super) what: &'static str,
    pub(super) found: String,
    pub(super) wanted: String,
}

pub(crate) fn within(what: &'static str, found: usize, least: usize, most: usize) -> Result<(), SizeError> {
    let error = || SizeError { what, found: found.to_string(), wanted: format!("{least} to {most}") };
    (least..=most).contains(&found).then_some(()).ok_or_else(error)
}

pub(crate) fn multiple(what: &'static str, found: usize, of: usize) -> Result<(), SizeError> {
    let error = || SizeError { what, found: found.to_string(), wanted: format!("a multiple of {of}") };
    found.is_multiple_of(of).then_some(()).ok_or_else(error)
}
