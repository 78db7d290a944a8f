//! `attache query`: questions asked of a graph.
//!
//! A pattern is answered by the room [`crate::query`], every other question by [`ask`]: as rows, and as the part of the
//! graph that the answer is about. [`show`] writes rows as a table, JSON or CSV; the part goes out in any format there is.

mod ask;
mod show;

use std::path::{Path, PathBuf};

use anyhow::bail;

use self::show::Shape;
use super::exported::How;
use super::merge::read_graph;
use super::selection::SelectArgs;
use super::{Console, Status, exported};
use crate::export::{DrawOptions, Engine};
use crate::graph::KnowledgeGraph;
use crate::query::{Answer, Question};

/// Arguments of `attache query`.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_value_name = "PATTERN|QUESTION",
    subcommand_help_heading = "Questions",
    after_help = "\
Examples:
  attache query out/graph.json '(m:Minister {name: \"Pia Lund\"})-[met-with]->(x)'
  attache query out/graph.json '(a:Country)-[r:accused]->(b) where r.date >= 2019-07 return a, b, r.quote'
  attache query out/graph.json '(a {name: \"Pia Lund\"})-[*1..3]-(b:Country)' -o lund.svg
  attache query out/graph.json path \"Pia Lund\" \"Ana Rojas\"
  attache query out/graph.json neighbours Lund --relation met-with -o lund.svg
  attache query out/graph.json timeline Lund --since 2019
  attache query out/graph.json top --by betweenness --limit 5
  attache query out/graph.json communities --format json

docs/query.md explains the patterns."
)]
pub(super) struct Args {
    /// A graph written by `attache extract`; `-` is standard input
    #[arg(value_name = "GRAPH.json")]
    graph: PathBuf,
    /// What is looked for: nodes in round brackets, relations between them in square ones
    pattern: Option<String>,
    #[command(subcommand)]
    question: Option<Asked>,
    /// Write to this file, whose ending says the format
    #[arg(short, long, value_name = "PATH", global = true)]
    output: Option<PathBuf>,
    /// The answer as a `table`, `json` or `csv`; or the part of the graph that it is about as `graph` (its JSON) or in
    /// another format: svg, dot, html …
    #[arg(short, long, value_parser = show::parse, global = true)]
    format: Option<Shape>,
    #[command(flatten)]
    select: SelectArgs,
}

#[derive(Debug, clap::Subcommand)]
enum Asked {
    /// The shortest way between two nodes
    Path {
        /// Name or id
        from: String,
        /// Name or id
        to: String,
    },
    /// Who stands in which relation to a node
    Neighbours {
        /// Name or id
        name: String,
    },
    /// What is told of a node, by date
    Timeline {
        /// Name or id
        name: String,
    },
    /// The nodes that stand out
    Top {
        /// By number of neighbours, by lying between others, or by being pointed at by those who are
        #[arg(long, value_enum, default_value_t = By::Degree)]
        by: By,
        /// How many
        #[arg(long, default_value_t = 10, value_name = "N")]
        limit: usize,
    },
    /// Nodes that belong together
    Communities,
    /// How many there are of what
    Stats,
}

/// A measure of how a node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    Degree,
    Betweenness,
    Pagerank,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let output = args.output.as_deref();
    let shape = show::shape(args.format, output)?;
    // What cannot be read is said before a large graph is.
    let question = match (&args.pattern, &args.question) {
        (Some(pattern), None) => match Question::parse(pattern) {
            Ok(question) => Some(question),
            Err(findings) => {
                console.report(&findings);
                return Ok(Status::Unable);
            }
        },
        (None, Some(_)) => None,
        (Some(pattern), Some(_)) => bail!("ask either the pattern {pattern} or one of the other questions"),
        (None, None) => {
            bail!("say what to ask: a pattern, or one of path, neighbours, timeline, top, communities, stats")
        }
    };
    let whole = read_graph(&args.graph)?;
    let part = args.select.part(&whole)?;
    let graph = part.as_ref().unwrap_or(&whole);
    let answer = match (question, &args.question) {
        (Some(question), _) => match question.ask(graph) {
            Ok(answer) => answer,
            Err(findings) => {
                console.report(&findings);
                return Ok(Status::Unable);
            }
        },
        (None, Some(Asked::Path { from, to })) => ask::path(&whole, graph, from, to)?,
        (None, Some(Asked::Neighbours { name })) => ask::neighbours(&whole, graph, name, console)?,
        (None, Some(Asked::Timeline { name })) => ask::timeline(&whole, graph, name, console)?,
        (None, Some(Asked::Top { by, limit })) => ask::top(graph, *by, *limit),
        (None, Some(Asked::Communities)) => ask::communities(graph),
        (None, Some(Asked::Stats)) => ask::stats(graph),
        (None, None) => Answer::default(),
    };
    console.report(&answer.remarks);
    if answer.rows.is_empty() {
        console.note("nothing found");
    }
    write(&answer, graph, shape, output, console)?;
    Ok(if answer.rows.is_empty() { Status::Findings } else { Status::Done })
}

fn write(
    answer: &Answer<'_>,
    graph: &KnowledgeGraph,
    shape: Shape,
    output: Option<&Path>,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    match shape {
        Shape::Part(format) => {
            if answer.nodes.is_empty() {
                return Ok(());
            }
            let part = graph.part(&answer.nodes, answer.edges.clone());
            let how = How { format, engine: Engine::Auto, options: &DrawOptions::default() };
            exported::to(&part, &how, output, console)
        }
        Shape::Rows(rows) => show::rows(answer, rows, output, console),
    }
}
