//! Readings on a device beside those of the fused network on the processor: all sizes, lengths and interventions.

pub mod writing;

use super::network::GpuGpt;
use crate::attention::{
    intervention::{Intervention, Part},
    surgery::{Patterns, Surgery},
};
use crate::data::rng::Rng;
use crate::gpu::device::Gpu;
use crate::math::{normal::normals, philox::Stream};
use crate::models::{fused_gpt::FusedGpt, gpt_config::GptConfig, reading::ReadingHost, size::SizeError};
use std::collections::BTreeMap;

/// How far apart two readings may be: as far as sums of f32 in another order.
pub const TOLERANCE: f32 = 1e-5;
/// An intervention that moves nothing so far was not made.
const MOVED: f32 = 1e-3;

/// Networks of `config`, the same on both sides, with weights that have something to say.
pub fn networks(gpu: &Gpu, config: &GptConfig, seed: u64) -> Result<(FusedGpt, GpuGpt), SizeError> {
    let mut made: BTreeMap<String, Vec<f32>> = BTreeMap::new();
    let mut take = |name: &str, shape: &[usize]| {
        let step = made.len() as u32;
        let values = made.entry(name.to_owned()).or_insert_with(|| {
            let (mean, deviation) = match shape {
                [_, inputs] => (0.0, 1.0 / (*inputs as f32).sqrt()),
                _ => (if name.ends_with(".weight") { 1.0 } else { 0.0 }, 0.1),
            };
            let draws = normals(seed, Stream::Check, step, shape.iter().product());
            draws.into_iter().map(|z| mean + deviation * z).collect()
        });
        Ok::<_, SizeError>(values.clone())
    };
    let fused = FusedGpt::new(config, &mut take)?;
    Ok((fused, GpuGpt::new(gpu, config, &mut take)?))
}

/// Sizes that ship, that are trained in the tab, and that are odd, then random ones.
pub fn all_sizes(seed: u64, random: usize) -> Vec<GptConfig> {
    let rng = &mut Rng::new(Stream::Check, seed, u32::MAX, 0);
    let letters = |count: u32| (0..count).map(|i| char::from_u32(0x4e00 + i).expect("a sign")).collect();
    let size = |v: u32, context, width, layers, heads, mlp| GptConfig {
        vocabulary: letters(v),
        context,
        width,
        layers,
        heads,
        mlp,
        tied: v % 2 == 1,
    };
    let mut sizes = vec![
        GptConfig { context: 256, ..GptConfig::w2() },
        size(3001, 256, 128, 4, 4, 512),
        size(17, 48, 64, 2, 2, 0),
        size(96, 64, 64, 2, 4, 128),
        size(5, 32, 12, 3, 2, 7),
        size(1, 16, 4, 1, 2, 1),
        size(30, 200, 20, 2, 5, 40),
        size(9, 130, 256, 1, 1, 1024),
    ];
    for _ in 0..random {
        let heads = rng.pick(&[1, 2, 3, 4, 6, 8]);
        let width = 4 * heads * rng.whole(1, 20.min(64 / heads as u32)) as usize;
        let some = [0, rng.whole(1, 40), 4 * rng.whole(1, 150)];
        let mlp = rng.pick(&some) as usize;
        let context = rng.whole(8, 300) as usize;
        sizes.push(size(rng.whole(1, 300), context, width, rng.whole(1, 4) as usize, heads, mlp));
    }
    sizes
}

