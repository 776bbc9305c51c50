//! An engine without networks has no network: nothing is of this type, and what it could do is never asked.

use std::rc::Rc;

use super::{
    greedy::Greedy,
    partial_noising::PartialNoising,
    settings::Settings,
    walk::{Leg, Walked},
};
use crate::experiment::Experiment;
use crate::runtime::{
    error::SessionError, frame::Frame, lab::Resources, pool::Pool, readout::Readout, status::Progress,
};

pub enum Network {}

impl Network {
    pub fn open(
        _experiment: &Experiment,
        _settings: &Settings,
        _resources: Resources<'_>,
    ) -> Result<Option<Self>, SessionError> {
        Ok(None)
    }

    pub fn share(&mut self, _pool: Rc<Pool>) {
        match *self {}
    }

    pub async fn assist(&self, _job: &[u8]) -> Option<Vec<u8>> {
        match *self {}
    }

    pub async fn walk(
        &self,
        _settings: &Settings,
        _legs: &[&Leg<'_>],
    ) -> Result<Vec<Result<Walked, SessionError>>, SessionError> {
        match *self {}
    }

    pub async fn measure_greedy(
        &self,
        _greedy: &mut Greedy,
        _n: usize,
        _settings: &Settings,
    ) -> Result<(), SessionError> {
        match *self {}
    }

    pub async fn rebuild_noised(
        &mut self,
        _noised: &mut PartialNoising,
        _n: usize,
        _settings: &Settings,
    ) -> Result<(), SessionError> {
        match *self {}
    }

    pub async fn race(&mut self, _n: usize, _settings: &Settings) -> Result<(), SessionError> {
        match *self {}
    }

    pub fn race_progress(&self) -> Progress {
        match *self {}
    }

    pub fn race_results(&self) -> &[f32] {
        match *self {}
    }

    pub fn take_race(&mut self, _results: Vec<f32>) {
        match *self {}
    }

    pub fn race_frame(&self, _name: &str, _settings: &Settings) -> Option<Frame> {
        match *self {}
    }

    pub fn race_readout(&self, _settings: &Settings) -> Option<Readout> {
        match *self {}
    }
}
