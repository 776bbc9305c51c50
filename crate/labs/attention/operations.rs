//! Which of the visitor's interventions a model of given sizes can undergo.

use crate::attention::intervention::Intervention;
use crate::experiment::{
    Message,
    inputs::surgery::{Operation, Part, left_out},
};
use crate::models::gpt_config::GptConfig;

/// What can be done, and what to say of the rest.
pub fn fitting(operations: &[Operation], config: &GptConfig) -> (Vec<Intervention>, Vec<Message>) {
    let (mut fitting, mut warnings) = (Vec::new(), Vec::new());
    for (i, operation) in operations.iter().enumerate() {
        match refusal(operation, config) {
            None => fitting.push(operation.intervention()),
            Some([en, zh]) => warnings.push(left_out(i + 1, [&en, &zh])),
        }
    }
    (fitting, warnings)
}

/// Why `operation` cannot be done to such a model.
fn refusal(operation: &Operation, config: &GptConfig) -> Option<[String; 2]> {
    use Operation::{Cut, Freeze, Head, Layer, Patch, Set, Token, Window};
    let GptConfig { layers, heads, context, mlp, .. } = config;
    let (layer, head, token) = match operation {
        Head { layer, head } | Freeze { layer, head } | Patch { layer, head, .. } => (*layer, *head, 0),
        Window { layer, head, .. } => (*layer, *head, 0),
        Cut { layer, head, cells } => (*layer, *head, cells.iter().map(|cell| cell[0]).max().unwrap_or(0)),
        Set { layer, head, cell, .. } => (*layer, *head, cell[0]),
        Layer { layer, .. } => (*layer, 0, 0),
        Token { token } => (0, 0, *token),
    };
    if layer > *layers {
        return Some([
            format!("the model has {layers} layers, not {layer}"),
            format!("模型只有 {layers} 层，没有第 {layer} 层"),
        ]);
    }
    if head > *heads {
        return Some([
            format!("a layer has {heads} heads, not {head}"),
            format!("每层只有 {heads} 个头，没有第 {head} 个"),
        ]);
    }
    if token > *context {
        return Some([
            format!("the model holds {context} characters in mind, so there is no position {token}"),
            format!("模型最多记得 {context} 个字符，没有第 {token} 个位置"),
        ]);
    }
    let no_mlp = *mlp == 0 && matches!(operation, Layer { part: Part::Mlp, .. });
    no_mlp.then(|| ["this model has attention only".into(), "这个模型只有注意力".into()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_model_does_not_have_is_named() {
        let config = GptConfig { mlp: 0, ..GptConfig::w4() };
        let operations = [
            Operation::Head { layer: 3, head: 1 },
            Operation::Head { layer: 2, head: 5 },
            Operation::Token { token: 65 },
            Operation::Cut { layer: 0, head: 0, cells: vec![[2, 1], [70, 1]] },
            Operation::Layer { layer: 1, part: Part::Mlp },
            Operation::Set { layer: 1, head: 1, cell: [64, 1], value: 1.0 },
        ];
        let (fitting, said) = fitting(&operations, &config);
        assert_eq!(fitting.len(), 1);
        for (said, words) in
            said.iter().zip(["2 layers", "4 heads", "position 65", "position 70", "attention only"])
        {
            assert!(said.en.contains(words), "{}", said.en);
        }
        assert_eq!(said.len(), 5);
    }
}
