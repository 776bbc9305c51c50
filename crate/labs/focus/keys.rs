//! The random keys, drawn by address and kept: while a number is dragged, or a text grows, the keys stay the same.

use std::{cell::RefCell, rc::Rc};

use crate::math::{normal::normals, philox::Stream};

/// The step of the coordinates of linear keys, beyond those of all draws.
const COORDINATES: u32 = 1 << 16;

/// Keys of some draws of one seed, each as long as it was ever asked for.
type Drawn = (u64, Vec<Rc<Vec<f32>>>);

thread_local! {
    static DRAWN: RefCell<Option<Drawn>> = const { RefCell::new(None) };
}

/// The keys of draw `draw`, N(0, 1): at least `count` of them, of which the first `count` do not depend on how many.
pub fn draw(seed: u64, draw: usize, count: usize) -> Rc<Vec<f32>> {
    DRAWN.with_borrow_mut(|drawn| {
        if drawn.as_ref().is_none_or(|(of, _)| *of != seed) {
            *drawn = Some((seed, Vec::new()));
        }
        let (_, all) = drawn.as_mut().expect("it was just put there");
        if all.len() <= draw {
            all.resize_with(draw + 1, Rc::default);
        }
        if all[draw].len() < count {
            all[draw] = Rc::new(normals(seed, Stream::Keys, draw as u32, count));
        }
        all[draw].clone()
    })
}

/// Coordinates of keys for linear attention, N(0, 1).
pub fn coordinates(seed: u64, count: usize) -> Vec<f32> {
    normals(seed, Stream::Keys, COORDINATES, count)
}
