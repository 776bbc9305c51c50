//! From one state of a fork to the next ones: falling by noise alone, or with the network.

use super::{
    fork::State,
    network::Network,
    settings::{Move, Settings},
    trajectory::Trajectory,
};
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::SessionError;

/// What is to be computed: `count` states after state `k` of a trajectory, all by one kind of move.
pub struct Leg<'a> {
    pub trajectory: &'a Trajectory,
    pub k: usize,
    /// State `k`.
    pub from: &'a State,
    pub count: usize,
    /// Whether the network is asked for ε at the last of them (at state `k` if `count` is 0), too.
    pub ask_last: bool,
}

/// What a leg came to.
pub struct Walked {
    /// ε at the states from `k` on at which the network was asked.
    pub eps: Vec<Vec<f32>>,
    /// The states that were reached.
    pub states: Vec<State>,
    /// Network calls that it took.
    pub calls: usize,
}

/// What it takes to walk.
#[derive(Clone, Copy)]
pub struct Walker<'a> {
    pub settings: &'a Settings,
    /// Not needed for a fall.
    pub network: Option<&'a Network>,
}

impl Walker<'_> {
    /// Walks all `legs`, waiting for the device once. A leg on which numbers run away fails alone.
    pub async fn walk(&self, legs: &[Leg<'_>]) -> Result<Vec<Result<Walked, SessionError>>, SessionError> {
        let falls = |leg: &Leg<'_>| leg.count > 0 && self.settings.move_from(leg.k) == Move::Fall;
        let climbs: Vec<_> = legs.iter().filter(|leg| !falls(leg)).collect();
        let mut climbed = Vec::new().into_iter();
        if !climbs.is_empty() {
            let network = self.network.expect("nobody asks for states beyond the limit");
            climbed = network.walk(self.settings, &climbs).await?.into_iter();
        }
        let walked = |leg| match falls(leg) {
            true => Ok(self.fall(leg)),
            false => climbed.next().expect("an answer a leg"),
        };
        Ok(legs.iter().map(walked).collect())
    }

    fn fall(&self, leg: &Leg<'_>) -> Walked {
        let mut states: Vec<State> = Vec::with_capacity(leg.count);
        for k in leg.k..leg.k + leg.count {
            let next = fallen(self.settings, leg.trajectory, k, states.last().unwrap_or(leg.from));
            states.push(next);
        }
        Walked { eps: Vec::new(), states, calls: 0 }
    }

    /// Whether it takes the network to say what noise is in state `k`: a finished picture holds none, and asking would
    /// be asking beyond its training.
    pub fn holds_noise(&self, trajectory: &Trajectory, k: usize) -> bool {
        trajectory.levels[k].b > 0.0 || self.settings.move_from(k) == Move::Invert
    }
}

/// State `k` + 1 from state `k`: x_t = a x_s + b e with the noise that belongs to t.
fn fallen(settings: &Settings, trajectory: &Trajectory, k: usize, from: &State) -> State {
    let to = trajectory.levels[k + 1];
    let (a, b) = to.jump(trajectory.levels[k]);
    let (seed, time) = (trajectory.seed(settings, k), to.address());
    let noise = normals(seed, Stream::Demolish, time, from.x.len());
    let x = from.x.iter().zip(noise).map(|(x, e)| (a * f64::from(*x) + b * f64::from(e)) as f32);
    State::new(x.collect())
}
