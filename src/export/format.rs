//! Every format: its name, its files, its media type and what it cannot carry.

use std::path::Path;

use super::error::ExportError;

/// A format the graph can be written in.
///
/// ```
/// use attache::export::Format;
/// assert_eq!(Format::from_path("graph.gv".as_ref()), Some(Format::Dot));
/// assert_eq!(Format::Json.loses(), None);
/// assert_eq!(Format::Csv.endings(), ["nodes.csv", "edges.csv"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Node-link JSON; carries everything and can be read back.
    Json,
    /// The JSON as a stream, one record a line.
    JsonLines,
    /// XML that most graph libraries read.
    GraphMl,
    /// Gephi's format, with time and colours.
    Gexf,
    /// What Cytoscape and Cytoscape.js read.
    Cytoscape,
    /// A table of nodes and one of edges, for spreadsheets and data frames.
    Csv,
    /// The two tables with the headers of `neo4j-admin database import`.
    CsvNeo4j,
    /// The two tables for Kùzu and Ladybug, with the script that loads them.
    CsvKuzu,
    /// A script for Neo4j, Memgraph and other property-graph databases.
    Cypher,
    /// RDF for people and programs.
    Turtle,
    /// RDF, one triple a line.
    NTriples,
    /// RDF as JSON.
    JsonLd,
    /// Event data: who did what to whom, when and where.
    Events,
    /// A brief to be read.
    Brief,
    /// A page that shows the graph, to be searched, filtered and asked.
    Html,
    /// A flowchart for Markdown pages.
    Mermaid,
    /// Graphviz's language.
    Dot,
    /// A drawing as vectors.
    Svg,
    /// A drawing as pixels.
    Png,
    /// A drawing as a page.
    Pdf,
    /// The two tables as columns with types.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// What there is to know of a format.
struct About {
    name: &'static str,
    endings: &'static [&'static str],
    media: &'static str,
    loses: Option<&'static str>,
}

const OWN_VIEW: &str = "each document's own view of a node, how many sources of an event are independent, and how types and relations are drawn";
const OWN_VIEW_AND_GROUNDS: &str = "each document's own view of a node, how many sources of an event are independent, how types and relations are drawn, and what inferred relations rest on";
const TABLES: &str = "each document's own view of a node, how many sources of an event are independent, the manifest, how types and relations are drawn, and what inferred relations rest on";
#[cfg(feature = "parquet")]
const COLUMNS: &str = "each document's own view of a node, how many sources of an event are independent, and what inferred relations rest on";
const PIXELS: &str = "everything but what the eye sees";
const DRAWN: &str = "spans, rules, all evidence but the first sentence of each edge, offices by time, numbers of independent sources, and each document's own view; pictures also events that a line tells already, unless --events all; statements of one relation with different dates share a line, and long names and quotations are cut";

impl Format {
    /// Every format.
    pub const ALL: [Format; 20 + cfg!(feature = "parquet") as usize] = [
        Format::Json,
        Format::JsonLines,
        Format::GraphMl,
        Format::Gexf,
        Format::Cytoscape,
        Format::Csv,
        Format::CsvNeo4j,
        Format::CsvKuzu,
        Format::Cypher,
        Format::Turtle,
        Format::NTriples,
        Format::JsonLd,
        Format::Events,
        Format::Brief,
        Format::Html,
        Format::Mermaid,
        Format::Dot,
        Format::Svg,
        Format::Png,
        Format::Pdf,
        #[cfg(feature = "parquet")]
        Format::Parquet,
    ];

