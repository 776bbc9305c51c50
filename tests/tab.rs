//! The trainer of the page: it waits once a chunk, and nothing but that chunk is lost, whatever happens in the middle.

use std::{cell::Cell, panic, rc::Rc};

use chailou::data::{points::Distribution, tasks::Task};
use chailou::device::{Device, readbacks};
use chailou::diffusion::{
    prediction::Prediction,
    schedule::{Schedule, ScheduleKind},
};
use chailou::gpu::{kernel::Access, learning::tape::Tape};
use chailou::train::learner::Learner;
use chailou::train::tab::{
    PROBE_EVERY, TabTrainer,
    lesson::Lesson,
    points::{PointsLesson, PointsOptions},
    state::TabState,
    text::{TextLesson, TextOptions},
};
use pollster::block_on;

fn lesson() -> PointsLesson {
    let distribution = Distribution::Spiral;
    let options =
        PointsOptions { distribution, batch: 16, rate: 1e-3, target: Prediction::Velocity, seed: 3 };
    PointsLesson::new(options, Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000))
}

/// The lesson of points, in which one step fails the first time that it is made; and it looks at the last bias.
struct Broken {
    points: PointsLesson,
    fails_at: Cell<Option<usize>>,
}

impl Lesson for Broken {
    const LOSSES: usize = 1;
    const CHUNK: usize = 8;
    const YOUNG: Option<f64> = Some(20.0);

    fn initial(&self) -> Vec<f32> {
        self.points.initial()
    }

    fn rate(&self) -> f64 {
        self.points.rate()
    }

    fn step(&self, learner: &mut Learner, step: usize, rate: f64) -> Vec<f32> {
        if self.fails_at.get() == Some(step) {
            self.fails_at.set(None);
            panic!("the device is gone");
        }
        self.points.step(learner, step, rate)
    }

    fn probe_size(&self) -> usize {
        2
    }

    fn probe(&self, weights: &[f32]) -> Vec<f32> {
        weights[weights.len() - 2..].to_vec()
    }
}

fn trainer(fails_at: Option<usize>) -> TabTrainer<Broken> {
    TabTrainer::new(Broken { points: lesson(), fails_at: Cell::new(fails_at) }, &Device::Cpu)
}

/// The last bias of the network that is asked; every step moves it.
fn bias(trainer: &TabTrainer<Broken>) -> Vec<f32> {
    trainer.weights()[trainer.weights().len() - 2..].to_vec()
}

#[test]
fn a_chunk_that_was_cut_off_is_made_again_to_the_bit() {
    let mut whole = trainer(None);
    block_on(whole.advance(25)).unwrap();
    assert_eq!(whole.state().probes.len(), 3 * 2, "before the first step, after 10 and after 20");
    for fails_at in [1, 8, 9, 13, 25] {
        let mut broken = trainer(Some(fails_at));
        let cut = panic::catch_unwind(panic::AssertUnwindSafe(|| block_on(broken.advance(25))));
        assert!(cut.is_err(), "step {fails_at} fails");
        let kept = broken.state();
        assert_eq!((kept.at, kept.losses.len()), ((fails_at - 1) / 8 * 8, kept.at), "whole chunks are kept");
        assert!(broken.fits(kept));
        // Whoever asks hears the network of the last chunk, not steps of which nobody knows.
        let mut there = trainer(None);
        block_on(there.advance(kept.at)).unwrap();
        assert_eq!(bias(&broken), bias(&there), "step {fails_at}");
        block_on(broken.advance(25 - broken.state().at)).unwrap();
        assert!(broken.state() == whole.state(), "step {fails_at}");
    }
}

#[test]
fn a_chunk_is_one_readback() {
    let mut trainer = trainer(None);
    for (steps, expected) in [(0, 0), (1, 1), (8, 1), (9, 2), (16, 2)] {
        let before = readbacks();
        block_on(trainer.advance(steps)).unwrap();
        assert_eq!(readbacks() - before, expected, "{steps} steps");
    }
}

