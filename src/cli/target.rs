//! The sentences that a question is about: of a line of a document, of a document, or of a text on the command line.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;

use super::summary::counted;
use super::{Console, inputs};
use crate::extract::{Analysis, Fragment, Scratch, analyse, fragment};
use crate::graph::KnowledgeGraph;
use crate::pipeline;
use crate::rules::RuleSet;
use crate::source::{LineIndex, Source};

/// A document that was read, and the numbers of its sentences that are asked about.
pub(super) struct Target {
    pub analysis: Analysis,
    pub sentences: Vec<u32>,
}

/// Reads what is meant by `FILE:LINE`, `FILE` or a text.
pub(super) fn read(
    input: &str,
    rules: &RuleSet,
    scratch: &mut Scratch,
    console: &mut Console<'_>,
) -> anyhow::Result<Vec<Target>> {
    let (sources, line) = sources(input, console)?;
    let mut targets = Vec::new();
    for source in sources {
        let analysis = analyse(Arc::new(source), rules, scratch);
        let count = analysis.document.sentences.len() as u32;
        let sentences = match line {
            Some(line) if analysis.document.source.origin.line.is_none() => on_line(&analysis, line)?,
            _ => (0..count).collect(),
        };
        targets.push(Target { analysis, sentences });
    }
    Ok(targets)
}

/// The documents; and the line asked about, where one was named.
fn sources(input: &str, console: &mut Console<'_>) -> anyhow::Result<(Vec<Source>, Option<u32>)> {
    if input == "-" || Path::new(input).exists() {
        return Ok((readable(input, console)?, None));
    }
    if let Some((file, line)) = input.rsplit_once(':')
        && let Ok(line) = line.parse::<u32>()
        && Path::new(file).exists()
    {
        let mut sources = readable(file, console)?;
        // A line of a feed is a document of its own.
        if sources.iter().any(|source| source.origin.line.is_some()) {
            sources.retain(|source| source.origin.line == Some(line));
            if sources.is_empty() {
                bail!("{file} has no record on line {line}");
            }
        }
        return Ok((sources, Some(line)));
    }
    if input.trim().contains(char::is_whitespace) {
        return Ok((vec![Source::new("text", input)], None));
    }
    bail!("there is no file {input}; a sentence stands in quotation marks")
}

fn readable(path: &str, console: &mut Console<'_>) -> anyhow::Result<Vec<Source>> {
    let inputs = inputs::read(&[PathBuf::from(path)], console);
    if inputs.sources.is_empty() {
        bail!("no document could be read");
    }
    Ok(inputs.sources)
}

/// The graph of all that was read, with what follows from it.
pub(super) fn graph(targets: &[Target], rules: &RuleSet) -> KnowledgeGraph {
    let fragments: Vec<Fragment> = targets.iter().map(|target| fragment(&target.analysis, rules)).collect();
    pipeline::graph(&fragments, rules)
}

/// The sentences that stand on a line, wholly or in part.
fn on_line(analysis: &Analysis, line: u32) -> anyhow::Result<Vec<u32>> {
    let document = &analysis.document;
    let index = LineIndex::new(document.text());
    let id = &document.source.id;
    let Some(start) = index.start(line) else {
        bail!("{id} has {}; there is no line {line}", counted(index.lines() as usize, "line"));
    };
    let end = index.start(line + 1).unwrap_or(document.text().len() as u32);
    let here: Vec<u32> = (0u32..)
        .zip(&document.sentences)
        .filter(|(_, sentence)| sentence.span.start < end && start < sentence.span.end)
        .map(|(number, _)| number)
        .collect();
    if here.is_empty() {
        bail!("no sentence stands on line {line} of {id}");
    }
    Ok(here)
}

/// The line that a sentence begins on, from 1.
pub(super) fn line_of(analysis: &Analysis, sentence: u32) -> usize {
    let document = &analysis.document;
    let start = document.sentences.get(sentence as usize).map_or(0, |sentence| sentence.span.start as usize);
    document.text().bytes().take(start).filter(|byte| *byte == b'\n').count() + 1
}
