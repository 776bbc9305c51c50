//! `chailou run LINK`: any link without a browser, by the same engine.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value as Json, json};

use super::files::write_or_put_aside;
use super::say::say;
use crate::experiment::{
    catalogue::VERSION,
    link::{self, Parsed},
};
use crate::labs;
use crate::native::{
    models::Models,
    outcome::{self, Outcome},
};
use crate::runtime::frame::Frame;

/// Pixels a picture has in the file, across.
const ACROSS: usize = 128;
/// Paper between two pictures, in cells.
const MARGIN: usize = 1;

/// Run the experiment that a link names and print what it claims.
#[derive(Args, Debug)]
pub struct RunOptions {
    /// A link, its part after `#`, or `lab=ID` alone.
    pub link: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Write the samples shown as a picture.
    #[arg(long, value_name = "FILE")]
    pub png: Option<PathBuf>,
    /// Stop at state K instead of the link's step or the end.
    #[arg(long, value_name = "K")]
    pub steps_to: Option<usize>,
    /// A folder of other weights than those that come with the program.
    #[arg(long, value_name = "DIR")]
    pub models: Option<PathBuf>,
}

/// Runs `options`; an `Err` is one sentence for the user.
pub fn run(options: &RunOptions) -> Result<(), String> {
    let Parsed { experiment, mut warnings } = labs::parse(&options.link);
    let models = Models::of(options.models.as_deref());
    let outcome = outcome::run(&experiment, &models, options.steps_to)?;
    warnings.extend(outcome.warnings.iter().cloned());
    let mut report = json!({
        "v": VERSION,
        "lab": experiment.lab.id,
        "link": link::format(&experiment),
        "device": "cpu",
        "step": outcome.status.at,
        "readouts": outcome.readouts,
        "frames": outcome.frames.iter().map(described).collect::<Vec<_>>(),
        "fingerprint": outcome.fingerprint,
        "comparison": outcome.comparison,
        "warnings": warnings,
    });
    let more = outcome.status.facts.iter().map(|(name, fact)| ((*name).to_owned(), fact.clone()));
    report.as_object_mut().expect("an object").extend(more);
    if let Some(text) = &outcome.text {
        report["text"] = text.as_str().into();
    }
    // First what is finished: a picture that cannot be written must not lose it.
    say(if options.json { format!("{report:#}") } else { table(&report, &outcome) })?;
    match &options.png {
        Some(path) => write_or_put_aside(path, &png(&outcome.frames[0], &link::format(&experiment))?),
        None => Ok(()),
    }
}

fn described(frame: &Frame) -> Json {
    let moments = frame.moments();
    json!({
        "name": frame.name, "shape": frame.shape, "sha256": frame.sha256(),
        "mean": moments.mean, "std": moments.deviation(),
    })
}

/// `report` for people, line by line.
fn table(report: &Json, outcome: &Outcome) -> String {
    let Outcome { status, readouts, fingerprint, text, .. } = outcome;
    let time = status.count("t").map_or(String::new(), |t| format!(", t = {t}"));
    let link = report["link"].as_str().unwrap_or("");
    let mut lines = vec![format!("{link} · state {} of {}{time}", status.at, status.length)];
    lines.extend(text.iter().flat_map(|text| text.split('\n')).map(|line| format!("  | {line}")));
    for readout in readouts {
        let number = |value: Option<f64>| value.map_or("—".to_string(), |value| format!("{value:.6e}"));
        let tolerance = readout.tolerance.map_or(String::new(), |tolerance| format!(" ± {tolerance:.1e}"));
        lines.push(format!(
            "  {:<7} {:<20} {:>13}  {:?} {}{tolerance}",
            format!("{:?}", readout.verdict).to_lowercase(),
            readout.id,
            number(readout.value),
            readout.relation,
            number(readout.expected),
        ));
    }
    lines.push(format!("  fingerprint {fingerprint}"));
    lines.extend(report["comparison"]["message"]["en"].as_str().map(|message| format!("  {message}")));
    let notes = report["warnings"].as_array().into_iter().flatten();
    lines.extend(notes.map(|note| format!("  note: {}", note["en"].as_str().unwrap_or(""))));
    lines.join("\n")
}

/// The samples of `frame` [B, C, H, W] side by side, ink on paper or in colour, with the link in the metadata, as a file.
fn png(frame: &Frame, link: &str) -> Result<Vec<u8>, String> {
    let fail = |error: png::EncodingError| format!("cannot make a PNG: {error}");
    let [count, channels, height, width] = frame.shape[..] else {
        return Err(format!("cannot draw the frame {}: it is no picture", frame.name));
    };
    let across = (count as f64).sqrt().ceil() as usize;
    let down = count.div_ceil(across);
    let cells = [down * (height + MARGIN) + MARGIN, across * (width + MARGIN) + MARGIN];
    let (coloured, cell) = (channels == 3, (ACROSS / width).max(1));
    let planes = if coloured { 3 } else { 1 };
    let mut shades = vec![255; cells[0] * cells[1] * planes];
    for (i, picture) in frame.data.chunks_exact(frame.data.len() / count).enumerate() {
        for (place, value) in picture[..planes * height * width].iter().enumerate() {
            let (plane, pixel) = (place / (height * width), place % (height * width));
            let row = (i / across) * (height + MARGIN) + MARGIN + pixel / width;
            let column = (i % across) * (width + MARGIN) + MARGIN + pixel % width;
            let light = if coloured { shade(*value) } else { 255 - shade(*value) };
            shades[(row * cells[1] + column) * planes + plane] = light;
        }
    }
    let mut file = Vec::new();
    let [height, width] = cells.map(|cells| (cells * cell) as u32);
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(if coloured { png::ColorType::Rgb } else { png::ColorType::Grayscale });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.add_itxt_chunk("link".into(), link.into()).map_err(fail)?;
    let mut bytes = Vec::with_capacity(shades.len() * cell * cell);
    for row in shades.chunks_exact(cells[1] * planes) {
        let line: Vec<u8> = row.chunks_exact(planes).flat_map(|pixel| pixel.repeat(cell)).collect();
        (0..cell).for_each(|_| bytes.extend(&line));
    }
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&bytes)).map_err(fail)?;
    Ok(file)
}

/// -1 is no light, or no ink; 1 is all of it.
fn shade(value: f32) -> u8 {
    (255.0 * (value.clamp(-1.0, 1.0) + 1.0) / 2.0).round() as u8
}
