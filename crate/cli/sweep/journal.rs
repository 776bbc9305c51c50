//! The journal of a sweep: a line a run, on the disk before the next one is taken; what a kill left half written is cut off.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::row::Row;
use crate::experiment::catalogue::VERSION;

pub struct Journal {
    path: PathBuf,
    file: File,
    rows: HashMap<String, Row>,
}

/// The first line: rows of another program or of other links are not these.
fn head() -> String {
    format!("{{\"chailou\":\"{}\",\"v\":{VERSION}}}", env!("CARGO_PKG_VERSION"))
}

impl Journal {
    /// The journal beside the table `out`.
    pub fn open(out: &Path) -> Result<Self, String> {
        let mut path = out.as_os_str().to_owned();
        path.push(".journal");
        let path = PathBuf::from(path);
        if out.exists() && !path.exists() {
            return Err(format!(
                "{} is there already, and no journal beside it that says what is in it; choose another name, or remove it",
                out.display()
            ));
        }
        let fail = |error: std::io::Error| format!("cannot use the journal {}: {error}", path.display());
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(fail)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(format!(
                    "another sweep is writing {}; wait for it, or choose another --out",
                    path.display()
                ));
            }
            Err(TryLockError::Error(error)) => return Err(fail(error)),
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(fail)?;
        // The last line may have been cut by a kill.
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        file.set_len(whole as u64).and_then(|()| file.seek(SeekFrom::End(0))).map_err(fail)?;
        let mut journal = Self { rows: HashMap::new(), path, file };
        let mut lines = text[..whole].lines();
        match lines.next() {
            None => journal.write(&head())?,
            Some(first) if first == head() => {}
            Some(_) => {
                let path = journal.path.display();
                return Err(format!(
                    "{path} was written by another version; choose another --out, or remove it"
                ));
            }
        }
        for (i, line) in lines.enumerate() {
            let row: Row = serde_json::from_str(line).map_err(|error| {
                format!(
                    "line {} of {} cannot be read ({error}); remove that line, or the file",
                    i + 2,
                    journal.path.display()
                )
            })?;
            journal.rows.insert(row.key.clone(), row);
        }
        Ok(journal)
    }

    pub fn has(&self, key: &str) -> bool {
        self.rows.contains_key(key)
    }

    /// The row of a run that is in it. Panics if it is not: a bug.
    pub fn get(&self, key: &str) -> &Row {
        &self.rows[key]
    }

    /// Adds a row, and waits until the disk has it.
    pub fn add(&mut self, row: Row) -> Result<(), String> {
        self.write(&serde_json::to_string(&row).expect("texts and numbers"))?;
        self.rows.insert(row.key.clone(), row);
        Ok(())
    }

    fn write(&mut self, line: &str) -> Result<(), String> {
        let written =
            self.file.write_all(format!("{line}\n").as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|error| format!("cannot write {}: {error}", self.path.display()))
    }
}
