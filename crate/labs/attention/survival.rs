//! Tests: what is asked when a pull of training goes wrong.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use super::{about::ABOUT, state::Attention};
use crate::device::{
    Device,
    loss::{self, Loss},
};
use crate::experiment::{catalogue::Catalogue, link};
use crate::runtime::{
    lab::Resources,
    running::Running,
    session::{Pull, Session},
};

fn open() -> Box<dyn Session> {
    let resources = Resources { weights: None, device: &Device::Cpu };
    let catalogue = Catalogue { labs: &[&ABOUT], default: &ABOUT };
    let link = "lab=attention&model=toy&task=induction&prompt=abab&tokens=2";
    Running::<Attention>::open(&link::parse(&catalogue, link).experiment, resources).unwrap()
}

/// Where `pull` gets without waiting; the CPU engine never waits.
fn poll(pull: Pull<'_>) -> Poll<bool> {
    pin!(pull).poll(&mut Context::from_waker(Waker::noop())).map(|outcome| outcome.is_ok())
}

fn trained(session: &dyn Session) -> usize {
    session.status().tasks["train"].done
}

/// The device did more than the host heard of: that is not what is asked, whether it says that it is lost or falls silent.
#[test]
fn what_is_asked_is_the_network_that_was_read_last() {
    let mut undisturbed = open();
    assert_eq!(poll(undisturbed.work("train", 20)), Poll::Ready(true));
    assert_eq!(poll(undisturbed.seek(2)), Poll::Ready(true));
    for (loss, outcome) in [(Loss::Told, Poll::Ready(false)), (Loss::Silent, Poll::Pending)] {
        let mut session = open();
        loss::after(1, loss);
        assert_eq!(poll(session.work("train", 60)), outcome);
        loss::over();
        assert_eq!(trained(&*session), 20, "the first readback came");
        assert_eq!(poll(session.seek(2)), Poll::Ready(true));
        assert_eq!(session.fingerprint(), undisturbed.fingerprint());
    }
}
