//! What the lab holds: the settings of now, and what was computed of them, each thing once and only when somebody asks.

use std::cell::OnceCell;

use super::{
    settings::{self, Held, Part, STATES, Settings},
    transport::Transport,
};
use crate::data::points::Point;
use crate::downhill::{
    bridge::{self, Bridge},
    chart::{self, Chart, Ruler},
    descent::{Method, descend},
    grid::{Energy, Flow, Line},
    landscape::Place,
    lanes::{self, Geometry},
    laws::{self, Normal},
    measured::{self, Measured},
    plane::{self, Arena},
    proximal::{self, Quantiles},
    sheet, spectrum,
    target::Target,
};
use crate::experiment::{Experiment, Message};

/// States of a cloud, besides the first: steps of h.
pub const SHAKES: usize = 300;
/// Numbers of the cloud's past that are kept; beyond, every few states are, and those between are made again.
const KEPT: usize = 8_000_000;
/// Quantiles that a jump is drawn by.
pub const DRAWN: usize = 160;

pub struct Flowing {
    experiment: Experiment,
    pub settings: Settings,
    found: Found,
    cloud: Cloud,
    /// Where diffusion is what rolls.
    ways: Option<Ways>,
}

#[derive(Default)]
struct Found {
    paths: OnceCell<[Vec<Place>; 4]>,
    charted: OnceCell<Option<Charted>>,
    lanes: OnceCell<[Option<Vec<lanes::State>>; 4]>,
    measured: OnceCell<[Measured; 2]>,
    slowest: OnceCell<[f64; 2]>,
    jump: OnceCell<Option<[Normal; 2]>>,
    drawn: OnceCell<Option<[Quantiles; 2]>>,
    heap: OnceCell<f64>,
    shaken: OnceCell<f64>,
    transport: OnceCell<Transport>,
    long: OnceCell<Long>,
    lifted: OnceCell<f64>,
    slowest_in_plane: OnceCell<Option<spectrum::Slowest>>,
    slowest_of_axes: OnceCell<Option<f64>>,
}

/// What steps of h make of the density on the line.
#[derive(Clone, Copy)]
pub struct Long {
    /// The least density after so many implicit and so many explicit ones.
    pub implicit: f64,
    pub explicit: f64,
    /// The longest explicit step that cannot turn negative.
    pub allowed: f64,
}

/// Steps of h that are tried, on the line and in the plane.
pub const TRIED: usize = 20;

/// Places of a flow in other parameters at least, where there are fewer steps: it may run far in one.
const CURVED: usize = 240;

/// Flows in other parameters of the plane, drawn in the old ones.
pub struct Charted {
    /// Places a step.
    pub finer: usize,
    /// Of ℓ2 in the new ones.
    pub moved: Vec<Place>,
    /// Of the natural gradient, in the old ones and in the new ones.
    pub natural: [Vec<Place>; 2],
}

/// The lanes of the plane. Where particles are is rounded as it is shown, so that a state made again is the same to the bit.
#[derive(Default)]
struct Cloud {
    /// Where a cloud is what rolls.
    arena: Option<Arena>,
    /// Whether f alone holds e^{−f/τ} together on its cells.
    held: bool,
    /// Every `stride`-th state.
    kept: Vec<Vec<Kept>>,
    /// The number of the state that `now` is.
    at: usize,
    /// Of each lane that there is.
    now: Vec<(plane::Geometry, plane::State)>,
    /// What was read of each lane at each state, as far as there were any.
    read: Vec<Vec<plane::Measured>>,
}

/// A lane at one time: places, flat, and masses.
struct Kept {
    places: Vec<f32>,
    mass: Vec<f64>,
}

/// The three ways back to data, every state of them: nothing that a hand holds changes them.
pub struct Ways {
    pub data: Vec<Point>,
    pub bridge: Bridge,
    kept: Vec<[Vec<f32>; bridge::WAYS]>,
    newest: [bridge::Cloud; bridge::WAYS],
}

impl Ways {
    fn open(experiment: &Experiment, warnings: &mut Vec<Message>) -> Self {
        let (data, bridge) = settings::bridge(experiment, warnings);
        let mut ways = Self { data, kept: Vec::new(), newest: bridge.start(), bridge };
        ways.keep();
        ways
    }

    fn keep(&mut self) {
        self.kept.push(self.newest.each_ref().map(|way| way.iter().map(|x| *x as f32).collect()));
    }

