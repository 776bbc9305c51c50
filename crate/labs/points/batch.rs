//! What a pull wants to know, gathered until the device has answered: then all of it is taken, or nothing.

use std::ops::Range;

use crate::device::answer;
use crate::runtime::error::SessionError;

/// Numbers that wait to be taken.
#[derive(Default)]
pub struct Batch(Vec<f32>);

impl Batch {
    /// Adds `numbers`; gives where they will stand in the answer.
    pub fn want(&mut self, numbers: &[f32]) -> Range<usize> {
        let from = self.0.len();
        self.0.extend_from_slice(numbers);
        from..self.0.len()
    }

    /// All that was asked for. Waits once, or not at all if nothing was asked for.
    pub async fn read(self) -> Result<Vec<f32>, SessionError> {
        if !self.0.is_empty() {
            answer().await.map_err(SessionError::Device)?;
        }
        Ok(self.0)
    }
}
