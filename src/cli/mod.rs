//! The command line: one file a command, each with its arguments and its run.
//!
//! Data goes to standard output, everything else to standard error. The exit status says how it went: see [`Status`].
//! A command takes its parsed arguments and a [`Console`], so that it can be run without a process around it.

mod apply;
mod console;
mod corpus;
mod diff;
mod eval;
mod explain;
mod explain_code;
mod exported;
mod extract;
mod files;
mod formats;
mod inferred;
mod inputs;
mod language;
mod lsp;
mod merge;
mod named;
mod packs;
mod query;
mod render;
mod rules;
mod selection;
mod summary;
mod target;
mod unfinished;
mod verify;
mod watch;
mod why;
mod why_not;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use console::{ColorChoice, Console, Status};

/// Reads reports and draws the knowledge graph that rule files describe.
#[derive(Debug, Parser)]
#[command(name = "attache", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Cli {
    /// When to use colours: always, never, or auto, which is on a terminal unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  attache extract reports/ -o out          graph.json, graph.dot and graph.svg of a folder
  attache extract may.txt --format dot     one format on standard output
  attache explain may.txt                  what was seen in each sentence, and by which rule
  attache rules init my-rules              write the built-in rules out to change them
  attache extract reports/ --rules my-rules/diplomacy -o out

Exit status: 0 done; 1 done, but something was found wrong on the way (a document that cannot
be read, a rule example that fails); 2 it could not run.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Read documents and write their knowledge graph
    Extract(extract::Args),
    /// Draw a graph that was extracted before
    Render(Box<render::Args>),
    /// Show what was seen in a document, sentence by sentence
    Explain(explain::Args),
    /// Show which rules fired in a sentence, and how
    Why(why::Args),
    /// Show why a relation was not found, and the change of a rule that would find it
    WhyNot(why_not::Args),
    /// Check, test and read again on every save, and show what changed
    Watch(watch::Args),
    /// Ask a graph: ways, neighbours, time, who stands out
    Query(Box<query::Args>),
    /// Make one graph of several
    Merge(merge::Args),
    /// Write corrections that were collected in a page into a pack
    Apply(apply::Args),
    /// Check that a graph is true to its documents
    Verify(verify::Args),
    /// Measure how well documents are read, by what a reader wrote down
    Eval(eval::Args),
    /// Show what two graphs, rule packs or sets of documents tell differently
    Diff(diff::Args),
    /// Check, test and write out rule packs
    Rules(rules::Args),
    /// Train and measure the tagger and parser of a language
    Language(language::Args),
    /// Serve an editor: findings as you type, completion and more in rule files
    Lsp(lsp::Args),
    /// List the formats of a graph and what each leaves out
    Formats,
    /// Say what the code of a message means
    ExplainCode(explain_code::Args),
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let (mut out, mut err) = (io::BufWriter::new(io::stdout()), io::stderr());
    let mut console = Console::of_process(&mut out, &mut err, cli.color);
    let status = match cli.run(&mut console).and_then(|status| console.flush().map(|()| status)) {
        Ok(status) => status,
        Err(error) if is_broken_pipe(&error) => Status::Done,
        Err(error) => {
            // What was said before the failure stands.
            let _ = console.flush();
            console.fail(&told(&error));
            Status::Unable
        }
    };
    // What is left in the buffer goes nowhere when the reader has gone.
    drop(out.into_parts());
    ExitCode::from(status as u8)
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// When it could not run; the message is for the user.
    pub fn run(self, console: &mut Console<'_>) -> anyhow::Result<Status> {
        match self.command {
            Command::Extract(args) => extract::run(&args, console),
            Command::Render(args) => render::run(&args, console),
            Command::Explain(args) => explain::run(&args, console),
            Command::Why(args) => why::run(&args, console),
            Command::WhyNot(args) => why_not::run(&args, console),
            Command::Watch(args) => watch::run(&args, console),
            Command::Query(args) => query::run(&args, console),
            Command::Merge(args) => merge::run(&args, console),
            Command::Apply(args) => apply::run(&args, console),
            Command::Verify(args) => verify::run(&args, console),
            Command::Eval(args) => eval::run(&args, console),
            Command::Diff(args) => diff::run(&args, console),
            Command::Rules(args) => rules::run(&args, console),
            Command::Language(args) => language::run(&args, console),
            Command::Lsp(args) => lsp::run(&args),
            Command::Formats => formats::run(console),
            Command::ExplainCode(args) => explain_code::run(&args, console),
        }
    }
}

/// An error with its causes; a cause that the error already tells is not told twice.
fn told(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| match told.as_str() {
        "" => cause,
        _ if told.contains(&cause) => told,
        _ => format!("{told}: {cause}"),
    })
}

/// Whether whoever read the output has gone, as `head` does: that is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}
