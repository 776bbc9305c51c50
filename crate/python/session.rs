//! An experiment under way, asked from Python. Whatever takes time is waited for without the interpreter's lock.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use numpy::PyArrayDyn;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use pythonize::depythonize;

use super::{native, plain, refused, tensors};
use crate::experiment::link;
use crate::experiment::{Experiment, Message, link::Parsed};
use crate::labs;
use crate::native::{
    hosted::{Answer, Hosted},
    models::Models,
    outcome::{self, Outcome},
};
use crate::runtime::{error::SessionError, selection::Selection, session::Session as Engine};

/// How often a wait looks whether somebody wants it to end (Ctrl+C).
const LOOK: Duration = Duration::from_millis(100);

/// A session on a thread of its own.
#[pyclass(frozen, module = "chailou._engine")]
pub struct Session {
    experiment: Experiment,
    warnings: Vec<Message>,
    /// `None` once it is closed.
    hosted: Mutex<Option<Hosted>>,
}

#[pymethods]
impl Session {
    /// Opens `link` at its first state, with the weights that ship or those of the folder `models`.
    #[new]
    #[pyo3(signature = (link, models=None))]
    fn new(py: Python<'_>, link: &str, models: Option<PathBuf>) -> PyResult<Self> {
        let Parsed { experiment, warnings } = labs::parse(link);
        let models = Models::of(models.as_deref());
        let (hosted, opened) = Hosted::open(experiment.clone(), models).map_err(refused)?;
        waited(py, opened)?;
        Ok(Self { experiment, warnings, hosted: Mutex::new(Some(hosted)) })
    }

