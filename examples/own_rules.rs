//! Reads by a rule of one's own, laid over the built-in ones, and shows where each relation was found.

use std::error::Error;

use attache::Extractor;

const RULES: &str = r#"
[relation.ferried]
doc = "One carries another across the water."
between = ["Actor", "Actor"]

[[rule]]
id = "ferried.verb"
gives = "ferried"
match = ["{a:Actor} ferry {b:Actor}"]
yes = ["Norway ferried Sweden across the fjord. => Norway, Sweden"]
"#;

const REPORT: &str =
    "Norway's navy ferried Prime Minister Ada Okoro across the fjord. Denmark said it would ferry nobody.";

fn main() -> Result<(), Box<dyn Error>> {
    let extractor = Extractor::builder().rules("ferried.toml", RULES).build()?;
    let graph = extractor.read_text("fjord", REPORT);
    for edge in graph.edges().filter(|edge| edge.type_name == "ferried") {
        let name = |id: &str| graph.node(id).map_or("", |node| node.name.as_str()).to_owned();
        println!("{} → {}", name(&edge.source), name(&edge.target));
        for seen in &edge.evidence {
            println!("  {} [{}..{}] by {}: {}", seen.doc, seen.start, seen.end, seen.rule, seen.quote);
        }
    }
    Ok(())
}
