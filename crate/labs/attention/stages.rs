//! The head looked at, stage by stage: queries and keys, their products, the softmax, what comes of it.

use super::{run::Record, state::Shown};
use crate::attention::surgery::MASKED;
use crate::runtime::frame::Frame;

/// One of the head's vectors at each position. [T, dh]
pub fn stage(shown: Shown<'_>, name: &'static str, of: fn(&Record) -> &Vec<f32>) -> Frame {
    let Shown { lab, sight } = shown;
    let (number, heads) = (lab.settings.number(), lab.settings.heads());
    let records = &lab.runs.edited().records[..sight];
    let rows = records.iter().flat_map(|record| Record::of_head(of(record), number, heads));
    Frame::new(name, [sight, lab.settings.config.head_width()], rows.copied().collect())
}

/// q · k of every pair of positions, those that must not see each other too. [T, T]
pub fn products(Shown { lab, sight }: Shown<'_>) -> Vec<f32> {
    let (number, heads) = (lab.settings.number(), lab.settings.heads());
    let records = &lab.runs.edited().records[..sight];
    let keys: Vec<_> = records.iter().map(|record| Record::of_head(&record.k, number, heads)).collect();
    let product = |q: &[f32], k: &[f32]| q.iter().zip(k).map(|(a, b)| a * b).sum::<f32>();
    let row = |q: &[f32]| keys.iter().map(|k| product(q, k)).collect::<Vec<_>>();
    records.iter().flat_map(|record| row(Record::of_head(&record.q, number, heads))).collect()
}

/// q·k, over √dh, masked, after the softmax.
pub fn stages(shown: Shown<'_>) -> Frame {
    let Shown { lab, sight } = shown;
    let (number, heads) = (lab.settings.number(), lab.settings.heads());
    let run = lab.runs.edited();
    let root = (lab.settings.config.head_width() as f32).sqrt();
    let mut all = products(shown);
    all.extend(all.clone().iter().map(|x| x / root));
    for (t, record) in run.records[..sight].iter().enumerate() {
        all.extend(Record::of_head(&record.masked, number, heads));
        all.extend(vec![MASKED; sight - t - 1]);
    }
    all.extend(run.map(number, heads, sight));
    Frame::new("stages", [4, sight, sight], all)
}
