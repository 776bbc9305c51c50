//! The settings of a run, read from an experiment once.

use super::operations;
use crate::attention::intervention::Intervention;
use crate::experiment::{Experiment, Message, inputs::Input};
use crate::labs::letters::Letters;
use crate::math::decoding::Decoding;
use crate::models::gpt_config::GptConfig;

/// Of a prompt that is too long at least so much stays, however much is to be written.
const LEAST_PROMPT: usize = 32;

/// Everything that a session needs to know.
pub struct Settings {
    pub config: GptConfig,
    /// What the model reads first, at least one character.
    pub prompt: Letters,
    /// Most characters that are to be written.
    pub tokens: usize,
    pub decoding: Decoding,
    pub seed: u64,
    /// What is done to the model, as far as it has such parts.
    pub surgery: Vec<Intervention>,
    /// The head looked at, from 0.
    pub layer: usize,
    pub head: usize,
    /// The position looked at, from 1; 0 is the newest.
    pub token: usize,
    pub warnings: Vec<Message>,
}

impl Settings {
    /// For a model of sizes `config`, which begins with `default` where the visitor wrote nothing.
    pub fn of(experiment: &Experiment, config: GptConfig, default: &str) -> Self {
        let tokens = experiment.integer("tokens");
        let (prompt, mut warnings) = prompt(experiment.inputs.prompt.as_deref(), default, tokens, &config);
        let (surgery, more) = operations::fitting(&experiment.inputs.surgery, &config);
        warnings.extend(more);
        warnings.extend(surgery.iter().filter_map(|one| match one {
            Intervention::Patch { prompt, .. } => {
                Letters::of(prompt, &config.vocabulary).warning(Input::Surgery.key())
            }
            _ => None,
        }));
        let mut looked_at = |key: &str, many: usize, what: [&str; 2]| {
            let wanted = experiment.integer(key);
            if wanted > many {
                warnings.push(no_such_part(key, wanted, many, what));
            }
            wanted.min(many) - 1
        };
        let layer = looked_at("layer", config.layers, ["layers", "层"]);
        let head = looked_at("head", config.heads, ["heads a layer", "个头（每层）"]);
        Self {
            prompt,
            tokens,
            decoding: Decoding {
                temperature: experiment.number("temperature"),
                top_k: experiment.integer("top_k"),
                top_p: experiment.number("top_p"),
            },
            seed: experiment.seed("seed"),
            surgery,
            layer,
            head,
            token: experiment.integer("token"),
            warnings,
            config,
        }
    }

    /// The number of heads in all layers.
    pub fn heads(&self) -> usize {
        self.config.layers * self.config.heads
    }

    /// The number of the head looked at among them.
    pub fn number(&self) -> usize {
        self.layer * self.config.heads + self.head
    }

    /// How many characters are written at most: what was asked for, as far as the context reaches.
    pub fn length(&self) -> usize {
        self.tokens.min(self.config.context - self.prompt.tokens.len())
    }
}

/// What to say when a part of the model is asked for that it lacks.
fn no_such_part(key: &str, wanted: usize, many: usize, [en, zh]: [&str; 2]) -> Message {
    Message::new(
        key,
        format!("{key}: this model has {many} {en}, not {wanted}; number {many} is shown."),
        format!("{key}：这个模型只有 {many} {zh}，没有第 {wanted} 个，显示第 {many} 个。"),
    )
}

/// What the model reads first: what was written, or `default`.
fn prompt(
    written: Option<&str>,
    default: &str,
    tokens: usize,
    config: &GptConfig,
) -> (Letters, Vec<Message>) {
    let mut warnings = Vec::new();
    let stand_in = if config.vocabulary.contains(&'\n') { "\n" } else { default };
    let text = match written {
        None => default,
        Some("") => {
            let (en, zh) = match stand_in {
                "\n" => ("a line end".to_owned(), "一个换行".to_owned()),
                other => (format!("\"{other}\""), format!("“{other}”")),
            };
            warnings.push(Message::new(
                Input::Prompt.key(),
                format!("The prompt is empty; the model begins after {en}."),
                format!("提示为空，模型从{zh}之后开始。"),
            ));
            stand_in
        }
        Some(text) => text,
    };
    let mut letters = Letters::of(text, &config.vocabulary);
    let (count, room) = (letters.tokens.len(), config.context - 1);
    if count > room {
        let kept = LEAST_PROMPT.max(config.context.saturating_sub(tokens)).min(room);
        letters.keep_last(kept);
        warnings.push(Message::new(
            Input::Prompt.key(),
            format!(
                "The model holds {} characters in mind; of the prompt's {count} it reads the last {kept}.",
                config.context
            ),
            format!("模型最多记得 {} 个字符；提示有 {count} 个，只读最后 {kept} 个。", config.context),
        ));
    }
    warnings.extend(letters.warning(Input::Prompt.key()));
    (letters, warnings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> GptConfig {
        GptConfig { context: 64, ..GptConfig::w4() }
    }

    #[test]
    fn a_prompt_is_cut_so_that_there_is_room_to_write() {
        let long = "x".repeat(1000);
        for (tokens, kept) in [(80, 32), (1, 63), (20, 44)] {
            let (letters, said) = prompt(Some(&long), "a", tokens, &config());
            assert_eq!((letters.tokens.len(), said.len()), (kept, 1), "{tokens}");
            assert!(said[0].en.contains("1000") && said[0].en.contains(&format!("last {kept}")));
        }
        // What just fits stays whole, though little can be written then.
        let (letters, said) = prompt(Some(&long[..63]), "a", 80, &config());
        assert_eq!((letters.tokens.len(), said.len()), (63, 0));
        let small = GptConfig { context: 16, ..config() };
        assert_eq!(prompt(Some(&long), "a", 80, &small).0.tokens.len(), 15);
    }

    #[test]
    fn an_empty_prompt_is_a_line_end() {
        let (letters, said) = prompt(Some(""), "abc", 80, &config());
        assert_eq!(letters.tokens, [config().token('\n').unwrap()]);
        assert!(said[0].en.contains("empty") && !letters.replaced[0]);
        let digits = GptConfig { vocabulary: "0123".chars().collect(), ..config() };
        let (letters, said) = prompt(Some(""), "31", 80, &digits);
        assert_eq!((letters.tokens, said.len()), (vec![3, 1], 1));
        assert!(prompt(None, "31", 80, &digits).1.is_empty());
    }
}
