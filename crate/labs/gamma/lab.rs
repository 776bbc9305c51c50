//! The lab as every session knows it: nine states, each at once; nothing is computed that is worth keeping.

use super::{about::LAST_STATE, claims, frames::Gallery, settings::Settings};
use crate::experiment::Experiment;
use crate::math::gamma::{fourier, gamma};
use crate::runtime::{
    error::SessionError,
    fingerprint::Kind,
    frame::Frame,
    lab::{Lab, Proof, Resources},
    readout::Readout,
    selection::Selection,
};

pub struct TwoRoads {
    settings: Settings,
    frames: Gallery,
}

impl Lab for TwoRoads {
    type Part = ();

    fn open(experiment: &Experiment, _: Resources<'_>) -> Result<Self, SessionError> {
        Ok(Self { settings: Settings::of(experiment), frames: Gallery::default() })
    }

    fn length(&self) -> usize {
        LAST_STATE
    }

    fn frame(&self, _: usize, name: &str) -> Result<Frame, SessionError> {
        self.frames.frame(&self.settings, name)
    }

    fn readouts(&self, _: usize) -> Vec<Readout> {
        claims::all(&self.settings)
    }

    fn proof(&self, _: usize) -> Proof {
        let Settings { z, x, periods, c, omega, .. } = self.settings;
        let value = gamma(z).unwrap_or_default();
        let road = fourier::partial_series(x, periods);
        let numbers = [value.re, value.im, road, fourier::along_exactly(c, omega)];
        Proof { kind: Kind::Picture, numbers: numbers.map(|number| number as f32).to_vec() }
    }

    fn select(&mut self, selection: &Selection) {
        self.settings.look(selection);
    }
}
