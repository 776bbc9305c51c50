//! `chailou run LINK`: any link without a browser, by the same engine.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value as Json, json};

use super::files::write_or_put_aside;
use super::say::say;
use crate::device::Device;
use crate::experiment::{catalogue::VERSION, link};
use crate::labs;
use crate::runtime::{
    error::SessionError, frame::Frame, lab::Resources, session::Session, status::beyond_the_end,
};

/// Network steps between two looks at the clock.
const PULL: usize = 64;
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
    /// Where the shipped models lie.
    #[arg(long, value_name = "DIR", default_value = "www/models")]
    pub models: PathBuf,
}

/// Runs `options`; an `Err` is one sentence for the user.
pub fn run(options: &RunOptions) -> Result<(), String> {
    let parsed = labs::parse(&options.link);
    let experiment = parsed.experiment;
    let weights =
        (experiment.lab.model)(&experiment).map(|names| read_models(&options.models, &names)).transpose()?;
    let mut session =
        labs::open(&experiment, Resources { weights: weights.as_deref(), device: &Device::Cpu })
            .map_err(|error| error.to_string())?;

    let length = session.status().length;
    let target = options.steps_to.or(experiment.at).unwrap_or(length);
    let mut warnings = parsed.warnings;
    warnings.extend(session.status().warnings);
    warnings.extend(beyond_the_end(options.steps_to, length));
    pollster::block_on(async {
        finish(session.as_mut(), experiment.lab.prepares).await?;
        while session.status().at < target.min(length) {
            session.step(PULL.min(target - session.status().at)).await?;
        }
        // State 0 needs no step, but what the model believes of it is part of the answer.
        session.seek(session.status().at).await?;
        finish(session.as_mut(), experiment.lab.measures).await
    })
    .map_err(|error: SessionError| error.to_string())?;

    let frames = experiment
        .lab
        .frames
        .iter()
        .map(|name| session.frame(name).map_err(|error| error.to_string()))
        .collect::<Result<Vec<_>, _>>()?;
    let comparison = experiment.check.as_deref().map(|check| session.compare(check));
    let status = session.status();
    let mut report = json!({
        "v": VERSION,
        "lab": experiment.lab.id,
        "link": link::format(&experiment),
        "device": "cpu",
        "step": status.at,
        "readouts": session.readouts(),
        "frames": frames.iter().map(described).collect::<Vec<_>>(),
        "fingerprint": session.fingerprint(),
        "comparison": comparison,
        "warnings": warnings,
    });
    let more = status.facts.iter().map(|(name, fact)| ((*name).to_owned(), fact.clone()));
    report.as_object_mut().expect("an object").extend(more);
    if let Some(text) = session.text() {
        report["text"] = text.into();
    }
    // First what is finished: a picture that cannot be written must not lose it.
    say(if options.json { format!("{report:#}") } else { table(&report, session.as_ref()) })?;
    match &options.png {
        Some(path) => write_or_put_aside(path, &png(&frames[0], &link::format(&experiment))?),
        None => Ok(()),
    }
}

/// Works on `tasks` until they are done.
async fn finish(session: &mut dyn Session, tasks: &[&str]) -> Result<(), SessionError> {
    for task in tasks {
        while session.status().tasks.get(task).is_some_and(|progress| progress.done < progress.total) {
            session.work(task, PULL).await?;
        }
    }
    Ok(())
}

/// The files of `names`, which have spaces between them, one after another.
fn read_models(folder: &Path, names: &str) -> Result<Vec<u8>, String> {
    let files = names.split(' ').map(|name| read_model(folder, name)).collect::<Result<Vec<_>, _>>()?;
    Ok(files.concat())
}

fn read_model(folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    let path = folder.join(name).with_extension("safetensors");
    std::fs::read(&path).map_err(|error| {
        format!("cannot read the model {}: {error}; name its folder with --models", path.display())
    })
}

fn described(frame: &Frame) -> Json {
    let moments = frame.moments();
    json!({
        "name": frame.name, "shape": frame.shape, "sha256": frame.sha256(),
        "mean": moments.mean, "std": moments.deviation(),
    })
}

/// `report` for people, line by line.
fn table(report: &Json, session: &dyn Session) -> String {
    let status = session.status();
    let time = status.count("t").map_or(String::new(), |t| format!(", t = {t}"));
    let link = report["link"].as_str().unwrap_or("");
    let mut lines = vec![format!("{link} · state {} of {}{time}", status.at, status.length)];
    lines.extend(session.text().iter().flat_map(|text| text.split('\n')).map(|line| format!("  | {line}")));
    for readout in session.readouts() {
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
    lines.push(format!("  fingerprint {}", session.fingerprint()));
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
