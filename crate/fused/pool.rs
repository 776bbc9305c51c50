//! Arrays that are lent and come back, so that a step allocates nothing.

use std::cell::RefCell;

/// Arrays that nobody needs at the moment.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    free: RefCell<Vec<Vec<f32>>>,
}

impl Pool {
    /// An array of `length` numbers, whatever they are: whoever asks writes all of them.
    pub fn take(&self, length: usize) -> Vec<f32> {
        let mut free = self.free.borrow_mut();
        // The smallest that has room.
        let fits = |array: &Vec<f32>| array.capacity() >= length;
        let best = (0..free.len()).filter(|&i| fits(&free[i])).min_by_key(|&i| free[i].capacity());
        let mut array = best.map_or_else(|| Vec::with_capacity(length), |i| free.swap_remove(i));
        array.resize(length, 0.0);
        array
    }

    pub fn give(&self, array: Vec<f32>) {
        self.free.borrow_mut().push(array);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_back_is_lent_again() {
        let pool = Pool::default();
        let large = pool.take(100);
        let place = large.as_ptr();
        pool.give(large);
        let small = pool.take(10);
        assert_eq!((small.len(), small.as_ptr()), (10, place));
        assert_eq!(pool.take(50).len(), 50);
    }
}
