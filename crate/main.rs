//! The command line.

use chailou::cli::say::{complain, say};
#[cfg(feature = "tensors")]
use chailou::cli::{bench, eval, sheet, train};
use chailou::cli::{manual, run, serve, sweep};
use clap::{CommandFactory, Parser, Subcommand};

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
    Sweep(sweep::SweepOptions),
    Serve(serve::ServeOptions),
    #[cfg(feature = "tensors")]
    Train(train::TrainArguments),
    #[cfg(feature = "tensors")]
    Eval(eval::EvalArguments),
    #[cfg(feature = "tensors")]
    Bench(bench::BenchArguments),
    #[cfg(feature = "tensors")]
    Sheet(sheet::SheetArguments),
    /// Print the parameters of every lab as JSON.
    Schema,
    Man(manual::ManOptions),
    Completions(manual::CompletionsOptions),
}

fn main() {
    let outcome = match Cli::parse().verb {
        Verb::Run(options) => run::run(&options),
        Verb::Sweep(options) => sweep::run(&options),
        Verb::Serve(options) => serve::run(&options),
        #[cfg(feature = "tensors")]
        Verb::Train(arguments) => train::run(&arguments),
        #[cfg(feature = "tensors")]
        Verb::Eval(arguments) => eval::run(&arguments),
        #[cfg(feature = "tensors")]
        Verb::Bench(arguments) => bench::run(&arguments),
        #[cfg(feature = "tensors")]
        Verb::Sheet(arguments) => sheet::run(&arguments),
        Verb::Schema => say(format!("{:#}", chailou::labs::CATALOGUE.schema())),
        Verb::Man(options) => manual::man(&options, &Cli::command()),
        Verb::Completions(options) => manual::completions(&options, Cli::command()),
    };
    if let Err(sentence) = outcome {
        complain(format!("chailou: {sentence}"));
        std::process::exit(2);
    }
}
