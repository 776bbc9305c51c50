//! Training in the page on a graphics processor beside the same on the processor, tried on the device itself.

use std::{future::Future, pin::pin, task::Context};

use super::{
    PROBE_EVERY, TabTrainer,
    lesson::Lesson,
    points::{PointsLesson, PointsOptions},
    state::TabState,
    text::{TextLesson, TextOptions},
};
use crate::data::{points::Distribution, tasks::Task};
use crate::device::Device;
use crate::diffusion::{
    prediction::Prediction,
    schedule::{Schedule, ScheduleKind},
};
use crate::gpu::device::Gpu;
use crate::gpu::learning::trial::Row;
use crate::train::safe::TrainingError;

/// Steps of a run: more than one submit, with a look in the middle.
const STEPS: usize = PROBE_EVERY + 3;
/// A loss of the same weights: a sum in another order.
const FIRST: f64 = 2e-6;
/// A loss after some steps, as a share of it, as in the workloads W3 and W4: Adam makes a step of the rate's length of any
/// gradient, so that weights whose gradient is next to nothing come apart, and by them nothing else that counts.
const LOSS: f64 = 1e-3;
/// The weight of a head, or a share of answers where some character's score is next to that of another one.
const LOOK: f64 = 2e-3;
const RATE: f64 = 3e-3;

/// max |a − b|; infinite where a number is none or missing.
fn gap(a: &[f32], b: &[f32], share: bool) -> f64 {
    if a.len() != b.len() {
        return f64::INFINITY;
    }
    let each = a.iter().zip(b).map(|(a, b)| f64::from((a - b).abs() / if share { b.abs() } else { 1.0 }));
    each.map(|gap| if gap.is_nan() { f64::INFINITY } else { gap }).fold(0.0, f64::max)
}

/// What would be wrong: 1 if it is so.
fn law(name: &str, what: &str, holds: bool) -> Row {
    (format!("{name}: {what}"), f64::from(u8::from(!holds)), 0.5)
}

fn told(error: TrainingError) -> String {
    error.to_string()
}

async fn run<L: Lesson>(lesson: L, device: &Device, pulls: &[usize]) -> Result<TabTrainer<L>, String> {
    let mut trainer = TabTrainer::new(lesson, device);
    for &n in pulls {
        trainer.advance(n).await.map_err(told)?;
    }
    Ok(trainer)
}

async fn on<L: Lesson>(lesson: L, device: &Device, state: &TabState, n: usize) -> Result<TabState, String> {
    let mut trainer = TabTrainer::new(lesson, device);
    trainer.take_over(state.clone()).ok_or("a state of the other device does not fit")?;
    trainer.advance(n).await.map_err(told)?;
    Ok(trainer.state().clone())
}

/// A run beside the processor's.
async fn alike<L: Lesson>(gpu: &Device, name: &str, new: &impl Fn(f64) -> L) -> Result<Vec<Row>, String> {
    let (here, there) = (run(new(RATE), &Device::Cpu, &[STEPS]).await?, run(new(RATE), gpu, &[STEPS]).await?);
    let (a, b) = (there.state(), here.state());
    let row = |what: &str, off: f64, may: f64| (format!("{name}: {what}"), off, may);
    let moved = gap(&a.numbers[..here.weights().len()], &new(RATE).initial(), false);
    Ok(vec![
        row("losses of the first step", gap(&a.losses[..L::LOSSES], &b.losses[..L::LOSSES], true), FIRST),
        row("losses", gap(&a.losses, &b.losses, true), LOSS),
        row("looks", gap(&a.probes, &b.probes, false), LOOK),
        law(name, "states of other forms", here.fits(a) && there.fits(b)),
        law(name, "weights that stay where they were", moved > 0.1 * RATE),
    ])
}

