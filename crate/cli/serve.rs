//! `chailou serve`: the page from this one program.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Args;

use super::say::{complain, say};
use crate::native::page::{Files, Server};

/// Serve the page, which this program carries, to browsers on this machine or in this network.
///
/// It hands out the page's files and nothing else: nothing is logged, nobody is asked. It ends with Ctrl+C.
#[derive(Args, Debug)]
pub struct ServeOptions {
    /// The port; 0 is any that is free.
    #[arg(long, default_value_t = 4173)]
    pub port: u16,
    /// The address to listen at; 0.0.0.0 opens it to the network.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub address: IpAddr,
    /// Open it in the browser.
    #[arg(long)]
    pub open: bool,
    /// A folder with the page, as ./build.sh build makes it (dist), instead of the page within.
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// Serves until it is ended; an `Err` is one sentence for the user.
pub fn run(options: &ServeOptions) -> Result<(), String> {
    let server = Server::start(Files::of(options.dir.as_deref())?, options.address, options.port)?;
    let url = server.url();
    say(format!("Chailou is at {url} (Ctrl+C ends it)"))?;
    if options.open
        && let Err(error) = open::that_detached(&url)
    {
        complain(format!("chailou: no browser could be started ({error}); open {url} yourself"));
    }
    loop {
        std::thread::park();
    }
}
