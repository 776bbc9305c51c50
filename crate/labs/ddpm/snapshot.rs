//! All that a session computed as bytes: another engine goes on where this one stands, and a session with other
//! forks takes over the tracks that it has in common with this one.
//!
//! Layout, by [`bytes`](crate::labs::bytes): identity; at; stride; calls; the number of tracks; per track its key,
//! one past its furthest state, calls, the states asked, the distances, and the kept states with their numbers,
//! beliefs and memories; who races; of each measurement the units done and its numbers.

use super::{session::DdpmSession, tree::Track, walk::State};
use crate::diffusion::{level::Level, solver::Memory};
use crate::labs::bytes::{Reader, Writer};
use crate::runtime::error::SessionError;

pub fn write(session: &DdpmSession) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.text(&session.identity);
    let tree = &session.tree;
    for value in [session.at, tree.stride, tree.calls, tree.tracks.len()] {
        writer.word(value);
    }
    for track in &tree.tracks {
        write_track(&mut writer, track);
    }
    writer.text(&session.race_key);
    for (done, numbers) in session.measured() {
        writer.word(done);
        writer.numbers(&numbers);
    }
    writer.0
}

fn write_track(writer: &mut Writer, track: &Track) {
    writer.text(&track.route.key);
    writer.word(track.end.map_or(0, |end| end + 1));
    writer.word(track.calls);
    writer.word(track.asked.len());
    track.asked.iter().for_each(|k| writer.word(*k));
    writer.word(track.gaps.len());
    track.gaps.iter().for_each(|gaps| writer.numbers(gaps));
    writer.word(track.reel.len());
    for (k, State { x, eps, memory }) in &track.reel {
        writer.word(*k);
        writer.numbers(x);
        writer.numbers(eps.as_deref().unwrap_or_default());
        writer.word(memory.outputs.len());
        for (Level { t, a, b }, output) in &memory.outputs {
            [*t, *a, *b].into_iter().for_each(|value| writer.real(value));
            writer.numbers(output);
        }
        writer.numbers(memory.last.as_deref().unwrap_or_default());
    }
}

/// Puts `session` where the writer stood. A damaged or foreign snapshot changes nothing.
pub fn read(session: &mut DdpmSession, bytes: &[u8]) -> Result<(), SessionError> {
    let found = Found::read(session, bytes).filter(|found| {
        let mine = session.tree.tracks.iter().map(|track| &track.route.key);
        let shown = |track: &FoundTrack| track.end.is_none() || track.holds(found.at);
        found.identity == session.identity
            && mine.eq(found.tracks.iter().map(|track| &track.key))
            && found.tracks.iter().all(shown)
            && found.tracks[0].end.is_some_and(|end| end >= found.at)
    });
    let found = found.ok_or(SessionError::ForeignSnapshot)?;
    session.at = found.at;
    found.give(session);
    Ok(())
}

/// Takes over what `bytes` hold of tracks that `session` has too, and stays where it is.
pub fn inherit(session: &mut DdpmSession, bytes: &[u8]) {
    if let Some(found) = Found::read(session, bytes) {
        found.give(session);
    }
}

/// What a snapshot holds; all of it could have been computed by a session like the reader.
struct Found {
    identity: String,
    at: usize,
    stride: usize,
    calls: usize,
    tracks: Vec<FoundTrack>,
    race_key: String,
    measured: [(usize, Vec<f32>); 3],
}

struct FoundTrack {
    key: String,
    end: Option<usize>,
    calls: usize,
    asked: Vec<usize>,
    gaps: Vec<Vec<f32>>,
    reel: Vec<(usize, State)>,
}

