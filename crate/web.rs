//! The boundary to JavaScript: with its folder, the only place that knows it. Plain objects and typed arrays cross it.

#[cfg(feature = "webgpu")]
mod backend;
#[cfg(feature = "networks")]
mod bench;
#[cfg(all(feature = "bench", feature = "webgpu"))]
mod gpu_bench;
#[cfg(all(feature = "bench", feature = "webgpu"))]
mod gpu_learning_bench;
#[cfg(all(feature = "bench", feature = "webgpu"))]
mod gpu_points_bench;
#[cfg(all(feature = "bench", feature = "webgpu"))]
mod gpu_text_bench;
#[cfg(any(feature = "networks", feature = "maths"))]
mod pool;

use std::borrow::Cow;
use std::rc::Rc;

use async_lock::Mutex;
use js_sys::{Float32Array, Object, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[cfg(any(feature = "core", feature = "networks"))]
use crate::data::gallery::{self, Gallery};
#[cfg(feature = "networks")]
use crate::device::{self, Device};
use crate::experiment::{Draft, Experiment, Message, composed, link};
use crate::labs;
#[cfg(any(feature = "networks", feature = "maths"))]
use crate::runtime::pool::Pool;
use crate::runtime::{
    error::SessionError, frame::Frame, kept::Keeper, lab::Resources, selection::Selection, session::Session,
};

unsafe extern "C" {
    fn __wasm_call_ctors();
}

/// Runs once when the module starts.
#[wasm_bindgen(start)]
fn start() {
    // A dependency registers constructors; called here once, or wasm-ld has every export call them all.
    unsafe { __wasm_call_ctors() };
    composed::lend(|text| String::from(js_sys::JsString::from(text).normalize("NFC")));
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&format!("The engine stopped: {panic}").into());
    }));
}

/// All labs by their heads, and the one called `lab` with its parameters; the default, if there is none of that name.
#[wasm_bindgen]
pub fn schema(lab: Option<String>) -> Result<JsValue, JsError> {
    as_json(&labs::CATALOGUE.page(&lab.unwrap_or_default()))
}

/// `{ experiment, warnings }` of a fragment; what is wrong in it becomes a warning.
#[wasm_bindgen]
pub fn parse(fragment: &str) -> Result<JsValue, JsError> {
    let parsed = labs::parse(fragment);
    as_json(&serde_json::json!({
        "experiment": parsed.experiment.to_draft(),
        "warnings": parsed.warnings,
    }))
}

/// The canonical fragment of an experiment.
#[wasm_bindgen]
pub fn format(experiment: JsValue) -> Result<String, JsError> {
    Ok(link::format(&experiment_from(experiment)?))
}

/// The names of the weights that `experiment` needs, `models/<name>.safetensors`, with spaces between; undefined if none.
#[wasm_bindgen]
pub fn model(experiment: JsValue) -> Result<Option<String>, JsError> {
    let experiment = experiment_from(experiment)?;
    Ok((experiment.lab.model)(&experiment).map(Cow::into_owned))
}

/// Whether a graphics processor does the work of `experiment`, that of `task` or its steps: never, asked (where a visitor asks) or measured
/// (where it is faster).
#[wasm_bindgen]
pub fn webgpu(experiment: JsValue, task: Option<String>) -> Result<JsValue, JsError> {
    let experiment = experiment_from(experiment)?;
    plain(&(experiment.lab.webgpu)(&experiment, task.as_deref()))
}

/// The real pictures called `name` that can be demolished. Shape [360, C, H, W].
#[cfg(any(feature = "core", feature = "networks"))]
#[wasm_bindgen]
pub fn gallery(name: &str) -> Result<JsValue, JsError> {
    let gallery = gallery_called(name)?;
    let shape = [&[gallery::COUNT][..], &gallery.shape()].concat();
    to_js("gallery", &Frame::new("gallery", shape, gallery.pixels()))
}

/// Their labels.
#[cfg(any(feature = "core", feature = "networks"))]
#[wasm_bindgen]
pub fn gallery_labels(name: &str) -> Result<Uint8Array, JsError> {
    Ok(Uint8Array::from(gallery_called(name)?.labels().as_slice()))
}

#[cfg(any(feature = "core", feature = "networks"))]
fn gallery_called(name: &str) -> Result<Gallery, JsError> {
    let names = Gallery::ALL.map(Gallery::id).join(", ");
    Gallery::named(name)
        .ok_or_else(|| JsError::new(&format!("There are no pictures \"{name}\" here ({names}).")))
}

/// The engine that this is.
fn engine() -> &'static str {
    #[cfg(feature = "webgpu")]
    if crate::gpu::backend::opener().is_some() {
        return "webgpu";
    }
    if cfg!(feature = "cpu") {
        "cpu"
    } else if cfg!(feature = "maths") {
        "maths"
    } else {
        "core"
    }
}

