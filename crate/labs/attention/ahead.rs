//! Several characters at once: the device chooses all but the first, and the host, whose rule it is, lets stand what it would have
//! chosen itself. So a text is a function of the scores, however many characters are asked for at once.

use super::{
    extend::{next, noise},
    reading::Reader,
    runs::Runs,
};
use crate::attention::surgery::{Patterns, Surgery};
use crate::math::decoding::standing;
use crate::networks::text_network::{ToWrite, Written};
use crate::runtime::error::SessionError;

impl Runs {
    /// How many characters the runs that are behind can be written on at once, towards `length`: one where patterns of the untouched
    /// model have to be known before each.
    pub fn at_once(&self, length: usize, reader: Reader<'_>) -> usize {
        let is_told = self.read() > 0 && !self.untouched.gives_patterns();
        if is_told { reader.network.at_once().min(length.saturating_sub(self.read())) } else { 1 }
    }

    /// Writes the runs that are behind on by `n` characters at most, and by one at least.
    pub async fn write(&mut self, n: usize, reader: Reader<'_>) -> Result<(), SessionError> {
        let Reader { network, settings } = reader;
        let (read, decoding) = (self.read(), &settings.decoding);
        let first = read - settings.prompt.tokens.len();
        let noise: Vec<_> = (1..n).map(|k| noise(settings, first + k)).collect();
        let (none, surgery) = (Surgery::none(), Surgery::of(&settings.surgery, Patterns::new()));
        let Self { untouched, operated, calls } = self;
        let edited = operated.as_mut().map(|operated| (&mut operated.edited, &surgery));
        let all = std::iter::once((&mut untouched.base, &none)).chain(edited);
        let mut behind: Vec<_> = all.filter(|(run, _)| run.len() == read).collect();
        let tasks = behind.iter_mut().map(|(run, surgery)| {
            let token = next(run, settings)[0];
            ToWrite { token, memory: run.memory(network), surgery }
        });
        let written = network.write(tasks.collect(), decoding, &noise).await.map_err(SessionError::Device)?;
        for ((run, _), Written { tokens, readings }) in behind.into_iter().zip(written) {
            let logits = readings.iter().map(|reading| &reading.logits[..]);
            let stand = standing(&tokens, logits, &noise, decoding);
            for (token, reading) in tokens.iter().zip(&readings).take(stand) {
                run.add(&[*token], reading)?;
                *calls += 1;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use super::super::{about::ABOUT, state::Attention};
    use super::*;
    use crate::device::Device;
    use crate::experiment::{catalogue::Catalogue, inputs::surgery::Operation, link};
    use crate::runtime::lab::{Lab, Resources};

    /// What is never waited for on the processor.
    fn now<T>(work: impl Future<Output = Result<T, SessionError>>) -> T {
        match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => outcome.expect("it works"),
            Poll::Pending => panic!("the processor waits"),
        }
    }

    fn open(settings: &str, surgery: &[Operation]) -> Attention {
        let catalogue = Catalogue { labs: &[&ABOUT], default: &ABOUT };
        let link = format!("lab=attention&model=toy&task=induction&prompt=abcab&tokens=20&{settings}");
        let resources = Resources { weights: None, device: &Device::Cpu };
        let mut experiment = link::parse(&catalogue, &link).experiment;
        experiment.inputs.surgery = surgery.to_vec();
        Attention::open(&experiment, resources).expect("it opens")
    }

    #[test]
    fn a_text_is_the_same_however_many_characters_are_written_at_once() {
        let edits =
            [Operation::Head { layer: 1, head: 1 }, Operation::Window { layer: 0, head: 0, width: 2 }];
        for (settings, surgery) in [
            ("temperature=1", &edits[..0]),
            ("temperature=0", &edits[..0]),
            ("top_k=4&top_p=0.8", &edits[..0]),
            ("temperature=1", &edits[..]),
        ] {
            let mut one_by_one = open(settings, surgery);
            now(one_by_one.write(0));
            now(one_by_one.write(15));
            let mut several = open(settings, surgery);
            now(several.write(0));
            for n in [1, 5, 7, 2] {
                let Attention { settings, network, runs, .. } = &mut several;
                let reader = Reader { network: network.reader(), settings };
                assert_eq!(runs.at_once(100, reader), 1, "nothing is won on the processor");
                let before = runs.read();
                now(runs.write(n, reader));
                assert_eq!(runs.read(), before + n);
            }
            now(several.write(15));
            assert_eq!(several.runs.calls, one_by_one.runs.calls, "{settings}");
            for (a, b) in several.runs.different().into_iter().zip(one_by_one.runs.different()) {
                assert_eq!(a.tokens, b.tokens, "{settings}");
                assert_eq!(a.records, b.records, "{settings}");
            }
        }
    }

    #[test]
    fn patterns_of_the_untouched_model_are_waited_for() {
        let (layer, head) = (1, 1);
        for (edit, waits) in [
            (Operation::Head { layer, head }, false),
            (Operation::Freeze { layer, head }, true),
            (Operation::Patch { layer, head, prompt: "b".into() }, true),
        ] {
            let lab = open("temperature=1", &[edit]);
            assert_eq!(lab.runs.untouched.gives_patterns(), waits);
        }
    }
}