impl Found {
    fn read(session: &DdpmSession, bytes: &[u8]) -> Option<Self> {
        let reader = &mut Reader(bytes);
        let identity = reader.text()?.to_owned();
        let [at, stride, calls, count] = [reader.word()?, reader.word()?, reader.word()?, reader.word()?];
        let tracks = (0..count).map(|_| FoundTrack::read(reader)).collect::<Option<Vec<_>>>()?;
        let race_key = reader.text()?.to_owned();
        let [greedy, ruins] = [(); 2].map(|()| Some((reader.word()?, reader.numbers()?)));
        // A lane that ran away scores infinity.
        let race = (reader.word()?, reader.any_numbers()?);
        let measured = [greedy?, ruins?, race];
        let found = Self { identity, at, stride, calls, tracks, race_key, measured };
        let whole = reader.0.is_empty() && stride.is_power_of_two() && at <= session.settings.length();
        (whole && found.tracks.iter().all(|track| track.fits(session))).then_some(found)
    }

    fn give(self, session: &mut DdpmSession) {
        let trunk = self.tracks.iter().any(|track| track.key == session.tree.tracks[0].route.key);
        for found in self.tracks {
            let mine = session.tree.tracks.iter_mut().find(|track| track.route.key == found.key);
            let Some(mine) = mine.filter(|_| found.end.is_some()) else { continue };
            mine.end = found.end;
            mine.calls = found.calls;
            mine.asked = found.asked.into_iter().collect();
            mine.gaps = found.gaps;
            mine.reel = found.reel.into_iter().collect();
        }
        if trunk {
            session.tree.stride = self.stride;
            session.tree.calls = self.calls;
            session.measure_on(&self.race_key, self.measured);
        }
    }
}

impl FoundTrack {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let key = reader.text()?.to_owned();
        let [end, calls, asked] = [reader.word()?, reader.word()?, reader.word()?];
        let asked = (0..asked).map(|_| reader.word()).collect::<Option<_>>()?;
        let gaps = reader.word()?;
        let gaps = (0..gaps).map(|_| reader.numbers()).collect::<Option<_>>()?;
        let kept = reader.word()?;
        let reel = (0..kept).map(|_| read_state(reader)).collect::<Option<_>>()?;
        Some(Self { key, end: end.checked_sub(1), calls, asked, gaps, reel })
    }

    /// Whether state `k` is kept, or is not its own.
    fn holds(&self, k: usize) -> bool {
        self.reel.first().is_some_and(|(first, _)| k < *first) || self.reel.iter().any(|(kept, _)| *kept == k)
    }

    /// Whether the track of this key, if `session` has it, could look like this.
    fn fits(&self, session: &DdpmSession) -> bool {
        let Some(mine) = session.tree.tracks.iter().position(|track| track.route.key == self.key) else {
            return true;
        };
        let (settings, at) = (&session.settings, session.tree.tracks[mine].route.at);
        let Some(end) = self.end else { return self.reel.is_empty() };
        let size = settings.samples * settings.picture.len();
        let gaps = if mine == 0 { 0 } else { end + 1 - at.min(end) };
        let numbers = |State { x, eps, memory }: &State| {
            let more = memory.outputs.iter().map(|(_, output)| output).chain(&memory.last).chain(eps);
            x.len() == size && more.into_iter().all(|values| values.len() == size)
        };
        at <= end
            && end <= settings.length()
            && self.gaps.len() == gaps
            && self.gaps.iter().all(|gaps| gaps.len() == settings.samples)
            && self.asked.iter().all(|k| (at..=end).contains(k))
            && self.reel.windows(2).all(|pair| pair[0].0 < pair[1].0)
            && self.reel.first().is_some_and(|(k, _)| *k == at)
            && self.reel.last().is_some_and(|(k, _)| *k == end)
            && self.reel.iter().all(|(_, state)| numbers(state))
    }
}

fn read_state(reader: &mut Reader<'_>) -> Option<(usize, State)> {
    let some = |numbers: Vec<f32>| Some(numbers).filter(|numbers| !numbers.is_empty());
    let k = reader.word()?;
    let (x, eps) = (reader.numbers()?, some(reader.numbers()?));
    let outputs = reader.word()?;
    let outputs = (0..outputs).map(|_| {
        let level = Level { t: reader.real()?, a: reader.real()?, b: reader.real()? };
        Some((level, reader.numbers()?))
    });
    let outputs = outputs.collect::<Option<_>>()?;
    Some((k, State { x, eps, memory: Memory { outputs, last: some(reader.numbers()?) } }))
}
