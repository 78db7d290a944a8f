//! `attache render`: a graph drawn anew, or written in another format, without reading the documents again.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::bail;

use super::exported::How;
use super::merge::read_graph;
use super::selection::SelectArgs;
use super::{Console, Status, exported, formats, named};
use crate::diagnostic::nearest;
use crate::export::{Arrangement, DrawOptions, Engine, Events, Format, Lit, Map};
use crate::graph::KnowledgeGraph;
use crate::rules::RuleSet;

/// Arguments of `attache render`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  attache render out/graph.json -o graph.svg\n  attache render out/graph.json -o graph.pdf --engine dot\n  attache render out/graph.json -o graph.html\n  attache render out/graph.json -o graph.svg --layout force\n  attache render out/graph.json -o map.svg --layout map-by-country\n  attache render out/graph.json -o blocs.svg --cluster-by country\n  attache render out/graph.json -o talks.svg --relation met-with --since 2019\n  attache render out/graph.json -o lund.html --around \"Pia Lund\" --depth 2\n  attache render out/graph.json -o talks.svg --relation met-with --highlight\n  attache render out/graph.json -o graph.graphml\n  attache render out/graph.json -f csv-neo4j -o import\n  attache extract may.txt | attache render - --format dot"
)]
pub(super) struct Args {
    /// A graph written by `attache extract`; `-` is standard input
    #[arg(value_name = "GRAPH.json")]
    graph: PathBuf,
    /// The file to write, whose ending says the format, or a folder. Without it, standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// The format, where the file's ending does not say it
    #[arg(short, long, value_parser = formats::parse)]
    format: Option<Format>,
    /// Who lays it out: the built-in drawing, Graphviz, or whichever can write the format
    #[arg(long, default_value = "auto", value_parser = engine, value_name = "auto|dot|built-in")]
    engine: Engine,
    /// How the built-in drawing and the page lay it out: `map-by-country` on the map of the rule pack; without it, by
    /// force
    #[arg(long, value_parser = layout, value_name = "layered|force|circular|map-by-ATTRIBUTE")]
    layout: Option<Layout>,
    /// Draw nodes together that have the same value of this attribute, as `country`; needs Graphviz, but for DOT itself
    #[arg(long, value_name = "ATTRIBUTE")]
    cluster_by: Option<String>,
    /// Which events to draw: all, or few, those that say more than a line between two; without it, DOT has all and
    /// pictures have few
    #[arg(long, value_parser = events, value_name = "few|all")]
    events: Option<Events>,
    /// Draw all of the graph, and bring out what the options below choose, instead of leaving out the rest
    #[arg(long)]
    highlight: bool,
    /// Headline of the drawing
    #[arg(long)]
    title: Option<String>,
    #[command(flatten)]
    select: SelectArgs,
}

fn engine(name: &str) -> Result<Engine, String> {
    Engine::from_name(name).ok_or_else(|| "known engines: auto, dot, built-in".to_owned())
}

fn events(name: &str) -> Result<Events, String> {
    Events::from_name(name).ok_or_else(|| "known choices: few, all".to_owned())
}

/// What `--layout` asks for.
#[derive(Debug, Clone)]
enum Layout {
    Arrangement(Arrangement),
    /// On the map of the rule pack by this attribute.
    Map(String),
}

fn layout(name: &str) -> Result<Layout, String> {
    let map = || name.strip_prefix("map-by-").map(|by| Layout::Map(by.to_owned()));
    let known = "known layouts: layered, force, circular, and map-by- with an attribute, as map-by-country";
    Arrangement::from_name(name).map(Layout::Arrangement).or_else(map).ok_or_else(|| known.to_owned())
}

/// The map by that attribute, of the rule pack that is asked for.
fn map(by: &str, rules: &RuleSet) -> anyhow::Result<Map> {
    let Some(found) = rules.maps.iter().find(|map| map.by == by).cloned() else {
        let known: Vec<&str> = rules.maps.iter().map(|map| map.by.as_str()).collect();
        match nearest(by, known.iter().copied()) {
            Some(near) => bail!("the rule pack has no map by {by}; did you mean map-by-{near}?"),
            None if known.is_empty() => bail!("the rule pack has no map"),
            None => bail!("the rule pack has no map by {by}; it has {}", known.join(", ")),
        }
    };
    Ok(Map { by: found.by, places: found.places.into_iter().collect(), land: found.land, borders: found.borders })
}

/// The whole graph, and what of it is brought out.
fn lit(args: &Args, format: Format) -> anyhow::Result<(KnowledgeGraph, Option<Lit>)> {
    if !matches!(format, Format::Dot | Format::Svg | Format::Png | Format::Pdf | Format::Html) {
        bail!("--highlight is for drawings: svg, png, pdf, dot and html");
    }
    let graph = read_graph(&args.graph)?;
    let Some(part) = args.select.part(&graph)? else {
        bail!(
            "--highlight brings out what other options choose: --relation, --type, --around, --since, --view and the like"
        );
    };
    let lit = Lit::of(&part);
    Ok((graph, Some(lit)))
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let Some(format) = exported::format(args.format, args.output.as_deref())? else {
        let known = formats::names().join(", ");
        bail!("say which format to write with --format, or a file with -o; known formats: {known}");
    };
    exported::check(format, args.output.as_deref())?;
    let (graph, lit) =
        if args.highlight { lit(args, format)? } else { (args.select.take(read_graph(&args.graph)?)?, None) };
    if let Some(attribute) = &args.cluster_by {
        let known: BTreeSet<&str> = graph.nodes().flat_map(|node| node.attributes.keys()).map(String::as_str).collect();
        named::one_of("attribute", attribute, known.iter().copied())?;
        let can = matches!(format, Format::Dot | Format::Svg | Format::Png | Format::Pdf);
        if !can || args.engine == Engine::BuiltIn {
            bail!("--cluster-by draws with Graphviz: DOT, SVG, PNG and PDF, without --engine built-in");
        }
    }
    let (arrangement, map) = match &args.layout {
        None => (None, None),
        Some(Layout::Arrangement(arrangement)) => (Some(*arrangement), None),
        Some(Layout::Map(by)) => (Some(Arrangement::Map), Some(map(by, &args.select.rules(&graph)?)?)),
    };
    let options = DrawOptions {
        cluster_by: args.cluster_by.clone(),
        title: args.title.clone(),
        events: args.events,
        lit,
        arrangement,
        map,
        ..DrawOptions::default()
    };
    let how = How { format, engine: args.engine, options: &options };
    exported::to(&graph, &how, args.output.as_deref(), console)?;
    Ok(Status::Done)
}
