//! The transformer on WebGPU for a script that checks and measures it; built with the feature `bench`, never in what ships.

use async_lock::Mutex;
use js_sys::Float32Array;
use wasm_bindgen::prelude::*;

use crate::attention::surgery::Surgery;
use crate::gpu::{
    device::Gpu,
    gpt::{GpuGpt, GpuMemory, Written, trial},
};
use crate::math::decoding::Decoding;
use crate::models::gpt_config::GptConfig;
use crate::train::{listed, tensors::CheckpointError};

/// W2 on a device.
#[wasm_bindgen]
pub struct GpuText {
    gpu: Gpu,
    network: GpuGpt,
    memory: Mutex<GpuMemory>,
}

const GREEDY: Decoding = Decoding { temperature: 0.0, top_k: 0, top_p: 1.0 };

fn sentence(text: impl ToString) -> JsError {
    JsError::new(&text.to_string())
}

/// Of size number `at`, `[what it is, { kind: largest gap of its readings }]`; undefined after the last. Throws where one is too large.
#[wasm_bindgen]
pub async fn gpu_text_gaps(seed: u32, random: usize, at: usize) -> Result<JsValue, JsError> {
    let seed = u64::from(seed);
    let Some(config) = trial::all_sizes(seed, random).into_iter().nth(at) else {
        return Ok(JsValue::UNDEFINED);
    };
    let gpu = Gpu::open().await.map_err(sentence)?;
    let gaps = trial::gaps(&gpu, &config, seed).await.map_err(sentence)?;
    super::plain(&(trial::named(&config), gaps))
}

/// Of size number `at`, `[what it is, what was tried of texts that are written several tokens a submit]`; undefined after the last.
/// Throws where they are not what they are one by one.
#[wasm_bindgen]
pub async fn gpu_text_written(seed: u32, random: usize, at: usize) -> Result<JsValue, JsError> {
    let seed = u64::from(seed);
    let Some(config) = trial::all_sizes(seed, random).into_iter().nth(at) else {
        return Ok(JsValue::UNDEFINED);
    };
    let gpu = Gpu::open().await.map_err(sentence)?;
    if at == 0 {
        trial::writing::ties(&gpu).await.map_err(sentence)?;
    }
    let tried = trial::writing::tried(&gpu, &config, seed).await.map_err(sentence)?;
    super::plain(&(trial::named(&config), tried))
}

/// What a lost device and a device that never answered say.
#[wasm_bindgen]
pub async fn gpu_text_lost() -> Result<String, JsError> {
    let gpu = Gpu::open().await.map_err(sentence)?;
    let (_, network) = trial::networks(&gpu, &GptConfig::w4(), 1).map_err(sentence)?;
    let mut memory = network.memory();
    network.read(vec![(&[1, 2, 3], &mut memory, &Surgery::none())]).await.map_err(sentence)?;
    gpu.lose();
    match network.read(vec![(&[4], &mut memory, &Surgery::none())]).await {
        Ok(_) => Err(sentence("a lost device answers")),
        Err(text) => Ok(text),
    }
}

#[wasm_bindgen]
impl GpuText {
    /// With the weights that `manifest` lists and `bytes` hold.
    pub async fn open(manifest: String, bytes: Vec<u8>) -> Result<GpuText, JsError> {
        let gpu = Gpu::open().await.map_err(sentence)?;
        let network = || {
            let mut weights = listed::read(&manifest, &bytes)?;
            let network = GpuGpt::new(&gpu, &GptConfig::w2(), &mut |name, shape| weights.take(name, shape))?;
            weights.expect_empty()?;
            Ok(network)
        };
        let network = network().map_err(|error: CheckpointError| sentence(error))?;
        let memory = Mutex::new(network.memory());
        Ok(Self { gpu, network, memory })
    }

    /// Compiles all kernels.
    pub async fn compile(&self) -> Result<(), JsError> {
        self.network.compile().await.map_err(sentence)
    }

    /// Logits, then each layer's maps.
    pub async fn forward(&self, tokens: Vec<u32>) -> Result<Float32Array, JsError> {
        let tokens: Vec<usize> = tokens.into_iter().map(|token| token as usize).collect();
        let mut memory = self.network.memory();
        let pass = self.network.pass(&tokens, &mut memory, &Surgery::none()).await.map_err(sentence)?;
        Ok(Float32Array::from(pass.numbers.as_slice()))
    }

    /// Reads `tokens` and shows everything; how many numbers that was.
    pub async fn read(&self, tokens: Vec<u32>) -> Result<usize, JsError> {
        let tokens: Vec<usize> = tokens.into_iter().map(|token| token as usize).collect();
        let mut memory = self.network.memory();
        let readings =
            self.network.read(vec![(&tokens, &mut memory, &Surgery::none())]).await.map_err(sentence)?;
        Ok(readings.iter().map(|reading| reading.shape.count()).sum())
    }

    /// Forgets what was read.
    pub async fn forget(&self) {
        *self.memory.lock().await = self.network.memory();
    }

    /// The likeliest token after what was read and `token`.
    pub async fn next(&self, token: u32) -> Result<u32, JsError> {
        let mut memory = self.memory.lock().await;
        let pass = self.network.pass(&[token as usize], &mut memory, &Surgery::none()).await;
        Ok(best(pass.map_err(sentence)?.logits()))
    }

    /// The likeliest tokens after what was read, `token`, and all but the last of them: so many in one submit.
    pub async fn next_several(&self, token: u32, count: usize) -> Result<Vec<u32>, JsError> {
        let mut memory = self.memory.lock().await;
        let noise = vec![Vec::new(); count - 1];
        let written = self.network.write_pass(token as usize, &mut memory, &GREEDY, &noise).await;
        let Written { tokens, readings } = written.map_err(sentence)?;
        let chosen: Vec<u32> = readings.iter().map(|pass| best(pass.logits())).collect();
        match tokens[1..].iter().zip(&chosen).all(|(there, here)| *there == *here as usize) {
            true => Ok(chosen),
            false => Err(sentence(format!("chosen there {tokens:?}, here {chosen:?}"))),
        }
    }

    /// The same with everything shown.
    pub async fn next_several_shown(&self, token: u32, count: usize) -> Result<Vec<u32>, JsError> {
        let mut memory = self.memory.lock().await;
        let (noise, none) = (vec![Vec::new(); count - 1], Surgery::none());
        let written = self.network.write(vec![(token as usize, &mut memory, &none)], &GREEDY, &noise).await;
        Ok(written.map_err(sentence)?[0].readings.iter().map(|reading| best(&reading.logits)).collect())
    }

    /// The likeliest token, everything shown, for so many texts side by side.
    pub async fn next_shown(&self, token: u32, texts: usize) -> Result<u32, JsError> {
        let mut memory = self.memory.lock().await;
        let mut others: Vec<_> = (1..texts).map(|_| memory.clone()).collect();
        let (none, tokens) = (Surgery::none(), [token as usize]);
        let mut tasks = vec![(&tokens[..], &mut *memory, &none)];
        tasks.extend(others.iter_mut().map(|other| (&tokens[..], other, &none)));
        let readings = self.network.read(tasks).await.map_err(sentence)?;
        Ok(best(&readings[0].logits))
    }

    /// Dispatches, submits, bytes written, bytes read and pipelines compiled, so far.
    pub fn counts(&self) -> Vec<f64> {
        let counts = self.gpu.counts();
        [counts.dispatches, counts.submits, counts.written, counts.read, counts.pipelines]
            .map(|n| n as f64)
            .to_vec()
    }
}

fn best(scores: &[f32]) -> u32 {
    (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0) as u32
}
