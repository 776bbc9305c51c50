//! Files of the command line, with sentences for what goes wrong.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::experiment::inputs::text::as_one_writes_it;

/// The text of a file, whatever system wrote it: without a byte-order mark, lines ended in one way.
pub fn read_text(path: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => format!("{} is not text in UTF-8; save it as that", path.display()),
        _ => format!("cannot read {}: {error}", path.display()),
    })?;
    Ok(as_one_writes_it(&text))
}

/// A file of little-endian f32.
pub fn floats(path: &Path) -> Result<Vec<f32>, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
}

pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// Writes what took time to make: where it cannot go, it goes into the folder for temporary files, and that is said.
pub fn write_or_put_aside(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let Err(sentence) = write(path, bytes) else { return Ok(()) };
    let name = path.file_name().unwrap_or("chailou".as_ref()).to_string_lossy();
    let aside = std::env::temp_dir().join(format!("chailou-{}-{name}", std::process::id()));
    Err(match write(&aside, bytes) {
        Ok(()) => format!("{sentence}; it lies in {} instead", aside.display()),
        Err(more) => format!("{sentence}, and {more}"),
    })
}

/// Puts `bytes` in the place of `path` in one go: whoever reads sees the old file or the new one, never half of it.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let written =
        File::create(&beside).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    let replaced = written.and_then(|()| std::fs::rename(&beside, path));
    replaced.map_err(|error| format!("cannot write {}: {error}", path.display()))
}
