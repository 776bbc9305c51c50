//! The table of a sweep: columns with a type, a row a run.

use std::collections::BTreeSet;

use super::row::{Measured, Row, Run};
use crate::experiment::parameter::{Kind, Value};
use crate::native::grid::Grid;

pub struct Column {
    pub name: String,
    pub cells: Cells,
}

/// A cell that is `None` is empty.
pub enum Cells {
    Text(Vec<Option<String>>),
    Whole(Vec<Option<i64>>),
    /// 64 bits without a sign.
    Seed(Vec<Option<u64>>),
    Number(Vec<Option<f64>>),
}

pub struct Table {
    pub columns: Vec<Column>,
    pub len: usize,
}

impl Table {
    /// `link`, the settings that were varied, `step`, of each readout `ID.value`, `ID.expected` and `ID.verdict`, `text` where there
    /// is one, `fingerprint`, `warnings`, `error`.
    pub fn new(grid: &Grid, rows: &[(&Run, &Row)], wanted: Option<&[String]>) -> Self {
        let text = |get: &dyn Fn(&Row) -> Option<String>| {
            Cells::Text(rows.iter().map(|(_, row)| get(row)).collect())
        };
        let mut columns = vec![("link".to_owned(), text(&|row| Some(row.link.clone())))];
        for axis in &grid.axes {
            let key = axis.parameter.key;
            columns.push((key.to_owned(), setting(rows, key, &axis.parameter.kind)));
        }
        let steps = rows.iter().map(|(_, row)| row.step.map(|step| step as i64)).collect();
        columns.push(("step".to_owned(), Cells::Whole(steps)));
        for id in ids(rows, wanted) {
            let all = || rows.iter().map(|(_, row)| row.readouts.iter().find(|readout| readout.id == id));
            let number =
                |of: fn(&Measured) -> Option<f64>| Cells::Number(all().map(|one| one.and_then(of)).collect());
            columns.push((format!("{id}.value"), number(|one| one.value)));
            columns.push((format!("{id}.expected"), number(|one| one.expected)));
            let verdicts = all().map(|one| one.map(|one| one.verdict.clone())).collect();
            columns.push((format!("{id}.verdict"), Cells::Text(verdicts)));
        }
        if rows.iter().any(|(_, row)| row.text.is_some()) {
            columns.push(("text".to_owned(), text(&|row| row.text.clone())));
        }
        columns.push(("fingerprint".to_owned(), text(&|row| row.fingerprint.clone())));
        let said = |row: &Row| (!row.warnings.is_empty()).then(|| row.warnings.join(" "));
        columns.push(("warnings".to_owned(), text(&said)));
        columns.push(("error".to_owned(), text(&|row| row.error.clone())));
        let columns = columns.into_iter().map(|(name, cells)| Column { name, cells }).collect();
        Self { columns, len: rows.len() }
    }
}

/// The readouts that there are, in the order in which rows bring them.
fn ids<'a>(rows: &[(&Run, &'a Row)], wanted: Option<&'a [String]>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let all = rows.iter().flat_map(|(_, row)| &row.readouts).map(|readout| readout.id.as_str());
    match wanted {
        Some(wanted) => wanted.iter().map(String::as_str).filter(|id| seen.insert(*id)).collect(),
        None => all.filter(|id| seen.insert(*id)).collect(),
    }
}

fn setting(rows: &[(&Run, &Row)], key: &str, kind: &Kind) -> Cells {
    let values = rows.iter().map(|(run, _)| run.value(key));
    match kind {
        Kind::Seed { .. } => Cells::Seed(values.map(seed).collect()),
        Kind::Integer { .. } => Cells::Whole(values.map(whole).collect()),
        Kind::Number { .. } => Cells::Number(values.map(number).collect()),
        Kind::Choice { .. } => Cells::Text(values.map(|value| Some(value.written())).collect()),
    }
}

fn seed(value: &Value) -> Option<u64> {
    if let Value::Seed(seed) = value { Some(*seed) } else { None }
}

fn whole(value: &Value) -> Option<i64> {
    if let Value::Integer(integer) = value { Some(*integer as i64) } else { None }
}

fn number(value: &Value) -> Option<f64> {
    if let Value::Number(number) = value { Some(*number) } else { None }
}
