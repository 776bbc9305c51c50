//! The page, served to browsers on this machine.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Mutex;

use pyo3::prelude::*;

use super::refused;
use crate::native::page::{Files, Server};

/// It answers until it is closed.
#[pyclass(frozen, module = "chailou._engine")]
pub struct Page {
    server: Mutex<Option<Server>>,
    /// The address that a browser on this machine opens.
    #[pyo3(get)]
    url: String,
}

#[pymethods]
impl Page {
    /// Serves the page that this module carries, or that of `folder`, at `address`; port 0 is any that is free.
    #[new]
    #[pyo3(signature = (folder, address, port))]
    fn new(folder: Option<PathBuf>, address: IpAddr, port: u16) -> PyResult<Self> {
        let files = Files::of(folder.as_deref()).map_err(refused)?;
        let server = Server::start(files, address, port).map_err(refused)?;
        Ok(Self { url: server.url(), server: Mutex::new(Some(server)) })
    }

    fn close(&self) {
        *self.server.lock().expect("nobody fails while holding it") = None;
    }
}
