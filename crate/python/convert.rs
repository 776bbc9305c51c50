//! What a session shows, as Python has it: dictionaries, and NumPy arrays that take over the engine's memory.

use numpy::{IntoPyArray, PyArrayDyn, PyArrayMethods};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::wrong;
use crate::experiment::{Experiment, Message, link};
use crate::native::outcome::Outcome;
use crate::runtime::{frame::Frame, readout::Readout};

/// Names and values as Python's own; what is JSON in the engine comes as text.
pub fn outcome<'py>(
    py: Python<'py>,
    experiment: &Experiment,
    shown: Outcome,
) -> PyResult<Bound<'py, PyDict>> {
    let all = PyDict::new(py);
    all.set_item("link", link::format(experiment))?;
    all.set_item("lab", experiment.lab.id)?;
    all.set_item("step", shown.status.at)?;
    all.set_item("length", shown.status.length)?;
    all.set_item("readouts", readouts(py, &shown.readouts)?)?;
    let frames = PyDict::new(py);
    for one in shown.frames {
        frames.set_item(one.name, frame(py, one)?)?;
    }
    all.set_item("frames", frames)?;
    all.set_item("fingerprint", shown.fingerprint)?;
    all.set_item("comparison", json(&shown.comparison)?)?;
    all.set_item("facts", json(&shown.status.facts)?)?;
    all.set_item("text", shown.text)?;
    all.set_item("warnings", warnings(&shown.warnings))?;
    Ok(all)
}

pub fn warnings(messages: &[Message]) -> Vec<String> {
    messages.iter().map(|message| message.en.clone()).collect()
}

/// The array of `frame`; nothing is copied.
pub fn frame<'py>(py: Python<'py>, frame: Frame) -> PyResult<Bound<'py, PyArrayDyn<f32>>> {
    frame.data.into_pyarray(py).reshape(frame.shape)
}

fn readouts<'py>(py: Python<'py>, readouts: &[Readout]) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for readout in readouts {
        let one = PyDict::new(py);
        one.set_item("id", readout.id)?;
        one.set_item("title", readout.title.en)?;
        one.set_item("value", readout.value)?;
        one.set_item("expected", readout.expected)?;
        one.set_item("tolerance", readout.tolerance)?;
        one.set_item("relation", format!("{:?}", readout.relation).to_lowercase())?;
        one.set_item("verdict", format!("{:?}", readout.verdict).to_lowercase())?;
        one.set_item("unit", readout.unit)?;
        one.set_item("note", &readout.note.en)?;
        list.append(one)?;
    }
    Ok(list)
}

fn json(value: &impl serde::Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| wrong(error.to_string()))
}
