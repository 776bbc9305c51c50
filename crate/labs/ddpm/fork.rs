//! A fork under way: where it runs, and all that was computed of it. The original is the first of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use serde::{Deserialize, Serialize};

use super::trajectory::Trajectory;
use crate::diffusion::solver::Memory;

/// x of all samples, [B, C, H, W], and what belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub x: Vec<f32>,
    /// ε there, where the network was asked.
    pub eps: Option<Vec<f32>>,
    /// What the sampler knows of earlier steps when it leaves.
    pub memory: Memory<Vec<f32>>,
}

impl State {
    /// A state that no sampler has come to.
    pub fn new(x: Vec<f32>) -> Self {
        Self { x, eps: None, memory: Memory::default() }
    }

    /// Every array in it.
    pub fn arrays(&self) -> impl Iterator<Item = &Vec<f32>> {
        let outputs = self.memory.outputs.iter().map(|(_, output)| output);
        std::iter::once(&self.x).chain(&self.eps).chain(outputs).chain(&self.memory.last)
    }
}

/// What was computed of a fork; nothing while `end` is `None`.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Computed {
    /// The states kept, by number; the first of its own and the furthest are always among them. Whoever changes one
    /// that is also held elsewhere changes a copy.
    pub states: BTreeMap<usize, Rc<State>>,
    /// The furthest state of its own that was computed.
    pub end: Option<usize>,
    /// The states at which the network was asked for ε.
    pub asked: BTreeSet<usize>,
    /// Root mean square distance of each sample to the parent's, from the first state of its own on: [states, B]. The
    /// original has none.
    pub gaps: Vec<f32>,
    /// Network calls for the building.
    pub calls: usize,
}

impl Computed {
    /// Notes ε at state `k`, which is kept, if it is not known yet.
    pub fn note_eps(&mut self, k: usize, eps: Vec<f32>) {
        let state = self.states.get_mut(&k).expect("the state is kept");
        if state.eps.is_none() {
            Rc::make_mut(state).eps = Some(eps);
        }
    }
}

pub struct Fork {
    pub trajectory: Trajectory,
    /// Also held by whoever keeps what a pull left.
    computed: Rc<Computed>,
}

impl Fork {
    pub fn new(trajectory: Trajectory) -> Self {
        Self { trajectory, computed: Rc::default() }
    }

    pub fn computed(&self) -> &Rc<Computed> {
        &self.computed
    }

    /// What was computed, to go on with.
    pub fn computed_mut(&mut self) -> &mut Computed {
        Rc::make_mut(&mut self.computed)
    }

    /// Goes on from what was computed elsewhere.
    pub fn take(&mut self, computed: Rc<Computed>) {
        self.computed = computed;
    }

    /// State `k` of its own, if it is kept.
    pub fn state(&self, k: usize) -> Option<&Rc<State>> {
        self.computed.states.get(&k)
    }

    pub fn end(&self) -> Option<usize> {
        self.computed.end
    }
}
