//! What was learned in a session can be kept for a later one, and what comes back is what would have been learned again.

mod common;

use chailou::runtime::session::Session;
use common::open;
use pollster::block_on;

/// Small networks that are trained here, by lab.
const LINKS: [&str; 2] = [
    "v=2&lab=points&denoiser=learned&batch=128&particles=100&steps=4&seed=11",
    "v=2&lab=attention&model=toy&task=copy&tokens=2&seed=11",
];

fn trained(link: &str, steps: usize) -> Box<dyn Session> {
    let mut session = open(link);
    block_on(session.work("train", steps)).expect("it learns");
    session
}

fn done(session: &dyn Session) -> usize {
    session.status().tasks["train"].done
}

#[test]
fn a_keepsake_saves_the_steps_and_changes_no_bit() {
    for link in LINKS {
        let keepsake = trained(link, 6).keepsake().expect("something was learned");
        let mut kept = open(&format!("{link}&trained=9"));
        kept.recall(&keepsake);
        assert_eq!(done(&*kept), 6, "{link}");
        let mut anew = open(&format!("{link}&trained=9"));
        block_on(async {
            kept.work("train", 3).await.expect("it goes on");
            anew.work("train", 9).await.expect("it learns");
            kept.seek(2).await.expect("it is shown");
            anew.seek(2).await.expect("it is shown");
        });
        assert_eq!(kept.fingerprint(), anew.fingerprint(), "{link}");
    }
}

#[test]
fn a_network_that_is_ahead_of_the_link_stays_away() {
    for link in LINKS {
        let keepsake = trained(link, 6).keepsake().expect("something was learned");
        let mut session = open(&format!("{link}&trained=5"));
        session.recall(&keepsake);
        assert_eq!(done(&*session), 0, "{link}");
    }
}

#[test]
fn what_is_damaged_or_of_another_network_changes_nothing() {
    for (i, link) in LINKS.into_iter().enumerate() {
        let keepsake = trained(link, 6).keepsake().expect("something was learned");
        let mut session = open(&format!("{link}&trained=9"));
        session.recall(&keepsake[..keepsake.len() / 2]);
        session.recall(&[]);
        session.recall(&trained(LINKS[1 - i], 6).keepsake().expect("something was learned"));
        session.recall(&trained(&format!("{link}&rate=0.0021"), 6).keepsake().expect("it learned"));
        assert_eq!(done(&*session), 0, "{link}");
    }
}

#[test]
fn where_nothing_is_learned_nothing_is_kept() {
    let session = open("v=2&lab=attention&tokens=2");
    assert!(session.learned().is_none() && session.keepsake().is_none());
}

/// Another lab may look at what was learnt: the bytes that are kept where a network learns are read where its heads are measured.
#[test]
fn a_head_that_learnt_is_measured_elsewhere_from_the_same_bytes() {
    let there = trained(LINKS[1], 6);
    let keepsake = there.keepsake().expect("something was learned");
    let link = "v=3&lab=rank&source=trained&network=toy&toy_task=copy&layer=2&head=1&prompt=abcab";
    let lent = |session: &dyn Session| session.status().facts["lent"].clone();
    let mut here = open(&format!("{link}&toy_trained=6"));
    assert_eq!(lent(&*here)["key"].as_str(), there.learned().as_deref());
    let young = here.frame("map").unwrap().data;
    here.recall(&keepsake);
    assert_eq!((lent(&*here)["done"].as_u64(), lent(&*here)["total"].as_u64()), (Some(6), Some(6)));
    assert_ne!(here.frame("map").unwrap().data, young);
    let gap = here.readouts().into_iter().find(|one| one.id == "model_gap").unwrap().value.unwrap();
    assert!(gap > 0.0 && gap < 1e-5, "{gap}");
    // One that is ahead of the link stays away, as in the lab where it learnt.
    let mut behind = open(&format!("{link}&toy_trained=5"));
    behind.recall(&keepsake);
    assert_eq!(lent(&*behind)["done"].as_u64(), Some(0));
}
