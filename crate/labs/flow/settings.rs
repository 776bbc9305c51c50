//! The settings, typed; what a hand holds for a moment stands in for what the link says.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;

use super::{
    landscapes::{self, Known, POTENTIAL},
    parameters,
};
use crate::data::points::{Distribution, Point};
use crate::diffusion::{
    exact::Mixture,
    schedule::TRAINING,
    timegrid::{Spacing, levels},
};
use crate::downhill::{
    bridge::{Bridge, WAYS},
    chart::Chart,
    descent::Method,
    grid::{Divergence, Energy, Line},
    landscape::{Landscape, Place},
    lanes::{Geometry, Race},
    laws::Normal,
    measured,
    norm::Norm,
    plane::{self, Given, Score},
    relief::Relief,
    spectrum,
    target::{Target, Typed, WALLS},
    unshaken::Walk,
};
use crate::experiment::{Experiment, Message, parameter::Kind};
use crate::geometry::{expression::Expression, fault::Fault};
use crate::labs::{chosen::chosen, clouds};
use crate::runtime::selection::Selection;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Point,
    Line,
    Plane,
    Bridge,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Ball {
    L2,
    L1,
    Linf,
    Ellipse,
    Fisher,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Guest {
    Gradient,
    Flow,
    Proximal,
    Steepest,
    Momentum,
    Adam,
    Sign,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Falling {
    Kl,
    Entropy,
    Porous,
    Attraction,
    Apart,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Measure {
    Reverse,
    Forward,
    Chi2,
    Hellinger,
    Js,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Goal {
    Gaussian,
    Wells,
    Skyline,
    Typed,
    Drawn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Lane {
    Wasserstein,
    Langevin,
    Mala,
    Particles,
    FisherRao,
    Stein,
    L2,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Way {
    Langevin,
    Particles,
    FisherRao,
    Stein,
    Wasserstein,
    L2,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Slope {
    Kernel,
    Grid,
    Exact,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Laid {
    None,
    Strings,
}

/// The keys of the lanes of the plane.
pub const GEOMETRIES: [&str; 4] = ["geometry", "geometry2", "geometry3", "geometry4"];
/// The most particles on the line.
const MOST_ON_LINE: usize = 20_000;
/// Particles that may always walk back to data.
const ALWAYS_ON_BRIDGE: usize = 2000;
/// Each asks all data points twice a level, and once more for each of Langevin's steps, which is what a level costs: no more is asked
/// than by 2,000 particles, of 400 points, four steps a level.
const ASKED: usize = 4_800_000;
/// Numbers of their past that are kept, every state of it.
const KEPT_ON_BRIDGE: usize = 24_000_000;
/// The deviation of each Gaussian of a mixture: the lab of points' own.
const MIXED: f64 = 0.15;
/// Points that a skyline is made of.
const TOWERS: usize = 4096;
/// Where no formula is asked for.
const FLAT: &str = "0";
/// States of a density, besides the first.
pub const STATES: usize = 60;
/// Cells of a lane.
const CELLS: usize = 240;

/// Heights, places and widths of the roofs.
const ROOFS: [[f64; 3]; 6] = [
    [0.55, -3.1, 0.3],
    [1.0, -2.1, 0.22],
    [0.75, -1.2, 0.35],
    [0.4, 0.1, 0.3],
    [1.25, 1.2, 0.2],
    [0.6, 2.3, 0.45],
];

pub struct Settings {
    pub part: Part,
    pub known: &'static Known,
    pub land: Landscape,
    pub start: Place,
    pub alpha: f64,
    pub steps: usize,
    /// ℓ2, ℓ1, ℓ∞, the ellipse, and Fisher's, which there is where y > 0.
    pub norms: [Option<Norm>; 5],
    /// Which of them is chosen.
    pub norm: usize,
    pub method: Method,
    /// The parameters that the plane is seen in, too.
    pub chart: Chart,
    pub goal: Goal,
    pub target: Target,
    pub from: Normal,
    pub energy: Energy,
    pub divergence: Divergence,
    pub ratio: f64,
    pub time: f64,
    pub jump: f64,
    pub jumps: usize,
    pub lanes: [Option<Geometry>; 4],
    pub particles: usize,
    /// How the cloud comes down, in up to four lanes of the plane.
    pub clouds: [Option<plane::Geometry>; 4],
    /// Where particles without noise have ∇ ln q from in the plane.
    pub score: Score,
    pub barrier: f64,
    pub h: f64,
    pub tau: f64,
    pub spread: f64,
    /// Whether a proximal step of the cloud's law is laid over it.
    pub strings: bool,
    pub seed: u64,
    pub misread: Option<Fault>,
    pub warnings: Vec<Message>,
}

/// What a hand holds.
pub type Held = BTreeMap<&'static str, f64>;

impl Settings {
    /// `before`: the landscape of the same experiment, if it has been made.
    pub fn of(experiment: &Experiment, held: &Held, before: Option<&Landscape>) -> Self {
        let number = |key: &str| held.get(key).copied().unwrap_or_else(|| experiment.number(key));
        let known = named(experiment.choice("landscape"));
        let typed = experiment.inputs.expressions.first();
        let (part, goal) = (chosen(experiment, "part"), chosen(experiment, "target"));
        // On the line a formula is a potential, elsewhere a landscape.
        let on_line = part == Part::Line;
        let own = if on_line { goal == Goal::Typed } else { known.id == "typed" };
        let given = if on_line { POTENTIAL } else { known.formula };
        let (mut misread, mut warnings) = (None, Vec::new());
        let formula = match typed.filter(|_| own).map(|text| Expression::read(text)) {
            Some(Ok(formula)) => formula,
            Some(Err(fault)) => {
                warnings.push(Message::new(
                    "expressions",
                    format!(
                        "f, character {}: {}. The landscape that stood there before is used.",
                        fault.at + 1,
                        fault.en
                    ),
                    format!("f 的第 {} 个字符：{}。沿用之前的地形。", fault.at + 1, fault.zh),
                ));
                misread = Some(fault);
                Expression::known(given)
            }
            None => Expression::known(if given.is_empty() { FLAT } else { given }),
        };
        if typed.is_some() && !own && part != Part::Bridge {
            warnings.push(Message::new(
                "expressions",
                "The link holds a formula, but what is chosen has its own; choose \"typed\" to use it.",
                "链接带有公式，但所选的地形或目标有自己的公式；要使用它，请选“自己写”。",
            ));
        }
        let start = [number("x"), number("y")];
        let square = start[1] * start[1];
        let fisher = (start[1] > 0.0).then(|| Norm::Diagonal([1.0 / square, 2.0 / square]));
        let norms = [
            Some(Norm::L2),
            Some(Norm::L1),
            Some(Norm::Max),
            Some(Norm::Diagonal([number("m"), 1.0])),
            fisher,
        ];
        let norm = chosen::<Ball>(experiment, "norm") as usize;
        let method = match chosen(experiment, "method") {
            Guest::Gradient => Method::Gradient,
            Guest::Flow => Method::Flow,
            Guest::Proximal => Method::Proximal,
            Guest::Steepest => Method::Steepest(norms[norm].unwrap_or(Norm::L2)),
            Guest::Momentum => Method::Momentum,
            Guest::Adam => Method::Adam,
            Guest::Sign => Method::Sign,
        };
        let a = number(if known.id == "barrier" { "barrier" } else { "kappa" });
        let of = |formula| Landscape::of(formula, a);
        let land = match before {
            Some(Landscape::Relief(relief)) => Landscape::Relief(relief.clone()),
            _ if known.formula.is_empty() => {
                Landscape::Relief(Arc::new(relief(experiment, known.id, &mut warnings)))
            }
            _ if on_line => of(Expression::known(known.formula)),
            _ => of(formula.clone()),
        };
        let own = if on_line { of(formula) } else { of(Expression::known(POTENTIAL)) };
        let target = match goal {
            Goal::Gaussian => Target::normal(number("mu"), number("s")),
            Goal::Wells => Target::wells(number("mu").abs(), number("s")),
            Goal::Skyline => Target::skyline(&ROOFS),
            Goal::Typed => potential(own, &mut warnings),
            Goal::Drawn => under(&experiment.inputs.r#loop, &mut warnings),
        };
        if on_line && goal != Goal::Drawn && !experiment.inputs.r#loop.is_empty() {
            warnings.push(Message::new(
                "loop",
                "The link holds a drawing, but another target is chosen; choose \"drawn by you\" to use it.",
                "链接带有一幅画，但选的是别的目标；要使用它，请选“自己画”。",
            ));
        }
        let divergence = match chosen(experiment, "divergence") {
            Measure::Reverse => Divergence::Reverse,
            Measure::Forward => Divergence::Forward,
            Measure::Chi2 => Divergence::Square,
            Measure::Hellinger => Divergence::Hellinger,
            Measure::Js => Divergence::JensenShannon,
        };
        let energy = match chosen(experiment, "energy") {
            Falling::Kl => Energy::Divergence(divergence),
            Falling::Entropy => Energy::Entropy,
            Falling::Porous => Energy::Square,
            Falling::Attraction => Energy::Attraction,
            Falling::Apart => Energy::Apart(number("reach")),
        };
        let walk = plane::Geometry::Walk;
        let clouds = GEOMETRIES.map(|key| match chosen(experiment, key) {
            Way::Langevin => Some(walk(Walk::Shaken)),
            Way::Particles => Some(walk(Walk::Smooth)),
            Way::FisherRao => Some(walk(Walk::Born)),
            Way::Stein => Some(walk(Walk::Seeing)),
            Way::Wasserstein => Some(plane::Geometry::Grid),
            Way::L2 => Some(plane::Geometry::Lifted),
            Way::None => None,
        });
        let mut score = match chosen(experiment, "score") {
            Slope::Kernel => Score::Kernel,
            Slope::Grid => Score::Grid,
            Slope::Exact => Score::Exact,
        };
        let led = part == Part::Plane && clouds.contains(&Some(walk(Walk::Smooth)));
        if led && score == Score::Exact && !["bowl", "ellipse"].contains(&known.id) {
            warnings.push(Message::new(
                "score",
                "There is a closed form of ∇ ln q in the two bowls alone; here it comes from the grid.",
                "只有在两种碗里 ∇ ln q 才有解析式；这里改用网格上的。",
            ));
            score = Score::Grid;
        }
        let lanes = ["lane1", "lane2", "lane3", "lane4"].map(|key| match chosen(experiment, key) {
            Lane::Wasserstein => Some(Geometry::Wasserstein),
            Lane::Langevin => Some(Geometry::Langevin),
            Lane::Mala => Some(Geometry::Adjusted),
            Lane::Particles => Some(Geometry::Particles),
            Lane::FisherRao => Some(Geometry::FisherRao),
            Lane::Stein => Some(Geometry::Stein),
            Lane::L2 => Some(Geometry::L2),
            Lane::None => None,
        });
        if on_line && lanes.iter().flatten().any(|lane: &Geometry| !lane.knows(energy)) {
            warnings.push(Message::new(
                "lanes",
                "A lane stays empty: it knows no way down this energy. Mass that moves (Wasserstein, particles without noise) knows all.",
                "有的赛道空着：它不知道这个能量的下坡路。搬运质量的赛道（Wasserstein、无噪声的粒子）全都知道。",
            ));
        }
        Self {
            part,
            known,
            land,
            start,
            alpha: number("alpha"),
            steps: experiment.integer("steps"),
            norms,
            norm,
            method,
            chart: Chart { power: number("chart"), lean: number("lean") },
            goal,
            target,
            from: Normal { mean: number("m0"), sd: number("s0") },
            energy,
            divergence,
            ratio: number("r"),
            time: number("t"),
            jump: number("a"),
            jumps: experiment.integer("jumps"),
            lanes,
            particles: experiment.integer("particles"),
            clouds,
            score,
            barrier: number("barrier"),
            h: number("h"),
            tau: number("tau"),
            spread: number("spread"),
            strings: chosen::<Laid>(experiment, "plan") == Laid::Strings,
            seed: experiment.seed("seed"),
            misread,
            warnings,
        }
    }

    /// The lanes' common ground.
    pub fn race(&self) -> Race {
        Race {
            start: self.from,
            target: self.target.clone(),
            energy: self.energy,
            line: Line::over(measured::range(self.from, &self.target, self.energy, self.time), CELLS),
            time: self.time,
            states: STATES,
            h: self.h,
            particles: self.particles.min(MOST_ON_LINE),
            seed: self.seed,
        }
    }

    /// How much f is bent along each axis, where it is a bowl and nothing else.
    pub fn bends(&self) -> Option<[f64; 2]> {
        match (self.known.id, &self.land) {
            ("bowl", _) => Some([1.0, 1.0]),
            ("ellipse", Landscape::Formula { a, .. }) => Some([1.0, *a]),
            _ => None,
        }
    }

    /// What the lanes of the plane share.
    pub fn given(&self) -> Given {
        Given {
            land: self.land.clone(),
            start: self.start,
            spread: self.spread,
            particles: self.particles,
            h: self.h,
            tau: self.tau,
            seed: self.seed,
            score: self.score,
            bends: self.bends(),
        }
    }

    /// The slowest rate at temperature τ, where f is a sum of one of x and one of y: the smaller of two of lines. A parabola’s is its bend.
    pub fn slowest_of_axes(&self) -> Option<f64> {
        let along = |formula: &str, a: f64, bend: f64| {
            let typed = Typed::of(Landscape::of(Expression::known(formula), a))?;
            let [slow, _] = spectrum::slowest(&Target::Typed(typed));
            Some((slow * self.tau).min(bend))
        };
        if self.tau <= 0.0 {
            return None;
        }
        match self.known.id {
            "wells" => along("a ((x^2 - 4)^2/8 + x/6)", 1.0 / self.tau, 1.0),
            "barrier" => along("a (x^2/4 - 1)^2", self.barrier / self.tau, 1.0),
            _ => self.bends().map(|[x, y]| x.min(y)),
        }
    }

    /// The target, where it is one normal distribution and what falls is KL from it: then all is known.
    pub fn normal(&self) -> Option<Normal> {
        self.target.as_normal().filter(|_| self.energy == Energy::Divergence(Divergence::Reverse))
    }
}

/// e^{−f(x, 0)} between walls; N(0, 1) where there is no such thing.
fn potential(land: Landscape, warnings: &mut Vec<Message>) -> Target {
    let Some(typed) = Typed::of(land) else {
        warnings.push(Message::new(
            "expressions",
            format!("V has no value anywhere between −{WALLS} and {WALLS}; N(0, 1) is the target meanwhile."),
            format!("V 在 −{WALLS} 与 {WALLS} 之间处处没有值；暂以 N(0, 1) 为目标。"),
        ));
        return Target::normal(0.0, 1.0);
    };
    if !typed.rises() {
        warnings.push(Message::new(
            "expressions",
            format!(
                "V does not rise on both sides, so e^(−V) has no end: walls at ±{WALLS} hold it together."
            ),
            format!("V 没有在两侧升高，e^(−V) 没有尽头：由 ±{WALLS} 处的墙拦住。"),
        ));
    }
    Target::Typed(typed)
}

/// The landscape under a drawing, or under the skyline; before there is one, that stands there.
fn relief(experiment: &Experiment, id: &str, warnings: &mut Vec<Message>) -> Relief {
    let drawn = experiment.inputs.points.clone().filter(|_| id == "drawn");
    if drawn.is_none() && id == "drawn" {
        warnings.push(Message::new(
            "points",
            "Nothing has been drawn yet, so a skyline stands there; draw something.",
            "还没有画任何点，先放一道天际线；请动手画。",
        ));
    }
    let skyline = || clouds::drawn(&Distribution::Skyline, 1, TOWERS);
    let points: Vec<Place> = drawn.unwrap_or_else(skyline).iter().map(|p| p.map(f64::from)).collect();
    Relief::under(&points)
}

/// What lies under a line that was drawn; before one is, the skyline, to draw over.
fn under(line: &[[f32; 2]], warnings: &mut Vec<Message>) -> Target {
    let wide: Vec<[f64; 2]> = line.iter().map(|point| point.map(f64::from)).collect();
    Target::drawn(&wide).unwrap_or_else(|| {
        if !line.is_empty() {
            warnings.push(Message::new(
                "loop",
                "What is drawn rises nowhere between −5 and 5, so the skyline stands there; draw over it.",
                "所画的线在 −5 到 5 之间处处没有升起，先放一道天际线；请在上面画。",
            ));
        }
        Target::skyline(&ROOFS)
    })
}

/// The data points, and the ways back to them.
pub fn bridge(experiment: &Experiment, warnings: &mut Vec<Message>) -> (Vec<Point>, Bridge) {
    let seed = experiment.seed("seed");
    let distribution = clouds::distribution(experiment, MIXED, warnings);
    let data = clouds::drawn(&distribution, seed, experiment.integer("points"));
    let wide = |points: &[Point]| points.iter().map(|p| p.map(f64::from)).collect();
    let known = match &distribution {
        Distribution::Mixture { centres, spread } => Mixture::new(wide(centres), *spread),
        _ => Mixture::new(wide(&data), 0.0),
    };
    let (steps, shakes) = (experiment.integer("steps"), experiment.integer("shakes"));
    let in_time = ASKED / (known.centres().len() * (2 + shakes));
    let kept = KEPT_ON_BRIDGE / (2 * WAYS * (steps + 1));
    let most = in_time.min(kept).max(ALWAYS_ON_BRIDGE);
    let bridge = Bridge {
        known,
        levels: levels(&TRAINING, Spacing::Uniform, steps),
        seed,
        particles: experiment.integer("particles").min(most),
        shakes,
    };
    (data, bridge)
}

/// While something is dragged: numbers by their keys, within the bounds of links.
pub fn held(selection: &Selection) -> Held {
    let all = parameters::ALL.iter().copied().flatten();
    all.filter_map(|parameter| match parameter.kind {
        Kind::Number { min, max, .. } => {
            let value = selection.get::<f64>(parameter.key).filter(|value| value.is_finite())?;
            Some((parameter.key, value.clamp(min, max)))
        }
        _ => None,
    })
    .collect()
}

/// The landscape called `id`. Panics if there is none: a bug, not input.
fn named(id: &str) -> &'static Known {
    landscapes::ALL.iter().find(|one| one.id == id).unwrap_or_else(|| panic!("no landscape is called {id}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::chosen::all_are_read;

    fn words(key: &str) -> Vec<&'static str> {
        crate::labs::chosen::words(parameters::ALL, key)
    }

    #[test]
    fn every_choice_is_read() {
        all_are_read::<Part>(words("part"));
        all_are_read::<Ball>(words("norm"));
        all_are_read::<Guest>(words("method"));
        all_are_read::<Falling>(words("energy"));
        all_are_read::<Measure>(words("divergence"));
        all_are_read::<Goal>(words("target"));
        all_are_read::<Laid>(words("plan"));
        all_are_read::<Slope>(words("score"));
        assert!(!words("geometry").contains(&"none"));
        for key in &GEOMETRIES[1..] {
            all_are_read::<Way>(words(key));
        }
        for key in ["lane1", "lane2", "lane3", "lane4"] {
            all_are_read::<Lane>(words(key));
        }
        for id in words("landscape") {
            assert_eq!(named(id).id, id);
        }
    }
}
