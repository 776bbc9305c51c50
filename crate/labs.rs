//! The labs: each turns settings into a session that the page pulls. This is the one list of them.

pub mod attention;
pub mod ddpm;
pub mod frame;
pub mod lanes;
pub mod points;
pub mod readout;
pub mod samplers;
pub mod schedules;

#[cfg(feature = "tensors")]
pub mod bytes;
#[cfg(feature = "tensors")]
pub mod fingerprint;
#[cfg(feature = "tensors")]
pub mod race;
#[cfg(feature = "tensors")]
pub mod session;

#[cfg(feature = "tensors")]
use crate::device::Device;
use crate::experiment::{
    Draft, Experiment, Message,
    catalogue::{About, Catalogue},
    link::{self, Parsed},
};
#[cfg(feature = "tensors")]
use session::{Session, SessionError};

/// How a lab opens a session on a device, with the content of its model's file.
#[cfg(feature = "tensors")]
pub type Open = fn(&Experiment, Option<&[u8]>, &Device) -> Result<Box<dyn Session>, SessionError>;

/// A lab: what it is, and how it opens.
pub struct Lab {
    pub about: &'static About,
    #[cfg(feature = "tensors")]
    pub open: Open,
}

/// Every lab, the one of a link that names none first. A new one is an entry here and a line in `www/labs/index.js`.
pub const ALL: &[Lab] = &[
    Lab {
        about: &ddpm::about::ABOUT,
        #[cfg(feature = "tensors")]
        open: ddpm::session::open,
    },
    Lab {
        about: &points::about::ABOUT,
        #[cfg(feature = "tensors")]
        open: points::session::open,
    },
    Lab {
        about: &attention::about::ABOUT,
        #[cfg(feature = "tensors")]
        open: attention::session::open,
    },
];

/// What all of them say of themselves.
pub const CATALOGUE: Catalogue = Catalogue { labs: ABOUTS, default: ALL[0].about };

const ABOUTS: &[&About] = &{
    let mut abouts = [ALL[0].about; ALL.len()];
    let mut i = 0;
    while i < ALL.len() {
        abouts[i] = ALL[i].about;
        i += 1;
    }
    abouts
};

/// Reads a link to one of the labs.
pub fn parse(fragment: &str) -> Parsed {
    link::parse(&CATALOGUE, fragment)
}

/// Reads an experiment with one of the labs, as a page or a program wrote it.
pub fn from_draft(draft: &Draft) -> (Experiment, Vec<Message>) {
    Experiment::from_draft(&CATALOGUE, draft)
}

/// Opens `experiment`; `weights` is the content of its model's file. Panics if its lab is none of these: a bug.
#[cfg(feature = "tensors")]
pub fn open(
    experiment: &Experiment,
    weights: Option<&[u8]>,
    device: &Device,
) -> Result<Box<dyn Session>, SessionError> {
    let lab = ALL.iter().find(|lab| lab.about == experiment.lab).expect("experiments are made of these labs");
    (lab.open)(experiment, weights, device)
}
