//! Questions to a graph, written as patterns of nodes and relations.
//!
//! The language is the reading part of openCypher with the spelling of rule files: `(m:Minister {country: "Chile"})`
//! is a node, `-[met-with|visited]->` a relation, and what follows is `where`, `return`, `order by`, `skip` and `limit`.
//! A question is read by itself ([`Question::parse`]) and held against a graph when it is asked ([`Question::ask`]), because
//! only the graph knows its types, relations and properties.
//!
//! ```
//! use attache::{Extractor, query::Question};
//!
//! let extractor = Extractor::builder().build()?;
//! let graph = extractor.read_text("report", "Foreign Minister Pia Lund met President Ana Rojas in Oslo.");
//! let question = Question::parse("(m:Minister)-[met-with]->(x:Person) return m.name, x.name").expect("it reads");
//! let answer = question.ask(&graph).expect("the graph has such types and relations");
//! assert_eq!(answer.rows[0][0].to_string(), "Pia Lund");
//! # Ok::<(), attache::RulesError>(())
//! ```

mod answer;
mod cell;
mod known;
mod prepare;
mod search;
mod value;

pub use answer::Answer;
pub use cell::{Cell, Hop};
pub(crate) use prepare::Prepared;
pub(crate) use search::{Match, TooMany, search};

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::graph::KnowledgeGraph;
use crate::motif;

/// What findings about a question name as their file.
const FILE: &str = "question";

/// A question that reads well.
#[derive(Debug, Clone)]
pub struct Question {
    file: Arc<SourceFile>,
    written: motif::Written,
}

impl Question {
    /// Reads a question.
    ///
    /// # Errors
    /// When it cannot be read; the findings point at where.
    pub fn parse(text: &str) -> Result<Question, Vec<Diagnostic>> {
        let file = Arc::new(SourceFile::new(FILE, text));
        match motif::parse(text) {
            Ok(written) => Ok(Question { file, written }),
            Err(findings) => Err(in_file(findings, &file)),
        }
    }

    /// Asks it of a graph.
    ///
    /// Matches are sorted by the ids of their nodes, so that the same graph gives the same rows.
    ///
    /// # Errors
    /// When it speaks of a type, relation or property that the graph has not, or of a name that stands for nothing, or
    /// when it finds more than a million matches.
    pub fn ask<'g>(&self, graph: &'g KnowledgeGraph) -> Result<Answer<'g>, Vec<Diagnostic>> {
        let checked = motif::check(&self.written, &known::names(graph));
        let Some(plan) = checked.plan else { return Err(in_file(checked.findings, &self.file)) };
        let remarks = checked.sought.iter().filter_map(|sought| known::remark(graph, sought)).collect();
        let prepared = prepare::Prepared::new(&plan, graph, &[]);
        let matches = search::matches(&prepared).map_err(|search::TooMany| {
            let finding = Diagnostic::error("Q005", "a question with too many answers")
                .help("say more about a node or a relation, or let fewer relations follow each other: `*1..2`");
            in_file(vec![finding], &self.file)
        })?;
        let mut answer = answer::answer(&plan, graph, &matches);
        answer.remarks = in_file(remarks, &self.file);
        Ok(answer)
    }
}

fn in_file(findings: Vec<Diagnostic>, file: &Arc<SourceFile>) -> Vec<Diagnostic> {
    findings.into_iter().map(|finding| finding.in_file(Arc::clone(file))).collect()
}