/// What holds of a trainer on a device, whatever it learns.
async fn laws<L: Lesson>(gpu: &Device, name: &str, new: &impl Fn(f64) -> L) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    let mut whole = run(new(RATE), gpu, &[STEPS]).await?;
    let pulled = run(new(RATE), gpu, &[1, PROBE_EVERY - 2, 0, 3, 1]).await?;
    rows.push(law(name, "other bits however it is pulled", pulled.state() == whole.state()));

    let mut cut = run(new(RATE), gpu, &[1]).await?;
    {
        let mut nobody = Context::from_waker(std::task::Waker::noop());
        let begun = pin!(cut.advance(4)).poll(&mut nobody).is_pending();
        rows.push(law(name, "a pull that waits for nothing", begun));
    }
    rows.push(law(name, "a pull that was given up counts", cut.state().at == 1));
    cut.advance(STEPS - 1).await.map_err(told)?;
    rows.push(law(name, "other bits after a pull that was given up", cut.state() == whole.state()));

    // Here, there and here again, beside all of it here.
    let here = run(new(RATE), &Device::Cpu, &[STEPS + 5]).await?;
    let first = run(new(RATE), &Device::Cpu, &[4]).await?;
    let second = on(new(RATE), gpu, first.state(), STEPS - 4).await?;
    let third = on(new(RATE), &Device::Cpu, &second, 5).await?;
    let off = gap(&third.losses, &here.state().losses, true);
    rows.push((format!("{name}: losses, handed over there and back"), off, LOSS));
    rows.push(law(name, "what was handed over is another's", third.losses[..4] == first.state().losses[..4]));
    let again = on(new(RATE), gpu, whole.state(), 5).await?;
    whole.advance(5).await.map_err(told)?;
    rows.push(law(name, "other bits after a state travelled", again == *whole.state()));

    let mut wild = [TabTrainer::new(new(1e30), &Device::Cpu), TabTrainer::new(new(1e30), gpu)];
    let mut said = Vec::new();
    for trainer in &mut wild {
        let error = trainer.advance(4).await.err();
        let at = error.and_then(|error| match error {
            TrainingError::RanAway { step, back: 0, .. } => Some(step),
            _ => None,
        });
        let broken = trainer.broken().map(|broken| (broken.step, broken.place.clone()));
        said.push((at, broken, trainer.state().at));
    }
    // Where only a moment ran away, neither says which number it was.
    let found = said[0].0.is_some() && said[0].2 == 0;
    rows.push(law(name, "a number that ran away is found elsewhere", found && said[0] == said[1]));
    let begins = *wild[1].state() == *TabTrainer::new(new(1e30), gpu).state();
    rows.push(law(name, "it does not stand at the beginning again", begins));

    let doomed = Gpu::open().await?;
    let mut trainer = run(new(RATE), &Device::Webgpu(doomed.clone()), &[2]).await?;
    let kept = trainer.state().clone();
    doomed.lose();
    let lost = matches!(trainer.advance(3).await, Err(TrainingError::Device(_)));
    rows.push(law(name, "a lost device takes more than its chunk", lost && *trainer.state() == kept));
    let rescued = on(new(RATE), &Device::Cpu, trainer.state(), 3).await?;
    let off = gap(&rescued.losses, &here.state().losses[..5 * L::LOSSES], true);
    rows.push((format!("{name}: losses after the device was lost"), off, LOSS));
    Ok(rows)
}

fn points(target: Prediction, batch: usize, rate: f64) -> PointsLesson {
    let options = PointsOptions { distribution: Distribution::Spiral, batch, rate, target, seed: 3 };
    PointsLesson::new(options, Schedule::new(ScheduleKind::Su { c: 0.02 }, 1000))
}

fn text(task: &str, own: &str, rate: f64) -> TextLesson {
    let task = Task::named(task, own).expect("a task");
    TextLesson::new(TextOptions { task, rate, seed: 3 }).expect("a possible network")
}

/// A text of more signs than a network has.
fn signs() -> String {
    (0..3000).map(|i| char::from_u32(0x4e00 + i * 7919 % 1500).expect("a sign")).collect()
}

/// How many lessons there are.
pub const CASES: usize = 11;

/// What holds of lesson number `at`.
pub async fn rows(gpu: &Gpu, at: usize) -> Result<Vec<Row>, String> {
    let device = &Device::Webgpu(gpu.clone());
    let tasks = ["induction", "copy", "reverse", "sort", "brackets", "addition"];
    match at {
        0 => {
            let new = |rate| points(Prediction::Velocity, 37, rate);
            let alike = alike(device, "points, v", &new).await?;
            Ok([alike, laws(device, "points, v", &new).await?].concat())
        }
        1 => alike(device, "points, ε", &|rate| points(Prediction::Epsilon, 512, rate)).await,
        2..8 => {
            let (name, new) = (tasks[at - 2], |rate| text(tasks[at - 2], "", rate));
            let mut rows = alike(device, name, &new).await?;
            if at == 2 {
                rows.extend(laws(device, name, &new).await?);
            }
            Ok(rows)
        }
        8 => alike(device, "an own text", &|rate| text("own", "", rate)).await,
        9 => alike(device, "1024 signs", &|rate| text("own", &signs(), rate)).await,
        10 => alike(device, "one letter", &|rate| text("own", "aa", rate)).await,
        _ => Ok(Vec::new()),
    }
}
