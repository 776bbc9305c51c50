//! The boundary to Python: with its folder, the only place that knows it. The module `chailou._engine`, over which the package in
//! `python/` lies; plain objects and NumPy arrays cross it.

mod page;
mod session;
mod tensors;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pythonize::pythonize;
use serde::Serialize;

use crate::experiment::{Message, link, parameter::Value};
use crate::labs;
use crate::native::grid::Grid;

#[pymodule]
fn _engine(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<session::Session>()?;
    module.add_class::<page::Page>()?;
    module.add_function(wrap_pyfunction!(schema, module)?)?;
    module.add_function(wrap_pyfunction!(grid, module)?)?;
    module.add_function(wrap_pyfunction!(tensors::models, module)?)?;
    module.add_function(wrap_pyfunction!(tensors::weights, module)?)
}

/// A sentence of the engine.
fn refused(sentence: String) -> PyErr {
    PyValueError::new_err(sentence)
}

/// `value` as dicts, lists, strings and numbers.
fn plain<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    Ok(pythonize(py, value)?)
}

/// What `chailou schema` prints; of one lab, if one is named, its own description and the heads of all.
#[pyfunction]
#[pyo3(signature = (lab=None))]
fn schema<'py>(py: Python<'py>, lab: Option<&str>) -> PyResult<Bound<'py, PyAny>> {
    let all = &labs::CATALOGUE;
    match lab {
        None => plain(py, &all.schema()),
        Some(id) if all.find(id).is_some() => plain(py, &all.page(id)),
        Some(id) => {
            let ids: Vec<_> = all.labs.iter().map(|lab| lab.id).collect();
            Err(refused(format!("there is no lab \"{id}\"; there are {}", ids.join(", "))))
        }
    }
}

/// `value` as Python has it: its whole numbers hold every seed.
fn native(value: &Value) -> serde_json::Value {
    match value {
        Value::Seed(seed) => (*seed).into(),
        other => other.to_json(),
    }
}

/// A run of a grid.
#[derive(Serialize)]
struct Point {
    link: String,
    /// The settings that the grid varies, in its order.
    values: serde_json::Map<String, serde_json::Value>,
    warnings: Vec<Message>,
}

/// The runs of the grid around `link`, each of `over` being `KEY=VALUES`: to state `at`, if that is said. Points that settings
/// tied to each other make the same are one run.
#[pyfunction]
#[pyo3(signature = (link, over, at, limit))]
fn grid<'py>(
    py: Python<'py>,
    link: &str,
    over: Vec<String>,
    at: Option<usize>,
    limit: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let grid = Grid::new(link, &over, limit).map_err(refused)?;
    let mut seen = std::collections::BTreeSet::new();
    let points: Vec<Point> = (0..grid.len)
        .filter_map(|i| {
            let (mut experiment, warnings) = grid.experiment(i);
            experiment.at = at.or(experiment.at);
            experiment.check = None;
            let link = link::format(&experiment);
            let keys = grid.axes.iter().map(|axis| axis.parameter.key);
            let values = keys.map(|key| (key.to_owned(), native(&experiment.values()[key])));
            seen.insert(link.clone()).then(|| Point { link, values: values.collect(), warnings })
        })
        .collect();
    plain(py, &points)
}
