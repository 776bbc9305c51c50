//! The standard workloads: the same weights, inputs and references for every engine, native or in a browser.
//!
//! An answer is checked before its time counts. What goes in comes from the host at every call and what comes out
//! goes back there, as a page would have it.

pub mod drawn;
pub mod files;
mod gpt;
mod points;
mod unet;
mod writing;

use std::{future::Future, pin::Pin};

use crate::device::Device;
use serde::Serialize;

use files::Files;

/// What a workload is called and how it is counted.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Spec {
    pub id: &'static str,
    /// The files that it reads.
    pub files: &'static [&'static str],
    /// What is timed.
    pub unit: &'static str,
    /// Units in a call.
    pub units: usize,
    /// Answers in a call: each reaches the host before the next is asked for.
    pub parts: usize,
    /// How the error is measured, and where it voids the times.
    pub error: &'static str,
    pub tolerance: f64,
}

/// The answer to a part of a call, once the device has given it back.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<Vec<f32>, String>> + 'a>>;

/// A workload on a device.
pub trait Workload {
    /// What goes into the first part of call number `call`; each later part takes the answer of the one before.
    fn input(&self, call: usize) -> Vec<f32>;
    /// Part number `part` of a call.
    fn part<'a>(&'a mut self, part: usize, input: &'a [f32]) -> Answer<'a>;
    /// How far the answers of call number `call`, one after the other, are from the reference; fewer parts may have
    /// been made. `None` if there is no reference for them.
    fn error(&self, call: usize, answers: &[f32]) -> Option<f64>;
}

/// Every workload there is.
pub const ALL: &[&Spec] = &[
    &unet::ONE,
    &unet::SIXTEEN,
    &unet::CHAIN,
    &unet::CHAINS,
    &gpt::FORWARD,
    &gpt::CACHED,
    &gpt::UNCACHED,
    &points::TRAINING,
    &writing::TRAINING,
];

pub fn find(id: &str) -> Result<&'static Spec, String> {
    let known = || ALL.iter().map(|spec| spec.id).collect::<Vec<_>>().join(", ");
    ALL.iter()
        .copied()
        .find(|spec| spec.id == id)
        .ok_or_else(|| format!("there is no workload \"{id}\" ({})", known()))
}

/// The workload called `id` from its `files`, on `device`.
pub fn open(id: &str, files: &Files, device: &Device) -> Result<Box<dyn Workload>, String> {
    match find(id)?.id {
        "w1b1" => Ok(Box::new(unet::Forward::open(1, files, device)?)),
        "w1b16" => Ok(Box::new(unet::Forward::open(16, files, device)?)),
        "w1c1" => Ok(Box::new(unet::Chain::open(1, files, device)?)),
        "w1c16" => Ok(Box::new(unet::Chain::open(16, files, device)?)),
        "w2f" => Ok(Box::new(gpt::Forward::open(files, device)?)),
        "w2kv" => Ok(Box::new(gpt::Decode::cached(files, device)?)),
        "w2nokv" => Ok(Box::new(gpt::Decode::uncached(files, device)?)),
        "w3" => Ok(Box::new(points::Training::open(files, device)?)),
        "w4" => Ok(Box::new(writing::Training::open(files, device)?)),
        id => unreachable!("{id} is in the list and not here"),
    }
}

/// max |a − b|; infinite where a number is none or missing.
fn largest_gap(answers: &[f32], reference: &[f32]) -> f64 {
    if answers.len() != reference.len() {
        return f64::INFINITY;
    }
    let gap = |(a, b): (&f32, &f32)| f64::from((a - b).abs());
    let known = |gap: f64| if gap.is_nan() { f64::INFINITY } else { gap };
    answers.iter().zip(reference).map(gap).map(known).fold(0.0, f64::max)
}

/// max |a − b|/|b|.
fn largest_share(answers: &[f32], reference: &[f32]) -> f64 {
    if answers.len() != reference.len() {
        return f64::INFINITY;
    }
    let shares: Vec<f32> = answers.iter().zip(reference).map(|(a, b)| a / b).collect();
    largest_gap(&shares, &vec![1.0; shares.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_answer_is_never_near() {
        assert_eq!(largest_gap(&[1.0, 2.5], &[1.0, 2.0]), 0.5);
        assert_eq!(largest_gap(&[f32::NAN, 2.0], &[1.0, 2.0]), f64::INFINITY);
        assert_eq!(largest_gap(&[1.0], &[1.0, 2.0]), f64::INFINITY);
        assert_eq!(largest_share(&[5.0, 2.0], &[4.0, 2.0]), 0.25);
        assert_eq!(largest_share(&[f32::NAN, 2.0], &[1.0, 2.0]), f64::INFINITY);
        assert_eq!(largest_share(&[], &[1.0]), f64::INFINITY);
    }

    #[test]
    fn every_workload_names_the_files_it_lacks() {
        for spec in ALL {
            let error = open(spec.id, &Files::default(), &Device::Cpu).err().expect("no files");
            assert!(spec.files.iter().any(|file| error.contains(file)), "{}: {error}", spec.id);
            assert!(spec.units.is_multiple_of(spec.parts) && spec.tolerance > 0.0);
        }
        let error = open("w9", &Files::default(), &Device::Cpu).err().expect("no such workload");
        assert!(error.contains("\"w9\"") && error.contains("w2kv"), "{error}");
    }
}