    fn lead_to(&mut self, k: usize) {
        while self.kept.len() <= k {
            self.newest = self.bridge.next(self.kept.len() - 1, &self.newest);
            self.keep();
        }
    }

    /// State `k`, which was reached: flow, reverse equation, Langevin; x and y in turn.
    pub fn at(&self, k: usize) -> &[Vec<f32>; bridge::WAYS] {
        &self.kept[k]
    }
}

impl Flowing {
    pub fn open(experiment: &Experiment) -> Self {
        let mut settings = Settings::of(experiment, &Held::new(), None);
        let ways = (settings.part == Part::Bridge).then(|| Ways::open(experiment, &mut settings.warnings));
        let mut flowing = Self {
            experiment: experiment.clone(),
            settings,
            found: Found::default(),
            cloud: Cloud::default(),
            ways,
        };
        flowing.begin();
        flowing
    }

    /// Something is held or typed: what was computed is true no more. A formula that cannot be read leaves the one before.
    pub fn hold(&mut self, held: &Held, typed: Option<Vec<String>>) {
        if let Some(typed) = typed {
            self.experiment.inputs.expressions = typed;
        }
        let fresh = Settings::of(&self.experiment, held, Some(&self.settings.land));
        let before = std::mem::replace(&mut self.settings, fresh);
        if self.settings.misread.is_some() {
            self.settings.land = before.land;
            self.settings.target = before.target;
        }
        self.found = Found::default();
        // A cloud begins anew and comes as far as it was.
        let at = self.cloud.at;
        self.begin();
        self.shake_to(at);
    }

    fn begin(&mut self) {
        self.cloud = Cloud::default();
        if self.settings.part == Part::Plane {
            let Settings { start, spread, tau, ref land, ref clouds, .. } = self.settings;
            let (window, held) = sheet::reach(land, self.settings.known.window, start, spread, tau);
            self.cloud.held = held;
            let arena = Arena::of(self.settings.given(), window, sheet::SIDE);
            self.cloud.now = clouds.iter().flatten().map(|one| (*one, arena.begin(*one))).collect();
            self.cloud.arena = Some(arena);
            self.keep();
        }
    }

    fn stride(&self) -> usize {
        let numbers = |(_, state): &(_, plane::State)| 2 * state.places.len() + 2 * state.mass.len();
        let each: usize = self.cloud.now.iter().map(numbers).sum();
        (each * (SHAKES + 1)).div_ceil(KEPT).max(1)
    }

    /// Rounds where the particles are, reads what there is to read, and keeps it where that is due.
    fn keep(&mut self) {
        let stride = self.stride();
        let Some(arena) = &self.cloud.arena else { return };
        for x in self.cloud.now.iter_mut().flat_map(|(_, state)| state.places.as_flattened_mut()) {
            *x = f64::from(*x as f32);
        }
        if self.cloud.at == self.cloud.read.len() {
            let read = self.cloud.now.iter().map(|(geometry, state)| arena.measure(*geometry, state));
            self.cloud.read.push(read.collect());
        }
        if self.cloud.at == self.cloud.kept.len() * stride {
            let kept = |(_, state): &(_, plane::State)| Kept {
                places: state.places.as_flattened().iter().map(|x| *x as f32).collect(),
                mass: state.mass.clone(),
            };
            self.cloud.kept.push(self.cloud.now.iter().map(kept).collect());
        }
    }

    /// Makes sure that the ways back, if that is what rolls, have come to state `k`.
    pub fn lead_to(&mut self, k: usize) {
        if let Some(ways) = &mut self.ways {
            ways.lead_to(k);
        }
    }

    /// The ways back to data. Panics where something else rolls: a bug, not input.
    pub fn ways(&self) -> &Ways {
        self.ways.as_ref().expect("asked for on the bridge alone")
    }

    /// Brings the cloud to state `k`.
    pub fn shake_to(&mut self, k: usize) {
        if self.settings.part != Part::Plane {
            return;
        }
        if k < self.cloud.at {
            let stride = self.stride();
            let nearest = k / stride;
            for ((_, state), kept) in self.cloud.now.iter_mut().zip(&self.cloud.kept[nearest]) {
                state.places =
                    kept.places.chunks_exact(2).map(|p| [f64::from(p[0]), f64::from(p[1])]).collect();
                state.mass.clone_from(&kept.mass);
            }
            self.cloud.at = nearest * stride;
        }
        while self.cloud.at < k {
            let number = self.cloud.at as u32 + 1;
            let Some(arena) = &self.cloud.arena else { return };
            for (geometry, state) in &mut self.cloud.now {
                arena.step(*geometry, state, number);
            }
            self.cloud.at += 1;
            self.keep();
        }
    }

