//! The Python module, `chailou._engine`: the only place that knows Python. What people call is written in python/chailou.

mod convert;
mod session;
mod waiting;

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::labs;
use crate::native::{
    grid::Grid,
    models::{Models, names},
    page::{Files, Server},
};

create_exception!(chailou, Error, PyValueError, "What cannot be used, or what went wrong, in one sentence.");

fn wrong(sentence: String) -> PyErr {
    Error::new_err(sentence)
}

/// All that labs say of themselves, as JSON.
#[pyfunction]
fn schema() -> String {
    labs::CATALOGUE.schema().to_string()
}

/// The names of the models that ship.
#[pyfunction]
fn models() -> Vec<String> {
    names()
}

/// The safetensors file of a model that ships.
#[pyfunction]
fn weights<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyBytes>> {
    Models::Shipped.read(name).map(|bytes| PyBytes::new(py, &bytes)).map_err(wrong)
}

/// The links of a grid, each with the values of what was varied, as they are written.
#[pyfunction]
fn grid(link: &str, over: Vec<String>, limit: usize) -> PyResult<Vec<(String, Vec<(String, String)>)>> {
    let grid = Grid::new(link, &over, limit).map_err(wrong)?;
    let point = |i| {
        let (experiment, _) = grid.experiment(i);
        let values = grid.axes.iter().map(|axis| axis.parameter.key);
        let values = values.map(|key| (key.to_owned(), experiment.values()[key].written())).collect();
        (crate::experiment::link::format(&experiment), values)
    };
    Ok((0..grid.len).map(point).collect())
}

/// The page served on this machine, until it is closed or forgotten.
#[pyclass(frozen, module = "chailou._engine")]
struct PageServer(std::sync::Mutex<Option<Server>>);

#[pymethods]
impl PageServer {
    #[new]
    #[pyo3(signature = (folder=None, port=0))]
    fn new(folder: Option<PathBuf>, port: u16) -> PyResult<Self> {
        let start = || Server::start(Files::of(folder.as_deref())?, IpAddr::V4(Ipv4Addr::LOCALHOST), port);
        Ok(Self(std::sync::Mutex::new(Some(start().map_err(wrong)?))))
    }

    #[getter]
    fn port(&self) -> Option<u16> {
        self.0.lock().ok()?.as_ref().map(|server| server.address.port())
    }

    fn close(&self) {
        if let Ok(mut server) = self.0.lock() {
            server.take();
        }
    }
}

#[pymodule]
mod _engine {
    #[pymodule_export]
    use super::session::{Session, run};
    #[pymodule_export]
    use super::{Error, PageServer, grid, models, schema, weights};
}
