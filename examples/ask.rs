//! Asks a graph that `attache extract` wrote: `ask graph.json '(m:Minister)-[met-with]->(x) return m.name, x.name'`.

use std::error::Error;

use attache::diagnostic::render;
use attache::graph::KnowledgeGraph;
use attache::query::Question;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().unwrap_or_else(|| "output/graph.json".to_owned());
    let text = arguments.next().unwrap_or_else(|| "(m:Minister)-[r:met-with]->(x) return m, x, r.quote".to_owned());
    let graph = KnowledgeGraph::from_json(&std::fs::read_to_string(file)?)?;
    let question = Question::parse(&text).map_err(|findings| render(&findings, false))?;
    let answer = question.ask(&graph).map_err(|findings| render(&findings, false))?;
    println!("{}", answer.columns.join("\t"));
    for row in &answer.rows {
        println!("{}", row.iter().map(ToString::to_string).collect::<Vec<_>>().join("\t"));
    }
    Ok(())
}
