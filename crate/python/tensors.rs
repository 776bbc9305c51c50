//! Arrays of NumPy. Numbers change hands without being copied: what the engine made is what NumPy reads.

use std::path::PathBuf;

use numpy::ndarray::{ArrayD, IxDyn};
use numpy::{IntoPyArray, PyArrayDyn};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::refused;
use crate::native::models::{Models, names};
use crate::train::tensors::Tensors;

/// `data` in row-major order as an array of `shape`, which it fills.
pub fn array(py: Python<'_>, shape: Vec<usize>, data: Vec<f32>) -> Bound<'_, PyArrayDyn<f32>> {
    ArrayD::from_shape_vec(IxDyn(&shape), data)
        .expect("frames and tensors fill their shapes")
        .into_pyarray(py)
}

/// The tensors of a safetensors file by their names, in single precision, which holds all that files hold.
pub fn read<'py>(py: Python<'py>, file: &[u8]) -> PyResult<Bound<'py, PyDict>> {
    let tensors =
        Tensors::read(file).map_err(|error| refused(format!("these weights cannot be used: {error}")))?;
    let all = PyDict::new(py);
    for (name, tensor) in tensors.by_name {
        all.set_item(name, array(py, tensor.shape, tensor.values))?;
    }
    Ok(all)
}

/// The names of the models that ship.
#[pyfunction]
pub fn models() -> Vec<String> {
    names()
}

/// The tensors of the model called `name`, of those that ship or of a folder.
#[pyfunction]
#[pyo3(signature = (name, models=None))]
pub fn weights<'py>(py: Python<'py>, name: &str, models: Option<PathBuf>) -> PyResult<Bound<'py, PyDict>> {
    read(py, &Models::of(models.as_deref()).read(name).map_err(refused)?)
}
