//! Texts written on several tokens a submit beside the same read one by one: the same bits, the same text, and what it costs.

use super::super::{GpuGpt, GpuMemory, input::STEPS};
use super::{all_surgeries, named, networks};
use crate::attention::surgery::Surgery;
use crate::data::rng::Rng;
use crate::gpu::device::Gpu;
use crate::math::{
    decoding::{Decoding, chosen, gumbel, standing},
    philox::{Stream, uniforms},
};
use crate::models::{gpt_config::GptConfig, reading::ReadingHost, size::SizeError};

/// What was tried.
#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
pub struct Tried {
    pub texts: usize,
    pub choices: usize,
    /// Choices that the device did not make as the host does: two as good as equal, or what is left out as good as let in.
    pub others: usize,
}

/// Of choices at most one in so many may be another on the device.
const RARE: usize = 1000;

/// By name, ways to choose.
fn rules() -> Vec<(&'static str, Decoding)> {
    let rule = |name, temperature, top_k, top_p| (name, Decoding { temperature, top_k, top_p });
    vec![
        rule("greedy", 0.0, 0, 1.0),
        rule("temperature", 1.0, 0, 1.0),
        rule("cold", 0.02, 0, 1.0),
        rule("top k", 0.8, 5, 1.0),
        rule("top 1", 1.0, 1, 1.0),
        rule("more than there are", 1.2, 5000, 1.0),
        rule("top p", 1.0, 0, 0.6),
        rule("next to nothing", 1.0, 0, 1e-4),
        rule("hot", 30.0, 0, 0.9),
        rule("top k and p", 1.3, 8, 0.7),
    ]
}

/// A text that is written on: its beginning and what is done to the network meanwhile.
struct Text<'a> {
    beginning: Vec<usize>,
    surgery: &'a Surgery,
}

/// A text as it came to be: what was read after the beginning, and each reading.
type Came = (Vec<usize>, Vec<ReadingHost>);

struct Trial<'a> {
    gpu: &'a Gpu,
    network: &'a GpuGpt,
    decoding: Decoding,
    /// Of each choice.
    noise: Vec<Vec<f64>>,
}

impl Trial<'_> {
    /// What stands before the last token of the beginning, and that token.
    async fn begun(&self, text: &Text<'_>) -> Result<(GpuMemory, usize), String> {
        let (&last, before) = text.beginning.split_last().expect("a token");
        let mut memory = self.network.memory();
        if !before.is_empty() {
            self.network.read(vec![(before, &mut memory, text.surgery)]).await?;
        }
        Ok((memory, last))
    }

    /// `n` tokens from the beginning's last, one a submit, each chosen by the host.
    async fn one_by_one(&self, text: &Text<'_>, n: usize) -> Result<Came, String> {
        let (mut memory, mut token) = self.begun(text).await?;
        let (mut tokens, mut readings) = (Vec::new(), Vec::new());
        for at in 0..n {
            let reading = self.network.read(vec![(&[token], &mut memory, text.surgery)]).await?.remove(0);
            tokens.push(token);
            if at + 1 < n {
                token = chosen(&reading.logits, &self.noise[at], &self.decoding);
            }
            readings.push(reading);
        }
        Ok((tokens, readings))
    }

    /// The same of all texts side by side in one submit, as far as the host would have chosen the same.
    async fn at_once(&self, texts: &[Text<'_>], n: usize) -> Result<Vec<Came>, String> {
        let mut begun = Vec::new();
        for text in texts {
            begun.push(self.begun(text).await?);
        }
        let tasks = begun.iter_mut().zip(texts).map(|((memory, token), text)| (*token, memory, text.surgery));
        let before = self.gpu.counts();
        let written = self.network.write(tasks.collect(), &self.decoding, &self.noise[..n - 1]).await?;
        let after = self.gpu.counts();
        if after.submits - before.submits != 1 {
            return Err(format!("{} submits for {n} tokens", after.submits - before.submits));
        }
        let stands = |written: super::super::Written<ReadingHost>| {
            let logits = written.readings.iter().map(|reading| &reading.logits[..]);
            let count = standing(&written.tokens, logits, &self.noise, &self.decoding);
            let (mut tokens, mut readings) = (written.tokens, written.readings);
            tokens.truncate(count);
            readings.truncate(count);
            (tokens, readings)
        };
        Ok(written.into_iter().map(stands).collect())
    }

    /// `n` tokens where the device is told other noise of choice `wrong`: what came after is thrown away, and the host goes on from there.
    async fn mended(&self, text: &Text<'_>, n: usize, wrong: usize) -> Result<Came, String> {
        let (mut memory, mut token) = self.begun(text).await?;
        let (mut tokens, mut readings): Came = Default::default();
        let start = memory.len();
        let mut told = self.noise.clone();
        told[wrong].reverse();
        while tokens.len() < n {
            let from = tokens.len();
            let noise = if from > wrong { &self.noise } else { &told };
            let tasks = vec![(token, &mut memory, text.surgery)];
            let mut written = self.network.write(tasks, &self.decoding, &noise[from..n - 1]).await?.remove(0);
            let logits = written.readings.iter().map(|reading| &reading.logits[..]);
            let count = standing(&written.tokens, logits, &self.noise[from..n - 1], &self.decoding);
            tokens.extend(written.tokens.drain(..count));
            readings.extend(written.readings.drain(..count));
            // What was written beyond is still there, and nobody sees it.
            memory.length = start + tokens.len();
            if tokens.len() < n {
                let logits = &readings.last().expect("one at least").logits;
                token = chosen(logits, &self.noise[tokens.len() - 1], &self.decoding);
            }
        }
        Ok((tokens, readings))
    }
}

