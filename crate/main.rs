//! The command line.

use chailou::cli::say::{complain, say};
use chailou::cli::{bench, eval, run, sheet, train};
use clap::{Parser, Subcommand};

/// A real diffusion model demolishes a picture and rebuilds it, step by step; this is its command line.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Run(run::RunOptions),
    Train(train::TrainArguments),
    Eval(eval::EvalArguments),
    Bench(bench::BenchArguments),
    Sheet(sheet::SheetArguments),
    /// Print the parameters of every lab as JSON.
    Schema,
}

fn main() {
    let outcome = match Cli::parse().verb {
        Verb::Run(options) => run::run(&options),
        Verb::Train(arguments) => train::run(&arguments),
        Verb::Eval(arguments) => eval::run(&arguments),
        Verb::Bench(arguments) => bench::run(&arguments),
        Verb::Sheet(arguments) => sheet::run(&arguments),
        Verb::Schema => say(format!("{:#}", chailou::labs::CATALOGUE.schema())),
    };
    if let Err(sentence) = outcome {
        complain(format!("chailou: {sentence}"));
        std::process::exit(2);
    }
}
