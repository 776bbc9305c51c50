//! Runs and sessions for Python; each computes on a thread of its own, without Python's lock.

use std::path::PathBuf;

use numpy::PyArrayDyn;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{convert, waiting::wait, wrong};
use crate::experiment::link;
use crate::native::{
    held::{Held, Live},
    models::Models,
};

/// Runs a link to state `at`, to its own step or to the end, measures there, and says what came out.
#[pyfunction]
#[pyo3(signature = (link, at=None, models=None))]
pub fn run<'py>(
    py: Python<'py>,
    link: String,
    at: Option<usize>,
    models: Option<PathBuf>,
) -> PyResult<Bound<'py, PyDict>> {
    // It is opened at the start: where it goes is said here.
    let session = Session::new(py, link, models, true)?;
    let work = move |live: &mut Live| {
        let length = live.status().length;
        live.seek(at.or(live.experiment.at).unwrap_or(length))?;
        live.measure()?;
        let mut shown = live.look()?;
        // What the session said at its opening is known.
        shown.warnings.clear();
        shown.warnings.extend(crate::runtime::status::beyond_the_end(at, length));
        Ok((live.experiment.clone(), shown))
    };
    let (experiment, shown) = wait(py, session.held.ask(work))?;
    let all = convert::outcome(py, &experiment, shown)?;
    let more: Vec<String> = all.get_item("warnings")?.map_or(Ok(Vec::new()), |list| list.extract())?;
    all.set_item("warnings", [session.warnings, more].concat())?;
    Ok(all)
}

/// An experiment under way.
#[pyclass(frozen, module = "chailou._engine")]
pub struct Session {
    held: Held,
    /// What of the link could not be taken as it stood.
    #[pyo3(get)]
    warnings: Vec<String>,
}

#[pymethods]
impl Session {
    #[new]
    #[pyo3(signature = (link, models=None, start=false))]
    fn new(py: Python<'_>, link: String, models: Option<PathBuf>, start: bool) -> PyResult<Self> {
        let models = Models::of(models.as_deref());
        let (held, opened) = Held::open(link, models, start).map_err(wrong)?;
        let warnings = wait(py, opened)?;
        Ok(Self { held, warnings: convert::warnings(&warnings) })
    }

    /// The state shown.
    #[getter]
    fn at(&self, py: Python<'_>) -> PyResult<usize> {
        wait(py, self.held.ask(|live| Ok(live.status().at)))
    }

    /// The number of the last state.
    #[getter]
    fn length(&self, py: Python<'_>) -> PyResult<usize> {
        wait(py, self.held.ask(|live| Ok(live.status().length)))
    }

    /// The link to what is shown.
    #[getter]
    fn link(&self, py: Python<'_>) -> PyResult<String> {
        let work = |live: &mut Live| {
            let mut experiment = live.experiment.clone();
            experiment.at = Some(live.status().at);
            Ok(link::format(&experiment))
        };
        wait(py, self.held.ask(work))
    }

    fn step(&self, py: Python<'_>, n: i64) -> PyResult<()> {
        wait(py, self.held.ask(move |live| live.step(n)))
    }

    fn seek(&self, py: Python<'_>, at: usize) -> PyResult<()> {
        wait(py, self.held.ask(move |live| live.seek(at)))
    }

    fn set(&self, py: Python<'_>, values: Vec<(String, String)>) -> PyResult<()> {
        wait(py, self.held.ask(move |live| live.set(values)))
    }

    fn measure(&self, py: Python<'_>) -> PyResult<()> {
        wait(py, self.held.ask(Live::measure))
    }

    fn frame<'py>(&self, py: Python<'py>, name: String) -> PyResult<Bound<'py, PyArrayDyn<f32>>> {
        convert::frame(py, wait(py, self.held.ask(move |live| live.frame(&name)))?)
    }

    /// All that is shown now.
    fn look<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let work = |live: &mut Live| Ok((live.experiment.clone(), live.look()?));
        let (experiment, shown) = wait(py, self.held.ask(work))?;
        convert::outcome(py, &experiment, shown)
    }
}
