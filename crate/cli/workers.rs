//! One thread a core, each a pool of its own.
//!
//! A layer's own parallel loops are far shorter than the way to another thread; in a pool of one they stay
//! where they are, and a training step runs on all cores by shards of its batch instead. It also makes the
//! numbers independent of how many cores there are.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

pub struct Workers {
    /// Where what is not shared out runs, for the same reason.
    home: ThreadPool,
    pools: Vec<ThreadPool>,
}

impl Workers {
    pub fn new() -> Result<Self, String> {
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
        let pool = || {
            let pool = ThreadPoolBuilder::new().num_threads(1).build();
            pool.map_err(|error| format!("cannot start threads: {error}"))
        };
        let pools = (0..cores).map(|_| pool()).collect::<Result<_, _>>()?;
        Ok(Self { home: pool()?, pools })
    }

    /// `work`, which may share some of it out by [`run`](Self::run).
    pub fn at_home<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.home.install(work)
    }

    /// `work` of 0 to `count` − 1, in order.
    pub fn run<R: Send>(&self, count: usize, work: &(impl Fn(usize) -> R + Sync + ?Sized)) -> Vec<R> {
        let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(count)));
        let drain = || {
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= count {
                    break;
                }
                let result = work(index);
                done.lock().expect("no worker failed").push((index, result));
            }
        };
        std::thread::scope(|scope| {
            for pool in &self.pools {
                scope.spawn(|| pool.install(drain));
            }
        });
        let mut done = done.into_inner().expect("no worker failed");
        done.sort_by_key(|(index, _)| *index);
        done.into_iter().map(|(_, result)| result).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_their_order() {
        let workers = Workers::new().unwrap();
        let squares: Vec<usize> = (0..100).map(|i| i * i).collect();
        assert_eq!(workers.run(100, &|i| i * i), squares);
        assert_eq!(workers.run(0, &|i| i), Vec::<usize>::new());
    }
}
