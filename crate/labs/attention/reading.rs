//! Has runs read on: whatever can be read side by side is waited for once.

use super::{run::Run, settings::Settings};
use crate::attention::surgery::Surgery;
use crate::networks::text_network::{TextNetwork, ToRead};
use crate::runtime::error::SessionError;

/// Who reads, and by which settings.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub network: &'a TextNetwork,
    pub settings: &'a Settings,
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

/// Does all of `work` and waits once; gives the forward passes that it took, one each.
///
/// A reading that fails leaves its run as it was.
pub async fn read(mut work: Vec<Work<'_>>, reader: Reader<'_>) -> Result<usize, SessionError> {
    if work.is_empty() {
        return Ok(0);
    }
    let network = reader.network;
    let to_read = work.iter_mut().map(|Work { run, tokens, surgery }| ToRead {
        tokens,
        memory: run.memory(network),
        surgery,
    });
    let readings = network.read(to_read.collect()).await.map_err(SessionError::Device)?;
    for (Work { run, tokens, .. }, reading) in work.iter_mut().zip(&readings) {
        run.add(tokens, reading)?;
    }
    Ok(work.len())
}
