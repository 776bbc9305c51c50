//! `chailou sweep LINK --over KEY=VALUES`: many runs into one table, each of them a link.

mod columns;
mod csv;
mod journal;
mod parquet;
mod row;
mod work;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::files::replace;
use super::say::{complain, say};
use crate::experiment::parameter::Kind;
use crate::native::{grid::Grid, models::Models, outcome};
use columns::Table;
use journal::Journal;
use row::{Run, Weights};

/// More runs than this are to be asked for.
const LIMIT: usize = 10_000;

/// Run a link for many values of its settings and write a table, each row of which is a link.
///
/// What has been computed stands in a journal beside the table, row by row: after a kill the same command goes on where it
/// was, and with more values it computes only what is new.
#[derive(Args, Debug)]
pub struct SweepOptions {
    /// A link, its part after `#`, or `lab=ID` alone.
    pub link: String,
    /// A setting and its values: `seed=1..200`, `guidance=1,1.3,2`, `eta=0..1:0.25`, `sampler=ddim,ddpm`; several are crossed.
    #[arg(long, value_name = "KEY=VALUES", required = true)]
    pub over: Vec<String>,
    /// The table; its ending says what it is.
    #[arg(long, value_name = "FILE.parquet|FILE.csv")]
    pub out: PathBuf,
    /// Runs at a time; as many as there are cores, if it is left out.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Stop each run at state K instead of the link's step or the end.
    #[arg(long, value_name = "K")]
    pub at: Option<usize>,
    /// The readouts to write, by their ids with commas between them; all, if it is left out.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub readouts: Option<Vec<String>>,
    /// How many runs there may be.
    #[arg(long, value_name = "N", default_value_t = LIMIT)]
    pub limit: usize,
    /// A folder of other weights than those that come with the program.
    #[arg(long, value_name = "DIR")]
    pub models: Option<PathBuf>,
}

/// What a table is written as.
#[derive(Clone, Copy)]
enum Form {
    Parquet,
    Csv,
}

/// Runs all that is not in the journal yet, then writes the table; an `Err` is one sentence for the user.
pub fn run(options: &SweepOptions) -> Result<(), String> {
    let form = form(&options.out)?;
    let grid = Grid::new(&options.link, &options.over, options.limit)?;
    let models = Models::of(options.models.as_deref());
    if let Some(wanted) = &options.readouts {
        check_readouts(wanted, &grid, &models)?;
    }
    let mut runs: Vec<Run> = Vec::with_capacity(grid.len);
    let mut keys = BTreeSet::new();
    let mut weights = Weights::new(&models);
    for i in 0..grid.len {
        let run = Run::at(&grid, i, options.at, &mut weights)?;
        // Points that settings tied to each other make the same are one run.
        if keys.insert(run.key.clone()) {
            runs.push(run);
        }
    }
    let mut journal = Journal::open(&options.out)?;
    let todo: Vec<&Run> = runs.iter().filter(|run| !journal.has(&run.key)).collect();
    let jobs = options.jobs.map_or_else(cores, usize::from).min(todo.len().max(1));

    let bar = progress(runs.len(), runs.len() - todo.len());
    if bar.is_hidden() {
        complain(format!(
            "{} runs, {} of them done before, {jobs} at a time",
            runs.len(),
            runs.len() - todo.len()
        ));
    }
    work::all(&todo, jobs, &models, |row| {
        journal.add(row)?;
        bar.inc(1);
        Ok(())
    })?;
    bar.finish_and_clear();

    let rows: Vec<_> = runs.iter().map(|run| (run, journal.get(&run.key))).collect();
    let failed = rows.iter().filter(|(_, row)| row.error.is_some()).count();
    let table = Table::new(&grid, &rows, options.readouts.as_deref());
    let bytes = match form {
        Form::Parquet => parquet::bytes(&table, &options.link)?,
        Form::Csv => csv::bytes(&table),
    };
    replace(&options.out, &bytes)?;
    say(format!("{}: {} rows, {} columns", options.out.display(), rows.len(), table.columns.len()))?;
    if failed > 0 {
        complain(format!("chailou: {failed} of {} runs failed; the column \"error\" says why", rows.len()));
    }
    Ok(())
}

fn form(out: &Path) -> Result<Form, String> {
    match out.extension().and_then(|ending| ending.to_str()) {
        Some("parquet") => Ok(Form::Parquet),
        Some("csv") => Ok(Form::Csv),
        _ => Err(format!("{}: the table's name ends in .parquet or in .csv", out.display())),
    }
}

/// Whether what is wanted is measured anywhere: at the first point, or with another choice in one of the settings.
fn check_readouts(wanted: &[String], grid: &Grid, models: &Models) -> Result<(), String> {
    let mut known = BTreeSet::new();
    let mut stride = grid.len;
    for axis in &grid.axes {
        stride /= axis.values.len();
        let choice = matches!(axis.parameter.kind, Kind::Choice { .. });
        for i in 0..if choice { axis.values.len() } else { 1 } {
            let (experiment, _) = grid.experiment(i * stride);
            let session = outcome::open(&experiment, models)?;
            known.extend(session.readouts().iter().map(|readout| readout.id));
        }
    }
    match wanted.iter().find(|id| !known.contains(id.as_str())) {
        None => Ok(()),
        Some(id) => {
            let known: Vec<_> = known.into_iter().collect();
            Err(format!("no readout is called \"{id}\"; there are {}", known.join(", ")))
        }
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, |n| n.get())
}

fn progress(runs: usize, done: usize) -> ProgressBar {
    let bar = ProgressBar::new(runs as u64).with_position(done as u64);
    bar.set_style(
        ProgressStyle::with_template("{wide_bar} {pos}/{len} runs, {per_sec}, {eta} left")
            .expect("a fixed template"),
    );
    bar.reset_eta();
    bar
}
