//! Networks that are taken along: files with PyTorch's names and shapes that say what they hold, and what the network answered to an example,
//! so that whoever loads one elsewhere can see that it is the same.

use serde_json::{Value as Json, json};

use super::small::{reader::Network, sublayers::Stacked};
use super::tensors::{CONFIG, CheckpointError, HostTensor, Precision, Tensors};
use crate::attention::{
    mixing::{Kernel, Mixing, Sight},
    position::Position,
};
use crate::diffusion::{prediction::Prediction, schedule::Schedule};
use crate::models::{
    fused_gpt::gradient::{Layout, answer},
    fused_mlp::{COUNT, FusedMlp, SIZES, time_features},
    gpt_config::GptConfig,
    sublayers::{Part, Residual},
};

/// The metadata key of what kind of network it is.
const KIND: &str = "network";
/// The metadata key of how its heads mix.
const MIXING: &str = "mixing";
/// The metadata key of what it was asked and what it said.
const EXAMPLE: &str = "example";
/// The metadata key of the training steps that it has behind it.
const STEPS: &str = "steps";

/// A file of `kind`: `said` are metadata besides, `weights` a row in which the tensors lie as `shapes` says.
fn file(
    kind: &str,
    steps: usize,
    said: &[(&str, Json)],
    shapes: &[(String, Vec<usize>)],
    weights: &[f32],
) -> Vec<u8> {
    let mut rest = weights;
    let tensor = |(name, shape): &(String, Vec<usize>)| {
        let (values, after) = rest.split_at(shape.iter().product());
        rest = after;
        (name.clone(), HostTensor { shape: shape.clone(), values: values.to_vec() })
    };
    let by_name = shapes.iter().map(tensor).collect();
    let text = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut metadata: std::collections::BTreeMap<_, _> =
        said.iter().map(|(key, value)| ((*key).to_owned(), text(value))).collect();
    metadata.extend([("format", "pt"), (KIND, kind)].map(|(key, value)| (key.to_owned(), value.to_owned())));
    metadata.insert(STEPS.to_owned(), steps.to_string());
    Tensors { metadata, by_name }.write(Precision::Single)
}

/// Names and shapes of the network for points of the plane, as its weights lie.
fn mlp_shapes() -> Vec<(String, Vec<usize>)> {
    let layer = |(l, pair): (usize, &[usize])| {
        [(format!("l{l}.weight"), vec![pair[1], pair[0]]), (format!("l{l}.bias"), vec![pair[1]])]
    };
    SIZES.windows(2).enumerate().flat_map(layer).collect()
}

/// The network for points of the plane, that answers with `target` and was trained on `schedule`.
pub fn mlp(weights: &[f32], steps: usize, target: Prediction, schedule: &Schedule) -> Vec<u8> {
    let last = schedule.steps();
    let x: Vec<[f32; 2]> = (0..8).map(|i| [0.4 * i as f32 - 1.4, 1.0 - 0.3 * i as f32]).collect();
    let t: Vec<usize> = (0..8).map(|i| 1 + i * (last - 1) / 7).collect();
    let seen = x.iter().zip(&t).flat_map(|(x, t)| [x.to_vec(), time_features(*t as f64, last)].concat());
    let answer = FusedMlp::new(&SIZES, weights).answer(seen.collect());
    let answer: Vec<_> = answer.chunks_exact(2).collect();
    let levels: Vec<[f64; 2]> = (0..=last).map(|t| schedule.level(t as f64)).map(|l| [l.a, l.b]).collect();
    let said = [
        (CONFIG, json!({ "sizes": SIZES, "predicts": target.id(), "steps": last })),
        ("levels", json!(levels)),
        (EXAMPLE, json!({ "x": x, "t": t, "answer": answer })),
    ];
    file("mlp", steps, &said, &mlp_shapes(), weights)
}

/// The weights of a network for points of the plane that a visitor brings, as they lie here.
pub fn mlp_brought(bytes: &[u8], target: Prediction) -> Result<Vec<f32>, CheckpointError> {
    let mut tensors = Tensors::brought(bytes)?;
    if let Some(config) = tensors.metadata.get(CONFIG) {
        let config: Json =
            serde_json::from_str(config).map_err(|error| CheckpointError::Metadata(error.to_string()))?;
        let predicts = config["predicts"].as_str().unwrap_or(target.id());
        if predicts != target.id() {
            let wanted = target.id();
            return Err(CheckpointError::Metadata(format!(
                "it answers with {predicts:?}, and the lab asks for {wanted:?}; choose that as the target"
            )));
        }
    }
    let mut weights = Vec::with_capacity(COUNT);
    for (name, shape) in mlp_shapes() {
        weights.extend(tensors.take(&name, &shape)?);
    }
    tensors.expect_empty()?;
    Ok(weights)
}

