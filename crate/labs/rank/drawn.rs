//! The heads of a tower: drawn by address, or one after the other where a link wants numbers that anybody can reproduce; or those of a
//! model, in their order.

use nalgebra::DMatrix;

use super::{
    read::Read,
    settings::{Generator, Settings},
};
use crate::maps::{kernel::Head, mask::Mask};
use crate::math::{normal::normals, philox::Stream, splitmix::SplitMix64};

/// What is drawn for a layer besides the queries and keys of its heads.
const VALUES: u32 = 7;
/// Addresses that a layer has.
const PLACES: u32 = 8;

/// One layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// One head, or one each way.
    pub heads: Vec<Head>,
    /// The matrix of values, [n, n] of variance 1/n, where they are mixed.
    pub values: Option<DMatrix<f64>>,
}

/// The first `count` layers under `mask`; of the model that has `read` something, if one has.
pub fn layers(settings: &Settings, read: Option<&Read>, mask: Mask, count: usize) -> Vec<Drawn> {
    let Settings { n, d, number, .. } = *settings;
    match read {
        Some(read) => {
            let layer = |layer: usize| Drawn {
                heads: (0..mask.heads())
                    .map(|i| read.head(number + layer * mask.heads() + i).clone())
                    .collect(),
                values: values(settings, layer as u32),
            };
            (0..count).map(layer).collect()
        }
        None => match settings.generator {
            Generator::Philox => (0..count as u32).map(|layer| by_address(settings, mask, layer)).collect(),
            Generator::SplitMix => {
                let mut random = SplitMix64::new(settings.seed);
                let mut matrix = |rows: usize, columns: usize| {
                    let numbers: Vec<f64> = (0..rows * columns).map(|_| random.normal()).collect();
                    DMatrix::from_row_slice(rows, columns, &numbers)
                };
                let mut layer = |_| {
                    let heads = (0..mask.heads())
                        .map(|_| Head { queries: matrix(n, d), keys: matrix(n, d) })
                        .collect();
                    let values = settings.mixing.then(|| matrix(n, n) / (n as f64).sqrt());
                    Drawn { heads, values }
                };
                (0..count).map(&mut layer).collect()
            }
        },
    }
}

/// Layer `layer` alone.
fn by_address(settings: &Settings, mask: Mask, layer: u32) -> Drawn {
    let Settings { n, d, seed, .. } = *settings;
    let matrix = |place: u32| numbers(seed, PLACES * layer + place, n, d);
    let head = |i: u32| Head { queries: matrix(2 * i), keys: matrix(2 * i + 1) };
    Drawn { heads: (0..mask.heads() as u32).map(head).collect(), values: values(settings, layer) }
}

/// The values of layer `layer`, where they are mixed.
fn values(settings: &Settings, layer: u32) -> Option<DMatrix<f64>> {
    let Settings { n, seed, mixing, .. } = *settings;
    mixing.then(|| numbers(seed, PLACES * layer + VALUES, n, n) / (n as f64).sqrt())
}

fn numbers(seed: u64, place: u32, rows: usize, columns: usize) -> DMatrix<f64> {
    let numbers = normals(seed, Stream::Heads, place, rows * columns);
    DMatrix::from_row_iterator(rows, columns, numbers.into_iter().map(f64::from))
}
