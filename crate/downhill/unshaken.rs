//! Clouds in the plane that come down without being shaken: along the slope of f + τ ln q with q estimated from the cloud itself, by
//! birth and death where they stand, or seeing each other through a kernel.

use super::landscape::{Landscape, Place};
use crate::geometry::abreast::ABREAST;
use crate::math::philox::{Stream, uniform, words};

/// How a cloud comes down the energy ∫ f q + τ ∫ q ln q.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// Wasserstein, pushed and shaken.
    Shaken,
    /// Wasserstein, by the slope of an estimate of q.
    Smooth,
    /// Fisher–Rao: Lu, Lu and Nolen, 2019.
    Born,
    /// Stein: Liu and Wang, 2016.
    Seeing,
}

/// Most particles that all see each other.
pub const SEEING: usize = 300;
/// Cells a side of the estimate.
pub(super) const SIDE: usize = 160;
/// Deviations of the blur that are summed, and that the estimate reaches beyond the outermost particle.
const SEEN: f64 = 5.0;

/// The share of its own variance by which the blur widens a cloud of so many: Scott's rule in the plane, squared.
pub fn widening(count: usize) -> f64 {
    libm::pow(count as f64, -1.0 / 3.0)
}

/// One step of size `h` at temperature `tau`, the `number`-th. What has no slope, or is NaN already, becomes or stays NaN.
pub fn step(walk: Walk, land: &Landscape, places: &mut [Place], h: f64, tau: f64, seed: u64, number: u32) {
    match walk {
        Walk::Shaken => super::cloud::shake(land, places, seed, number, h, tau),
        Walk::Smooth => smooth(land, places, h, tau),
        Walk::Born => born(land, places, h, tau, seed, number),
        Walk::Seeing => seeing(land, places, h, tau),
    }
}

pub(super) fn moved(place: Place, by: Place, h: f64) -> Place {
    let next: Place = std::array::from_fn(|i| place[i] + h * by[i]);
    if next.iter().all(|x| x.abs() < super::cloud::GONE) { next } else { [f64::NAN; 2] }
}

fn smooth(land: &Landscape, places: &mut [Place], h: f64, tau: f64) {
    // Who is alone, or all in one place, is pushed by nobody.
    let estimate = Estimate::of(places, SIDE);
    for places in places.chunks_mut(ABREAST) {
        let [height, x, y] = land.abreast(places);
        for (i, place) in places.iter_mut().enumerate() {
            let pushed = estimate.as_ref().map_or(Some([0.0; 3]), |estimate| estimate.at(*place));
            *place = pushed.filter(|_| height[i].is_finite()).map_or([f64::NAN; 2], |[_, by_x, by_y]| {
                moved(*place, [-x[i] - tau * by_x, -y[i] - tau * by_y], h)
            });
        }
    }
}

/// Who stands too high for how many there are dies, and somebody is born in their place; who stands low has a child, for whom somebody
/// dies. Whom it meets is drawn by address.
fn born(land: &Landscape, places: &mut [Place], h: f64, tau: f64, seed: u64, number: u32) {
    let Some(estimate) = Estimate::of(places, SIDE) else { return };
    let cost =
        |place: &Place| land.height(*place) + tau * estimate.at(*place).map_or(f64::NAN, |[ln, ..]| ln);
    let costs: Vec<f64> = places.iter().map(cost).collect();
    let finite = costs.iter().filter(|cost| cost.is_finite());
    let mean = finite.clone().sum::<f64>() / finite.count() as f64;
    for (i, cost) in costs.iter().enumerate().filter(|(_, cost)| cost.is_finite()) {
        let rate = cost - mean;
        let [meets, when, ..] = words(seed, Stream::Accept, number, i as u64);
        if uniform(meets) < -libm::expm1(-h * rate.abs()) {
            let other = when as usize % places.len();
            let (to, from) = if rate > 0.0 { (i, other) } else { (other, i) };
            if places[from][0].is_finite() {
                places[to] = places[from];
            }
        }
    }
}

fn seeing(land: &Landscape, places: &mut [Place], h: f64, tau: f64) {
    let before = places.to_vec();
    let slopes: Vec<Option<Place>> = before.iter().map(|place| land.slope(*place)).collect();
    let square = |a: Place, b: Place| (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]);
    let n = before.len();
    let mut gaps: Vec<f64> =
        (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| square(before[i], before[j])).collect();
    let middle = gaps.len() / 2;
    let median = if gaps.is_empty() { 1.0 } else { *gaps.select_nth_unstable_by(middle, f64::total_cmp).1 };
    let wide = (median / libm::log(n.max(2) as f64)).max(1e-12);
    for place in places.iter_mut() {
        let mut by = [0.0; 2];
        for (other, slope) in before.iter().zip(&slopes) {
            let Some(slope) = slope else { continue };
            let sees = libm::exp(-square(*other, *place) / wide) / n as f64;
            for axis in 0..2 {
                by[axis] += sees * (-slope[axis] - 2.0 * tau * (other[axis] - place[axis]) / wide);
            }
        }
        *place = moved(*place, by, h);
    }
}