    /// The furthest state that was reached: points and densities have all of theirs at once.
    pub fn computed(&self) -> usize {
        match self.settings.part {
            Part::Point | Part::Line => self.length(),
            Part::Plane => self.cloud.read.len() - 1,
            Part::Bridge => self.ways().kept.len() - 1,
        }
    }

    /// The lanes of the plane as they stand: that state was reached last. `None` beyond the last one.
    pub fn lane(&self, k: usize) -> Option<&(plane::Geometry, plane::State)> {
        self.cloud.now.get(k)
    }

    /// Where the particles of lane `k` stand.
    pub fn cloud(&self, k: usize) -> &[Place] {
        self.lane(k).map_or(&[], |(_, state)| &state.places)
    }

    /// What was read of the lanes at each state that was reached.
    pub fn read(&self) -> &[Vec<plane::Measured>] {
        &self.cloud.read
    }

    /// What the lanes of the plane share, where a cloud is what rolls.
    pub fn arena(&self) -> Option<&Arena> {
        self.cloud.arena.as_ref()
    }

    /// Whether f alone, without walls, holds e^{−f/τ} together on the cells of the plane.
    pub fn is_held(&self) -> bool {
        self.cloud.held
    }

    /// The slowest rate of the landscape, and what fades with it.
    pub fn slowest_in_plane(&self) -> Option<&spectrum::Slowest> {
        let arena = self.arena()?;
        let found = self
            .found
            .slowest_in_plane
            .get_or_init(|| spectrum::in_plane(&arena.given.land, arena.sheet.grid.window, arena.given.tau));
        found.as_ref()
    }

    /// The same along the axes, where f is a sum.
    pub fn slowest_of_axes(&self) -> Option<f64> {
        *self.found.slowest_of_axes.get_or_init(|| self.settings.slowest_of_axes())
    }

    pub fn length(&self) -> usize {
        match self.settings.part {
            Part::Point | Part::Bridge => self.settings.steps,
            Part::Line => STATES,
            Part::Plane => SHAKES,
        }
    }

    /// Gradient descent, the exact flow, proximal steps, and the guest.
    pub fn paths(&self) -> &[Vec<Place>; 4] {
        self.found.paths.get_or_init(|| {
            let Settings { land, start, alpha, steps, method, .. } = &self.settings;
            let three = [Method::Gradient, Method::Flow, Method::Proximal];
            let [a, b, c] = three.map(|one| descend(land, one, *start, *alpha, *steps));
            let guest = match three.iter().position(|one| one == method) {
                Some(i) => [&a, &b, &c][i].clone(),
                None => descend(land, *method, *start, *alpha, *steps),
            };
            [a, b, c, guest]
        })
    }

    /// Flows in other parameters, where there are other ones.
    pub fn charted(&self) -> Option<&Charted> {
        let charted = self.found.charted.get_or_init(|| {
            let Settings { land, start, alpha, steps, chart, .. } = &self.settings;
            let finer = (CURVED / steps).max(1);
            let step = alpha / finer as f64;
            let way = |chart, ruler| chart::ways(land, chart, ruler, *start, step, steps * finer);
            (*chart != Chart::PLAIN).then(|| Charted {
                finer,
                moved: way(*chart, Ruler::Euclid),
                natural: [Chart::PLAIN, *chart].map(|chart| way(chart, Ruler::Fisher)),
            })
        });
        charted.as_ref()
    }

    pub fn lanes(&self) -> &[Option<Vec<lanes::State>>; 4] {
        self.found.lanes.get_or_init(|| {
            let race = self.settings.race();
            let known = |lane: &Geometry| lane.knows(race.energy);
            self.settings.lanes.map(|lane| lane.filter(known).map(|geometry| race.run(geometry)))
        })
    }

    pub fn measured(&self) -> &[Measured; 2] {
        self.found.measured.get_or_init(|| {
            let Settings { from, ref target, energy, time, .. } = self.settings;
            measured::at(from, target, energy, time)
        })
    }

