//! `attache lsp`: a language server for rule files, over standard input and output.
//!
//! The editor says what it holds ([`documents`]); [`server`] looks at every pack that has a file open once typing rests, and
//! answers what is asked meanwhile. One file answers one kind of question, each a function from what is known to a reply.

mod about;
mod actions;
mod answer;
mod client;
mod completion;
mod counting;
mod documents;
mod findings;
mod held;
mod helping;
mod hover;
mod keys;
mod layout;
mod lines;
mod names;
mod outline;
mod packs;
mod pattern_at;
mod places;
mod server;
mod shelf;
mod symbols;
mod uri;
mod view;
mod worker;

use lsp_server::Connection;

use super::Status;

/// Arguments of `attache lsp`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Editors start it by themselves: docs/editors.md says how for VS Code, Helix and Neovim.
Files are looked at with the pack they belong to, whose folder holds pack.toml; a rule file without one is laid over the
built-in rules.")]
pub(super) struct Args {
    /// Talk over standard input and output, which it does in any case
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(super) fn run(_: &Args) -> anyhow::Result<Status> {
    let (connection, threads) = Connection::stdio();
    let status = server::serve(&connection)?;
    // The thread that writes ends when nobody can send any more.
    drop(connection);
    threads.join()?;
    Ok(status)
}
