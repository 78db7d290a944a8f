//! What the rules found and missed in a corpus, counted.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;
use serde::Serialize;

use crate::extract::{Again, Analysis, Scratch, analyse, bridges, sentence_text, time_rules};
use crate::pattern::TypeMask;
use crate::rules::RuleSet;
use crate::source::Source;

/// Sentences kept of one group.
const SAMPLES: usize = 12;

/// A corpus, counted.
#[derive(Debug, Default, Serialize)]
pub(super) struct Survey {
    pub documents: usize,
    pub sentences: usize,
    pub statements: usize,
    /// Relation rules, in the order of the files.
    pub rules: Vec<Fired>,
    /// Name rules: how many names and descriptions each found.
    pub names: BTreeMap<String, usize>,
    /// What joins actors that no rule joins, most frequent first.
    pub gaps: Vec<Gap>,
}

/// How often a rule fired.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Fired {
    pub rule: String,
    pub relation: String,
    pub fired: usize,
    /// How long it took to be tried, in microseconds.
    pub micros: u128,
}

/// Sentences in which the same words join two actors, and no relation was found.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Gap {
    /// A pattern that would match them, or the words between the two.
    pub pattern: String,
    pub is_pattern: bool,
    pub count: usize,
    /// Some of them.
    pub samples: Vec<Sample>,
}

/// One such sentence.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Sample {
    pub doc: String,
    pub sentence: u32,
    pub text: String,
    pub source: String,
    pub target: String,
}

#[derive(Default)]
struct Tally {
    sentences: usize,
    fired: BTreeMap<u32, usize>,
    spent: Vec<Duration>,
    names: BTreeMap<String, usize>,
    gaps: Vec<(String, bool, Sample)>,
}

/// Reads a corpus. `ends` are the types that actors are looked for by; `timed` measures rules one by one as well.
pub(super) fn survey(sources: Vec<Source>, rules: &RuleSet, ends: &(String, String), timed: bool) -> Survey {
    let documents = sources.len();
    let tallies: Vec<Tally> = sources
        .into_par_iter()
        .map_init(Scratch::default, |scratch, source| {
            let analysis = analyse(Arc::new(source), rules, scratch);
            tally(&analysis, rules, ends, timed, scratch)
        })
        .collect();
    let mut out = Survey { documents, ..Survey::default() };
    let mut fired: Vec<(usize, Duration)> = vec![Default::default(); rules.rules.len()];
    let mut gaps: BTreeMap<String, Gap> = BTreeMap::new();
    for name in rules.stages.iter().flat_map(|stage| &stage.rules) {
        out.names.insert(name.id.to_string(), 0);
    }
    for tally in tallies {
        out.sentences += tally.sentences;
        for (rule, count) in tally.fired {
            out.statements += count;
            fired[rule as usize].0 += count;
        }
        for (total, spent) in fired.iter_mut().zip(tally.spent) {
            total.1 += spent;
        }
        for (name, count) in tally.names {
            // Lexicon entries are no rules.
            if let Some(total) = out.names.get_mut(&name) {
                *total += count;
            }
        }
        for (pattern, is_pattern, sample) in tally.gaps {
            let gap = gaps.entry(pattern.clone()).or_insert_with(|| Gap {
                pattern,
                is_pattern,
                count: 0,
                samples: Vec::new(),
            });
            gap.count += 1;
            if gap.samples.len() < SAMPLES {
                gap.samples.push(sample);
            }
        }
    }
    out.rules = (rules.rules.iter().zip(fired))
        .map(|(rule, (fired, spent))| Fired {
            rule: rule.id.to_string(),
            relation: rules.relations[rule.relation as usize].name.clone(),
            fired,
            micros: spent.as_micros(),
        })
        .collect();
    out.gaps = gaps.into_values().collect();
    out.gaps.sort_by(|a, b| (b.count, b.is_pattern, &a.pattern).cmp(&(a.count, a.is_pattern, &b.pattern)));
    out
}

fn tally(analysis: &Analysis, rules: &RuleSet, ends: &(String, String), timed: bool, scratch: &mut Scratch) -> Tally {
    let mut out = Tally { spent: vec![Duration::ZERO; rules.rules.len()], ..Tally::default() };
    for mention in &analysis.mentions {
        *out.names.entry(mention.rule.to_string()).or_default() += 1;
    }
    let mask = |name: &str| -> TypeMask { rules.types.mask(name) };
    let types = [(ends.0.as_str(), mask(&ends.0)), (ends.1.as_str(), mask(&ends.1))];
    for sentence in &analysis.sentences {
        out.sentences += 1;
        for statement in &sentence.statements {
            *out.fired.entry(statement.rule).or_default() += 1;
        }
        let mentions = analysis.mentions[..analysis.outer].partition_point(|m| m.sentence < sentence.index);
        let two = analysis.mentions[mentions..analysis.outer].iter().take_while(|m| m.sentence == sentence.index);
        if !sentence.statements.is_empty() || two.count() < 2 {
            continue;
        }
        let Some(again) = Again::new(analysis, rules, sentence.index, scratch) else { continue };
        for bridge in bridges(&again, types) {
            let sample = Sample {
                doc: analysis.document.source.id.clone(),
                sentence: sentence.index,
                text: sentence_text(analysis, sentence.index).to_string(),
                source: bridge.source,
                target: bridge.target,
            };
            out.gaps.push((bridge.pattern, bridge.is_pattern, sample));
        }
    }
    if timed {
        time_rules(analysis, rules, scratch, &mut out.spent);
    }
    out
}
