//! A table as CSV (RFC 4180): a line of names, then a line a row; an empty cell is empty.

use super::columns::{Cells, Table};

pub fn bytes(table: &Table) -> Vec<u8> {
    let line = |cells: Vec<String>| cells.join(",") + "\r\n";
    let mut text = line(table.columns.iter().map(|column| quoted(&column.name)).collect());
    for i in 0..table.len {
        text += &line(table.columns.iter().map(|column| cell(&column.cells, i)).collect());
    }
    text.into_bytes()
}

fn cell(cells: &Cells, i: usize) -> String {
    let written = match cells {
        Cells::Text(texts) => texts[i].as_deref().map(quoted),
        Cells::Whole(numbers) => numbers[i].map(|number| number.to_string()),
        Cells::Seed(seeds) => seeds[i].map(|seed| seed.to_string()),
        Cells::Number(numbers) => numbers[i].map(|number| format!("{number:?}")),
    };
    written.unwrap_or_default()
}

/// In quotes where a reader would otherwise see more cells than one.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
