//! What a visitor may give beside the settings: one file an input, and one line in the list below.

pub mod expressions;
pub mod forks;
pub mod form;
pub mod outline;
pub mod paint;
pub mod pixels;
pub mod points;
pub mod prompt;
pub mod rows;
pub mod surgery;
pub mod text;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{message::Message, parameter::Parameter};
use form::{Form, Place};

/// Makes of a list of inputs (its name, its field, its form) everything that must know all of them.
macro_rules! register {
    ($($name:ident $field:ident: $form:ty;)*) => {
        /// An input, by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Input { $($name),* }

        impl Input {
            /// In the order in which they are checked.
            pub const ALL: &[Input] = &[$(Input::$name),*];

            pub fn key(self) -> &'static str {
                match self { $(Input::$name => <$form>::KEY),* }
            }

            pub fn place(self) -> Place {
                match self { $(Input::$name => <$form>::PLACE),* }
            }
        }

        /// What was given, valid; the default is nothing.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Inputs { $(pub $field: <$form as Form>::Value),* }

        /// An experiment as links, pages and other programs write it; nothing in it is trusted.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Draft {
            pub lab: String,
            pub values: BTreeMap<String, Json>,
            pub at: Option<f64>,
            pub check: Option<String>,
            $(pub $field: <$form as Form>::Draft),*
        }

        impl Inputs {
            /// What of `draft` can be used by a lab that `takes` some of the inputs; the rest is named.
            pub fn accept(
                draft: &Draft,
                takes: impl Fn(Input) -> bool,
                changeable: &[&'static Parameter],
                said: &mut Vec<Message>,
            ) -> Self {
                let mut inputs = Self::default();
                $(if is_given(&draft.$field) {
                    if takes(Input::$name) {
                        inputs.$field = <$form>::accept(&draft.$field, changeable, said);
                    } else {
                        said.push(Message::not_a_setting(<$form>::KEY));
                    }
                })*
                inputs
            }

            /// As they are written; nothing else is in the draft.
            pub fn draft(&self) -> Draft {
                Draft { $($field: <$form>::write(&self.$field),)* ..Draft::default() }
            }

            /// Only those that are `wanted`.
            pub fn only(&self, wanted: impl Fn(Input) -> bool) -> Self {
                let mut inputs = self.clone();
                $(if !wanted(Input::$name) { inputs.$field = Default::default(); })*
                inputs
            }

            /// Cuts something off that makes a link shorter, and says so; `None` if there is nothing to cut.
            pub fn shorten(&mut self) -> Option<Message> {
                $(if let Some(message) = <$form>::shorten(&mut self.$field) { return Some(message); })*
                None
            }
        }

        impl Draft {
            /// What was given, as it travels.
            pub fn given(&self) -> Vec<(Input, Vec<u8>)> {
                let mut given = Vec::new();
                $(if is_given(&self.$field) {
                    given.push((Input::$name, <$form>::to_bytes(&self.$field)));
                })*
                given
            }

            /// Takes `input` from the bytes that it travelled as; `None` if they are damaged.
            pub fn take(&mut self, input: Input, bytes: &[u8]) -> Option<()> {
                match input { $(Input::$name => self.$field = <$form>::from_bytes(bytes)?),* }
                Some(())
            }
        }
    };
}

fn is_given<D: Default + PartialEq>(draft: &D) -> bool {
    *draft != D::default()
}

register! {
    Pixels pixels: pixels::Pixels;
    Points points: points::Points;
    Forks forks: forks::Forks;
    Prompt prompt: prompt::Prompt;
    Text text: text::Text;
    Surgery surgery: surgery::Surgery;
    Expressions expressions: expressions::Expressions;
    Outline r#loop: outline::Outline;
    Paint paint: paint::Paint;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_every_tag_is_there_once_and_the_draft_uses_the_keys() {
        let json = serde_json::to_value(Draft::default()).unwrap();
        let (mut keys, mut tags) = (Vec::new(), Vec::new());
        for input in Input::ALL {
            assert!(json.get(input.key()).is_some(), "{input:?} is not {} in a draft", input.key());
            assert!(!keys.contains(&input.key()), "{} stands twice", input.key());
            keys.push(input.key());
            if let Place::Packed(tag) = input.place() {
                assert!(tag > 0 && !tags.contains(&tag), "tag {tag} of {input:?}");
                tags.push(tag);
            }
        }
    }
}