/// How heads mix, in words that a script of any language reads.
fn mixing(mixing: &Mixing) -> Json {
    let (kernel, lambda) = match mixing.kernel {
        Kernel::Softmax => ("softmax", None),
        Kernel::Elu1 => ("elu1", None),
        Kernel::Relu2 => ("relu2", None),
        Kernel::Decay(lambda) => ("decay", Some(lambda)),
    };
    let sight = |sight: &Sight| match sight {
        Sight::Past => json!(["past"]),
        Sight::Later => json!(["later"]),
        Sight::Both => json!(["both"]),
        Sight::Prefix(n) => json!(["prefix", n]),
        Sight::Near(n) => json!(["near", n]),
    };
    let position = match mixing.position {
        Position::None => "none",
        // Nothing learns so: a network that is taken along turns as it learnt to.
        Position::Rotary | Position::Stretched(_) => "rotary",
        Position::Learned => "learned",
        Position::Alibi => "alibi",
        Position::Kerple => "kerple",
        Position::Sandwich => "sandwich",
    };
    let sights: Vec<Json> = mixing.sights.iter().map(sight).collect();
    json!({ "kernel": kernel, "lambda": lambda, "sights": sights, "position": position })
}

/// An example for a transformer: tokens one after another with steps between them, as many as it was made for, at most 32.
fn tokens(vocabulary: usize, context: usize) -> Vec<usize> {
    (0..context.min(32)).map(|i| (7 * i + i * i / 3) % vocabulary).collect()
}

/// A transformer whose heads mix as `heads` says and whose `weights` lie as `shapes` and `layout` say.
pub fn gpt(
    config: &GptConfig,
    heads: &Mixing,
    layout: &Layout,
    shapes: &[(String, Vec<usize>)],
    weights: &[f32],
    steps: usize,
) -> Vec<u8> {
    let read = tokens(config.vocabulary.len(), config.context);
    let said = answer(config, heads, layout, weights, &read, read.len()).logits;
    let logits: Vec<_> = said.chunks_exact(config.vocabulary.len()).collect();
    let said = [
        (CONFIG, json!(config)),
        (MIXING, mixing(heads)),
        (EXAMPLE, json!({ "tokens": read, "logits": logits })),
    ];
    file("gpt", steps, &said, shapes, weights)
}

/// The weights of a transformer of `wanted` sizes and characters that a visitor brings, as they lie in a row.
pub fn gpt_brought(bytes: &[u8], wanted: &GptConfig) -> Result<Vec<f32>, CheckpointError> {
    let mut tensors = Tensors::brought(bytes)?;
    if let Some(config) = tensors.metadata.get(CONFIG) {
        let config: GptConfig =
            serde_json::from_str(config).map_err(|error| CheckpointError::Metadata(error.to_string()))?;
        config.check()?;
        if config != *wanted {
            let of = |c: &GptConfig| {
                let letters: String = c.vocabulary.iter().take(40).collect();
                format!("width {}, {} layers, {} heads, characters {letters:?}", c.width, c.layers, c.heads)
            };
            let (found, wanted) = (of(&config), of(wanted));
            return Err(CheckpointError::Metadata(format!("it has {found}; the network here has {wanted}")));
        }
    }
    let mut weights = Vec::new();
    for (name, shape) in wanted.parameters() {
        weights.extend(tensors.take(&name, &shape)?);
    }
    tensors.expect_empty()?;
    Ok(weights)
}

/// A network that reads running texts.
pub fn reader(network: &Network, weights: &[f32], steps: usize) -> Vec<u8> {
    let Network { config, layout, shapes, .. } = network;
    gpt(config, &network.mixing(), layout, shapes, weights, steps)
}

/// A transformer of sub-layers in turn.
pub fn sublayers(network: &Stacked, weights: &[f32], steps: usize) -> Vec<u8> {
    let config = &network.config;
    let name = |part: Part| match part {
        Part::Embedding => "emb.weight".to_owned(),
        Part::Gain(l) if l == config.depth => "norm.weight".to_owned(),
        Part::Bias(l) if l == config.depth => "norm.bias".to_owned(),
        Part::Gain(l) => format!("s{l}.norm.weight"),
        Part::Bias(l) => format!("s{l}.norm.bias"),
        Part::Alpha(l) => format!("s{l}.alpha"),
        Part::Qkv(l) => format!("s{l}.qkv.weight"),
        Part::Proj(l) => format!("s{l}.proj.weight"),
        Part::Fc1(l) => format!("s{l}.fc1.weight"),
        Part::Fc2(l) => format!("s{l}.fc2.weight"),
        Part::Head => "head.weight".to_owned(),
    };
    let shapes: Vec<_> = config.parts().into_iter().map(|(part, shape)| (name(part), shape)).collect();
    let read = tokens(config.vocabulary, 16);
    let scores = network.network(weights).read(&read, read.len()).scores;
    let logits: Vec<_> = scores.chunks_exact(config.vocabulary).collect();
    let residual = match config.residual {
        Residual::Post => "post",
        Residual::Pre => "pre",
        Residual::Rezero => "rezero",
        Residual::Deepnorm => "deepnorm",
    };
    let sizes = json!({
        "vocabulary": network.options.exercise.vocabulary().iter().collect::<String>(),
        "width": config.width,
        "heads": config.heads,
        "mlp": config.mlp,
        "depth": config.depth,
        "residual": residual,
        "scale": config.scale,
    });
    let said = [(CONFIG, sizes), (EXAMPLE, json!({ "tokens": read, "logits": logits }))];
    file("sublayers", steps, &said, &shapes, weights)
}