#[test]
fn a_state_travels_as_bytes_and_one_that_does_not_fit_is_refused() {
    let mut first = TabTrainer::new(lesson(), &Device::Cpu);
    block_on(first.advance(12)).unwrap();
    let bytes = postcard::to_allocvec(first.state()).unwrap();
    let state: TabState = postcard::from_bytes(&bytes).unwrap();
    assert!(state == *first.state());
    let mut second = TabTrainer::new(lesson(), &Device::Cpu);
    second.take_over(state.clone()).expect("it fits");
    for trainer in [&mut first, &mut second] {
        block_on(trainer.advance(5)).unwrap();
    }
    assert!(first.state() == second.state(), "bit for bit");

    let short = Rc::from(&state.numbers[1..]);
    let mut wild = state.numbers.to_vec();
    wild[7] = f32::NAN;
    for other in [
        TabState { at: 13, ..state.clone() },
        TabState { losses: vec![0.5; 11], ..state.clone() },
        TabState { losses: vec![f32::INFINITY; 12], ..state.clone() },
        TabState { probes: vec![0.5], ..state.clone() },
        TabState { numbers: short, ..state.clone() },
        TabState { numbers: wild.into(), ..state.clone() },
    ] {
        assert!(!second.fits(&other) && second.take_over(other).is_none());
    }
    assert_eq!(second.state().at, 17, "nothing has happened to it");
}

/// What every WebGPU has: bytes that a kernel is lent as stored and as uniform, and of a buffer.
const STORED: usize = 128 << 20;
const UNIFORM: usize = 64 << 10;
const BUFFER: usize = 256 << 20;

fn text(task: &str, own: &str) -> TextLesson {
    let options = TextOptions { task: Task::named(task, own).unwrap(), rate: 3e-3, seed: 1 };
    TextLesson::new(options).unwrap()
}

/// A text of more signs than a network has.
fn signs() -> String {
    (0..3000).map(|i| char::from_u32(0x4e00 + i * 7919 % 1500).unwrap()).collect()
}

#[test]
fn whatever_is_learnt_here_can_be_learnt_on_the_smallest_graphics_processor() {
    let large = PointsOptions { batch: 4096, ..lesson().options };
    let points = PointsLesson::new(large, Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000));
    let mut networks = vec![points.there().unwrap()];
    networks.extend(Task::IDS.map(|task| text(task, "").there().unwrap()));
    networks.extend(["a", &signs()].map(|own| text("own", own).there().unwrap()));
    for network in networks {
        let looks = Tape::look(&*network);
        assert_eq!(looks.recipe.answers.is_empty(), looks.recipe.steps.is_empty());
        for Tape { recipe, .. } in [Tape::new(&*network, PROBE_EVERY, true), looks] {
            assert!(recipe.own.iter().all(|count| 4 * count <= BUFFER) && 4 * recipe.input_count() <= STORED);
            for step in &recipe.steps {
                for (span, access) in step.spans.iter().zip(&step.kernel.accesses) {
                    let most = if *access == Access::Uniform { UNIFORM } else { STORED };
                    assert!(4 * span.count <= most, "{}: {span:?}", step.kernel.label);
                }
            }
        }
    }
}

#[test]
fn a_graphics_processor_is_given_the_batch_of_the_step_and_what_it_shows_is_the_same_look() {
    let lesson = text("sort", "");
    assert_eq!(lesson.given(3), lesson.given(3));
    assert_ne!(lesson.given(3)[0], lesson.given(4)[0]);
    let sizes: Vec<_> = lesson.given(3).iter().map(Vec::len).collect();
    let recipe = Tape::new(&*lesson.there().unwrap(), 1, true).recipe;
    let wanted: Vec<_> = recipe.inputs.iter().map(|span| span.count).collect();
    // The last input of a step is Adam's.
    assert_eq!(sizes, wanted[..wanted.len() - 1]);
    let look = Tape::look(&*lesson.there().unwrap()).recipe;
    assert_eq!(look.inputs.iter().map(|span| span.count).collect::<Vec<_>>(), [lesson.asked()[0].len()]);

    // Right answers by heart: each token that comes next, as the likeliest.
    let task = &lesson.options.task;
    let next = (0..64).flat_map(|i| task.example(1, 0, i).tokens[1..].to_vec());
    let mut shown: Vec<f32> = next.map(|token| token as f32).collect();
    assert_eq!(lesson.seen(&shown), [1.0]);
    // One wrong character of one of 64 answers.
    let length = lesson.config().context;
    let counted = task.example(1, 0, 5).counted.iter().position(|counted| *counted).unwrap();
    shown[5 * length + counted] += 1.0;
    assert_eq!(lesson.seen(&shown), [63.0 / 64.0]);
}
