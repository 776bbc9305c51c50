//! A text of the visitor's: to learn from, or to be read by networks that have learnt from another.

use super::settings::View;
use crate::data::{
    letters::{Letters, LettersError},
    tasks::own::Text,
};
use crate::experiment::{Experiment, Message, inputs::Input};
use crate::train::small::reader::STRETCH;

/// What is read and learnt from where the visitor brought a text that is long enough, and what is to be said of it.
pub struct Own {
    pub letters: Option<Letters>,
    pub warning: Option<Message>,
}

/// The visitor's text, if there is one; `shipped` is what is read otherwise, in the characters of the networks that ship.
pub fn own(experiment: &Experiment, view: View, shipped: &Letters) -> Own {
    let text = experiment.inputs.text.as_deref().filter(|text| !text.trim().is_empty());
    match (text, view) {
        (Some(text), View::Train) => to_learn(text, experiment.integer("short")),
        (Some(text), View::Measured) => to_read(text, shipped),
        _ => Own { letters: None, warning: None },
    }
}

/// In its own characters, the rarest of very many as one sign.
fn to_learn(text: &str, short: usize) -> Own {
    let Text { vocabulary, tokens } = Text::new(text);
    match Letters::of_places(vocabulary, tokens, STRETCH * short + 1) {
        Ok(letters) => Own { letters: Some(letters), warning: None },
        Err(LettersError::Short { found, wanted }) => Own {
            letters: None,
            warning: Some(message(
                format!(
                    "Your text has {found} characters and {wanted} are needed to learn from and to be measured on: paste more, or let the networks learn from shorter texts. Until then they learn from Shakespeare."
                ),
                format!(
                    "你的文字有 {found} 个字符，学习与测量共需 {wanted} 个：请多贴一些，或让网络学更短的文本。在此之前它们学莎士比亚。"
                ),
            )),
        },
        Err(LettersError::Unknown(_)) => unreachable!("every place is one of its own vocabulary"),
    }
}

/// In the characters of the networks that ship; others are left out. All of it is read, nothing is learnt.
fn to_read(text: &str, shipped: &Letters) -> Own {
    let place = |letter: char| shipped.vocabulary.iter().position(|known| *known == letter);
    let held_out: Vec<usize> = text.chars().filter_map(place).collect();
    let lost = text.chars().count() - held_out.len();
    let wanted = STRETCH * 64 + 1;
    if held_out.len() < wanted {
        let found = held_out.len();
        return Own {
            letters: None,
            warning: Some(message(
                format!(
                    "Your text has {found} characters that these networks know and {wanted} are needed: they read English letters and common marks. Until then the held-out text is read."
                ),
                format!(
                    "你的文字里这些网络认识的字符有 {found} 个，需要 {wanted} 个：它们只认英文字母与常用标点。在此之前读的是留出文本。"
                ),
            )),
        };
    }
    let warning = (lost > 0).then(|| {
        message(
            format!("{lost} characters of your text are unknown to these networks and left out."),
            format!("你的文字里有 {lost} 个字符是这些网络不认识的，已略去。"),
        )
    });
    Own { letters: Some(Letters { held_out, ..shipped.clone() }), warning }
}

fn message(en: String, zh: String) -> Message {
    Message::new(Input::Text.key(), en, zh)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Letters {
        Letters::parse(&"the quick brown fox. ".repeat(20), 8).unwrap()
    }

    #[test]
    fn a_text_is_learnt_in_its_own_characters_and_the_end_of_it_is_held_out() {
        let text = "拆楼建楼，".repeat(110);
        let Own { letters, warning } = to_learn(&text, 32);
        let letters = letters.unwrap();
        assert!(warning.is_none());
        assert_eq!((letters.training.len(), letters.held_out.len()), (550 - 257, 257));
        assert!(letters.vocabulary.contains(&'楼'));
        let Own { letters, warning } = to_learn(&text, 64);
        assert!(letters.is_none() && warning.unwrap().en.contains("1026"));
    }

    #[test]
    fn a_text_is_read_in_the_characters_of_the_networks() {
        let text = "the fox 狐. ".repeat(60);
        let Own { letters, warning } = to_read(&text, &shipped());
        let letters = letters.unwrap();
        assert_eq!(letters.held_out.len(), 60 * 10);
        assert_eq!(letters.training, shipped().training);
        assert!(warning.unwrap().en.starts_with("60 characters"));
        let Own { letters, warning } = to_read("狐", &shipped());
        assert!(letters.is_none() && warning.unwrap().zh.contains("513"));
    }
}