/// Every kind of intervention on a text of `length` tokens by its name, and all at once.
pub fn all_surgeries(config: &GptConfig, length: usize, rng: &mut Rng) -> Vec<(&'static str, Surgery)> {
    let (last, layer) = (config.heads - 1, config.layers - 1);
    let (end, mid) = (length - 1, length / 2);
    let whole_row = (0..=mid).map(|k| (mid, k)).collect();
    let set = |head, q, k, value| Intervention::Set { layer, head, cell: (q, k), value };
    let part = |layer, part| Intervention::Layer { layer, part };
    let kinds = vec![
        ("a head is silent", vec![Intervention::Head { layer: 0, head: last }]),
        ("attention is silent", vec![part(layer, Part::Attention)]),
        ("the small network is silent", vec![part(0, Part::Mlp)]),
        ("a layer is silent", vec![part(layer, Part::Both)]),
        ("a token is hidden", vec![Intervention::Token { token: 0 }, Intervention::Token { token: mid }]),
        (
            "pairs are cut",
            vec![
                Intervention::Cut { layer: None, head: None, cells: vec![(end, 0), (end, end), (mid, mid)] },
                Intervention::Cut { layer: Some(0), head: Some(last), cells: whole_row },
            ],
        ),
        ("a window", vec![Intervention::Window { layer: Some(layer), head: Some(0), width: 2 }]),
        (
            "weights are set",
            vec![
                set(0, end, 0, 0.9),
                set(last, end, mid, 0.6),
                set(last, end, 0, 0.7),
                set(last, mid, mid, 0.0),
                set(last, mid, 0, 0.25),
            ],
        ),
        (
            "what is hidden is set",
            vec![
                Intervention::Token { token: 0 },
                set(0, end, 0, 0.5),
                Intervention::Window { layer: None, head: None, width: 1 },
            ],
        ),
    ];
    let rows = |layer, head, lengths: std::ops::Range<usize>, rng: &mut Rng| -> Patterns {
        lengths
            .map(|t| {
                let some = |rng: &mut Rng| if rng.chance(0.3) { 0.0 } else { rng.between(0.0, 1.0) };
                let mut row: Vec<f32> = (0..=t).map(|_| some(rng)).collect();
                row[t] += 0.1;
                let sum: f32 = row.iter().sum();
                row.iter_mut().for_each(|weight| *weight /= sum);
                ((layer, head, t), row)
            })
            .collect()
    };
    let everything: Vec<_> = kinds.iter().flat_map(|(_, list)| list.clone()).collect();
    let mut all: Vec<_> =
        kinds.into_iter().map(|(name, list)| (name, Surgery::of(&list, Patterns::new()))).collect();
    let frozen = Intervention::Freeze { layer: 0, head: 0 };
    let patched = Intervention::Patch { layer, head: last, prompt: String::new() };
    let (first, second) = (rows(0, 0, 0..length, rng), rows(layer, last, 0..mid, rng));
    all.push(("a head is frozen", Surgery::of(std::slice::from_ref(&frozen), first.clone())));
    all.push(("a head is patched", Surgery::of(std::slice::from_ref(&patched), second.clone())));
    let without = |one: &Intervention| !matches!(one, Intervention::Layer { .. });
    let list: Vec<_> = everything.into_iter().filter(without).chain([frozen, patched]).collect();
    all.push(("all at once", Surgery::of(&list, first.into_iter().chain(second).collect())));
    all
}

/// How far two readings are apart, of what is larger than 1 its share; infinite where one is no number or they have other shapes.
pub fn gap(a: &ReadingHost, b: &ReadingHost) -> f32 {
    if a.shape != b.shape {
        return f32::INFINITY;
    }
    let mut most = 0.0f32;
    let mut of = |a: &[f32], b: &[f32]| {
        let gaps = a.iter().zip(b).map(|(a, b)| (a - b).abs() / b.abs().max(1.0));
        let largest = gaps.fold(0.0f32, |most, gap| if gap <= most { most } else { gap });
        most = if a.len() == b.len() && largest.is_finite() { most.max(largest) } else { f32::INFINITY };
    };
    of(&a.logits, &b.logits);
    a.lens.iter().zip(&b.lens).for_each(|(a, b)| of(a, b));
    for (a, b) in a.layers.iter().zip(&b.layers) {
        let parts = [(&a.q, &b.q), (&a.k, &b.k), (&a.v, &b.v), (&a.scores, &b.scores)];
        let more = [(&a.masked, &b.masked), (&a.weights, &b.weights), (&a.out, &b.out)];
        parts.into_iter().chain(more).for_each(|(a, b)| of(a, b));
    }
    most
}

/// What is said of a network of these sizes.
pub fn named(config: &GptConfig) -> String {
    let GptConfig { vocabulary, context, width, layers, heads, mlp, .. } = config;
    let signs = vocabulary.len();
    format!("{signs} signs, context {context}, width {width}, {layers} layers of {heads} heads, {mlp} hidden")
}

/// The largest gap of each kind of reading of a network of these sizes, or the first that is too large.
pub async fn gaps(gpu: &Gpu, config: &GptConfig, seed: u64) -> Result<BTreeMap<&'static str, f32>, String> {
    let mut rng = Rng::new(Stream::Check, seed, u32::MAX, 1);
    let mut all = BTreeMap::new();
    let mut note = |kind: &'static str, gap: f32| {
        let most = all.entry(kind).or_insert(0.0f32);
        *most = most.max(gap);
        (gap <= TOLERANCE).then_some(()).ok_or_else(|| format!("{kind}: {gap} apart with {}", named(config)))
    };
    one_size(gpu, config, seed, &mut rng, &mut note).await?;
    Ok(all)
}

