//! What a user, a damaged file or a device can make go wrong in a session.

use thiserror::Error;

#[derive(Debug, Error)]
pub enum SessionError {
    #[error("this lab needs the model \"{0}\" and was opened without its weights")]
    NoWeights(&'static str),
    #[error("the model's weights cannot be used: {0}")]
    BadWeights(#[source] Box<dyn std::error::Error>),
    #[error(
        "this lab has no network that a file could replace; files run in the labs of pictures, points and attention"
    )]
    NothingToReplace,
    #[error("the file holds a model of other pictures than the {0} of this lab")]
    WrongModel(&'static str),
    #[error("{what} became {value} at t = {time}; go back a step, or lower the guidance or the slope")]
    NotFinite { what: &'static str, value: f32, time: usize },
    #[error(
        "the model's numbers became {value} at character {position}; take back the last intervention, or train at a lower rate"
    )]
    Unreadable { value: f32, position: usize },
    #[error(transparent)]
    Training(Box<dyn std::error::Error>),
    #[error("the device gave no numbers back: {0}")]
    Device(String),
    #[error("there is no frame called \"{0}\"")]
    UnknownFrame(String),
    #[error("the frame \"{frame}\" is made while the view is \"{view}\"")]
    OtherView { frame: &'static str, view: &'static str },
    #[error("the frame \"{0}\" is made by the network, which is not here yet")]
    NotYet(String),
    #[error("this lab needs a network, which this engine cannot run")]
    NoNetworks,
    #[error("this lab belongs to the engine of mathematics, which this one is not")]
    NoMaths,
    #[error("this lab has no task called \"{0}\"")]
    UnknownTask(String),
    #[error("the handed-over session belongs to another experiment or is damaged")]
    ForeignSnapshot,
}

/// `values` if all of them are finite, else what became of `what` at time `time`.
pub fn finite(what: &'static str, values: &[f32], time: usize) -> Result<(), SessionError> {
    match values.iter().find(|value| !value.is_finite()) {
        Some(&value) => Err(SessionError::NotFinite { what, value, time }),
        None => Ok(()),
    }
}
