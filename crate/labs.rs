//! The labs: each turns settings into a session that the page pulls. This is the one list of them.

pub mod attention;
pub mod chosen;
pub mod clouds;
pub mod ddpm;
pub mod flow;
pub mod focus;
pub mod gamma;
pub mod init;
pub mod lanes;
pub mod letters;
pub mod points;
pub mod race;
pub mod rank;
pub mod riemann;
pub mod samplers;
pub mod schedules;
pub mod schemes;
pub mod stretch;
#[cfg(feature = "weights")]
pub mod told;
#[cfg(feature = "maths")]
pub mod twins;

use crate::experiment::{
    Draft, Experiment, Message,
    catalogue::{About, Catalogue, Needs},
    link::{self, Parsed},
};
use crate::runtime::{error::SessionError, lab::Resources, running::Running, session::Session};

/// The way to open a lab that asks networks, in the engine that has them.
macro_rules! networks {
    ($open:expr) => {{
        #[cfg(feature = "networks")]
        let open: Option<Open> = Some($open);
        #[cfg(not(feature = "networks"))]
        let open: Option<Open> = None;
        open
    }};
}

/// The way to open a lab of pure mathematics, in the engine that has them.
macro_rules! maths {
    ($open:expr) => {{
        #[cfg(feature = "maths")]
        let open: Option<Open> = Some($open);
        #[cfg(not(feature = "maths"))]
        let open: Option<Open> = None;
        open
    }};
}

/// The way to open a lab that shows pictures: not in an engine of mathematics alone.
macro_rules! pictures {
    ($open:expr) => {{
        #[cfg(any(feature = "core", feature = "networks"))]
        let open: Option<Open> = Some($open);
        #[cfg(not(any(feature = "core", feature = "networks")))]
        let open: Option<Open> = None;
        open
    }};
}

#[cfg(feature = "fixture")]
#[path = "../tests/fixture/lab.rs"]
mod fixture;

/// How a lab opens a session with what an engine lends it.
pub type Open = fn(&Experiment, Resources<'_>) -> Result<Box<dyn Session>, SessionError>;

/// A lab: what it is, and how it opens.
pub struct Lab {
    pub about: &'static About,
    /// `None` in an engine that lacks what this lab needs.
    pub open: Option<Open>,
}

/// Every lab, the one of a link that names none first. A new one is an entry here and a line in `www/labs/index.js`.
pub const ALL: &[Lab] = &[
    Lab { about: &ddpm::about::ABOUT, open: pictures!(Running::<ddpm::state::Ddpm>::open) },
    Lab { about: &points::about::ABOUT, open: networks!(Running::<points::state::PointsLab>::open) },
    Lab { about: &attention::about::ABOUT, open: networks!(Running::<attention::state::Attention>::open) },
    Lab { about: &gamma::about::ABOUT, open: maths!(Running::<gamma::lab::TwoRoads>::open) },
    Lab { about: &riemann::about::ABOUT, open: maths!(Running::<riemann::state::Riemann>::open) },
    Lab { about: &flow::about::ABOUT, open: maths!(Running::<flow::lab::Downhill>::open) },
    Lab { about: &rank::about::ABOUT, open: maths!(Running::<rank::lab::DecoderOnly>::open) },
    Lab { about: &focus::about::ABOUT, open: maths!(Running::<focus::lab::Concentrating>::open) },
    Lab { about: &stretch::about::ABOUT, open: maths!(Running::<stretch::lab::Stretching>::open) },
    Lab { about: &init::about::ABOUT, open: maths!(Running::<init::lab::Newborn>::open) },
    #[cfg(feature = "fixture")]
    Lab { about: &fixture::ABOUT, open: Some(Running::<fixture::Fixture>::open) },
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

/// Opens `experiment` at its first state; `None` if this engine lacks what its lab needs. Panics if its lab is none of
/// these: a bug.
fn opener(experiment: &Experiment) -> Option<Open> {
    let lab = ALL.iter().find(|lab| lab.about == experiment.lab).expect("experiments are made of these labs");
    lab.open
}

/// Opens `experiment` at its first state.
pub fn open(experiment: &Experiment, resources: Resources<'_>) -> Result<Box<dyn Session>, SessionError> {
    let missing = || match experiment.lab.engine {
        Needs::Maths => SessionError::NoMaths,
        _ => SessionError::NoNetworks,
    };
    opener(experiment).ok_or_else(missing)?(experiment, resources)
}