/// Writes texts of a network of `config` in all ways, up to the edge of its context; fails with the first law that does not hold.
pub async fn tried(gpu: &Gpu, config: &GptConfig, seed: u64) -> Result<Tried, String> {
    let mut rng = Rng::new(Stream::Check, seed, u32::MAX, 2);
    let (_, network) = networks(gpu, config, seed).map_err(|error| error.to_string())?;
    let mut tried = Tried::default();
    let none = Surgery::none();
    for (at, (name, decoding)) in rules().into_iter().enumerate() {
        let n = STEPS.min(config.context);
        let n = if at % 3 == 0 { n } else { rng.whole(1, n as u32) as usize };
        // Every other time up to the edge of the context, or of what a software device reads before long.
        let room = if config.width <= 20 { config.context } else { config.context.min(n + 20) };
        let length = if at % 2 == 0 { room - n + 1 } else { rng.whole(1, (room - n + 1) as u32) as usize };
        let most = config.vocabulary.len() as u32 - 1;
        let beginning: Vec<usize> = (0..length).map(|_| rng.whole(0, most) as usize).collect();
        let surgeries = without_patterns(config, length + n - 1, &mut rng);
        let texts = [
            Text { beginning: beginning.clone(), surgery: &none },
            Text { beginning: beginning[length / 2..].to_vec(), surgery: &surgeries[at % surgeries.len()] },
        ];
        let noise = |k: usize| gumbel(&uniforms(seed, Stream::Check, k as u32, config.vocabulary.len()));
        let noise: Vec<_> = (0..n).map(noise).collect();
        let trial = Trial { gpu, network: &network, decoding, noise };
        let same = |seen: &Came, expected: &Came, what: &str| {
            let (tokens, readings) = (seen.0.len(), &expected.1[..seen.0.len()]);
            let holds = seen.0[..] == expected.0[..tokens] && seen.1[..] == *readings;
            holds.then_some(()).ok_or_else(|| format!("{name}, {what}: another text with {}", named(config)))
        };
        for (text, came) in texts.iter().zip(trial.at_once(&texts, n).await?) {
            let expected = trial.one_by_one(text, n).await?;
            same(&came, &expected, "at once")?;
            tried.texts += 1;
            tried.choices += n - 1;
            tried.others += usize::from(came.0.len() < n);
            if n > 1 {
                let mended = trial.mended(text, n, at % (n - 1)).await?;
                same(&mended, &expected, "after a mistake")?;
                if mended.0.len() < n {
                    return Err(format!("{name}: {} of {n} tokens", mended.0.len()));
                }
            }
        }
    }
    if tried.others > tried.choices.div_ceil(RARE) {
        return Err(format!(
            "{} of {} choices are others with {}",
            tried.others,
            tried.choices,
            named(config)
        ));
    }
    Ok(tried)
}

/// What can be done to a network before a text is known, at most three of it.
fn without_patterns(config: &GptConfig, length: usize, rng: &mut Rng) -> Vec<Surgery> {
    let kinds = ["a head is silent", "pairs are cut", "weights are set", "a window"];
    let chosen =
        all_surgeries(config, length.max(2), rng).into_iter().filter(|(kind, _)| kinds.contains(kind));
    chosen.map(|(_, surgery)| surgery).collect()
}

/// Where all tokens are equally likely, the earlier ones are.
pub async fn ties(gpu: &Gpu) -> Result<(), String> {
    let config = GptConfig { context: 32, ..GptConfig::w4() };
    let take = &mut |_: &str, shape: &[usize]| Ok::<_, SizeError>(vec![0.0; shape.iter().product()]);
    let network = GpuGpt::new(gpu, &config, take).map_err(|error| error.to_string())?;
    let v = config.vocabulary.len();
    for (name, decoding) in rules() {
        let noise: Vec<_> = (1..STEPS).map(|k| gumbel(&uniforms(9, Stream::Check, k as u32, v))).collect();
        let mut memory = network.memory();
        let written =
            network.write(vec![(1, &mut memory, &Surgery::none())], &decoding, &noise).await?.remove(0);
        let logits = written.readings.iter().map(|reading| &reading.logits[..]);
        if standing(&written.tokens, logits, &noise, &decoding) < STEPS {
            return Err(format!(
                "{name}: of tokens that are equally likely others are chosen: {:?}",
                written.tokens
            ));
        }
    }
    Ok(())
}
