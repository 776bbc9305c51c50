//! Other workers of the page, asked by a function that it lends.

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::runtime::pool::{Answer, Workers};

pub struct Lent {
    pub count: usize,
    /// Worker and job to a promise of bytes, or of nothing.
    pub ask: Function,
}

impl Workers for Lent {
    fn count(&self) -> usize {
        self.count
    }

    fn ask(&self, worker: usize, job: Vec<u8>) -> Answer<'static> {
        let job = Uint8Array::from(job.as_slice());
        let asked = self.ask.call2(&JsValue::NULL, &worker.into(), &job);
        Box::pin(async move {
            let answer = JsFuture::from(Promise::resolve(&asked.ok()?)).await.ok()?;
            Some(answer.dyn_into::<Uint8Array>().ok()?.to_vec())
        })
    }
}
