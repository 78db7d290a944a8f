//! Reads a folder of reports into a petgraph and runs one of its algorithms: `folder_to_petgraph REPORTS`.

use std::error::Error;

use attache::Extractor;
use petgraph::algo::kosaraju_scc;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "seeds".to_owned());
    let extractor = Extractor::builder().build()?;
    let (graph, problems) = extractor.read_paths([folder]);
    for problem in &problems {
        eprintln!("{}: {}", problem.path, problem.message);
    }
    let inside = graph.as_petgraph();
    println!("{} nodes, {} relations", inside.node_count(), inside.edge_count());
    // Those who are reached from each other along the relations.
    let mut circles = kosaraju_scc(inside);
    circles.retain(|circle| circle.len() > 1);
    circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    for circle in circles {
        let names: Vec<&str> = circle.iter().map(|index| inside[*index].name.as_str()).collect();
        println!("in a circle: {}", names.join(", "));
    }
    Ok(())
}
