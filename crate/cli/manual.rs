//! `chailou man` and `chailou completions`: the same options, for `man` and for shells.

use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_complete::Shell;

use super::files::write;
use super::say::print;

/// Print the manual page, or write one for each command.
#[derive(Args, Debug)]
pub struct ManOptions {
    /// Write chailou.1 and a page for each command into this folder.
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// Print what a shell needs to complete commands and options.
#[derive(Args, Debug)]
pub struct CompletionsOptions {
    /// Whose.
    pub shell: Shell,
}

/// Prints the manual of `command`, or writes all pages.
pub fn man(options: &ManOptions, command: &Command) -> Result<(), String> {
    match &options.dir {
        None => print(&page(command.clone())),
        Some(folder) => pages(folder, command.clone(), "chailou"),
    }
}

/// Prints the completions of `command`.
pub fn completions(options: &CompletionsOptions, mut command: Command) -> Result<(), String> {
    let mut text = Vec::new();
    clap_complete::generate(options.shell, &mut command, "chailou", &mut text);
    print(&text)
}

/// The page of `command` and of all below it, each named as one types it.
fn pages(folder: &Path, command: Command, name: &str) -> Result<(), String> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help")
    {
        pages(folder, below.clone(), &format!("{name}-{}", below.get_name()))?;
    }
    // Clap wants names that live as long as the program.
    let title: &'static str = name.to_owned().leak();
    write(&folder.join(format!("{name}.1")), &page(command.name(title).disable_help_subcommand(true)))
}

fn page(command: Command) -> Vec<u8> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).expect("memory takes all");
    page
}
