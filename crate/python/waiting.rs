//! Waiting for an answer without keeping Python from anything else.

use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use pyo3::prelude::*;

use super::wrong;
use crate::native::held::Answer;

/// Between two looks at whether somebody pressed Ctrl+C.
const LOOK: Duration = Duration::from_millis(50);

/// What comes; other threads of Python run meanwhile, and Ctrl+C is heard.
pub fn wait<R: Send>(py: Python<'_>, answer: Answer<R>) -> PyResult<R> {
    // The end that receives is no thing for several threads, and only this one has it.
    let mut answer = std::sync::Mutex::new(answer);
    loop {
        let come = py.detach(|| answer.get_mut().expect("one thread has it").recv_timeout(LOOK));
        match come {
            Ok(come) => return come.map_err(wrong),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(wrong(
                    "the engine stopped at a fault of its own; please report it with the link".into(),
                ));
            }
        }
    }
}
