//! Where a density on the line flows to: p = e^{−V}, a mixture of normal distributions or of a potential that is typed.

use super::{landscape::Landscape, laws::Normal};

#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// The weights add up to 1.
    Hills(Vec<Hill>),
    Typed(Typed),
}

/// A normal distribution as a part of a mixture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hill {
    weight: f64,
    one: Normal,
    /// ln of how high it is.
    top: f64,
}

impl Hill {
    fn of(weight: f64, one: Normal) -> Self {
        Self { weight, one, top: libm::log(weight / one.sd) - LN_SQRT_TAU }
    }
}

/// A potential over x alone: f(x, 0) of a landscape.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    land: Landscape,
    /// Where it is lowest, and how low.
    bottom: [f64; 2],
    /// Where it has values; beyond stand walls.
    walls: [f64; 2],
    /// Where nearly all of e^{−V} lies.
    range: [f64; 2],
    ln_mass: f64,
    /// Whether it rises on both sides before the walls do.
    rises: bool,
}

/// Where walls stand at the latest.
pub const WALLS: f64 = 12.0;
/// What is looked at between them.
const LOOKS: usize = 2400;
/// How far above the bottom a potential is followed: e^{−36} is nothing beside 1.
const HIGH: f64 = 36.0;
/// How high a wall is, and how steep.
const WALL: f64 = 600.0;
const STEEP: f64 = 60.0;
/// A potential that has not risen by this at the walls holds nothing together by itself.
const RISEN: f64 = 12.0;

/// Of what is drawn: hills on either side of 0, how far apart, and their deviation, with which a row of equal ones is flat to 1e-5.
const DRAWN: usize = 20;
const APART: f64 = 0.25;
const BROAD: f64 = 0.2;
/// How high it goes on beside what is drawn, and how fast that falls off.
const SKIRT: f64 = 0.02;
const FALL: f64 = 3.0;

const LN_SQRT_TAU: f64 = 0.918_938_533_204_672_8;

impl Typed {
    /// `None` if f(x, 0) has no value anywhere between the walls.
    pub fn of(land: Landscape) -> Option<Self> {
        let place = |i: usize| WALLS * (2.0 * i as f64 / LOOKS as f64 - 1.0);
        let heights: Vec<f64> = (0..=LOOKS).map(|i| land.height([place(i), 0.0])).collect();
        let finite = |i: &usize| heights[*i].is_finite();
        let lowest = (0..=LOOKS).filter(finite).min_by(|i, j| heights[*i].total_cmp(&heights[*j]))?;
        let low = heights[lowest];
        // As far as it has values, and to the outermost places that are not too high.
        let first = (0..=lowest).rev().take_while(finite).last()?;
        let last = (lowest..=LOOKS).take_while(finite).last()?;
        let near = |i: &usize| heights[*i] - low <= HIGH;
        let (left, right) = ((first..=lowest).find(near)?, (lowest..=last).rev().find(near)?);
        let risen = |i: usize, end: usize| i != end || heights[i] - low >= RISEN;
        let rises = risen(left, 0) && risen(right, LOOKS);
        let [walls, range] =
            [[first, last], [left, right]].map(|[from, to]| [place(from) - 0.01, place(to) + 0.01]);
        let step = (range[1] - range[0]) / 8000.0;
        let density = |k: usize| {
            let x = range[0] + step * (k as f64 + 0.5);
            let height = land.height([x, 0.0]);
            if height.is_finite() { libm::exp(low - height) } else { 0.0 }
        };
        let mass: f64 = (0..8000).map(density).sum::<f64>() * step;
        Some(Self { land, bottom: [place(lowest), low], walls, range, ln_mass: libm::log(mass) - low, rises })
    }

    pub fn rises(&self) -> bool {
        self.rises
    }

    fn inside(&self, x: f64) -> bool {
        (self.walls[0]..=self.walls[1]).contains(&x)
    }

    fn potential(&self, x: f64) -> f64 {
        let height = self.land.height([x, 0.0]);
        let wall = self.bottom[1] + WALL;
        (if self.inside(x) && height.is_finite() { height.min(wall) } else { wall }) + self.ln_mass
    }

    /// Walls push back to the bottom.
    fn slopes(&self, x: f64) -> [f64; 2] {
        let ground = self.land.ground([x, 0.0]).filter(|_| self.inside(x));
        ground
            .map_or([(x - self.bottom[0]).signum() * STEEP, 0.0], |ground| [ground.slope[0], ground.bend[0]])
    }
}

impl Target {
    pub fn normal(mean: f64, sd: f64) -> Self {
        Self::Hills(vec![Hill::of(1.0, Normal { mean, sd })])
    }

    /// ½ N(−half, sd²) + ½ N(half, sd²).
    pub fn wells(half: f64, sd: f64) -> Self {
        Self::Hills([-half, half].map(|mean| Hill::of(0.5, Normal { mean, sd })).to_vec())
    }

    /// Roofs of a street: `parts` are heights, places and widths.
    pub fn skyline(parts: &[[f64; 3]]) -> Self {
        let whole: f64 = parts.iter().map(|[height, _, sd]| height * sd).sum();
        let one = |[height, mean, sd]: [f64; 3]| Hill::of(height * sd / whole, Normal { mean, sd });
        Self::Hills(parts.iter().copied().map(one).collect())
    }

