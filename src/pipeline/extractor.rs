//! The whole program as one value: rules that were compiled once, to read with as often as there is something to read.

use std::fmt;
use std::path::PathBuf;

use super::run;
use crate::diagnostic::{Diagnostic, render};
use crate::graph::{GraphError, KnowledgeGraph};
use crate::rules::{FileBytes, PackFiles, RuleSet, compile, gather};
use crate::source::{Options, Problem, Source, collect};

/// The pack that is read with where no other is asked for.
const DEFAULT: &str = "diplomacy";

/// Reads texts by compiled rules.
///
/// Making one compiles the rules, which takes a good part of a second; reading takes no more than the text asks for. It can
/// be shared between threads.
///
/// ```
/// use attache::Extractor;
///
/// let extractor = Extractor::builder().build()?;
/// let graph = extractor.read_text("report", "Foreign Minister Pia Lund met President Ana Rojas in Oslo.");
/// let met = graph.edges().find(|edge| edge.type_name == "met-with").expect("they met");
/// assert_eq!(graph.node(&met.target).unwrap().name, "Pia Lund");
/// # Ok::<(), attache::RulesError>(())
/// ```
#[derive(Debug)]
pub struct Extractor {
    rules: RuleSet,
    remarks: Vec<Diagnostic>,
}

impl Extractor {
    /// Options for a new one.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }

    /// The compiled rules.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// Warnings about the rules, in order of file and place.
    pub fn remarks(&self) -> &[Diagnostic] {
        &self.remarks
    }

    /// The graph of one text. `id` is what evidence names as its document.
    pub fn read_text(&self, id: impl Into<String>, text: impl Into<String>) -> KnowledgeGraph {
        self.read(vec![Source::new(id, text)])
    }

    /// The graph of documents that were read or made elsewhere; a [`Source`] carries a date, a title and an address, too.
    /// Runs on rayon's current pool; the graph is the same for any number of threads.
    ///
    /// ```
    /// use attache::{Extractor, source::Source};
    ///
    /// let mut may = Source::new("may", "Chile thanked Peru.");
    /// may.date = Some("2019-05-04".to_owned());
    /// let june = Source::new("june", "Chile's government thanked Peru again.");
    /// let graph = Extractor::builder().build()?.read(vec![may, june]);
    /// assert_eq!(graph.edges().find(|edge| edge.type_name == "thanked").unwrap().support, 2);
    /// # Ok::<(), attache::RulesError>(())
    /// ```
    pub fn read(&self, sources: Vec<Source>) -> KnowledgeGraph {
        run(sources, &self.rules, &|_| {})
    }

    /// The graph of files, folders and JSON Lines feeds, and what could not be read of them.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # std::fs::write(folder.path().join("may.txt"), "Chile thanked Peru.")?;
    /// # let reports = folder.path();
    /// let extractor = attache::Extractor::builder().build()?;
    /// let (graph, problems) = extractor.read_paths([reports]);
    /// assert!(problems.is_empty());
    /// assert_eq!(graph.manifest().documents.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_paths<P: Into<PathBuf>>(&self, paths: impl IntoIterator<Item = P>) -> (KnowledgeGraph, Vec<Problem>) {
        let paths: Vec<PathBuf> = paths.into_iter().map(Into::into).collect();
        let (sources, problems) = collect(&paths, &mut std::io::empty(), Options::default());
        (self.read(sources), problems)
    }

    /// One graph of several that these rules made: the graph of all their documents.
    ///
    /// # Errors
    /// When a graph is a part of one that was made, or was changed by hand.
    pub fn merge(&self, graphs: &[KnowledgeGraph]) -> Result<KnowledgeGraph, GraphError> {
        let mut fragments = Vec::new();
        for graph in graphs {
            fragments.extend(graph.fragments()?);
        }
        Ok(super::graph(&fragments, &self.rules))
    }
}

/// Which rules an [`Extractor`] reads by.
///
/// ```
/// use attache::Extractor;
///
/// let mine = r#"
/// [relation.outpaced]
/// doc = "One does better than another."
/// between = ["Country", "Country"]
///
/// [[rule]]
/// id = "outpaced.verb"
/// gives = "outpaced"
/// match = ["{a:Country} outpace {b:Country}"]
/// "#;
/// let extractor = Extractor::builder().rules("mine.toml", mine).build()?;
/// let graph = extractor.read_text("report", "Chile outpaced Peru.");
/// assert!(graph.edges().any(|edge| edge.type_name == "outpaced"));
/// # Ok::<(), attache::RulesError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct ExtractorBuilder {
    packs: Vec<String>,
    files: Vec<(String, String)>,
}

impl ExtractorBuilder {
    /// Adds a pack: a folder, a rule file, or the name of a built-in pack. Where none stands by itself, all are laid over
    /// the built-in pack `diplomacy`.
    #[must_use]
    pub fn pack(mut self, place: impl Into<String>) -> Self {
        self.packs.push(place.into());
        self
    }

    /// Lays rules over the packs that stand in no file; messages call them `name`.
    #[must_use]
    pub fn rules(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.files.push((name.into(), text.into()));
        self
    }

    /// Compiles the rules.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    ///
    /// ```
    /// let error = attache::Extractor::builder().rules("mine.toml", "[relatoin.x]\n").build().unwrap_err();
    /// assert_eq!(error.findings()[0].code, "E002");
    /// assert!(error.to_string().contains("did you mean `relation`?"));
    /// ```
    pub fn build(self) -> Result<Extractor, RulesError> {
        let mut packs = self.packs;
        if !packs.iter().any(|pack| PackFiles::stands_alone(pack)) {
            packs.insert(0, DEFAULT.to_owned());
        }
        let (mut files, errors) = gather(&packs);
        for (number, (name, text)) in self.files.into_iter().enumerate() {
            // A pack of its own each, so that one may be laid over the other.
            let file = (name, FileBytes::Owned(text.into_bytes()));
            files.push(PackFiles { place: format!("rules-{number}"), files: [file].into() });
        }
        let compiled = compile(files, errors);
        match compiled.rules {
            Some(rules) => Ok(Extractor { rules, remarks: compiled.diagnostics }),
            None => Err(RulesError { findings: compiled.diagnostics }),
        }
    }
}

/// Rules that do not compile. Shown, it is what the command line shows: every fault with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesError {
    findings: Vec<Diagnostic>,
}

impl RulesError {
    /// Everything that is wrong, in order of file and place.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(render(&self.findings, false).trim_end())
    }
}

impl std::error::Error for RulesError {}
