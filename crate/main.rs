//! The command line.

use chailou::cli::{bench, eval, train};
use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Train(train::TrainArguments),
    Eval(eval::EvalArguments),
    Bench(bench::BenchArguments),
}

fn main() {
    let outcome = match Cli::parse().verb {
        Verb::Train(arguments) => train::run(&arguments),
        Verb::Eval(arguments) => eval::run(&arguments),
        Verb::Bench(arguments) => bench::run(&arguments),
    };
    if let Err(sentence) = outcome {
        eprintln!("chailou: {sentence}");
        std::process::exit(2);
    }
}
