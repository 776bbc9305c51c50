//! A session on a thread of its own: it may not leave the thread that it was opened on, and whoever asks it may be on any.

use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread::Builder;

use super::{STACK, models::Models, outcome};
use crate::experiment::Experiment;
use crate::runtime::session::Session;

type Request = Box<dyn FnOnce(&mut dyn Session) + Send>;

/// What a request leads to, once it is done; nothing comes where the engine failed on the way.
pub type Answer<R> = Receiver<Result<R, String>>;

/// Requests are done one at a time, as they come. The session ends with this.
pub struct Hosted {
    requests: Sender<Request>,
}

impl Hosted {
    /// Opens `experiment` at its first state; the answer says whether that could be done.
    pub fn open(experiment: Experiment, models: Models) -> Result<(Self, Answer<()>), String> {
        let (requests, queue) = channel::<Request>();
        let (tell, opened) = sync_channel(1);
        let host = move || match outcome::open(&experiment, &models) {
            Err(sentence) => drop(tell.send(Err(sentence))),
            Ok(mut session) => {
                let _ = tell.send(Ok(()));
                queue.into_iter().for_each(|request| request(session.as_mut()));
            }
        };
        Builder::new().name("chailou".into()).stack_size(STACK).spawn(host).map_err(|error| {
            format!("cannot start a thread: {error}; close runs that are no longer needed")
        })?;
        Ok((Self { requests }, opened))
    }

    /// Has `act` done to the session.
    pub fn ask<R: Send + 'static>(
        &self,
        act: impl FnOnce(&mut dyn Session) -> Result<R, String> + Send + 'static,
    ) -> Answer<R> {
        let (tell, answer) = sync_channel(1);
        // Whoever asked may have gone away, and a session that failed takes no more: then the answer has no other end.
        let request = move |session: &mut dyn Session| drop(tell.send(act(session)));
        let _ = self.requests.send(Box::new(request));
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs;

    fn open(link: &str) -> Result<Hosted, String> {
        let (hosted, opened) = Hosted::open(labs::parse(link).experiment, Models::Shipped)?;
        opened.recv().expect("an answer").map(|()| hosted)
    }

    #[test]
    fn many_threads_ask_one_session_one_after_another() {
        let hosted = open("lab=ddpm&data=digits&steps=6&samples=1").unwrap();
        let step = |session: &mut dyn Session| {
            let next = session.status().at + 1;
            outcome::seek(session, next).map_err(|error| error.to_string())
        };
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| hosted.ask(step).recv().expect("an answer").unwrap());
            }
        });
        assert_eq!(hosted.ask(|session| Ok(session.status().at)).recv().unwrap(), Ok(6));
    }

    #[test]
    fn what_cannot_be_opened_says_why_and_a_fault_ends_it() {
        let folder = Models::Folder("no/such/folder".into());
        let (_, opened) = Hosted::open(labs::parse("lab=ddpm").experiment, folder).unwrap();
        assert!(opened.recv().unwrap().unwrap_err().contains("no/such/folder"));
        let hosted = open("lab=ddpm&data=digits&steps=2&samples=1").unwrap();
        assert!(hosted.ask::<()>(|_| panic!("a fault, on purpose")).recv().is_err());
        assert!(hosted.ask(|_| Ok(())).recv().is_err(), "nothing is asked of what failed");
    }
}
