//! `attache query`: questions asked of a graph.
//!
//! [`ask`] answers them as rows and as the part of the graph that the answer is about; the rows go out as a table or as
//! JSON, the part in any format there is.

mod ask;

use std::path::PathBuf;

use anyhow::bail;

use self::ask::Answer;
use super::exported::How;
use super::merge::read_graph;
use super::selection::SelectArgs;
use super::{Console, Status, exported, formats};
use crate::export::{DrawOptions, Engine, Format};

/// Arguments of `attache query`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  attache query out/graph.json path \"Pia Lund\" \"Ana Rojas\"
  attache query out/graph.json neighbours Lund --relation met-with -o lund.svg
  attache query out/graph.json timeline Lund --since 2019
  attache query out/graph.json top --by betweenness --limit 5
  attache query out/graph.json communities --json")]
pub(super) struct Args {
    /// A graph written by `attache extract`; `-` is standard input
    #[arg(value_name = "GRAPH.json")]
    graph: PathBuf,
    #[command(subcommand)]
    question: Question,
}

#[derive(Debug, clap::Subcommand)]
enum Question {
    /// The shortest way between two nodes
    Path {
        /// Name or id
        from: String,
        /// Name or id
        to: String,
        #[command(flatten)]
        asked: Asked,
    },
    /// Who stands in which relation to a node
    Neighbours {
        /// Name or id
        name: String,
        #[command(flatten)]
        asked: Asked,
    },
    /// What is told of a node, by date
    Timeline {
        /// Name or id
        name: String,
        #[command(flatten)]
        asked: Asked,
    },
    /// The nodes that stand out
    Top {
        /// By number of neighbours, by lying between others, or by being pointed at by those who are
        #[arg(long, value_enum, default_value_t = By::Degree)]
        by: By,
        /// How many
        #[arg(long, default_value_t = 10, value_name = "N")]
        limit: usize,
        #[command(flatten)]
        asked: Asked,
    },
    /// Nodes that belong together
    Communities {
        #[command(flatten)]
        asked: Asked,
    },
    /// How many there are of what
    Stats {
        #[command(flatten)]
        asked: Asked,
    },
}

/// A measure of how a node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    Degree,
    Betweenness,
    Pagerank,
}

#[derive(Debug, clap::Args)]
struct Asked {
    /// As JSON, one object a row
    #[arg(long, conflicts_with_all = ["output", "format"])]
    json: bool,
    /// Write the part of the graph that the answer is about to this file, whose ending says the format
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Write that part in this format
    #[arg(short, long, value_parser = formats::parse)]
    format: Option<Format>,
    #[command(flatten)]
    select: SelectArgs,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let asked = match &args.question {
        Question::Path { asked, .. }
        | Question::Neighbours { asked, .. }
        | Question::Timeline { asked, .. }
        | Question::Top { asked, .. }
        | Question::Communities { asked }
        | Question::Stats { asked } => asked,
    };
    let format = exported::format(asked.format, asked.output.as_deref())?;
    if let Some(format) = format {
        exported::check(format, asked.output.as_deref())?;
    }
    let graph = asked.select.take(read_graph(&args.graph)?)?;
    let answer = match &args.question {
        Question::Path { from, to, .. } => ask::path(&graph, from, to)?,
        Question::Neighbours { name, .. } => ask::neighbours(&graph, name)?,
        Question::Timeline { name, .. } => ask::timeline(&graph, name)?,
        Question::Top { by, limit, .. } => ask::top(&graph, *by, *limit),
        Question::Communities { .. } => ask::communities(&graph),
        Question::Stats { .. } => ask::stats(&graph),
    };
    match format {
        Some(format) => {
            if answer.nodes.is_empty() {
                bail!("there is nothing to draw");
            }
            let part = graph.part(&answer.nodes, answer.edges.clone());
            let how = How { format, engine: Engine::Auto, options: &DrawOptions::default() };
            exported::to(&part, &how, asked.output.as_deref(), console)?;
        }
        None if asked.json => json(&answer, console)?,
        None => table(&answer, console)?,
    }
    Ok(if answer.rows.is_empty() { Status::Findings } else { Status::Done })
}

/// The rows with their columns aligned.
fn table(answer: &Answer<'_>, console: &mut Console<'_>) -> anyhow::Result<()> {
    if answer.rows.is_empty() {
        console.note("nothing found");
        return Ok(());
    }
    let paint = console.paint;
    let wide = |text: &str| text.chars().count();
    let widths: Vec<usize> = (0..answer.columns.len())
        .map(|at| answer.rows.iter().map(|row| wide(&row[at])).fold(wide(answer.columns[at]), usize::max))
        .collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| -> String {
        let padded = cells.zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - wide(cell))));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let head = line(&mut answer.columns.iter().copied());
    writeln!(console.out(), "{}", paint.bold(&head))?;
    for row in &answer.rows {
        let row = line(&mut row.iter().map(String::as_str));
        writeln!(console.out(), "{row}")?;
    }
    Ok(())
}

fn json(answer: &Answer<'_>, console: &mut Console<'_>) -> anyhow::Result<()> {
    let object = |row: &Vec<String>| -> serde_json::Map<String, serde_json::Value> {
        answer.columns.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), cell.as_str().into())).collect()
    };
    let rows: Vec<_> = answer.rows.iter().map(object).collect();
    serde_json::to_writer_pretty(console.out(), &rows).map_err(std::io::Error::from)?;
    Ok(console.out().write_all(b"\n")?)
}
