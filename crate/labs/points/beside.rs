//! What a pull computes beside the particles, once a state: the probe, and maps of the state shown.

use std::{ops::Range, rc::Rc};

use super::{batch::Batch, fields, plane::Plane, probe};
use crate::runtime::error::{SessionError, finite};

/// Numbers, and what they belong to.
struct Made<Q> {
    of: Q,
    numbers: Rc<[f32]>,
}

/// Where the probe started, and the training steps of the network that was asked.
type Start = ([f64; 2], usize);
/// A state, and the training steps of the network.
type Moment = (usize, usize);

/// What was computed last; it stays until something newer is there.
#[derive(Default)]
pub struct Beside {
    /// [2, S + 1, 2]
    probe: Option<Made<Start>>,
    /// Scores of a learned denoiser, [24, 24, 2].
    field: Option<Made<Moment>>,
    /// [64, 64]
    error: Option<Made<Moment>>,
}

/// What is under way: where its numbers will stand among those that are read. `None`: nothing new is needed.
pub struct Wanted {
    probe: Option<(Start, Range<usize>)>,
    field: Option<(Moment, Range<usize>)>,
    error: Option<(Moment, Range<usize>)>,
}

impl Beside {
    /// Asks for what state `k` needs and is not there; the network in `plane` has been trained `trained` steps.
    pub async fn ahead(
        &self,
        k: usize,
        trained: usize,
        plane: &Plane,
        batch: &mut Batch,
    ) -> Result<Wanted, SessionError> {
        let settings = &plane.settings;
        let (level, moment) = (settings.noisy_level(k), (k, trained));
        let start = (settings.probe, if settings.asks_the_network() { trained } else { 0 });
        let mut wanted = Wanted { probe: None, field: None, error: None };
        if is_new(&self.probe, &start) {
            wanted.probe = Some((start, batch.want(&probe::paths(plane).await?)));
        }
        let Some(learned) = &plane.learned else { return Ok(wanted) };
        if settings.asks_the_network() && is_new(&self.field, &moment) {
            let scores = fields::scores(learned, level).await?;
            wanted.field = Some((moment, batch.want(&scores)));
        }
        if settings.draws_error && is_new(&self.error, &moment) {
            let error = fields::error(learned, &plane.exact, level).await?;
            wanted.error = Some((moment, batch.want(&error)));
        }
        Ok(wanted)
    }

    /// Takes over what was wanted for state `k`, all of it or, where a number is none, nothing.
    pub fn take(&mut self, wanted: Wanted, numbers: &[f32], time: usize) -> Result<(), SessionError> {
        let probe = wanted.probe.map(|wanted| made("the probe", wanted, numbers, 0)).transpose()?;
        let field = wanted.field.map(|wanted| made("the score", wanted, numbers, time)).transpose()?;
        let error = wanted.error.map(|wanted| made("the error", wanted, numbers, time)).transpose()?;
        self.probe = probe.or(self.probe.take());
        self.field = field.or(self.field.take());
        self.error = error.or(self.error.take());
        Ok(())
    }

    /// The paths of a probe that starts at `place`, if that is where it started.
    pub fn probe(&self, place: [f64; 2]) -> Option<&[f32]> {
        self.probe.as_ref().filter(|made| made.of.0 == place).map(|made| &made.numbers[..])
    }

    pub fn field(&self) -> Option<&[f32]> {
        self.field.as_ref().map(|made| &made.numbers[..])
    }

    pub fn error(&self) -> Option<&[f32]> {
        self.error.as_ref().map(|made| &made.numbers[..])
    }
}

fn is_new<Q: PartialEq>(made: &Option<Made<Q>>, of: &Q) -> bool {
    made.as_ref().is_none_or(|made| made.of != *of)
}

fn made<Q>(
    what: &'static str,
    (of, place): (Q, Range<usize>),
    numbers: &[f32],
    time: usize,
) -> Result<Made<Q>, SessionError> {
    finite(what, &numbers[place.clone()], time)?;
    Ok(Made { of, numbers: numbers[place].into() })
}
