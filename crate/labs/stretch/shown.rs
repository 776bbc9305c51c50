//! The frames of trained networks: loss and rightness by place, where heads look, and the four terms as they were learnt.

use super::{measured::Measured, settings::Settings};
use crate::runtime::frame::Frame;
use crate::train::small::reader::Scheme;

/// Places that a curve over a logarithmic axis has at most.
const PLACES: usize = 40;
/// Lengths of a text, in those of training, whose accuracy is told.
pub const TIMES: [usize; 4] = [1, 2, 4, 8];

pub const NAMES: [&str; 5] = ["places", "lengths", "read_to", "looks", "four"];

/// Stretches of 0 … `n` − 1, each about as many times as far as the one before.
fn reaches(n: usize) -> Vec<std::ops::Range<usize>> {
    let most = libm::log(n as f64);
    let mut all = Vec::new();
    let mut start = 0;
    for i in 1..=PLACES {
        let end = (libm::exp(most * i as f64 / PLACES as f64).round() as usize).min(n);
        if end > start {
            all.push(start..end);
            start = end;
        }
    }
    all
}

/// The frame `name`: `None` if it is none of [`NAMES`].
pub fn frame(measured: &Measured, settings: &Settings, n: usize, name: &str) -> Option<Frame> {
    let name = NAMES.into_iter().find(|one| *one == name)?;
    let [short, long] = measured.lengths();
    let (width, data) = match name {
        // A place, and the loss there of each network of each lane.
        "places" => table(measured, reaches(long), |reading, range| reading.between(range.clone())[0]),
        // A length, and the share that is said rightly of a text as long.
        "lengths" => {
            let lengths = TIMES.iter().map(|times| 0..times * short).collect();
            table(measured, lengths, |reading, range| reading.between(range.clone())[1])
        }
        // The same of the length now, and the loss.
        "read_to" => {
            let rows = vec![0..n.min(long); 2];
            let (width, mut data) = table(measured, rows, |reading, range| reading.between(range.clone())[1]);
            let losses = measured.runners().map(|one| one.reading.borrow().within(n.min(long))[0]);
            data.iter_mut().skip(width + 1).zip(losses).for_each(|(place, loss)| *place = loss);
            (width, data)
        }
        // A distance, and what a key there gets from the chosen head.
        "looks" => {
            let half = long / 2;
            let head = head(measured, settings);
            table(measured, reaches(half), |reading, range| {
                let looks = &reading.looks[head * half..][range.clone()];
                looks.iter().sum::<f64>() / (looks.len() * reading.texts) as f64
            })
        }
        // A distance, the four terms of the chosen head of the first network with biases, and how far the first three stray.
        "four" => (6, four(measured, settings)),
        other => unreachable!("{other} is in the list and has no data"),
    };
    let data: Vec<f32> = data.into_iter().map(|x| x as f32).collect();
    let rows = if measured.has_read() { data.len() / width } else { 0 };
    Some(Frame::new(name, [rows, width], if rows == 0 { Vec::new() } else { data }))
}

/// [rows, 1 + networks]: the middle of each stretch, and a number of each network there.
fn table(
    measured: &Measured,
    rows: Vec<std::ops::Range<usize>>,
    of: impl Fn(&super::reading::Reading, &std::ops::Range<usize>) -> f64,
) -> (usize, Vec<f64>) {
    let row = |range: &std::ops::Range<usize>| {
        let middle = ((range.start + 1) as f64 * range.end as f64).sqrt();
        let all = measured.runners().map(|one| of(&one.reading.borrow(), range)).collect::<Vec<_>>();
        std::iter::once(middle).chain(all).collect::<Vec<_>>()
    };
    (1 + measured.runners().count(), rows.iter().flat_map(row).collect())
}

/// The chosen head among those of all layers.
fn head(measured: &Measured, settings: &Settings) -> usize {
    measured.runners().next().map_or(0, |one| {
        let config = &one.trained.network.config;
        let layer = (settings.layer - 1).min(config.layers - 1);
        layer * config.heads + (settings.head - 1).min(config.heads - 1)
    })
}

fn four(measured: &Measured, settings: &Settings) -> Vec<f64> {
    let Some(lane) = measured.lane(Scheme::Bias).filter(|_| measured.has_read()) else { return Vec::new() };
    let [short, _] = measured.lengths();
    let reading = measured.lanes[lane].runners[0].reading.borrow();
    let rows = reading.four(head(measured, settings), short);
    rows.iter().enumerate().flat_map(|(k, row)| std::iter::once(k as f64).chain(*row)).collect()
}
