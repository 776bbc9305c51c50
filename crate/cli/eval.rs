//! `chailou eval digits`: placeholder
use clap::Args;
#[derive(Args, Debug)]
pub struct EvalArguments {}
pub fn run(_arguments: &EvalArguments) -> Result<(), String> { Ok(()) }
