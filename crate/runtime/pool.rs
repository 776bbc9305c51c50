//! Workers that opened the same experiment and do a share of a pull: the same numbers, sooner. Whatever a worker does not answer is done
//! here, so that nothing depends on them.

use std::{
    cell::{Cell, RefCell},
    future::Future,
    ops::Range,
    pin::Pin,
    rc::Rc,
};

use serde::{Serialize, de::DeserializeOwned};

/// What a job came to, as bytes; `None` where that was not to be had.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Option<Vec<u8>>> + 'a>>;

/// Who can be asked.
pub trait Workers {
    fn count(&self) -> usize;

    /// Worker number `worker` begins with `job` at once, whenever its answer is waited for.
    fn ask(&self, worker: usize, job: Vec<u8>) -> Answer<'static>;
}

/// What a session has cut so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cuts {
    /// How often there was something that could be cut.
    pub times: usize,
    /// Into how many pieces at most.
    pub most: usize,
}

/// The workers of a session, none at first.
#[derive(Default)]
pub struct Pool {
    workers: RefCell<Option<Rc<dyn Workers>>>,
    cuts: Cell<Cuts>,
}

impl Pool {
    /// From now on these are asked.
    pub fn lend(&self, workers: Rc<dyn Workers>) {
        self.workers.replace(Some(workers));
    }

    pub fn cuts(&self) -> Cuts {
        self.cuts.get()
    }

    /// What comes out of pieces 0..`count`, of which none depends on another, in their order. Runs of like length are made of them: the first is
    /// done `here`, and of each other one worker is asked what `job` says of it.
    pub async fn map<J: Serialize, T: DeserializeOwned, E>(
        &self,
        count: usize,
        job: impl Fn(Range<usize>) -> J,
        here: impl AsyncFn(Range<usize>) -> Result<Vec<T>, E>,
    ) -> Result<Vec<T>, E> {
        if count < 2 {
            return here(0..count).await;
        }
        let Cuts { times, most } = self.cuts.get();
        self.cuts.set(Cuts { times: times + 1, most: most.max(count) });
        let workers = self.workers.borrow().clone();
        let runs = workers.as_ref().map_or(1, |workers| (workers.count() + 1).min(count));
        let run = |i: usize| i * count / runs..(i + 1) * count / runs;
        let ask = |(worker, workers): (usize, &Rc<dyn Workers>)| {
            let job = postcard::to_allocvec(&job(run(worker + 1))).expect("numbers and texts have bytes");
            workers.ask(worker, job)
        };
        let asked: Vec<_> =
            workers.iter().flat_map(|all| (0..runs - 1).map(move |i| (i, all))).map(ask).collect();
        let mut all = here(run(0)).await?;
        for (i, answer) in asked.into_iter().enumerate() {
            let run = run(i + 1);
            let answer = answer.await.and_then(|bytes| read::<Vec<T>>(&bytes));
            all.extend(match answer.filter(|answer| answer.len() == run.len()) {
                Some(answer) => answer,
                None => here(run).await?,
            });
        }
        Ok(all)
    }
}

/// What `bytes` say; `None` if they are cut off or too long.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let (read, rest) = postcard::take_from_bytes(bytes).ok()?;
    rest.is_empty().then_some(read)
}

/// What a worker answers to a job that it can read; nothing where it fails: whoever asked meets the error.
pub async fn answer<J: DeserializeOwned, T: Serialize, E>(
    job: &[u8],
    work: impl AsyncFnOnce(J) -> Result<Vec<T>, E>,
) -> Option<Vec<u8>> {
    let done = work(read(job)?).await.ok()?;
    postcard::to_allocvec(&done).ok()
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    /// What a task that waits for nobody answers.
    pub fn done<T>(task: impl Future<Output = T>) -> T {
        match pin!(task).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => panic!("it waits"),
        }
    }

    /// Squares of numbers; the worker of this number answers nothing, and another one too little.
    struct Squares {
        count: usize,
        asked: Cell<usize>,
    }

    impl Workers for Squares {
        fn count(&self) -> usize {
            self.count
        }

        fn ask(&self, worker: usize, job: Vec<u8>) -> Answer<'static> {
            self.asked.set(self.asked.get() + 1);
            Box::pin(async move {
                let square = async |job: Vec<u32>| Ok::<_, ()>(job.iter().map(|x| x * x).collect::<Vec<_>>());
                let answer = answer(&job, square).await;
                match worker {
                    1 => None,
                    2 => Some(vec![0]),
                    3 => Some(vec![1, 2, 3, 255]),
                    _ => answer,
                }
            })
        }
    }

    #[test]
    fn all_pieces_come_back_in_order_whoever_answers() {
        for count in 0..20 {
            for workers in 0..6 {
                let pool = Pool::default();
                let lent = Rc::new(Squares { count: workers, asked: Cell::default() });
                if workers > 0 {
                    pool.lend(lent.clone());
                }
                let numbers: Vec<u32> = (0..count as u32).collect();
                let here = async |run: Range<usize>| {
                    Ok::<_, ()>(numbers[run].iter().map(|x| x * x).collect::<Vec<_>>())
                };
                let squares: Vec<u32> = done(pool.map(count, |run| &numbers[run], here)).unwrap();
                assert_eq!(squares, numbers.iter().map(|x| x * x).collect::<Vec<_>>());
                assert_eq!(lent.asked.get(), workers.min(count.saturating_sub(1)));
                let cut = usize::from(count > 1);
                assert_eq!(pool.cuts(), Cuts { times: cut, most: cut * count });
            }
        }
    }

    #[test]
    fn what_fails_here_fails() {
        let pool = Pool::default();
        pool.lend(Rc::new(Squares { count: 1, asked: Cell::default() }));
        let fails = async |run: Range<usize>| if run.start == 0 { Err("no") } else { Ok(vec![0u32]) };
        assert_eq!(done(pool.map(4, |run| run.start, fails)), Err("no"));
    }
}
