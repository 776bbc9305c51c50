//! What an input is to everybody who handles it: links, drafts, experiments.

use crate::experiment::{message::Message, parameter::Parameter};

/// Where an input stands in a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// As `key=text`, for people to read.
    Readable,
    /// Within `z`, under this tag.
    Packed(u8),
}

/// How an input is read, checked, bounded and written. The default of a draft or of a value is that nothing was given.
pub trait Form {
    /// Its name in drafts, in messages and, if it is readable, in links.
    const KEY: &'static str;
    const PLACE: Place;
    /// As links and programs write it; nothing in it is trusted.
    type Draft;
    /// Valid, as far as can be told without the lab.
    type Value;

    /// What of `draft` can be used, as a link would hold it; the rest is named. `changeable` are the parameters that
    /// may differ within one experiment.
    fn accept(draft: &Self::Draft, changeable: &[&'static Parameter], said: &mut Vec<Message>)
    -> Self::Value;

    /// The reverse of [`Form::accept`].
    fn write(value: &Self::Value) -> Self::Draft;

    /// As it travels in a link: canonical, and text if it is readable.
    fn to_bytes(draft: &Self::Draft) -> Vec<u8>;

    /// The reverse of [`Form::to_bytes`]; `None` if the bytes are damaged.
    fn from_bytes(bytes: &[u8]) -> Option<Self::Draft>;

    /// Cuts something off that makes a link shorter, and says so; `None` if nothing is to be cut.
    fn shorten(_value: &mut Self::Value) -> Option<Message> {
        None
    }
}
