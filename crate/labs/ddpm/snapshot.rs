//! A whole trajectory as bytes, so that another engine goes on where this one stands.
//!
//! Layout, little-endian: length of the identity, identity; at, calls, calls of the building, states, numbers a
//! state (u32 each); per state its numbers, then one byte whether the model was asked there, then if so its
//! noise; of the measurement the steps done, how many numbers (u32 each), and the numbers.

use super::session::{Calls, DdpmSession};
use crate::labs::session::SessionError;

pub fn write(session: &DdpmSession) -> Vec<u8> {
    let mut bytes = Vec::new();
    let word = |bytes: &mut Vec<u8>, value: usize| bytes.extend((value as u32).to_le_bytes());
    word(&mut bytes, session.identity.len());
    bytes.extend(session.identity.as_bytes());
    let calls = session.calls;
    for value in [session.at, calls.all, calls.building, session.states.len(), session.states[0].len()] {
        word(&mut bytes, value);
    }
    for (state, belief) in session.states.iter().zip(&session.beliefs) {
        bytes.extend(state.iter().flat_map(|x| x.to_le_bytes()));
        bytes.push(belief.is_some().into());
        bytes.extend(belief.iter().flatten().flat_map(|x| x.to_le_bytes()));
    }
    let (done, lanes) = session.greedy.parts();
    word(&mut bytes, done);
    word(&mut bytes, lanes.len());
    bytes.extend(lanes.iter().flat_map(|x| x.to_le_bytes()));
    bytes
}

/// Puts `session` where the writer stood. A damaged or foreign snapshot changes nothing.
pub fn read(session: &mut DdpmSession, bytes: &[u8]) -> Result<(), SessionError> {
    let mut reader = Reader(bytes);
    let trajectory = reader.trajectory(session).ok_or(SessionError::ForeignSnapshot)?;
    let (done, lanes) = reader.measurement().ok_or(SessionError::ForeignSnapshot)?;
    if !reader.0.is_empty() || session.greedy.take_over(done, lanes).is_none() {
        return Err(SessionError::ForeignSnapshot);
    }
    Trajectory { at: session.at, calls: session.calls, states: session.states, beliefs: session.beliefs } =
        trajectory;
    Ok(())
}

struct Reader<'a>(&'a [u8]);

struct Trajectory {
    at: usize,
    calls: Calls,
    states: Vec<Vec<f32>>,
    beliefs: Vec<Option<Vec<f32>>>,
}

impl Reader<'_> {
    fn trajectory(&mut self, session: &DdpmSession) -> Option<Trajectory> {
        let length = self.word()?;
        if self.bytes(length)? != session.identity.as_bytes() {
            return None;
        }
        let at = self.word()?;
        let calls = Calls { all: self.word()?, building: self.word()? };
        let (count, size) = (self.word()?, self.word()?);
        let fits = size == session.states[0].len() && at < count && count <= session.settings.length() + 1;
        if !fits {
            return None;
        }
        let (mut states, mut beliefs) = (Vec::new(), Vec::new());
        for _ in 0..count {
            states.push(self.numbers(size)?);
            beliefs.push(match self.bytes(1)?[0] {
                0 => None,
                _ => Some(self.numbers(size)?),
            });
        }
        Some(Trajectory { at, calls, states, beliefs })
    }

    fn measurement(&mut self) -> Option<(usize, Vec<f32>)> {
        let (done, count) = (self.word()?, self.word()?);
        Some((done, self.numbers(count)?))
    }

    fn bytes(&mut self, count: usize) -> Option<&[u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }

    fn word(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.bytes(4)?.try_into().ok()?) as usize)
    }

    fn numbers(&mut self, count: usize) -> Option<Vec<f32>> {
        let bytes = self.bytes(count.checked_mul(4)?)?;
        let numbers: Vec<f32> =
            bytes.chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().expect("four bytes"))).collect();
        numbers.iter().all(|x| x.is_finite()).then_some(numbers)
    }
}
