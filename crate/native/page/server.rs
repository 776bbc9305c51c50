//! The server: it hands out the page's files and nothing else, keeps no log and asks nobody.

use std::io::{Cursor, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::thread::spawn;

use tiny_http::{Header, Request, Response, StatusCode};

use super::answer::{Question, answer};
use super::files::Files;

/// It answers until it is dropped.
pub struct Server {
    listener: Arc<tiny_http::Server>,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Serves `files` at `address`, port 0 being any that is free; an `Err` is one sentence.
    pub fn start(files: Files, address: IpAddr, port: u16) -> Result<Self, String> {
        let wanted = SocketAddr::new(address, port);
        let listener = tiny_http::Server::http(wanted).map_err(|error| refused(wanted, error.as_ref()))?;
        let address = listener.server_addr().to_ip().unwrap_or(wanted);
        let listener = Arc::new(listener);
        let asked = listener.clone();
        spawn(move || {
            for request in asked.incoming_requests() {
                let files = files.clone();
                // A thread a request: one who reads slowly holds up nobody.
                spawn(move || respond(&files, request));
            }
        });
        Ok(Self { listener, address })
    }

    /// The address that a browser on this machine opens.
    pub fn url(&self) -> String {
        match self.address.ip() {
            ip if ip.is_unspecified() || ip.is_loopback() => {
                format!("http://localhost:{}/", self.address.port())
            }
            _ => format!("http://{}/", self.address),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listener.unblock();
    }
}

fn refused(wanted: SocketAddr, error: &(dyn std::error::Error + 'static)) -> String {
    let kind = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    let advice = match kind {
        Some(ErrorKind::AddrInUse) => {
            "another program listens there; end it, or choose another --port (0: any that is free)"
        }
        Some(ErrorKind::PermissionDenied) => "ports below 1024 are reserved; choose another --port",
        Some(ErrorKind::AddrNotAvailable) => {
            "this machine has no such address; leave --address out, or give 0.0.0.0"
        }
        _ => return format!("cannot listen at {wanted}: {error}"),
    };
    format!("cannot listen at {wanted}: {advice}")
}

fn respond(files: &Files, request: Request) {
    let header = |name: &'static str| {
        let found = request.headers().iter().find(|header| header.field.equiv(name));
        found.map_or("", |header| header.value.as_str())
    };
    let question = Question {
        method: request.method().as_str(),
        target: request.url(),
        accept_encoding: header("Accept-Encoding"),
        if_none_match: header("If-None-Match"),
        range: header("Range"),
    };
    let answer = answer(files, &question);
    let written = |(name, value): &(&str, String)| Header::from_bytes(name.as_bytes(), value.as_bytes()).ok();
    let headers = answer.headers.iter().filter_map(written).collect();
    let length = answer.body.len();
    let response =
        Response::new(StatusCode(answer.status), headers, Cursor::new(answer.body), Some(length), None);
    // Who went away before all was there wants no answer.
    let _ = request.respond(response.with_chunked_threshold(usize::MAX));
}