/// A session under way. Overlapping calls queue, but for [`Playground::snapshot`].
#[wasm_bindgen]
pub struct Playground {
    session: Mutex<Box<dyn Session>>,
    /// What the last pull left, also while the next one waits for a device that may never answer.
    keeper: Rc<dyn Keeper>,
    #[cfg(any(feature = "networks", feature = "maths"))]
    pool: Rc<Pool>,
    /// What of the visitor's own writing could not be taken as it stood.
    warnings: Vec<Message>,
}

#[cfg(feature = "networks")]
thread_local! {
    /// The device, kept: opening a second one would cost a second adapter.
    static DEVICE: std::cell::RefCell<Option<Device>> = const { std::cell::RefCell::new(None) };
}

#[cfg(feature = "networks")]
async fn the_device() -> Result<Device, JsError> {
    let known = DEVICE.with_borrow(Clone::clone);
    let device = match known {
        Some(device) => device,
        None => device::open().await.map_err(|sentence| JsError::new(&sentence))?,
    };
    DEVICE.set(Some(device.clone()));
    Ok(device)
}

/// Opens `experiment` with the model's `weights`; of several one after another.
#[wasm_bindgen]
pub async fn open(experiment: JsValue, weights: Option<Uint8Array>) -> Result<Playground, JsError> {
    let (experiment, warnings) = read(experiment)?;
    let weights = weights.map(|weights| weights.to_vec());
    #[cfg(feature = "networks")]
    let device = the_device().await?;
    let resources = Resources {
        weights: weights.as_deref(),
        #[cfg(feature = "networks")]
        device: &device,
    };
    let session = labs::open(&experiment, resources).map_err(sentence)?;
    let warnings = warnings
        .into_iter()
        .filter(|w| experiment.lab.inputs.iter().any(|one| one.input.key() == w.key))
        .collect();
    let keeper = session.keeper();
    Ok(Playground {
        keeper,
        #[cfg(any(feature = "networks", feature = "maths"))]
        pool: session.pool(),
        session: Mutex::new(session),
        warnings,
    })
}

/// What the page wants to see of the state that a pull leads to.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Want {
    frames: Vec<String>,
    readouts: bool,
}

/// Each pull answers with `{ status, frames, readouts }` of one state; `readouts` is null unless wanted. A frame that
/// the engine cannot make yet is left out.
#[wasm_bindgen]
impl Playground {
    pub async fn status(&self) -> Result<JsValue, JsError> {
        self.report(&**self.session.lock().await)
    }

    /// Moves `n` states on.
    pub async fn step(&self, n: usize, want: JsValue) -> Result<JsValue, JsError> {
        let mut session = self.session.lock().await;
        session.step(n).await.map_err(sentence)?;
        self.answer(&**session, want)
    }

    /// Moves to state `k`.
    pub async fn seek(&self, k: usize, want: JsValue) -> Result<JsValue, JsError> {
        let mut session = self.session.lock().await;
        session.seek(k).await.map_err(sentence)?;
        self.answer(&**session, want)
    }

    /// Looks at something else of the state shown.
    pub async fn select(&self, selection: JsValue, want: JsValue) -> Result<JsValue, JsError> {
        let selection: Selection = serde_wasm_bindgen::from_value(selection)?;
        let mut session = self.session.lock().await;
        session.select(&selection);
        self.answer(&**session, want)
    }

    /// Advances a task by at most `n` of its units.
    pub async fn work(&self, task: String, n: usize, want: JsValue) -> Result<JsValue, JsError> {
        let mut session = self.session.lock().await;
        session.work(&task, n).await.map_err(sentence)?;
        self.answer(&**session, want)
    }

    /// What is wanted of the state shown.
    pub async fn look(&self, want: JsValue) -> Result<JsValue, JsError> {
        self.answer(&**self.session.lock().await, want)
    }

    pub async fn fingerprint(&self) -> String {
        self.session.lock().await.fingerprint()
    }

    pub async fn compare(&self, check: String) -> Result<JsValue, JsError> {
        plain(&self.session.lock().await.compare(&check))
    }

    /// All that the last finished pull left, for another engine. Waits for nothing: a pull whose device is gone never ends.
    pub fn snapshot(&self) -> Uint8Array {
        Uint8Array::from(self.keeper.snapshot().as_slice())
    }

    pub async fn adopt(&self, snapshot: Uint8Array) -> Result<JsValue, JsError> {
        let mut session = self.session.lock().await;
        session.adopt(&snapshot.to_vec()).map_err(sentence)?;
        self.report(&**session)
    }

    /// The key under which what was learned here may be kept; undefined if nothing is learned here.
    pub async fn learned(&self) -> Option<String> {
        self.session.lock().await.learned().map(|key| key.to_string())
    }

    /// What was learned here, for a later session.
    pub async fn keepsake(&self) -> Option<Uint8Array> {
        self.session.lock().await.keepsake().map(|bytes| Uint8Array::from(bytes.as_slice()))
    }

