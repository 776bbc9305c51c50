//! What the lab holds: the settings of now, and what was computed of them, each thing once and only when somebody asks.

use std::cell::OnceCell;

use super::{
    instruments::{self, Carried},
    settings::Settings,
};
use crate::experiment::Experiment;
use crate::geometry::{
    Place, TURN,
    circle::{Circle, circle},
    field::Trouble,
    geodesic::{Carry, Stop, Trace, after, start},
    gradient::{self, Coordinates, Gradient},
    metric::Metric,
    orbit::Orbit,
    region::{Region, Ring},
    shooting::{self, Connection, connect},
    triangle::Triangle,
};

/// States of the walk: a hundredth of the way each.
pub const STEPS: usize = 100;
/// Places of a flow, and how long it runs, in units of its own pace.
const FLOWED: usize = 120;
const LASTS: f64 = 10.0;
/// Error of a step of what is only drawn: less than a float tells.
const DRAWN: f64 = 1e-8;
/// Places at which an orbit is compared.
const COMPARED: usize = 96;

pub struct Riemann {
    pub settings: Settings,
    found: Found,
    /// The same sheet for what is only drawn, where fewer digits will do.
    drawn: OnceCell<Box<Self>>,
    /// Instruments that were asked for beside the tool at hand.
    pub measured: usize,
}

/// All of it is `None` until it is needed; what cannot be had is `Some(None)`.
#[derive(Default)]
struct Found {
    walk: OnceCell<Result<Trace, Trouble>>,
    way: OnceCell<Option<Connection>>,
    ways: OnceCell<Vec<Connection>>,
    circle: OnceCell<Result<Circle, Stop>>,
    triangle: OnceCell<Option<Triangle>>,
    carried: OnceCell<Option<Carried>>,
    region: OnceCell<Option<Region>>,
    ring: OnceCell<Option<Ring>>,
    orbit: OnceCell<Option<Orbit>>,
}

impl Riemann {
    pub fn open(experiment: &Experiment) -> Self {
        Self::with(Settings::of(experiment))
    }

    fn with(settings: Settings) -> Self {
        Self { settings, found: Found::default(), drawn: OnceCell::new(), measured: 0 }
    }

    /// What is drawn under a hand, with as many digits as a picture has.
    pub fn drawn(&self) -> &Self {
        self.drawn.get_or_init(|| {
            let mut settings = self.settings.clone();
            settings.field.tolerance = DRAWN;
            Box::new(Self::with(settings))
        })
    }

    /// The settings have changed: what was computed is true no more.
    pub fn forget(&mut self) {
        (self.found, self.drawn, self.measured) = (Found::default(), OnceCell::new(), 0);
    }

    /// The metric under the ant.
    pub fn ground(&self) -> Result<Metric, Trouble> {
        self.settings.field.metric(self.settings.ant, 2)
    }

    /// The geodesic that the ant walks.
    pub fn walk(&self) -> Result<&Trace, Trouble> {
        let walk = self.found.walk.get_or_init(|| {
            let Settings { field, ant, heading, length, .. } = &self.settings;
            let from = start(field, *ant, *heading)?;
            Ok(Trace::of(field, from, *length, Carry::Neighbour))
        });
        walk.as_ref().map_err(|trouble| *trouble)
    }

    /// How far it has come at state `at`.
    pub fn reached(&self, at: usize) -> f64 {
        self.walk().map_or(0.0, |walk| walk.length() * at as f64 / STEPS as f64)
    }

    /// Sets the ant down at `place` in the middle of its walk, at the same angle from ∂_u: the start moves so that it comes by.
    pub fn carry_to(&mut self, place: Place, share: f64) {
        let Settings { field, length, .. } = &self.settings;
        let found = (|| {
            let walk = self.walk().ok()?;
            let s = walk.length() * share;
            let [u, v, du, dv, ..] = walk.at(s);
            let angle = field.metric([u, v], 0).ok()?.angle([du, dv]);
            let back =
                after(field, &start(field, place, angle + TURN / 2.0).ok()?, share * length, Carry::Nothing);
            let [u, v, du, dv, ..] = back.ok()?;
            Some(([u, v], field.metric([u, v], 0).ok()?.angle([-du, -dv])))
        })();
        if let Some((ant, heading)) = found {
            (self.settings.ant, self.settings.heading) = (ant, heading);
            self.forget();
        }
    }

