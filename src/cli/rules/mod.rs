//! `attache rules`: everything that is done with rule files themselves. One file a subcommand.

mod check;
mod doc;
mod fix;
mod fmt;
mod init;
mod list;
mod new;
mod schema;
mod show;
mod test;

use clap::Subcommand;

use super::packs::DEFAULT;
use super::{Console, Status, corpus};
use crate::rules::{Checked, FileBytes, PackFiles, check};
pub(in crate::cli) use check::add_idle_examples;
pub(in crate::cli) use show::described;
pub(in crate::cli) use test::show_failures;

/// Arguments of `attache rules`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  attache rules init my-rules --small       a folder to write rules in, laid over the built-in pack
  attache rules new outpaced --in my-rules  a relation with its rule and examples to fill in
  attache rules check my-rules              everything that is wrong or doubtful
  attache rules fix my-rules --dry-run      what can be mended by itself
  attache rules test my-rules               are the examples of its rules so?
  attache rules show met-with.verb          what a rule matches, in words")]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say everything that is wrong or doubtful
    Check(check::Args),
    /// Mend what can be mended by itself
    Fix(fix::Args),
    /// Run the examples that rules carry, `yes`, `no` and `todo`, and the test files of packs
    Test(test::Args),
    /// Lay rule files out in one canonical way; comments are kept
    Fmt(fmt::Args),
    /// List relations with their rules
    List(list::Args),
    /// Say in words what a rule, relation, type or list is
    Show(show::Args),
    /// Write a page about a whole pack, with its examples and a diagram of its types
    Doc(doc::Args),
    /// Write a file for a new relation, with a rule and examples to fill in
    New(new::Args),
    /// Start a folder of rules: the built-in packs to change, or a small pack of one's own
    Init(init::Args),
    /// Print the JSON Schema of rule files, for editors
    Schema(schema::Args),
    /// Show where a pattern matches in a corpus
    Try(corpus::TryArgs),
    /// Count how often each rule fires in a corpus, and what waits for a rule
    Stats(corpus::StatsArgs),
    /// Make rules of what waits for one
    Suggest(corpus::SuggestArgs),
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    match &args.command {
        Command::Check(args) => check::run(args, console),
        Command::Fix(args) => fix::run(args, console),
        Command::Test(args) => test::run(args, console),
        Command::Fmt(args) => fmt::run(args, console),
        Command::List(args) => list::run(args, console),
        Command::Show(args) => show::run(args, console),
        Command::Doc(args) => doc::run(args, console),
        Command::New(args) => new::run(args, console),
        Command::Init(args) => init::run(args, console),
        Command::Schema(args) => schema::run(args, console),
        Command::Try(args) => corpus::trial(args, console),
        Command::Stats(args) => corpus::stats(args, console),
        Command::Suggest(args) => corpus::suggest(args, console),
    }
}

/// Reads and checks packs, laid over the default pack unless one of them stands by itself; without any, the built-in
/// ones.
fn checked(packs: &[String]) -> Checked {
    if packs.is_empty() {
        return check(&[], &["english".to_owned(), DEFAULT.to_owned()]);
    }
    let base: &[String] =
        if packs.iter().any(|pack| PackFiles::stands_alone(pack)) { &[] } else { &[DEFAULT.to_owned()] };
    check(base, packs)
}

/// The rule files of the packs that were asked about and stand on disk: what they are called and their text.
fn files_on_disk(checked: &Checked) -> Vec<(String, String)> {
    let packs = checked.written.packs.iter().zip(&checked.asked).filter(|(_, asked)| **asked);
    let files = packs.flat_map(|(pack, _)| pack.files.iter().map(move |(path, bytes)| (pack, path, bytes)));
    files
        .filter(|(_, path, bytes)| path.ends_with(".toml") && matches!(bytes, FileBytes::Owned(_)))
        .filter_map(|(pack, path, bytes)| {
            Some((format!("{}/{path}", pack.place), std::str::from_utf8(bytes.bytes()).ok()?.to_owned()))
        })
        .collect()
}