    /// The time that has passed at state `at`.
    pub fn passed(&self, at: usize) -> f64 {
        match self.settings.part {
            Part::Point => self.settings.alpha * at as f64,
            Part::Line => self.settings.time * at as f64 / STATES as f64,
            Part::Plane => self.settings.h * at as f64,
            // τ = −ln A, which runs back to 0.
            Part::Bridge => -libm::log(self.ways().bridge.level(at).a),
        }
    }

    pub fn slowest(&self) -> [f64; 2] {
        *self.found.slowest.get_or_init(|| spectrum::slowest(&self.settings.target))
    }

    /// Mean and deviation after the proximal steps, and as the most nodes alone have them.
    pub fn jump(&self) -> Option<[Normal; 2]> {
        let Settings { from, ref target, jump, jumps, .. } = self.settings;
        *self.found.jump.get_or_init(|| proximal::both(from, target, jump, jumps))
    }

    /// Before the last proximal step and after it, as quantiles.
    pub fn drawn(&self) -> Option<&[Quantiles; 2]> {
        let drawn = self.found.drawn.get_or_init(|| {
            let Settings { from, ref target, jump, jumps, .. } = self.settings;
            let mut before = Quantiles::of(from, DRAWN);
            for _ in 1..jumps {
                before = before.step(target, jump)?;
            }
            let after = before.step(target, jump)?;
            Some([before, after])
        });
        drawn.as_ref()
    }

    /// The proximal step of the law that the cloud begins with, where one is asked for.
    pub fn transport(&self) -> Option<&Transport> {
        let wanted = self.settings.strings && self.settings.part == Part::Plane;
        wanted.then(|| self.found.transport.get_or_init(|| Transport::of(&self.settings)))
    }

    /// Implicit and explicit steps of h from the start, on the cells of the lanes.
    pub fn long(&self) -> Long {
        *self.found.long.get_or_init(|| {
            let race = self.settings.race();
            let flow = Flow::new(race.line, race.energy, &race.target);
            let start = race.line.normal(race.start);
            let (mut implicit, mut explicit) = (start.clone(), start.clone());
            for _ in 0..TRIED {
                flow.step(&mut implicit, race.h);
                flow.explicit(&mut explicit, race.h);
            }
            let least = |q: &[f64]| q.iter().copied().fold(f64::INFINITY, f64::min);
            Long {
                implicit: least(&implicit),
                explicit: least(&explicit),
                allowed: flow.longest_explicit(&start),
            }
        })
    }

    /// The least density after explicit steps of h of the L2 flow in the plane.
    pub fn lifted(&self) -> f64 {
        *self.found.lifted.get_or_init(|| {
            let Some(arena) = self.arena() else { return f64::NAN };
            let mut mass = arena.sheet.normal(arena.given.start, arena.given.spread);
            (0..TRIED).for_each(|_| arena.sheet.lift_explicitly(&mut mass, arena.given.h));
            let [wide, high] = arena.sheet.grid.cell();
            mass.iter().copied().fold(f64::INFINITY, f64::min) / (wide * high)
        })
    }

    /// How far the porous medium on a grid is from Barenblatt's heap when it has spread from time 0.1 to 1, over the heap's peak.
    pub fn heap(&self) -> f64 {
        *self.found.heap.get_or_init(|| {
            let end = 0.1 + self.settings.time.max(0.1);
            let wide = 1.3 * laws::barenblatt_half_width(end);
            let line = Line::over([-wide, wide], 320);
            let flow = Flow::new(line, Energy::Square, &Target::normal(0.0, 1.0));
            let heap = |t: f64| (0..line.cells).map(move |i| laws::barenblatt(t, line.centre(i)));
            let mut q = line.scaled(heap(0.1).collect());
            let steps = 400;
            (0..steps).for_each(|_| flow.step(&mut q, (end - 0.1) / f64::from(steps)));
            let gap = q.iter().zip(heap(end)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            gap / laws::barenblatt(end, 0.0)
        })
    }

    /// The variance at which a recursion x ← x − h V′ + √(2h) ξ comes to rest for a target of one hill, by going on until it does.
    pub fn shaken(&self, target: Normal) -> f64 {
        *self.found.shaken.get_or_init(|| {
            let (h, square) = (self.settings.h, target.sd * target.sd);
            let (keep, mut variance) = ((1.0 - h / square).powi(2), self.settings.from.sd.powi(2));
            for _ in 0..2_000_000 {
                let next = keep * variance + 2.0 * h;
                if (next - variance).abs() <= 1e-16 * next || !next.is_finite() {
                    return next;
                }
                variance = next;
            }
            variance
        })
    }
}
