//! The race on a Gaussian whose score is exact: the ranking has to be that of the theory.

use chailou::diffusion::{
    level::Level,
    sampler::Sigma,
    schedule::{Schedule, ScheduleKind},
    solver::Method,
    timegrid::Spacing,
};
use chailou::labs::race::{Course, Race};
use chailou::math::{frechet, normal::normals, philox::Stream};
use chailou::runtime::{error::SessionError, readout::Note};

/// N(mean, diag(variances)); starting noise made to have mean 0 and covariance 1 exactly, so that what is left
/// between the samples' moments and the law's is the sampler's doing.
struct Plane {
    schedule: Schedule,
}

const COUNT: usize = 512;
const MEAN: [f64; 2] = [0.6, -0.3];
const VARIANCES: [f64; 2] = [0.49, 0.04];

impl Course for Plane {
    fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    fn spacing(&self) -> Spacing {
        Spacing::Karras
    }

    fn shape(&self) -> Vec<usize> {
        vec![COUNT, 2]
    }

    fn shown(&self) -> usize {
        5
    }

    /// Every point with its three mirror images, scaled.
    fn start(&self) -> Vec<f32> {
        let z = normals(4, Stream::Rubble, 0, COUNT / 2);
        let scale = |i: usize| {
            let square: f32 = z.chunks(2).map(|p| p[i] * p[i]).sum();
            (square / (COUNT / 4) as f32).sqrt().recip()
        };
        let (u, v) = (scale(0), scale(1));
        let mirrored = |p: &[f32]| {
            let [x, y] = [p[0] * u, p[1] * v];
            [x, y, -x, y, x, -y, -x, -y]
        };
        z.chunks(2).flat_map(mirrored).collect()
    }

    fn noise(&self, from: Level) -> Vec<f32> {
        normals(4, Stream::Rebuild, from.address(), 2 * COUNT)
    }

    /// ε = B (x − A m)/(A² v + B²).
    async fn denoise(&self, x: &[f32], Level { a, b, .. }: Level) -> Result<Vec<f32>, SessionError> {
        let share = [0, 1].map(|i| (b / (a * a * VARIANCES[i] + b * b)) as f32);
        let mean = [0, 1].map(|i| (a * MEAN[i]) as f32);
        Ok(x.iter().enumerate().map(|(i, x)| (x - mean[i % 2]) * share[i % 2]).collect())
    }

    fn quality(&self, samples: &[f32]) -> f64 {
        let mut law = frechet::Gaussian::of(samples, 2);
        let found = law.clone();
        law.mean.copy_from_slice(&MEAN);
        law.covariance.fill(0.0);
        law.covariance.set_diagonal(&VARIANCES.to_vec().into());
        found.distance(&law).max(0.0).sqrt()
    }

    fn floor(&self) -> f64 {
        0.01
    }

    fn scored(&self) -> Note {
        Note { en: "Moments.".into(), zh: "矩。".into() }
    }
}

fn plane() -> Plane {
    Plane { schedule: Schedule::new(ScheduleKind::Linear, 1000) }
}

fn advance(race: &mut Race, rounds: usize, course: &Plane) {
    pollster::block_on(race.advance(rounds, course)).unwrap();
}

fn methods() -> Vec<Method> {
    let named = |id: &&str| Method::named(id, Sigma::BetaTilde, 0.0).unwrap();
    Method::IDS.iter().filter(|id| **id != "euler").map(named).collect()
}

