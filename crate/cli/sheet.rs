//! `chailou sheet`: pictures of a data set side by side in one PNG, to be looked at.

use super::eval::sample::{Painter, SampleArguments};
use super::files::write_or_put_aside;
use crate::data::buildings;
use crate::train::shipped::examples::Examples;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What a sheet can show.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum DataName {
    Buildings,
}

/// Write buildings side by side into one PNG file: real ones, or a model's.
#[derive(Args, Debug)]
pub struct SheetArguments {
    #[arg(long, value_enum, default_value_t = DataName::Buildings)]
    pub data: DataName,
    /// Show what the model in FILE paints.
    #[arg(long, value_name = "FILE")]
    pub weights: Option<PathBuf>,
    #[command(flatten)]
    pub sample: SampleArguments,
    #[arg(long, default_value_t = buildings::SEED)]
    pub seed: u64,
    /// Index of the first picture; its last digit is the first label.
    #[arg(long, default_value_t = 0)]
    pub from: u32,
    #[arg(long, default_value_t = 100)]
    pub count: u32,
    /// Pictures a row.
    #[arg(long, default_value_t = 10)]
    pub columns: usize,
    /// Screen pixels for each pixel of a picture.
    #[arg(long, default_value_t = 4)]
    pub scale: usize,
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Runs `chailou sheet`; an `Err` is one sentence for the user.
pub fn run(arguments: &SheetArguments) -> Result<(), String> {
    let DataName::Buildings = arguments.data;
    if !(1..=10_000).contains(&arguments.count) || !(1..=200).contains(&arguments.columns) {
        return Err("a sheet holds 1 to 10000 pictures, 1 to 200 a row".to_owned());
    }
    if !(1..=32).contains(&arguments.scale) {
        return Err("the scale is a whole number from 1 to 32".to_owned());
    }
    write_or_put_aside(&arguments.out, &png(&pictures(arguments)?, arguments.columns, arguments.scale)?)
}

/// [3, 32, 32] each
fn pictures(arguments: &SheetArguments) -> Result<Vec<Vec<f32>>, String> {
    let SheetArguments { seed, from, .. } = *arguments;
    let indices = (0..arguments.count).map(|i| from.wrapping_add(i));
    let Some(weights) = &arguments.weights else {
        return Ok(indices.map(|index| buildings::picture(seed, index).pixels).collect());
    };
    let classes = buildings::CLASSES.len();
    let painter = Painter::open(weights, Examples::Buildings.shape(), classes, &arguments.sample)?;
    let labels: Vec<u8> = indices.map(|index| (index % classes as u32) as u8).collect();
    let painted = painter.paint(seed, &labels)?;
    Ok(painted.chunks_exact(buildings::PIXELS).map(<[f32]>::to_vec).collect())
}

/// A PNG of `pictures` [3, 32, 32] from −1 to 1, `columns` a row, two screen pixels apart.
pub fn png(pictures: &[Vec<f32>], columns: usize, scale: usize) -> Result<Vec<u8>, String> {
    let (cell, rows) = (buildings::SIZE * scale + 2, pictures.len().div_ceil(columns));
    let (width, height) = (columns * cell, rows * cell);
    let mut bytes = vec![255; 3 * width * height];
    for (i, picture) in pictures.iter().enumerate() {
        let (left, top) = (i % columns * cell + 1, i / columns * cell + 1);
        for y in 0..cell - 2 {
            for x in 0..cell - 2 {
                let pixel = y / scale * buildings::SIZE + x / scale;
                for channel in 0..3 {
                    let value = picture[channel * buildings::SIZE * buildings::SIZE + pixel];
                    let place = 3 * ((top + y) * width + left + x) + channel;
                    bytes[place] = ((value + 1.0) * 127.5).round().clamp(0.0, 255.0) as u8;
                }
            }
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&bytes))
        .map_err(|error| format!("cannot make a PNG: {error}"))?;
    Ok(file)
}
