//! Ordinary differential equations by extrapolated midpoint steps, with error control.
//!
//! Gragg's modified midpoint rule has an error in even powers of the step, so Neville's scheme gains two orders a column:
//! Bulirsch and Stoer; Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, II.9.

/// Most numbers of a state.
pub const MOST: usize = 8;
pub type State = [f64; MOST];

/// Midpoint steps of each column.
const STEPS: [usize; 8] = [2, 4, 6, 8, 10, 12, 14, 16];
/// Columns before the first look at the error.
const FIRST: usize = 3;
/// What the column before must have come to, in units of what is tolerated: at one length or another two columns agree by
/// chance, but not three.
const NEARLY: f64 = 1e3;
/// A step shorter than this share of the whole way leads nowhere.
const SHORTEST: f64 = 1e-11;
const MOST_STEPS: usize = 4000;
/// The same where fewer digits will do: a picture shows no more of what lies beyond.
const SKETCHED: (f64, usize) = (2e-4, 80);

/// Relative and absolute error of each step, well below what is promised of the whole.
pub const TOLERANCE: f64 = 2e-13;

/// The right-hand side; `None` where it has no value.
pub type Slope<'a> = dyn Fn(&State) -> Option<State> + 'a;

/// A walk that could not go on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stuck {
    /// How far it came.
    pub came: f64,
    pub state: State,
}

/// A state that moves along.
pub struct Walk<'a> {
    slope: &'a Slope<'a>,
    pub s: f64,
    pub state: State,
    /// The step to try next.
    stride: f64,
    /// No step is longer.
    longest: f64,
    /// Relative and absolute error of each step.
    tolerance: f64,
}

impl<'a> Walk<'a> {
    pub fn new(slope: &'a Slope<'a>, state: State) -> Self {
        Self { slope, s: 0.0, state, stride: 0.5, longest: f64::INFINITY, tolerance: TOLERANCE }
    }

    pub fn to_within(self, tolerance: f64) -> Self {
        Self { tolerance, ..self }
    }

    /// With steps of at most `longest`, for whoever draws between them.
    pub fn in_steps_of(self, longest: f64) -> Self {
        Self { longest, ..self }
    }

    /// Goes on to exactly `to`, forward or back, calling `seen` after each step.
    pub fn reach(&mut self, to: f64, mut seen: impl FnMut(f64, &State)) -> Result<(), Stuck> {
        let whole = (to - self.s).abs();
        let (shortest, most) = if self.tolerance > TOLERANCE { SKETCHED } else { (SHORTEST, MOST_STEPS) };
        let way = if to < self.s { -1.0 } else { 1.0 };
        for _ in 0..most {
            let left = (to - self.s).abs();
            if left == 0.0 {
                return Ok(());
            }
            let h = self.stride.min(self.longest).min(left);
            match step(self.slope, &self.state, way * h, self.tolerance) {
                Some((state, growth)) => {
                    self.state = state;
                    self.s = if h == left { to } else { self.s + way * h };
                    // A step that was cut to arrive says little about the next.
                    self.stride = if h < self.stride { self.stride.max(h * growth) } else { h * growth };
                    seen(self.s, &self.state);
                }
                None if h < shortest * whole.max(1e-3) => break,
                None => self.stride = h / 4.0,
            }
        }
        if self.s == to { Ok(()) } else { Err(Stuck { came: self.s, state: self.state }) }
    }
}

/// One step, and by how much the next may be longer; `None` if it is not accurate enough.
fn step(slope: &Slope, from: &State, h: f64, tolerance: f64) -> Option<(State, f64)> {
    let start = slope(from)?;
    // What the row before this one held, column by column.
    let mut row = [[0.0; MOST]; STEPS.len()];
    let mut error = f64::INFINITY;
    for k in 0..STEPS.len() {
        let mut newest = midpoint(slope, from, &start, h, STEPS[k])?;
        let last = std::mem::replace(&mut error, f64::INFINITY);
        for j in 1..=k {
            let ratio = STEPS[k] as f64 / STEPS[k - j] as f64;
            let before = std::mem::replace(&mut row[j - 1], newest);
            let better = std::array::from_fn(|i| newest[i] + (newest[i] - before[i]) / (ratio * ratio - 1.0));
            error = distance(&better, &newest, from) / tolerance;
            newest = better;
        }
        row[k] = newest;
        if !newest.iter().all(|x| x.is_finite()) {
            return None;
        }
        if k + 1 >= FIRST && error <= 1.0 && last <= NEARLY {
            let growth = 0.9 * libm::pow(1.0 / error.max(1e-12), 1.0 / (2 * k + 1) as f64);
            return Some((newest, growth.clamp(0.3, 4.0)));
        }
    }
    None
}

/// The largest gap, relative where numbers are large.
fn distance(a: &State, b: &State, from: &State) -> f64 {
    let gaps = (0..MOST).map(|i| (a[i] - b[i]).abs() / (1.0 + from[i].abs().max(a[i].abs())));
    gaps.fold(0.0, f64::max)
}

fn midpoint(slope: &Slope, from: &State, start: &State, h: f64, n: usize) -> Option<State> {
    let h = h / n as f64;
    let along = |state: &State, slope: &State, h: f64| std::array::from_fn(|i| state[i] + h * slope[i]);
    let (mut before, mut now) = (*from, along(from, start, h));
    for _ in 1..n {
        let next = along(&before, &slope(&now)?, 2.0 * h);
        (before, now) = (now, next);
    }
    Some(now)
}
