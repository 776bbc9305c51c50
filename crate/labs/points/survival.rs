//! Tests: what stands when a pull goes wrong.

use std::{
    future::Future,
    pin::pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use super::{about::ABOUT, state::PointsLab};
use crate::device::{
    Device,
    loss::{self, Loss},
};
use crate::experiment::{catalogue::Catalogue, link};
use crate::runtime::{kept::Keeper, lab::Resources, running::Running, session::Session};

/// Where `future` gets without waiting; the CPU engine never waits.
fn poll<F: Future>(future: F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// What comes of `future` on the CPU engine.
pub fn now<F: Future>(future: F) -> F::Output {
    match poll(future) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the CPU engine answers at once"),
    }
}

fn open(settings: &str) -> Box<dyn Session> {
    let link = format!("lab=points&denoiser=learned&batch=128&particles=100&points=100&{settings}");
    let resources = Resources { weights: None, device: &Device::Cpu };
    Running::<PointsLab>::open(
        &link::parse(&Catalogue { labs: &[&ABOUT], default: &ABOUT }, &link).experiment,
        resources,
    )
    .unwrap()
}

/// A session of the same settings on another engine, which knows what `keeper` holds.
fn rescued(settings: &str, keeper: &Rc<dyn Keeper>) -> Box<dyn Session> {
    let mut session = open(settings);
    session.adopt(&keeper.snapshot()).unwrap();
    session
}

fn trained(session: &dyn Session) -> usize {
    session.status().tasks["train"].done
}

fn bits(session: &dyn Session, name: &str) -> Vec<u32> {
    session.frame(name).unwrap().data.iter().map(|x| x.to_bits()).collect()
}

#[test]
fn a_device_lost_in_training_takes_one_readback_along() {
    let settings = "steps=5";
    let mut session = open(settings);
    now(session.work("train", 60)).unwrap();
    let keeper = session.keeper();

    loss::after(1, Loss::Silent);
    let mut pull = Box::pin(session.work("train", 200));
    assert!(poll(pull.as_mut()).is_pending());
    // The pull holds the session and will never end; what stood before it can be had.
    assert_eq!(trained(&*rescued(settings, &keeper)), 60);
    drop(pull);
    loss::over();
    assert_eq!(trained(&*session), 110, "the first readback came");

    loss::after(2, Loss::Told);
    assert!(now(session.work("train", 200)).is_err());
    loss::over();
    let mut rescued = rescued(settings, &keeper);
    assert_eq!(trained(&*rescued), 210, "all readbacks that came are kept");
    // Steps of which nothing was heard are not asked either.
    for session in [&mut session, &mut rescued] {
        now(session.seek(5)).unwrap();
    }
    assert_eq!(bits(&*session, "x"), bits(&*rescued, "x"));

    // Neither lost its way, and what is asked is the network of now.
    let mut undisturbed = open(settings);
    now(undisturbed.work("train", 230)).unwrap();
    now(undisturbed.seek(5)).unwrap();
    for session in [&mut session, &mut rescued] {
        now(session.work("train", 20)).unwrap();
        now(session.seek(5)).unwrap();
        for name in ["loss", "x", "probe", "field"] {
            assert_eq!(bits(&**session, name), bits(&*undisturbed, name), "{name}");
        }
    }
}

/// The network learnt since, so that every state but the first of the building is to be computed again, in two chunks.
#[test]
fn what_is_shown_stays_until_something_else_can_be_shown() {
    let settings = "steps=100&view=error";
    let mut session = open(settings);
    now(session.work("train", 20)).unwrap();
    now(session.seek(90)).unwrap();
    now(session.work("train", 20)).unwrap();
    let shown = ["x", "x0", "trajectories", "probe", "field", "error", "density"];
    let look = |session: &dyn Session| {
        let status = session.status();
        let frames: Vec<_> = shown.iter().map(|name| bits(session, name)).collect();
        (status.at, status.computed, status.facts, session.fingerprint(), frames)
    };
    let before = look(&*session);
    for (answers, loss, target) in [
        (0, Loss::Told, 90),
        (0, Loss::Silent, 90),
        (1, Loss::Told, 95),
        // The chunk that came is there: 95 is one readback away.
        (0, Loss::Silent, 95),
        (0, Loss::Told, 3),
        (0, Loss::Silent, 3),
    ] {
        loss::after(answers, loss);
        assert!(!matches!(poll(session.seek(target)), Poll::Ready(Ok(()))), "{target} after {answers}");
        loss::over();
        assert_eq!(look(&*session), before, "{target} after {answers}");
        session.readouts();
    }
    let rescued = rescued(settings, &session.keeper());
    assert_eq!((rescued.status().at, rescued.fingerprint()), (90, session.fingerprint()));

    now(session.seek(90)).unwrap();
    let mut undisturbed = open(settings);
    now(undisturbed.work("train", 40)).unwrap();
    now(undisturbed.seek(90)).unwrap();
    assert_eq!(look(&*session), look(&*undisturbed));
}
