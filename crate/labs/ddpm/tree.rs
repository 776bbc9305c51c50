//! The tracks of a run: the trunk and its forks, each with the states that are its own.

use std::collections::{BTreeMap, BTreeSet};

use super::{belief::Denoiser, route::Route, settings::Settings, walk::State};

/// Bytes of kept states beyond which only every few of them are kept.
const BOUND: usize = 64 << 20;

/// A track under way.
pub struct Track {
    pub route: Route,
    /// The states kept, by number; the first of its own and the furthest are always among them.
    pub reel: BTreeMap<usize, State>,
    /// The furthest state of its own that was computed.
    pub end: Option<usize>,
    /// The states at which the network was asked what they look like.
    pub asked: BTreeSet<usize>,
    /// Root mean square distance of each sample to the parent's, from the first state of its own on.
    pub gaps: Vec<Vec<f32>>,
    /// Network calls for the building.
    pub calls: usize,
}

pub struct Tree {
    /// The trunk first; a fork stands after the track that it leaves.
    pub tracks: Vec<Track>,
    /// Every how many states one is kept.
    pub stride: usize,
    /// Network calls for states, those made again for states that were not kept included.
    pub calls: usize,
    bound: usize,
}

impl Tree {
    /// The trunk at `first`, and its forks without a state of their own.
    pub fn new(routes: Vec<Route>, first: Vec<f32>) -> Self {
        let track = |route| Track {
            route,
            reel: BTreeMap::new(),
            end: None,
            asked: BTreeSet::new(),
            gaps: Vec::new(),
            calls: 0,
        };
        let mut tracks: Vec<_> = routes.into_iter().map(track).collect();
        tracks[0].reel.insert(0, State::new(first));
        tracks[0].end = Some(0);
        Self { tracks, stride: 1, calls: 0, bound: BOUND }
    }

    /// The track that state `k` of track `j` belongs to: the parent's before its fork, and while it has no state.
    pub fn owner(&self, mut j: usize, k: usize) -> usize {
        while k < self.tracks[j].route.at || self.tracks[j].end.is_none() {
            j = self.tracks[j].route.parent;
        }
        j
    }

    /// State `k` of track `j`, if it is kept.
    pub fn state(&self, j: usize, k: usize) -> Option<&State> {
        self.tracks[self.owner(j, k)].reel.get(&k)
    }

    /// The furthest state of track `j`, its own or, while it has none, its parent's up to the fork.
    pub fn end(&self, j: usize) -> usize {
        let Track { route, end, .. } = &self.tracks[j];
        end.unwrap_or_else(|| self.end(route.parent).min(route.at))
    }

    /// The furthest state that every track has computed.
    pub fn computed(&self) -> usize {
        (0..self.tracks.len()).map(|j| self.end(j)).min().expect("there is a trunk")
    }

    /// Network calls that the building of all tracks should have taken: each state asked once, and the calls
    /// inside the steps made.
    pub fn expected_calls(&self, settings: &Settings) -> usize {
        let of = |track: &Track| {
            let Route { rule, levels, .. } = &track.route;
            let rises = |k: &&usize| **k >= settings.demolished();
            let asked = track.asked.iter().filter(rises).count();
            let first = track.route.at.max(settings.demolished());
            let steps = first..track.end.unwrap_or(0).max(first);
            let inside: usize = steps.map(|k| rule.method.calls(levels[k + 1]) - 1).sum();
            (asked + inside) * Denoiser::calls_a_prediction(rule)
        };
        self.tracks.iter().map(of).sum()
    }

    /// Bytes of all states kept.
    fn bytes(&self) -> usize {
        self.tracks.iter().flat_map(|track| track.reel.values()).map(|state| 4 * state.size()).sum()
    }

    /// Lets go of states that can be computed again, if all of them are too many: of a long run every
    /// [`Tree::stride`]-th stays, and those around `shown`.
    pub(super) fn thin(&mut self, settings: &Settings, shown: usize) {
        while self.bytes() > self.bound {
            let stride = self.stride;
            for track in &mut self.tracks {
                let (at, end) = (track.route.at, track.end);
                track.reel.retain(|&k, _| {
                    let landmark = k == at || Some(k) == end || k == settings.demolished();
                    landmark || k.is_multiple_of(stride) || k / stride == shown / stride
                });
            }
            // A wider stride would leave more around the state shown than it lets go elsewhere.
            if stride * stride > settings.length() {
                return;
            }
            if self.bytes() > self.bound {
                self.stride *= 2;
            }
        }
    }
}
