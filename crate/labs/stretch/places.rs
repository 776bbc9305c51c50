//! The random queries and keys, drawn by address and kept: while a number is dragged, or a text grows, they stay the same.

use std::{cell::RefCell, rc::Rc};

use crate::math::{normal::normals, philox::Stream};

/// How many queries read the keys.
pub const QUERIES: usize = 16;

/// Numbers of one seed and step, as many as were ever asked for.
type Drawn = (u64, u32, Rc<Vec<f32>>);

thread_local! {
    static KEYS: RefCell<Option<Drawn>> = const { RefCell::new(None) };
}

/// Numbers of queries, N(0, 1). [queries, d]
pub fn queries(seed: u64, d: usize) -> Vec<f32> {
    normals(seed, Stream::Places, 2 * d as u32, QUERIES * d)
}

/// Numbers of at least `count` keys, N(0, 1), the newest first. [.., d]
pub fn keys(seed: u64, d: usize, count: usize) -> Rc<Vec<f32>> {
    let step = 2 * d as u32 + 1;
    KEYS.with_borrow_mut(|drawn| {
        let known =
            drawn.as_ref().filter(|(of, at, all)| (*of, *at) == (seed, step) && all.len() >= count * d);
        if let Some((_, _, all)) = known {
            return all.clone();
        }
        let all = Rc::new(normals(seed, Stream::Places, step, count * d));
        *drawn = Some((seed, step, all.clone()));
        all
    })
}