/// At equal calls order two beats order one and the ancestral sampler is worst (Lu et al. 2022, figure 3). Heun,
/// at two calls a step, first has to make up for half as many steps: it overtakes DDIM by 30 calls (as Euler in
/// Karras et al. 2022, figure 2).
#[test]
fn the_ranking_is_that_of_the_literature() {
    let (course, methods) = (plane(), methods());
    let mut race = Race::of(methods.clone(), 50, &course.schedule, course.spacing());
    let total = race.progress().total;
    advance(&mut race, total, &course);
    assert_eq!(race.progress().done, total);
    let frame = race.frame("race", &course).unwrap();
    let budgets = frame.shape[1];
    assert_eq!((frame.shape[0], budgets), (7, 8));
    let at = |i: usize, k: usize| (frame.data[2 * (i * budgets + k)], frame.data[2 * (i * budgets + k) + 1]);
    for (k, budget) in [4, 6, 8, 10, 15, 20, 30, 50].into_iter().enumerate() {
        let row: Vec<_> = methods.iter().enumerate().map(|(i, m)| (m.id(), at(i, k))).collect();
        println!("{budget}: {row:?}");
        for (id, (calls, _)) in &row {
            let expected = if *id == "heun" { (budget - 1) / 2 * 2 + 1 } else { budget };
            assert_eq!(*calls, expected as f32, "{id}");
        }
        let quality = |id| row.iter().find(|lane| lane.0 == id).unwrap().1.1;
        if budget >= 10 {
            assert!(quality("ddim") < quality("ddpm"), "{budget}: DDPM beats DDIM");
            for id in ["dpmpp2m", "dpmpp2s", "unipc", "deis"] {
                assert!(quality(id) < quality("ddim"), "{budget}: DDIM beats {id}");
            }
        }
        assert_eq!(quality("heun") < quality("ddim"), budget >= 30, "{budget}: Heun beside DDIM");
    }
    let winners = race.winners();
    assert_eq!(winners.len(), 8);
    assert!(race.readout(&course).note.en.contains("50: "));
}

#[test]
fn rounds_one_by_one_and_all_at_once_come_to_the_same() {
    let (course, methods) = (plane(), methods());
    let new = || Race::of(methods.clone(), 9, &course.schedule, course.spacing());
    let (mut slow, mut fast) = (new(), new());
    assert_eq!(slow.progress().total, 4 + 6 + 8 + 9);
    assert_eq!(slow.frame("race_lanes", &course).unwrap().shape, [7, 5, 2]);
    while slow.progress().done < slow.progress().total {
        let done = slow.progress().done;
        advance(&mut slow, 1, &course);
        assert_eq!(slow.progress().done, done + 1);
        let now = slow.frame("race_now", &course).unwrap().data;
        assert!(now[1..].iter().all(|calls| *calls <= now[0]));
    }
    advance(&mut fast, 1000, &course);
    for name in ["race", "race_lanes", "race_now"] {
        assert_eq!(slow.frame(name, &course), fast.frame(name, &course), "{name}");
    }
    assert_eq!(slow.frame("race_now", &course).unwrap().data[..3], [9.0, 9.0, 9.0]);
    assert!(slow.frame("x", &course).is_none());
}

#[test]
fn another_engine_goes_on_from_the_last_whole_budget() {
    let (course, methods) = (plane(), methods());
    let new = || Race::of(methods.clone(), 9, &course.schedule, course.spacing());
    let (mut whole, mut first, mut second) = (new(), new(), new());
    advance(&mut whole, 1000, &course);
    advance(&mut first, 4 + 6 + 3, &course);
    assert!(second.take_over(vec![0.0; 3]).is_none());
    second.take_over(first.parts().to_vec()).unwrap();
    assert_eq!(second.progress().done, 4 + 6);
    advance(&mut second, 1000, &course);
    assert_eq!(whole.parts(), second.parts());
}

#[test]
fn a_race_without_lanes_is_over_before_it_begins() {
    let course = plane();
    let mut race = Race::of(vec![], 50, &course.schedule, course.spacing());
    advance(&mut race, 5, &course);
    assert_eq!((race.progress().done, race.progress().total), (0, 0));
    race.take_over(vec![]).unwrap();
    for (name, shape) in [("race", vec![0, 8, 2]), ("race_lanes", vec![0, 5, 2]), ("race_now", vec![1])] {
        assert_eq!(race.frame(name, &course).unwrap().shape, shape);
    }
    assert!(race.readout(&course).value.is_none());
}