async fn one_size(
    gpu: &Gpu,
    config: &GptConfig,
    seed: u64,
    rng: &mut Rng,
    note: &mut impl FnMut(&'static str, f32) -> Result<(), String>,
) -> Result<(), String> {
    let (fused, network) = networks(gpu, config, seed).map_err(|error| error.to_string())?;
    let none = Surgery::none();
    let most = config.vocabulary.len() as u32 - 1;
    // Long texts where a software device is through with them before long.
    let longest = if config.width <= 20 { 160 } else { 24 };
    let length = config.context.min(rng.whole(longest / 2, longest) as usize);
    let text: Vec<usize> = (0..length).map(|_| rng.whole(0, most) as usize).collect();
    let cut = length - 4;

    // At once, then token by token and a few more, from a memory that was made and from one that was given.
    let (mut cache, mut memory) = (fused.cache(), network.memory());
    let expected = fused.read(&text[..cut], &mut cache, &none);
    let seen = one(network.read(vec![(&text[..cut], &mut memory, &none)]).await?);
    note("many tokens", gap(&seen, &expected))?;
    let layers: Vec<_> = expected.layers.iter().map(|layer| [layer.k.clone(), layer.v.clone()]).collect();
    let mut given = network.memory_of(&layers, cut);
    let mut copied = memory.clone();
    let expected = fused.read(&text[cut..=cut], &mut cache.clone(), &none);
    for (kind, memory) in [
        ("one token", &mut memory),
        ("one token, memory given", &mut given),
        ("one token, memory copied", &mut copied),
    ] {
        let seen = one(network.read(vec![(&text[cut..=cut], memory, &none)]).await?);
        note(kind, gap(&seen, &expected))?;
    }
    fused.read(&text[cut..=cut], &mut cache, &none);
    let expected = fused.read(&text[cut + 1..], &mut cache, &none);
    let seen = one(network.read(vec![(&text[cut + 1..], &mut memory, &none)]).await?);
    note("a few tokens more", gap(&seen, &expected))?;
    let pass = fused.pass(&text, &mut fused.cache(), &none, false);
    let seen = network.pass(&text, &mut network.memory(), &none).await?;
    let apart = |a: &[f32], b: &[f32]| {
        let gaps = a.iter().zip(b).map(|(a, b)| (a - b).abs() / b.abs().max(1.0));
        if a.len() == b.len() { gaps.fold(0.0, f32::max) } else { f32::INFINITY }
    };
    note("scores and weights alone", apart(seen.logits(), &pass.logits))?;
    note("scores and weights alone", apart(seen.weights(), &pass.weights.concat()))?;

    let plain = fused.read(&text, &mut fused.cache(), &none);
    for (kind, surgery) in all_surgeries(config, length, rng) {
        let (mut cache, mut memory) = (fused.cache(), network.memory());
        let expected = fused.read(&text, &mut fused.cache(), &surgery);
        let in_reach = config.mlp > 0 || kind != "the small network is silent";
        if in_reach && config.vocabulary.len() > 1 && gap(&expected, &plain) < MOVED {
            return Err(format!("{kind}: it changes nothing"));
        }
        let seen = one(network.read(vec![(&text, &mut network.memory(), &surgery)]).await?);
        note(kind, gap(&seen, &expected))?;
        // The same where only the last token is read under it, beside others.
        fused.read(&text[..length - 1], &mut cache, &none);
        one(network.read(vec![(&text[..length - 1], &mut memory, &none)]).await?);
        let (mut plain, mut short) = (memory.clone(), network.memory());
        let last = &text[length - 1..];
        let tasks = vec![
            (last, &mut plain, &none),
            (last, &mut memory, &surgery),
            (&text[..1], &mut short, &surgery),
        ];
        let seen = network.read(tasks).await?;
        note("one token beside others", gap(&seen[0], &fused.read(last, &mut cache.clone(), &none)))?;
        note(kind, gap(&seen[1], &fused.read(last, &mut cache, &surgery)))?;
        note(
            "one token beside others",
            gap(&seen[2], &fused.read(&text[..1], &mut fused.cache(), &surgery)),
        )?;
        let (mut long, mut short) = (network.memory(), network.memory());
        let seen = network
            .read(vec![
                (&text[..3], &mut short, &surgery),
                (&text[..], &mut long, &none),
                (last, &mut network.memory(), &surgery),
            ])
            .await?;
        note(
            "texts of several lengths",
            gap(&seen[0], &fused.read(&text[..3], &mut fused.cache(), &surgery)),
        )?;
        note("texts of several lengths", gap(&seen[1], &fused.read(&text, &mut fused.cache(), &none)))?;
        note("texts of several lengths", gap(&seen[2], &fused.read(last, &mut fused.cache(), &surgery)))?;
    }
    Ok(())
}

fn one(readings: Vec<ReadingHost>) -> ReadingHost {
    readings.into_iter().next().expect("one reading a text")
}