/// ln q of a cloud, counted in cells and blurred.
pub(super) struct Estimate {
    side: usize,
    corner: Place,
    cell: Place,
    ln: Vec<f64>,
}

impl Estimate {
    /// On `side` cells each way. `None` where there is nobody, or no two places.
    pub(super) fn of(places: &[Place], side: usize) -> Option<Self> {
        let alive = || places.iter().filter(|place| place.iter().all(|x| x.is_finite()));
        let (mut n, mut sums) = (0.0, [0.0; 2]);
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for place in alive() {
            n += 1.0;
            for axis in 0..2 {
                sums[axis] += place[axis];
                (low[axis], high[axis]) = (low[axis].min(place[axis]), high[axis].max(place[axis]));
            }
        }
        let mut squares = [0.0; 2];
        for place in alive() {
            for axis in 0..2 {
                squares[axis] += (place[axis] - sums[axis] / n) * (place[axis] - sums[axis] / n);
            }
        }
        let axis = |axis: usize| {
            let blur = libm::sqrt(squares[axis] / n * widening(places.len()));
            let from = low[axis] - SEEN * blur;
            (blur > 0.0).then_some((from, (high[axis] + SEEN * blur - from) / (side - 1) as f64, blur))
        };
        let (x, y) = (axis(0)?, axis(1)?);
        let mut estimate = Self { side, corner: [x.0, y.0], cell: [x.1, y.1], ln: vec![0.0; side * side] };
        for place in alive() {
            let (at, shares) = estimate.shares(*place)?;
            for (share, k) in shares.into_iter().zip([0, 1, side, side + 1]) {
                estimate.ln[at + k] += share;
            }
        }
        // The blur of two neighbours' shares is a part of the whole.
        let across = blurred(&estimate.ln, side, 1, x.2 / x.1);
        let both = blurred(&across, side, side, y.2 / y.1);
        let unit = libm::log(n * x.1 * y.1);
        estimate.ln = both.into_iter().map(|count| libm::log(count.max(1e-300)) - unit).collect();
        Some(estimate)
    }

    /// The cell's first corner, and how much of a place belongs to each of the four.
    fn shares(&self, place: Place) -> Option<(usize, [f64; 4])> {
        let at = [0, 1].map(|i| (place[i] - self.corner[i]) / self.cell[i]);
        let inside = at.iter().all(|x| *x >= 0.0 && *x < (self.side - 1) as f64);
        let [(i, s), (j, t)] = at.map(|x| (x as usize, x - libm::floor(x)));
        let shares = [(1.0 - s) * (1.0 - t), s * (1.0 - t), (1.0 - s) * t, s * t];
        inside.then_some((j * self.side + i, shares))
    }

    /// ln q and its two slopes.
    pub(super) fn at(&self, place: Place) -> Option<[f64; 3]> {
        let ((at, shares), side) = (self.shares(place)?, self.side);
        let (i, j) = (at % side, at / side);
        if !(1..side - 2).contains(&i) || !(1..side - 2).contains(&j) {
            return None;
        }
        let mut sums = [0.0; 3];
        for (share, k) in shares.into_iter().zip([at, at + 1, at + side, at + side + 1]) {
            let slope = |stride: usize, cell: f64| (self.ln[k + stride] - self.ln[k - stride]) / (2.0 * cell);
            let parts = [self.ln[k], slope(1, self.cell[0]), slope(side, self.cell[1])];
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += share * part);
        }
        Some(sums)
    }
}

