//! Reads reports and writes their graph as GraphML, for other graph tools: `export_graphml REPORTS… > graph.graphml`.

use std::error::Error;
use std::io;

use attache::Extractor;
use attache::export::{DrawOptions, Engine, Format, write};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.is_empty() {
        paths.push("seeds".to_owned());
    }
    let (graph, _) = Extractor::builder().build()?.read_paths(paths);
    write(&graph, Format::GraphMl, Engine::Auto, &DrawOptions::default(), &mut io::stdout().lock())?;
    Ok(())
}