    /// What the link says: `lab`, `values`, `at`, `check` and what a visitor gave besides.
    #[getter]
    fn experiment<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let mut draft = self.experiment.to_draft();
        let values = self.experiment.values().iter();
        draft.values = values.map(|(key, value)| ((*key).to_owned(), native(value))).collect();
        plain(py, &draft)
    }

    /// What of the link could not be taken as it stood.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.warnings)
    }

    /// The frames that say what the state shown is.
    #[getter]
    fn main_frames(&self) -> Vec<&'static str> {
        self.experiment.lab.frames.to_vec()
    }

    fn status<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.ask(py, |session| Ok(session.status()))?)
    }

    /// Moves `n` states on.
    fn step(&self, py: Python<'_>, n: usize) -> PyResult<()> {
        self.pull(py, move |session| {
            let target = session.status().at.saturating_add(n);
            outcome::seek(session, target)
        })
    }

    /// Moves to state `at`.
    fn seek(&self, py: Python<'_>, at: usize) -> PyResult<()> {
        self.pull(py, move |session| outcome::seek(session, at))
    }

    /// Works on `task` for `n` of its units, or until it is done.
    #[pyo3(signature = (task, n=None))]
    fn work(&self, py: Python<'_>, task: String, n: Option<usize>) -> PyResult<()> {
        self.ask(py, move |session| {
            let there: Vec<_> = session.status().tasks.into_keys().collect();
            if !there.contains(&task.as_str()) {
                let there = if there.is_empty() { "there are none".into() } else { there.join(", ") };
                return Err(format!("there is no task \"{task}\" here: {there}"));
            }
            let worked = match n {
                Some(n) => outcome::advance(session, &task, n),
                None => outcome::work(session, &[&task]),
            };
            worked.map_err(sentence)
        })
    }

    /// Looks at something else of the state shown.
    fn select(&self, py: Python<'_>, choices: &Bound<'_, PyDict>) -> PyResult<()> {
        let selection: Selection = depythonize(choices)?;
        self.ask(py, move |session| {
            session.select(&selection);
            Ok(())
        })
    }

    fn frame<'py>(&self, py: Python<'py>, name: String) -> PyResult<Bound<'py, PyArrayDyn<f32>>> {
        let frame = self.ask(py, move |session| session.frame(&name).map_err(sentence))?;
        Ok(tensors::array(py, frame.shape, frame.data))
    }

    fn readouts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.ask(py, |session| Ok(session.readouts()))?)
    }

    fn text(&self, py: Python<'_>) -> PyResult<Option<String>> {
        self.ask(py, |session| Ok(session.text()))
    }

    fn fingerprint(&self, py: Python<'_>) -> PyResult<String> {
        self.ask(py, |session| Ok(session.fingerprint()))
    }

    fn compare<'py>(&self, py: Python<'py>, check: String) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.ask(py, move |session| Ok(session.compare(&check)))?)
    }

    /// The link to the state shown, with its fingerprint.
    fn link(&self, py: Python<'_>) -> PyResult<String> {
        let (at, length, check) = self.ask(py, |session| {
            let status = session.status();
            Ok((status.at, status.length, session.fingerprint()))
        })?;
        let mut here = self.experiment.clone();
        here.at = (length > 0).then_some(at);
        here.check = Some(check);
        Ok(link::format(&here))
    }

    /// Moves to state `at`, to the link's own or to the end, measures there and says all: `(readouts, frames, text, fingerprint,
    /// comparison, warnings)`.
    #[pyo3(signature = (at=None))]
    fn finish<'py>(&self, py: Python<'py>, at: Option<usize>) -> PyResult<Bound<'py, PyDict>> {
        let experiment = self.experiment.clone();
        let outcome = self.ask(py, move |session| outcome::finish(session, &experiment, at))?;
        let Outcome { status, readouts, frames, fingerprint, comparison, text, warnings } = outcome;
        let arrays = PyDict::new(py);
        for frame in frames {
            arrays.set_item(frame.name, tensors::array(py, frame.shape, frame.data))?;
        }
        let all = PyDict::new(py);
        all.set_item("status", plain(py, &status)?)?;
        all.set_item("readouts", plain(py, &readouts)?)?;
        all.set_item("frames", arrays)?;
        all.set_item("text", text)?;
        all.set_item("fingerprint", fingerprint)?;
        all.set_item("comparison", plain(py, &comparison)?)?;
        all.set_item("warnings", plain(py, &warnings)?)?;
        Ok(all)
    }

    /// The networks that are asked or trained here: safetensors files by their names.
    fn networks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        for (name, file) in self.ask(py, |session| Ok(session.networks()))? {
            all.set_item(name, PyBytes::new(py, &file))?;
        }
        Ok(all)
    }

    /// Their tensors: `{network: {tensor: array}}`.
    fn weights<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        for (name, file) in self.ask(py, |session| Ok(session.networks()))? {
            all.set_item(name, tensors::read(py, &file)?)?;
        }
        Ok(all)
    }

    /// Takes the network of a safetensors file in place of the one that is here.
    fn bring(&self, py: Python<'_>, file: Vec<u8>) -> PyResult<()> {
        self.pull(py, move |session| session.bring(&file))
    }

    /// Gives back what it holds.
    fn close(&self) {
        *self.hosted.lock().expect("nobody fails while holding it") = None;
    }
}

impl Session {
    fn pull(
        &self,
        py: Python<'_>,
        act: impl FnOnce(&mut dyn Engine) -> Result<(), SessionError> + Send + 'static,
    ) -> PyResult<()> {
        self.ask(py, move |session| act(session).map_err(sentence))
    }

    fn ask<R: Send + 'static>(
        &self,
        py: Python<'_>,
        act: impl FnOnce(&mut dyn Engine) -> Result<R, String> + Send + 'static,
    ) -> PyResult<R> {
        let answer = match &*self.hosted.lock().expect("nobody fails while holding it") {
            Some(hosted) => hosted.ask(act),
            None => return Err(PyRuntimeError::new_err("this run is closed; open its link again")),
        };
        waited(py, answer)
    }
}

fn sentence(error: SessionError) -> String {
    error.to_string()
}

fn waited<R: Send>(py: Python<'_>, mut answer: Answer<R>) -> PyResult<R> {
    loop {
        let waiting = move || {
            let came = answer.recv_timeout(LOOK);
            (answer, came)
        };
        let came;
        (answer, came) = py.detach(waiting);
        match came {
            Ok(done) => return done.map_err(refused),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => {
                let fault = "a fault of the engine, please report it with what stands on standard error; open the link again to go on";
                return Err(PyRuntimeError::new_err(fault));
            }
        }
    }
}
