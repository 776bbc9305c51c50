//! Has runs read on: whatever can be read side by side comes back in one readback.

use burn::tensor::{Device, Tensor};

use super::{run::Run, settings::Settings};
use crate::attention::surgery::Surgery;
use crate::device;
use crate::models::gpt::Gpt;
use crate::runtime::error::SessionError;

/// Who reads, and by which settings.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub gpt: &'a Gpt,
    pub settings: &'a Settings,
    pub device: &'a Device,
}

/// What a run reads next, and what is done to the model meanwhile.
pub struct Work<'a> {
    run: &'a mut Run,
    tokens: &'a [usize],
    surgery: &'a Surgery,
}

impl<'a> Work<'a> {
    /// What `run` has not read of `text`; `None` if nothing is left.
    pub fn up_to(text: &'a [usize], run: &'a mut Run, surgery: &'a Surgery) -> Option<Self> {
        let tokens = text.get(run.len()..).filter(|tokens| !tokens.is_empty())?;
        Some(Self { run, tokens, surgery })
    }
}

/// Does all of `work` with one readback; gives the forward passes that it took, one each.
///
/// A reading that fails leaves its run as it was.
pub async fn read(mut work: Vec<Work<'_>>, reader: Reader<'_>) -> Result<usize, SessionError> {
    if work.is_empty() {
        return Ok(0);
    }
    let Reader { gpt, device, .. } = reader;
    let readings = work.iter_mut().map(|Work { run, tokens, surgery }| {
        let reading = gpt.read(tokens, run.cache(gpt, device), surgery);
        (reading.shape(), reading.flat())
    });
    let (shapes, flat): (Vec<_>, Vec<Tensor<1>>) = readings.unzip();
    let numbers = device::read(Tensor::cat(flat, 0)).await.map_err(SessionError::Device)?;
    let mut rest = &numbers[..];
    for (Work { run, tokens, .. }, shape) in work.iter_mut().zip(shapes) {
        let (part, others) = rest.split_at(shape.count());
        rest = others;
        run.add(tokens, &shape.cut(part))?;
    }
    Ok(work.len())
}
