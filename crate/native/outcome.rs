//! A run from its link to what came out of it, on one thread.

use super::models::Models;
use crate::device::Device;
use crate::experiment::{Experiment, Message};
use crate::labs;
use crate::runtime::{
    error::SessionError,
    fingerprint::Comparison,
    frame::Frame,
    lab::Resources,
    readout::Readout,
    session::Session,
    status::{Status, beyond_the_end},
};

/// States between two looks at how far it is.
const PULL: usize = 64;

/// What a session shows at a state.
pub struct Outcome {
    pub status: Status,
    pub readouts: Vec<Readout>,
    pub frames: Vec<Frame>,
    pub fingerprint: String,
    /// What the link's own fingerprint says of it.
    pub comparison: Option<Comparison>,
    /// What it has written.
    pub text: Option<String>,
    pub warnings: Vec<Message>,
}

/// The session of `experiment` at its first state; an `Err` is one sentence.
pub fn open(experiment: &Experiment, models: &Models) -> Result<Box<dyn Session>, String> {
    let names = (experiment.lab.model)(experiment);
    let weights = names.map(|names| models.read_all(&names)).transpose()?;
    labs::open(experiment, Resources { weights: weights.as_deref(), device: &Device::Cpu })
        .map_err(|error| error.to_string())
}

/// Runs `experiment` to state `stop`, to its own step or to the end, with all that is to be measured there.
pub fn run(experiment: &Experiment, models: &Models, stop: Option<usize>) -> Result<Outcome, String> {
    finish(open(experiment, models)?.as_mut(), experiment, stop)
}

/// The same with a session that is open already, whatever it has done so far.
pub fn finish(
    session: &mut dyn Session,
    experiment: &Experiment,
    stop: Option<usize>,
) -> Result<Outcome, String> {
    let length = session.status().length;
    let target = stop.or(experiment.at).unwrap_or(length).min(length);
    reach(session, experiment, target).map_err(|error| error.to_string())?;
    let mut outcome = look(session, experiment)?;
    outcome.warnings.extend(beyond_the_end(stop, length));
    Ok(outcome)
}

/// Moves `session`, whatever it has done so far, to state `target`, and measures there.
pub fn reach(session: &mut dyn Session, experiment: &Experiment, target: usize) -> Result<(), SessionError> {
    work(session, experiment.lab.prepares)?;
    seek(session, target)?;
    work(session, experiment.lab.measures)
}

/// Moves `session` to state `target`, some states at a time.
pub fn seek(session: &mut dyn Session, target: usize) -> Result<(), SessionError> {
    pollster::block_on(async {
        while session.status().at < target {
            let at = session.status().at;
            session.step(PULL.min(target - at)).await?;
            if session.status().at == at {
                break;
            }
        }
        // State 0 needs no step, but what the model believes of it is part of the answer.
        session.seek(target.min(session.status().at)).await
    })
}

/// Works on `tasks` until they are done.
pub fn work(session: &mut dyn Session, tasks: &[&str]) -> Result<(), SessionError> {
    for task in tasks {
        let left = |session: &dyn Session| {
            session
                .status()
                .tasks
                .get(task)
                .map_or(0, |progress| progress.total.saturating_sub(progress.done))
        };
        // Training goes on for as long as it is told to: no further than the link says.
        loop {
            match left(session) {
                0 => break,
                left => advance(session, task, PULL.min(left))?,
            }
        }
    }
    Ok(())
}

/// Works on `task` for `n` of its units, also beyond what was asked of it.
pub fn advance(session: &mut dyn Session, task: &str, n: usize) -> Result<(), SessionError> {
    pollster::block_on(session.work(task, n))
}

/// What `session` shows now.
pub fn look(session: &dyn Session, experiment: &Experiment) -> Result<Outcome, String> {
    let frame = |name: &&str| session.frame(name).map_err(|error| error.to_string());
    let status = session.status();
    Ok(Outcome {
        readouts: session.readouts(),
        frames: experiment.lab.frames.iter().map(frame).collect::<Result<_, _>>()?,
        fingerprint: session.fingerprint(),
        comparison: experiment.check.as_deref().map(|check| session.compare(check)),
        text: session.text(),
        warnings: status.warnings.clone(),
        status,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_trained_for_as_many_steps_as_its_link_says() {
        let link = "lab=points&denoiser=learned&particles=10&steps=2&trained=90";
        let experiment = labs::parse(link).experiment;
        let train = |session: &dyn Session| session.status().tasks["train"];
        let mut session = open(&experiment, &Models::Shipped).unwrap();
        advance(session.as_mut(), "train", 20).unwrap();
        assert_eq!((train(session.as_ref()).done, train(session.as_ref()).total), (20, 90));
        work(session.as_mut(), &["train"]).unwrap();
        assert_eq!((train(session.as_ref()).done, train(session.as_ref()).total), (90, 90));
    }
}
