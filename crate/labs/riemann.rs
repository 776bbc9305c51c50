//! The ant's geometry: a surface known from inside, by its metric; after <https://kexue.fm/archives/3963> and the seven parts that follow.

pub mod about;
mod ask;
mod claims;
mod curves;
mod frames;
mod gradients;
mod instruments;
mod lab;
mod measured;
mod parameters;
mod presets;
mod readouts;
mod settings;
pub mod state;
mod surfaces;
#[cfg(test)]
mod tests;
mod trouble;
