//! A run without its network, and one whose network runs away late: what is there stays, and goes on elsewhere.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use super::{about::ABOUT, settings::Settings, state::Ddpm};
use crate::experiment::{Experiment, catalogue::Catalogue, link};
use crate::runtime::{error::SessionError, lab::Lab, readout::Verdict};

/// What a future that waits for nothing comes to.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

fn experiment(settings: &str) -> Experiment {
    let parsed =
        link::parse(&Catalogue { labs: &[&ABOUT], default: &ABOUT }, &format!("v=2&lab=ddpm&{settings}"));
    assert!(parsed.warnings.is_empty(), "{:?}", parsed.warnings);
    parsed.experiment
}

/// The run of an engine without networks.
fn without_network(experiment: &Experiment) -> Ddpm {
    Ddpm::new(experiment, Settings::of(experiment), None)
}

#[test]
fn without_a_network_there_is_the_fall() {
    for (journey, limit) in [("both", 6), ("demolish", 6), ("rebuild", 0), ("invert", 0)] {
        let experiment = experiment(&format!("journey={journey}&sampler=ddim&steps=6&samples=2"));
        let mut run = without_network(&experiment);
        assert_eq!(run.limit(), limit, "{journey}");
        now(run.reach(0, limit)).unwrap();
        for (name, shape) in [
            ("x", vec![2, 3, 32, 32]),
            ("film", vec![limit + 1, 3, 32, 32]),
            ("tracks", vec![1, 3, 32, 32]),
            ("partial_noising", vec![10, 2, 3, 32, 32]),
            ("picture", vec![3, 32, 32]),
            ("schedule", vec![4, 1001]),
        ] {
            assert_eq!(run.frame(limit, name).unwrap().shape, shape, "{journey} {name}");
        }
        assert!(run.tasks(limit).is_empty());
        assert!(matches!(now(run.work(limit, "greedy", 1)), Err(SessionError::UnknownTask(_))));
    }
}

#[test]
fn what_takes_the_network_is_not_there_yet() {
    let mut run = without_network(&experiment("data=digits&steps=5"));
    now(run.reach(0, 5)).unwrap();
    for name in ["eps", "x0", "race", "race_lanes", "race_now", "race_floor"] {
        assert!(matches!(run.frame(5, name), Err(SessionError::NotYet(frame)) if frame == name), "{name}");
    }
    assert!(matches!(run.frame(5, "nonsense"), Err(SessionError::UnknownFrame(_))));
    assert!(
        run.frame(5, "building").is_ok() && run.frame(5, "rubble").is_ok(),
        "in a fall they are the true ones"
    );
    for readout in run.readouts(5) {
        let open = ["greedy_collapses", "beta_spreads", "network_calls"].contains(&readout.id);
        assert_eq!(readout.verdict, if open { Verdict::Open } else { Verdict::Holds }, "{}", readout.id);
    }
    let rebuilt = without_network(&experiment("data=digits&journey=rebuild&steps=5"));
    assert!(matches!(rebuilt.frame(0, "building"), Err(SessionError::NotYet(_))));
    // A finished picture holds no noise; that needs no network.
    now(run.reach(5, 0)).unwrap();
    assert!(run.frame(0, "eps").unwrap().data.iter().all(|eps| *eps == 0.0));
}

#[cfg(feature = "cpu")]
mod with_a_network {
    use super::*;
    use crate::device::Device;
    use crate::experiment::{Draft, inputs::forks::ForkDraft, packed};
    use crate::runtime::{
        kept::Kept,
        lab::{Giver, Key, Resources},
        running::Running,
        selection::Selection,
    };
    use crate::train::tensors::{Precision, Tensors};

