//! The page, served: files from the program itself or from a folder, to whoever asks.

mod answer;
mod files;
mod server;

pub use files::Files;
pub use server::Server;
