//! Every example in `docs/rules.md`: its rules compile without a word of complaint, their own examples pass, and its texts
//! give the relations that stand below them.
//!
//! To add one, write three blocks, fenced as the others are: `toml rule`, `text` and `relations`; or `toml pack` for tables
//! that have no examples. The rules are laid over the
//! built-in pack. A line of `relations` is `source relation target [modality] [negative]`, or `never` and what must not come
//! out.

use std::fs;
use std::path::Path;

use attache::compare::{Fact, relations, self_test};
use attache::pipeline;
use attache::rules::{RuleSet, load};
use attache::source::Source;

/// A fenced block: what stands behind the fence, its text, and the line of the guide it begins on.
struct Block {
    kind: String,
    body: String,
    line: usize,
}

fn blocks(guide: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for (number, line) in guide.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(kind) => {
                open = true;
                found.push(Block { kind: kind.trim().to_owned(), body: String::new(), line: number + 1 });
            }
            None if open => {
                if let Some(block) = found.last_mut() {
                    block.body.push_str(line);
                    block.body.push('\n');
                }
            }
            None => {}
        }
    }
    assert!(!open, "a block of the guide is never closed");
    found
}

/// The built-in pack with a block over it, of which nothing is to be said.
fn compiled(block: &Block, folder: &Path) -> RuleSet {
    let file = folder.join("mine.toml");
    fs::write(&file, &block.body).unwrap();
    let compiled = load(&["diplomacy".to_owned(), file.display().to_string()]);
    let said: Vec<String> = compiled.diagnostics.iter().map(|d| format!("{d:?}")).collect();
    assert!(said.is_empty(), "line {}: {}", block.line, said.join("\n"));
    compiled.rules.unwrap_or_else(|| panic!("line {}: no rules", block.line))
}

/// The built-in pack with the rules of a block over it, once its own examples have passed.
fn layered(block: &Block, folder: &Path) -> RuleSet {
    let rules = compiled(block, folder);
    let own = |id: &str| block.body.contains(&format!("id = \"{id}\""));
    let result = self_test(&rules, &own, &pipeline::one_by_one(&rules));
    assert!(!result.outcomes.is_empty(), "line {}: rules without examples", block.line);
    let failed: Vec<&str> = result.failures().map(|outcome| outcome.example.text.as_str()).collect();
    assert!(failed.is_empty(), "line {}: {}", block.line, failed.join("\n"));
    rules
}

#[test]
fn every_example_of_the_guide_is_so() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let guide = fs::read_to_string(path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (mut rules, mut text, mut checked) = (None, None, 0);
    let mut wrong = Vec::new();
    for block in blocks(&guide) {
        match block.kind.as_str() {
            "toml rule" => rules = Some(layered(&block, folder.path())),
            "toml pack" => {
                compiled(&block, folder.path());
            }
            "text" => text = Some(block.body),
            "relations" => {
                let rules = rules.as_ref().unwrap_or_else(|| panic!("line {}: no rules above", block.line));
                let text = text.take().unwrap_or_else(|| panic!("line {}: no text above", block.line));
                let graph = pipeline::run(vec![Source::new("guide", text)], rules, &|_| {});
                for line in block.body.lines() {
                    let (never, said) = line.strip_prefix("never ").map_or((false, line), |said| (true, said));
                    let fact = Fact::parse(said, rules).unwrap_or_else(|e| panic!("line {}: {e}", block.line));
                    // What must not come out must not in any way.
                    let fact = if never { Fact { told: None, ..fact } } else { fact };
                    if fact.holds(&graph) == never {
                        wrong.push(format!("line {}: {line}\n  found {:?}", block.line, relations(&graph)));
                    }
                    checked += 1;
                }
            }
            "sh" => {}
            other => panic!("line {}: a block of unknown kind `{other}`", block.line),
        }
    }
    assert!(checked > 15, "only {checked} relations of the guide were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
