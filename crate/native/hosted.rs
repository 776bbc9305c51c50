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
