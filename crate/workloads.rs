//! The standard workloads: the same weights, inputs and references for every engine, native or in a browser.
//!
//! An answer is checked before its time counts. What goes in comes from the host at every call and what comes out
//! goes back there, as a page would have it.

pub mod files;
mod points;
mod unet;
mod weights;

use std::{future::Future, pin::Pin};

use burn::tensor::Device;
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
pub const ALL: &[&Spec] = &[&unet::ONE, &unet::SIXTEEN, &unet::CHAIN, &unet::CHAINS, &points::TRAINING];

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
        "w3" => Ok(Box::new(points::Training::open(files, device)?)),
        id => unreachable!("{id} is in the list and not here"),
    }
}

/// max |a − b|; infinite where a number is none or missing.
fn largest_gap(answers: &[f32], reference: &[f32]) -> f64 {
    if answers.len() != reference.len() {
        return f64::INFINITY;
    }
    let gap = |(a, b): (&f32, &f32)| f64::from((a - b).abs());
    answers.iter().zip(reference).map(gap).fold(0.0, |most, gap| if gap <= most { most } else { gap })
}

/// max |a − b|/|b|.
fn largest_share(answers: &[f32], reference: &[f32]) -> f64 {
    let shares: Vec<f32> = answers.iter().zip(reference).map(|(a, b)| a / b).collect();
    largest_gap(&shares, &vec![1.0; reference.len()])
}