    fn about(self) -> About {
        let (name, endings, media, loses): (_, &'static [&'static str], _, _) = match self {
            Format::Json => ("json", &["json"], "application/json", None),
            Format::JsonLines => ("jsonl", &["jsonl"], "application/jsonl", None),
            Format::GraphMl => ("graphml", &["graphml"], "application/graphml+xml", Some(OWN_VIEW_AND_GROUNDS)),
            Format::Gexf => (
                "gexf",
                &["gexf"],
                "application/gexf+xml",
                Some(
                    "each document's own view of a node, how many sources of an event are independent, titles and hashes of documents, shapes, and what inferred relations rest on",
                ),
            ),
            Format::Cytoscape => (
                "cytoscape",
                &["cyjs"],
                "application/json",
                Some("each document's own view of a node, and how many sources of an event are independent"),
            ),
            Format::Csv => ("csv", &["nodes.csv", "edges.csv"], "text/csv", Some(TABLES)),
            Format::CsvNeo4j => ("csv-neo4j", &["neo4j.nodes.csv", "neo4j.edges.csv"], "text/csv", Some(TABLES)),
            Format::CsvKuzu => {
                ("csv-kuzu", &["kuzu.nodes.csv", "kuzu.edges.csv", "kuzu.cypher"], "text/csv", Some(TABLES))
            }
            Format::Cypher => ("cypher", &["cypher"], "application/x-cypher-query", Some(TABLES)),
            Format::Turtle => ("turtle", &["ttl"], "text/turtle", Some(OWN_VIEW)),
            Format::NTriples => ("ntriples", &["nt"], "application/n-triples", Some(OWN_VIEW)),
            Format::JsonLd => ("jsonld", &["jsonld"], "application/ld+json", Some(OWN_VIEW)),
            Format::Events => (
                "events",
                &["events.csv"],
                "text/csv",
                Some(
                    "relations without a CAMEO or PLOVER code, inferred relations, event nodes, aliases, offices by time, numbers of independent sources, all attributes but date, place and country, and of each report all sentences but the first",
                ),
            ),
            Format::Brief => (
                "brief",
                &["md"],
                "text/markdown",
                Some(
                    "ids, rules, mentions, offices by time, numbers of independent sources, places of the two ends in a sentence, each document's own view, and the zero character",
                ),
            ),
            Format::Html => ("html", &["html"], "text/html", None),
            Format::Mermaid => (
                "mermaid",
                &["mmd"],
                "text/vnd.mermaid",
                Some(
                    "ids, evidence, mentions, aliases, offices by time, numbers of documents and of independent sources, confidence, and all attributes but those drawn under a name; control characters are shown as pictures",
                ),
            ),
            Format::Dot => ("dot", &["dot"], "text/vnd.graphviz", Some(DRAWN)),
            Format::Svg => ("svg", &["svg"], "image/svg+xml", Some(DRAWN)),
            Format::Png => ("png", &["png"], "image/png", Some(PIXELS)),
            Format::Pdf => ("pdf", &["pdf"], "application/pdf", Some(PIXELS)),
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                ("parquet", &["nodes.parquet", "edges.parquet"], "application/vnd.apache.parquet", Some(COLUMNS))
            }
        };
        About { name, endings, media, loses }
    }

    /// What it is called on the command line.
    pub fn name(self) -> &'static str {
        self.about().name
    }

    /// What follows the dot in the name of each of its files; most formats have one.
    pub fn endings(self) -> &'static [&'static str] {
        self.about().endings
    }

    /// The ending of the one file there is.
    ///
    /// # Errors
    /// When the format has several.
    pub fn only_ending(self) -> Result<&'static str, ExportError> {
        match self.endings() {
            [only] => Ok(only),
            _ => Err(ExportError::several_files(self)),
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.about().media
    }

    /// What of the graph it cannot carry; none for those that carry everything.
    pub fn loses(self) -> Option<&'static str> {
        self.about().loses
    }

    /// Whether its bytes are text.
    pub fn is_text(self) -> bool {
        #[cfg(feature = "parquet")]
        if self == Format::Parquet {
            return false;
        }
        !matches!(self, Format::Png | Format::Pdf)
    }

    /// The format of that name or file ending, in any case: `json`, `gv`, `ttl`.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "gv" | "graphviz" => Some(Format::Dot),
            "markdown" => Some(Format::Brief),
            "ndjson" => Some(Format::JsonLines),
            _ => Format::ALL.into_iter().find(|format| format.name() == name || format.endings().contains(&&*name)),
        }
    }

    /// The format that a file's ending asks for; of several that fit, the one with the longest ending.
    pub fn from_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        // From the first dot on: `graph.events.csv` is sooner a table of events than any CSV.
        name.match_indices('.').find_map(|(dot, _)| Format::from_name(&name[dot + 1..]))
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