    fn weights() -> Vec<u8> {
        let path = format!("{}/www/models/digits.safetensors", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Weights with which every picture of a 3 runs away.
    fn weights_without_threes() -> Vec<u8> {
        let mut tensors = Tensors::read(&weights()).unwrap();
        let label = tensors.by_name.get_mut("label.weight").unwrap();
        let width = label.shape[1];
        label.values[3 * width..4 * width].fill(f32::MAX);
        tensors.write(Precision::Single)
    }

    fn run(experiment: &Experiment, weights: &[u8]) -> Ddpm {
        Ddpm::open(experiment, Resources { weights: Some(weights), device: &Device::Cpu }).unwrap()
    }

    fn forked(settings: &str, forks: &[ForkDraft]) -> Experiment {
        let packed = Draft { forks: forks.to_vec(), ..Draft::default() };
        experiment(&format!("{settings}&z={}", packed::pack(&packed).unwrap()))
    }

    fn fork(at: usize, key: &str, value: &str) -> ForkDraft {
        ForkDraft { at, set: [(key.to_owned(), value.into())].into(), ..ForkDraft::default() }
    }

    fn bits(run: &mut Ddpm, fork: usize, at: usize, name: &str) -> Vec<u32> {
        run.select(&Selection::of("track", fork));
        run.frame(at, name).unwrap().data.iter().map(|x| x.to_bits()).collect()
    }

    fn snapshot(run: &Ddpm, at: usize) -> Vec<u8> {
        postcard::to_allocvec(&Kept { at, parts: run.parts() }).unwrap()
    }

    #[test]
    fn an_engine_with_a_network_goes_on_from_a_fall_without_one() {
        let painted = ForkDraft { at: 3, paint: vec![(7, 1.5)], ..ForkDraft::default() };
        let experiment = forked(
            "data=digits&steps=8&samples=2",
            &[painted, fork(5, "schedule", "cosine"), fork(8, "label", "2")],
        );
        let mut fall = without_network(&experiment);
        let mut whole = run(&experiment, &weights());
        for k in 0..=8 {
            now(fall.reach(k.max(1) - 1, k)).unwrap();
            now(whole.reach(k.max(1) - 1, k)).unwrap();
            for j in 0..4 {
                assert_eq!(bits(&mut fall, j, k, "x"), bits(&mut whole, j, k, "x"), "fork {j}, state {k}");
            }
        }
        now(whole.reach(8, 16)).unwrap();

        let weights = weights();
        let lent = Resources { weights: Some(&weights), device: &Device::Cpu };
        let mut session = Running::<Ddpm>::open(&experiment, lent).unwrap();
        session.adopt(&snapshot(&fall, 8)).unwrap();
        let status = session.status();
        assert_eq!((status.at, status.computed, status.limit), (8, 8, 16));
        now(session.seek(8)).unwrap();
        let eps: Vec<_> = session.frame("eps").unwrap().data.iter().map(|x| x.to_bits()).collect();
        assert_eq!(eps, bits(&mut whole, 0, 8, "eps"), "what the fall could not know is asked now");
        now(session.seek(16)).unwrap();
        for j in 0..4 {
            session.select(&Selection::of("track", j));
            let film: Vec<_> = session.frame("film").unwrap().data.iter().map(|x| x.to_bits()).collect();
            assert_eq!(film, bits(&mut whole, j, 16, "film"), "fork {j}");
        }
    }

    /// A seek that thins what is kept and then fails leaves what is shown, and all of it in order.
    #[test]
    fn what_is_shown_survives_a_seek_that_fails() {
        let experiment =
            forked("data=digits&steps=60&samples=2&guidance=1&label=7", &[fork(110, "label", "3")]);
        let weights = weights_without_threes();
        for shown in [7, 71] {
            let mut run = run(&experiment, &weights);
            // Some thirty states of a hundred and twenty.
            run.tree.bound = 60 * 2 * 64 * 4;
            now(run.reach(0, shown)).unwrap();
            let before = ["x", "eps", "x0"].map(|name| bits(&mut run, 0, shown, name));
            let outcome = now(run.reach(shown, 120));
            assert!(matches!(outcome, Err(SessionError::NotFinite { .. })), "{outcome:?}");
            assert!(run.tree.stride > 1, "nothing was thinned");
            assert!(!run.readouts(shown).is_empty());
            for (name, before) in ["x", "eps", "x0"].iter().zip(before) {
                assert_eq!(bits(&mut run, 0, shown, name), before, "{name} of {shown}");
            }
            let parts = run.parts();
            let mut other = self::run(&experiment, &weights);
            assert!(other.shows(shown, &parts));
            assert!(parts.iter().all(|(key, part)| other.fits(key, part, Giver::Engine)));
            for (key, part) in parts {
                other.take(&key, part, Giver::Engine);
            }
            for run in [&mut run, &mut other] {
                now(run.reach(shown, 109)).unwrap();
            }
            assert_eq!(bits(&mut run, 0, 109, "x"), bits(&mut other, 0, 109, "x"));
        }
    }

    #[test]
    fn equal_forks_share_what_was_computed() {
        let one = forked("data=digits&steps=5", &[fork(6, "label", "2")]);
        let two = forked("data=digits&steps=5", &[fork(6, "label", "2"), fork(6, "label", "2")]);
        let mut first = run(&one, &weights());
        now(first.reach(0, 10)).unwrap();
        let mut second = run(&two, &weights());
        let mine: Vec<Key> = second.parts().into_iter().map(|(key, _)| key).collect();
        for (key, part) in first.parts().into_iter().filter(|(key, _)| mine.contains(key)) {
            assert!(second.fits(&key, &part, Giver::Edit));
            second.take(&key, part, Giver::Edit);
        }
        assert_eq!(second.computed(), 10);
        assert_eq!(bits(&mut second, 2, 10, "x"), bits(&mut first, 1, 10, "x"));
    }
}
