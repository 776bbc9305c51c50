//! What readouts and frames ask for again and again and takes long to find out; each is found once.

use std::{cell::OnceCell, rc::Rc};

use super::{
    fields,
    latest::Latest,
    plane::Plane,
    quality::{MOST, memorised},
};
use crate::data::points::{Distribution, Point, draw};
use crate::diffusion::{exact::Mixture, level::Level};
use crate::math::{normal::normals, philox::Stream};

#[derive(Default)]
pub struct Measured {
    /// Of the particles that arrived last, as are the repeats.
    distance: Latest<Rc<[f32]>, f64>,
    repeats: Latest<Rc<[f32]>, f64>,
    chance: OnceCell<f64>,
    due: OnceCell<Due>,
    scores: Latest<Level, Rc<[f32]>>,
    density: Latest<Level, Rc<[f32]>>,
}

/// The share of particles that has to repeat a data point, and the draws from which it was estimated.
#[derive(Clone, Copy)]
pub struct Due {
    pub share: f64,
    pub draws: usize,
}

impl Measured {
    /// How far `particles` are from fresh data.
    pub fn distance(&self, plane: &Plane, particles: &Rc<[f32]>) -> f64 {
        self.distance.get(particles.clone(), || plane.quality.distance(particles))
    }

    /// The share of `particles` that repeat a data point.
    pub fn repeats(&self, plane: &Plane, particles: &Rc<[f32]>) -> f64 {
        self.repeats.get(particles.clone(), || repeats(plane, particles))
    }

    /// The share of fresh data that repeat a data point by chance.
    pub fn chance(&self, plane: &Plane) -> f64 {
        *self.chance.get_or_init(|| repeats(plane, plane.quality.fresh()))
    }

    /// What is due to the last step of an exact denoiser of `points`, the data.
    pub fn due(&self, plane: &Plane, points: &[Point]) -> Due {
        let settings = &plane.settings;
        *self.due.get_or_init(|| repeated_by_the_last_step(points, settings.levels[1], settings.seed))
    }

    /// The exact scores on the arrows' grid, [24, 24, 2].
    pub fn scores(&self, plane: &Plane, level: Level) -> Rc<[f32]> {
        self.scores.get(level, || fields::exact_scores(&plane.settings, level).into())
    }

    /// The density on the cells' grid, [64, 64].
    pub fn density(&self, plane: &Plane, level: Level) -> Rc<[f32]> {
        self.density.get(level, || fields::density(&plane.settings, level).into())
    }
}

fn repeats(plane: &Plane, particles: &[f32]) -> f64 {
    memorised(&particles[..particles.len().min(2 * MOST)], &plane.settings.data)
}

/// The share that repeats a point when noise of `last` on the data is answered with the posterior mean.
fn repeated_by_the_last_step(points: &[Point], last: Level, seed: u64) -> Due {
    let mixture = Mixture::new(points.iter().map(|y| y.map(f64::from)).collect(), 0.0);
    let draws = (2_000_000 / points.len()).clamp(500, MOST);
    let noise = normals(seed, Stream::Check, 0, 2 * draws);
    let places = draw(&Distribution::Cloud(points.to_vec()), seed, Stream::Check, 1, draws);
    let arrive = |(y, e): (&Point, &[f32])| {
        let x = [0, 1].map(|k| last.a * f64::from(y[k]) + last.b * f64::from(e[k]));
        mixture.mean(x, last).map(|x| x as f32)
    };
    let arrived: Vec<f32> = places.iter().zip(noise.chunks_exact(2)).flat_map(arrive).collect();
    Due { share: memorised(&arrived, points), draws }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::Device;
    use crate::experiment::{catalogue::Catalogue, link};
    use crate::labs::points::{about::ABOUT, quality::COMPARED, readouts, state::PointsLab, survival::now};

    fn arrived(settings: &str) -> PointsLab {
        let experiment = link::parse(
            &Catalogue { labs: &[&ABOUT], default: &ABOUT },
            &format!("lab=points&steps=5&particles=200&{settings}"),
        )
        .experiment;
        let mut lab = PointsLab::open(&experiment, &Device::Cpu);
        now(lab.reach(5)).unwrap();
        lab
    }

    /// Readouts are asked for at every step of the claims' measurement, some hundred times.
    #[test]
    fn readouts_compare_the_particles_once() {
        for settings in ["", "denoiser=learned", "data=mixture"] {
            let lab = arrived(settings);
            let ask = || {
                COMPARED.set(0);
                let all = readouts::all(&lab, 5);
                (COMPARED.get(), serde_json::to_string(&all).unwrap())
            };
            let (first, all) = ask();
            // The distance, the share that repeats, and what that share is held to.
            assert_eq!(first, 3, "{settings}");
            for _ in 0..100 {
                assert_eq!(ask(), (0, all.clone()), "{settings}");
            }
            // On the way the particles are judged by nothing; what they will be held to is known.
            COMPARED.set(0);
            readouts::all(&lab, 4);
            assert_eq!(COMPARED.get(), 0, "{settings}");
        }
    }

    #[test]
    fn maps_of_a_level_are_made_once() {
        let lab = arrived("");
        let level = lab.plane.settings.noisy_level(3);
        let maps = || [lab.measured.scores(&lab.plane, level), lab.measured.density(&lab.plane, level)];
        assert!(maps().iter().zip(maps()).all(|(one, two)| Rc::ptr_eq(one, &two)));
    }
}
