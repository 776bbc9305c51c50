//! Runs side by side, each on a thread of its own.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread::{Builder, scope};

use super::row::{Row, Run};
use crate::native::{STACK, models::Models};

/// Runs all of `todo`, `jobs` at a time, and hands each row to `keep` as it comes; the first sentence of `keep` ends it.
pub fn all(
    todo: &[&Run],
    jobs: usize,
    models: &Models,
    mut keep: impl FnMut(Row) -> Result<(), String>,
) -> Result<(), String> {
    let next = AtomicUsize::new(0);
    let (sender, rows) = sync_channel(jobs);
    scope(|scope| {
        for _ in 0..jobs {
            let (sender, next) = (sender.clone(), &next);
            let drain = move || {
                while let Some(run) = todo.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // Nobody takes rows any more: the table cannot be written.
                    if sender.send(run.row(models)).is_err() {
                        break;
                    }
                }
            };
            Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, drain)
                .map_err(|error| format!("cannot start a thread: {error}; try fewer --jobs"))?;
        }
        drop(sender);
        // It is consumed here, so that workers stop where this does.
        rows.into_iter().try_for_each(&mut keep)
    })
}
