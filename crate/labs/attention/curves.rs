//! How the network learnt that is trained here.

use super::network::Network;
use crate::runtime::frame::Frame;
use crate::train::tab::PROBE_EVERY;

/// Points of the loss curve at most.
const LOSSES: usize = 1000;

/// (step, mean loss, mean loss of what can be foretold) of at most [`LOSSES`] stretches of equal length.
pub fn losses(network: &Network) -> Frame {
    let losses = network.losses();
    let steps = losses.len() / 2;
    let stretch = steps.div_ceil(LOSSES).max(1);
    let row = |(i, part): (usize, &[f32])| {
        let count = part.len() / 2;
        let mean = |which: usize| part.iter().skip(which).step_by(2).sum::<f32>() / count as f32;
        [(i * stretch + count) as f32, mean(0), mean(1)]
    };
    let rows: Vec<f32> = losses.chunks(2 * stretch).enumerate().flat_map(row).collect();
    Frame::new("losses", [rows.len() / 3, 3], rows)
}

/// (step, prefix-matching score of each head) or (step, share of right answers), as the network was looked at.
pub fn probes(network: &Network) -> Frame {
    let size = network.probe_size();
    let row = |(i, probe): (usize, &[f32])| [&[(i * PROBE_EVERY) as f32], probe].concat();
    let rows: Vec<f32> = network.probes().chunks(size.max(1)).enumerate().flat_map(row).collect();
    Frame::new("probes", [rows.len() / (size + 1), size + 1], rows)
}

/// Layer, head and prefix-matching score of the head that does it best, of `heads` a layer, when the network was last
/// looked at.
pub fn best_head(network: &Network, heads: usize) -> Option<(usize, usize, f64)> {
    let probes = network.probes();
    let scores = &probes[probes.len().checked_sub(network.probe_size())?..];
    let (number, score) = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
    Some((number / heads, number % heads, f64::from(*score)))
}