    /// Under a line of places and heights, in any order, over what is drawn of it between ±5: a hill every quarter, as high as the line
    /// there. Where it lies low it goes on as a fiftieth of what is drawn elsewhere, falling off with the distance, so that there is a way
    /// down from everywhere. `None` if the line rises nowhere.
    pub fn drawn(line: &[[f64; 2]]) -> Option<Self> {
        let mut line = line.to_vec();
        line.sort_by(|a, b| a[0].total_cmp(&b[0]));
        let places = (0..=2 * DRAWN).map(|k| (k as f64 - DRAWN as f64) * APART);
        let heights: Vec<[f64; 2]> = places.map(|x| [x, height(&line, x)]).collect();
        if heights.iter().all(|[_, height]| *height == 0.0) {
            return None;
        }
        let skirt = |x: f64| {
            let from = |[y, height]: &[f64; 2]| height * SKIRT * libm::exp(-FALL * (x - y).abs());
            heights.iter().map(from).fold(0.0, f64::max)
        };
        let high: Vec<[f64; 2]> = heights.iter().map(|[x, height]| [*x, height.max(skirt(*x))]).collect();
        let whole: f64 = high.iter().map(|[_, height]| height).sum();
        let hill = |[x, height]: [f64; 2]| Hill::of(height / whole, Normal { mean: x, sd: BROAD });
        Some(Self::Hills(high.into_iter().map(hill).collect()))
    }

    /// The one normal distribution that it is, if it is one.
    pub fn as_normal(&self) -> Option<Normal> {
        match self {
            Self::Hills(hills) if hills.len() == 1 => Some(hills[0].one),
            _ => None,
        }
    }

    /// V = −ln p.
    pub fn potential(&self, x: f64) -> f64 {
        match self {
            Self::Hills(hills) => -shares(hills, x).0,
            Self::Typed(typed) => typed.potential(x),
        }
    }

    /// V′ and V″.
    pub fn slopes(&self, x: f64) -> [f64; 2] {
        let hills = match self {
            Self::Hills(hills) => hills,
            Self::Typed(typed) => return typed.slopes(x),
        };
        let (_, shares) = shares(hills, x);
        let (mut slope, mut square, mut bend) = (0.0, 0.0, 0.0);
        for (share, Hill { one: Normal { mean, sd }, .. }) in shares.iter().zip(hills) {
            let (push, pull) = ((x - mean) / (sd * sd), 1.0 / (sd * sd));
            slope += share * push;
            square += share * push * push;
            bend += share * pull;
        }
        [slope, bend - (square - slope * slope)]
    }

    /// Where nearly all of it lies: `sds` standard deviations beyond the outermost hills.
    pub fn range(&self, sds: f64) -> [f64; 2] {
        let hills = match self {
            Self::Hills(hills) => hills,
            Self::Typed(typed) => return typed.range,
        };
        let edge = |way: f64| hills.iter().map(move |Hill { one, .. }| way * (one.mean + way * sds * one.sd));
        [-edge(-1.0).fold(f64::NEG_INFINITY, f64::max), edge(1.0).fold(f64::NEG_INFINITY, f64::max)]
    }

    /// The deviation of its narrowest hill; of a typed one, by its bend at the bottom.
    pub fn narrowest(&self) -> f64 {
        match self {
            Self::Hills(hills) => hills.iter().map(|hill| hill.one.sd).fold(f64::INFINITY, f64::min),
            Self::Typed(typed) => {
                let [_, bend] = typed.slopes(typed.bottom[0]);
                1.0 / libm::sqrt(bend.clamp(0.1, 25.0))
            }
        }
    }

    /// The height of the barrier in the middle above the wells, in units of the temperature, where there are hills.
    pub fn barrier(&self) -> Option<f64> {
        let Self::Hills(hills) = self else { return None };
        let lowest = hills.iter().map(|hill| self.potential(hill.one.mean)).fold(f64::INFINITY, f64::min);
        let middle = hills.iter().map(|hill| hill.weight * hill.one.mean).sum();
        Some(self.potential(middle) - lowest)
    }

    /// Its variance, by the midpoint rule.
    pub fn variance(&self) -> f64 {
        let [left, right] = self.range(8.5);
        let step = (right - left) / 4000.0;
        let (mut mass, mut first, mut second) = (0.0, 0.0, 0.0);
        for k in 0..4000 {
            let x = left + step * (f64::from(k) + 0.5);
            let p = libm::exp(-self.potential(x));
            (mass, first, second) = (mass + p, first + p * x, second + p * x * x);
        }
        second / mass - (first / mass) * (first / mass)
    }
}

/// How high a line of rising places is at x; not below 0, and 0 beside it.
fn height(line: &[[f64; 2]], x: f64) -> f64 {
    let next = line.partition_point(|[place, _]| *place < x);
    match (line.get(next.wrapping_sub(1)), line.get(next)) {
        (_, Some([place, height])) if *place == x => height.max(0.0),
        (Some([left, low]), Some([right, high])) => {
            let share = (x - left) / (right - left);
            low.max(0.0) * (1.0 - share) + high.max(0.0) * share
        }
        (Some(_) | None, Some(_) | None) => 0.0,
    }
}

/// ln p(x), and how each hill shares in it.
fn shares(hills: &[Hill], x: f64) -> (f64, Vec<f64>) {
    let log = |Hill { one: Normal { mean, sd }, top, .. }: &Hill| {
        let z = (x - mean) / sd;
        top - z * z / 2.0
    };
    let logs: Vec<f64> = hills.iter().map(log).collect();
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shares: Vec<f64> = logs.iter().map(|one| libm::exp(one - most)).collect();
    let whole: f64 = shares.iter().sum();
    (most + libm::log(whole), shares.iter().map(|one| one / whole).collect())
}
