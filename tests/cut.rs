//! Work that is cut among workers: one of them, two or three, whoever answers and whenever, a session comes to the same bits. For every lab.

mod common;

use std::{cell::Cell, rc::Rc};

use chailou::labs;
use chailou::runtime::{
    error::SessionError,
    pool::{Answer, Workers},
    session::Session,
};
use common::open;
use pollster::block_on;

/// Links whose work can be cut, with the tasks that it is; small, for each is run many times. Every lab is run by its defaults besides.
const CUT: [(&str, &[&str]); 9] = [
    ("lab=ddpm&steps=4&samples=3&journey=rebuild", &[]),
    ("lab=ddpm&data=digits&steps=4&samples=3&guidance=2&sampler=heun", &[]),
    ("lab=ddpm&data=digits&steps=3&samples=1&sampler=ddpm", &["greedy", "partial_noising"]),
    ("lab=ddpm&data=digits&steps=2&budget=4", &["race"]),
    ("lab=stretch&view=measured&seeds=2&texts=2", &["read"]),
    ("lab=stretch&view=train&seeds=1&trained=5", &["train"]),
    ("lab=init&view=transfer&steps=20", &["sweep"]),
    ("lab=init&view=train&trained=5", &["train"]),
    ("lab=focus&part=twins&trained=5", &["train"]),
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mood {
    /// As soon as it is asked.
    Early,
    /// When the answer is waited for.
    Late,
    /// The first worker, and all of them every third time.
    Missing,
    /// Bytes that say nothing.
    Wrong,
}

struct Team {
    mood: Mood,
    sessions: Vec<Rc<Box<dyn Session>>>,
    answered: Rc<Cell<usize>>,
    asked: Cell<usize>,
}

impl Team {
    fn of(link: &str, count: usize, mood: Mood) -> Rc<Self> {
        let sessions = (0..count).map(|_| open(link).into()).collect();
        Rc::new(Self { mood, sessions, answered: Rc::default(), asked: Cell::default() })
    }
}

impl Workers for Team {
    fn count(&self) -> usize {
        self.sessions.len()
    }

    fn ask(&self, worker: usize, job: Vec<u8>) -> Answer<'static> {
        let (session, answered, mood) = (self.sessions[worker].clone(), self.answered.clone(), self.mood);
        let turn = self.asked.replace(self.asked.get() + 1);
        let work = async move {
            let answer = session.assist(&job).await;
            answered.set(answered.get() + usize::from(answer.is_some()));
            answer
        };
        match mood {
            Mood::Early => Box::pin(std::future::ready(block_on(work))),
            Mood::Missing if worker == 0 || turn % 3 == 2 => Box::pin(std::future::ready(None)),
            Mood::Wrong => Box::pin(std::future::ready(Some(vec![1, 255, 255, 255, 0, 7]))),
            Mood::Late | Mood::Missing => Box::pin(work),
        }
    }
}

/// All that can be told of a session: where it stands, all frames, what is measured, its proof and all that it would hand over.
fn told(session: &dyn Session, frames: &[&str]) -> (String, Vec<Option<Vec<u32>>>, Vec<u8>) {
    let frame = |name: &&str| match session.frame(name) {
        Ok(frame) => Some(frame.data.iter().map(|x| x.to_bits()).collect()),
        Err(SessionError::NotYet(_) | SessionError::OtherView { .. }) => None,
        Err(error) => panic!("{name}: {error}"),
    };
    let readouts = serde_json::to_string(&session.readouts()).unwrap();
    let status = serde_json::to_string(&session.status()).unwrap();
    (
        format!("{status} {readouts} {} {:?}", session.fingerprint(), session.text()),
        frames.iter().map(frame).collect(),
        session.snapshot(),
    )
}

/// Some states and some of each task, in pulls that do not fit the pieces.
fn run(session: &mut dyn Session, tasks: &[&str]) {
    for n in [1, 2] {
        block_on(session.step(n)).unwrap();
    }
    for task in tasks {
        for n in [1, 3, 5] {
            block_on(session.work(task, n)).unwrap();
        }
    }
}

fn the_same_bits(link: &str, tasks: &[&str]) -> usize {
    let frames = labs::parse(link).experiment.lab.frames;
    let mut alone = open(link);
    run(&mut *alone, tasks);
    let expected = told(&*alone, frames);
    let cuts = alone.pool().cuts();
    for (count, mood) in [(1, Mood::Early), (2, Mood::Late), (2, Mood::Missing), (1, Mood::Wrong)] {
        // What is never cut needs no other run.
        if cuts.times == 0 {
            break;
        }
        let mut among = open(link);
        let team = Team::of(link, count, mood);
        among.pool().lend(team.clone());
        run(&mut *among, tasks);
        assert!(told(&*among, frames) == expected, "{link} among {count} more, {mood:?}");
        assert_eq!(among.pool().cuts(), cuts, "{link}");
        let asked = team.asked.get();
        assert!(asked >= cuts.times, "{link}: nobody was asked");
        match mood {
            Mood::Early | Mood::Late => assert_eq!(team.answered.get(), asked, "{link}: a job was refused"),
            Mood::Missing | Mood::Wrong => {}
        }
    }
    cuts.times
}

#[test]
fn one_worker_or_several_come_to_the_same_bits() {
    for (link, tasks) in CUT {
        assert!(the_same_bits(link, tasks) > 0, "{link}: nothing was cut");
    }
}

#[test]
fn every_lab_does_so_by_its_defaults() {
    for lab in labs::CATALOGUE.labs {
        let link = format!("lab={}", lab.id);
        the_same_bits(&link, &[]);
        // Whatever a worker is asked that it cannot do, it says so.
        for job in [&[][..], &[255; 9], &[1, 200, 0, 0, 3]] {
            let answer = block_on(open(&link).assist(job));
            assert!(answer.is_none_or(|bytes| bytes.len() < 3), "{link} {job:?}");
        }
    }
}