    /// Goes on from a keepsake, unless it is foreign or ahead.
    pub async fn recall(&self, keepsake: Uint8Array) {
        self.session.lock().await.recall(&keepsake.to_vec());
    }

    /// `[{ name, bytes }]` of the networks that are asked or trained here, as files that PyTorch reads.
    pub async fn networks(&self) -> Result<JsValue, JsError> {
        let all = js_sys::Array::new();
        for (name, bytes) in self.session.lock().await.networks() {
            let bytes = Uint8Array::from(bytes.as_slice());
            all.push(&object(&[("name", name.into()), ("bytes", bytes.into())])?);
        }
        Ok(all.into())
    }

    /// Takes the network of a file in place of the one that is here. Any bytes give an answer or an error.
    pub async fn bring(&self, file: Uint8Array) -> Result<(), JsError> {
        self.session.lock().await.bring(&file.to_vec()).map_err(sentence)
    }

    /// Takes over what is still true here of another session of this engine.
    pub async fn reuse(&self, other: &Playground) {
        let keeper = other.keeper.clone();
        self.session.lock().await.reuse(&*keeper);
    }

    fn answer(&self, session: &dyn Session, want: JsValue) -> Result<JsValue, JsError> {
        let want: Want = if want.is_undefined() || want.is_null() {
            Want::default()
        } else {
            serde_wasm_bindgen::from_value(want)?
        };
        let frames = js_sys::Array::new();
        for name in &want.frames {
            match session.frame(name) {
                Ok(frame) => drop(frames.push(&to_js(name, &frame)?)),
                Err(SessionError::NotYet(_)) => {}
                Err(error) => return Err(sentence(error)),
            }
        }
        let readouts = if want.readouts { plain(&session.readouts())? } else { JsValue::NULL };
        object(&[("status", self.report(session)?), ("frames", frames.into()), ("readouts", readouts)])
    }

    fn report(&self, session: &dyn Session) -> Result<JsValue, JsError> {
        let mut status = session.status();
        status.warnings.splice(0..0, self.warnings.iter().cloned());
        let status = plain(&status)?;
        Reflect::set(&status, &"device".into(), &engine().into()).map_err(|_| JsError::new("no status"))?;
        Ok(status)
    }
}

/// A pull whose work is shared; an engine that asks no networks has nothing to share.
#[cfg(any(feature = "networks", feature = "maths"))]
#[wasm_bindgen]
impl Playground {
    /// From now on pulls are cut among `count` workers more: `ask(worker, job)` promises what a playground there, of the same experiment,
    /// answers to `assist(job)`, or nothing.
    pub fn lend(&self, count: usize, ask: js_sys::Function) {
        self.pool.lend(Rc::new(pool::Lent { count, ask }));
    }

    /// How often something could be cut so far, and into how many pieces at most.
    pub fn cuts(&self) -> Vec<u32> {
        let cuts = self.pool.cuts();
        [cuts.times, cuts.most].map(|n| n as u32).into()
    }

    /// Does a share of a pull of another worker; nothing if that cannot be done.
    pub async fn assist(&self, job: Vec<u8>) -> Option<Vec<u8>> {
        self.session.lock().await.assist(&job).await
    }
}

fn experiment_from(draft: JsValue) -> Result<Experiment, JsError> {
    read(draft).map(|(experiment, _)| experiment)
}

fn read(draft: JsValue) -> Result<(Experiment, Vec<Message>), JsError> {
    let draft: Draft = serde_wasm_bindgen::from_value(draft)
        .map_err(|error| JsError::new(&format!("the experiment cannot be read: {error}")))?;
    Ok(labs::from_draft(&draft))
}

/// Plain objects, not Maps; `None` becomes null.
fn plain(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// A text, which the page's own reader makes objects of: far quicker than one call a key, and it has no numbers beyond JSON's.
fn as_json(value: &serde_json::Value) -> Result<JsValue, JsError> {
    js_sys::JSON::parse(&value.to_string()).map_err(|_| JsError::new("the engine wrote what is no JSON"))
}

/// `frame` under the name by which it was asked for, which may say which part of it is wanted.
fn to_js(name: &str, frame: &Frame) -> Result<JsValue, JsError> {
    let shape: js_sys::Array = frame.shape.iter().map(|&n| JsValue::from(n as u32)).collect();
    let data = Float32Array::from(frame.data.as_slice());
    object(&[("name", name.into()), ("shape", shape.into()), ("data", data.into())])
}

fn object(entries: &[(&str, JsValue)]) -> Result<JsValue, JsError> {
    let object = Object::new();
    for (key, value) in entries {
        Reflect::set(&object, &(*key).into(), value).map_err(|_| JsError::new("no object"))?;
    }
    Ok(object.into())
}

/// The one place that turns an engine's error into a page's.
fn sentence(error: SessionError) -> JsError {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    JsError::new(&format!("{first}{}.", letters.as_str()))
}