/// Along rows (`stride` 1) or columns, by a bell of `sd` cells.
fn blurred(counts: &[f64], side: usize, stride: usize, sd: f64) -> Vec<f64> {
    let reach = libm::ceil(SEEN * sd) as usize;
    let bell: Vec<f64> = (0..=reach).map(|k| libm::exp(-((k * k) as f64) / (2.0 * sd * sd))).collect();
    let whole = bell[0] + 2.0 * bell[1..].iter().sum::<f64>();
    let mut sums = vec![0.0; counts.len()];
    for (k, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0.0) {
        let place = if stride == 1 { k % side } else { k / side };
        let first = place.saturating_sub(reach);
        for other in first..=(place + reach).min(side - 1) {
            sums[k + other * stride - place * stride] += count * bell[place.abs_diff(other)] / whole;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downhill::cloud::around;
    use crate::geometry::expression::Expression;

    fn variance(places: &[Place], axis: usize) -> f64 {
        let n = places.len() as f64;
        let mean = places.iter().map(|p| p[axis]).sum::<f64>() / n;
        places.iter().map(|p| (p[axis] - mean) * (p[axis] - mean)).sum::<f64>() / n
    }

    fn bowl() -> Landscape {
        Landscape::of(Expression::known("(x^2 + 4 y^2)/2"), 1.0)
    }

    /// Of a normal cloud: ln q at the middle and its slopes, of the law that the blur has widened.
    #[test]
    fn an_estimate_is_the_widened_law() {
        let places: Vec<Place> =
            around(3, [0.0, 0.0], 1.0, 60_000).into_iter().map(|[x, y]| [1.0 + x, 0.5 * y - 2.0]).collect();
        let estimate = Estimate::of(&places, SIDE).unwrap();
        let wide = 1.0 + widening(places.len());
        let mut off = 0.0;
        for k in 0..16 {
            let angle = std::f64::consts::TAU * f64::from(k) / 16.0;
            let [x, y] = [1.0 + libm::cos(angle), -2.0 + 0.5 * libm::sin(angle)];
            let [ln, by_x, by_y] = estimate.at([x, y]).unwrap();
            let square = (x - 1.0) * (x - 1.0) + 4.0 * (y + 2.0) * (y + 2.0);
            let exact = -square / (2.0 * wide) - libm::log(std::f64::consts::PI * wide);
            // Four times as much as a single place scatters.
            assert!((ln - exact).abs() < 0.12, "{ln} {exact}");
            off += (ln - exact) / 16.0;
            let slope = |dx: f64, dy: f64| {
                let [ahead, ..] = estimate.at([x + dx, y + dy]).unwrap();
                let [behind, ..] = estimate.at([x - dx, y - dy]).unwrap();
                (ahead - behind) / (2.0 * (dx + dy))
            };
            let own = [slope(0.06, 0.0), slope(0.0, 0.03)];
            assert!((by_x - own[0]).abs() < 0.08 && (by_y - own[1]).abs() < 0.16, "{by_x} {by_y} {own:?}");
        }
        assert!(off.abs() < 0.02, "{off}");
    }

    /// Without noise and seeing each other, a cloud comes to rest as e^{−f/τ}: as wide as theory says, where the blur is told.
    #[test]
    fn clouds_come_to_rest() {
        let tau = 0.5;
        let mut smooth = around(1, [1.5, -1.0], 0.6, 20_000);
        (0..700).for_each(|k| step(Walk::Smooth, &bowl(), &mut smooth, 0.01, tau, 1, k));
        let wide = 1.0 + widening(smooth.len());
        for (axis, bend) in [(0, 1.0), (1, 4.0)] {
            let (found, rest) = (variance(&smooth, axis), tau / bend / wide);
            assert!((found - rest).abs() < 0.04 * rest, "{axis}: {found} {rest}");
        }
        let mut seeing = around(1, [1.5, -1.0], 0.6, 100);
        (0..1500).for_each(|k| step(Walk::Seeing, &bowl(), &mut seeing, 0.05, tau, 1, k));
        let mean = |axis: usize| seeing.iter().map(|p| p[axis]).sum::<f64>() / 100.0;
        assert!(mean(0).abs() < 0.03 && mean(1).abs() < 0.03, "{} {}", mean(0), mean(1));
        for (axis, bend) in [(0, 1.0), (1, 4.0)] {
            let (found, rest) = (variance(&seeing, axis), tau / bend);
            assert!((found - rest).abs() < 0.25 * rest, "{axis}: {found} {rest}");
        }
    }

    /// Birth and death: nobody moves, their number stays, and the law falls towards e^{−f/τ} as q₀^{e^{−τt}} p^{1 − e^{−τt}}.
    #[test]
    fn who_is_born_stands_where_somebody_stood() {
        let (tau, h, steps) = (0.5, 0.01, 100);
        let first = around(2, [0.3, 0.0], 1.0, 30_000);
        let mut places = first.clone();
        (0..steps).for_each(|k| step(Walk::Born, &bowl(), &mut places, h, tau, 2, k));
        let bits = |places: &[Place]| -> std::collections::HashSet<[u64; 2]> {
            places.iter().map(|p| p.map(f64::to_bits)).collect()
        };
        assert!(bits(&places).is_subset(&bits(&first)) && places.len() == first.len());
        let left = libm::exp(-tau * h * f64::from(steps));
        for (axis, bend) in [(0, 1.0), (1, 4.0)] {
            let precision = left + (1.0 - left) * bend / tau;
            let found = variance(&places, axis);
            assert!((found * precision - 1.0).abs() < 0.06, "{axis}: {found} {}", 1.0 / precision);
        }
    }
}