    /// From the ant's Gaussian to the second by the gradient of their divergence, in either coordinates.
    pub fn flow(&self, gradient: Gradient, coordinates: Coordinates) -> Option<Vec<Place>> {
        let Settings { ant, second, surface, .. } = &self.settings;
        let times: Vec<f64> = (0..=FLOWED).map(|k| self.time(gradient, k as f64 / FLOWED as f64)).collect();
        (surface.id == "fisher" && second[1] > 0.0)
            .then(|| gradient::flow(gradient, coordinates, *ant, *second, &times))?
    }

    /// How long a flow has run where that share of it is drawn: it slows down as it arrives.
    pub fn time(&self, gradient: Gradient, share: f64) -> f64 {
        let Settings { ant, second, .. } = &self.settings;
        let pace = match gradient {
            Gradient::Natural => 1.0,
            // The slowest rate at the goal is 1/τ²; far away the slope is some 1/σ.
            Gradient::Ordinary => second[1] * second[1] + ant[1] * ant[1] + (ant[0] - second[0]).powi(2),
        };
        LASTS * pace * share * share
    }

    /// The shortest of the ways to the second point and its images that go over from a straight line of the chart.
    pub fn way(&self) -> Option<&Connection> {
        let way = self.found.way.get_or_init(|| {
            let Settings { field, ant, second, surface, .. } = &self.settings;
            let turn = if surface.turns { TURN } else { 0.0 };
            // The image that is nearest in the chart is tried first.
            let whole = if surface.turns { ((ant[1] - second[1]) / turn).round() * turn } else { 0.0 };
            connect(field, *ant, [second[0], second[1] + whole])
        });
        way.as_ref()
    }

    /// All ways of at most three times the length of the first, or a little more, shortest first.
    pub fn ways(&self) -> &[Connection] {
        self.found.ways.get_or_init(|| {
            let Settings { field, ant, second, surface, .. } = &self.settings;
            let longest = self.way().map_or(6.5, |way| (3.0 * way.length).clamp(1.0, 6.5));
            shooting::all(field, *ant, *second, surface.turns, longest)
        })
    }

    pub fn circle(&self) -> Result<&Circle, Stop> {
        let Settings { field, ant, radius, .. } = &self.settings;
        self.found.circle.get_or_init(|| circle(field, *ant, *radius)).as_ref().map_err(|stop| *stop)
    }

    /// The three corners that were drawn, or equal sides from the ant on.
    pub fn triangle(&self) -> Option<&Triangle> {
        let triangle = self.found.triangle.get_or_init(|| {
            let Settings { field, ant, heading, radius, corners, .. } = &self.settings;
            match corners[..] {
                [a, b, c] => Triangle::between(field, [a, b, c]),
                _ => Triangle::equilateral(field, *ant, *heading, *radius),
            }
        });
        triangle.as_ref()
    }

    pub fn carried(&self) -> Option<&Carried> {
        self.found.carried.get_or_init(|| instruments::carry(self)).as_ref()
    }

    pub fn region(&self) -> Option<&Region> {
        let region = self.found.region.get_or_init(|| {
            Region::polygon(&self.settings.field, &instruments::outline(&self.settings).ok()?)
        });
        region.as_ref()
    }

    /// The region without its hole.
    pub fn ring(&self) -> Option<&Ring> {
        let ring = self.found.ring.get_or_init(|| {
            let Settings { field, hole, .. } = &self.settings;
            Ring::around(field, &instruments::outline(&self.settings).ok()?, *hole)
        });
        ring.as_ref()
    }

    pub fn orbit(&self) -> Option<&Orbit> {
        let orbit = self.found.orbit.get_or_init(|| {
            let Settings { field, ant, heading, .. } = &self.settings;
            let length = self.walk().ok()?.length();
            Orbit::of(field, *ant, *heading, length, COMPARED)
        });
        orbit.as_ref()
    }
}
