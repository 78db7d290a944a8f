//! What becomes of the rule files of a pack by a patch.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::patch::{Pair, Patch, Wrong};
use crate::rules::{PackFiles, add_identity, add_no, rule_text};

/// The file that says who is who, where none does yet.
const IDENTITY: &str = "identity.toml";
/// The file for rules of a built-in pack that are to be mended in one's own.
const CORRECTIONS: &str = "corrections.toml";
const CORRECTIONS_HEAD: &str =
    "# Rules of the built-in pack, to be mended here: each takes the place of the built-in one of its id.\n";

/// A rule file before and after.
pub(super) struct File {
    pub path: PathBuf,
    pub before: String,
    pub after: String,
}

/// What becomes of a pack.
pub(super) struct Edited {
    pub files: Vec<File>,
    /// Rules and the examples that they should have now.
    pub examples: Vec<(String, String)>,
    /// Rules of the built-in pack that were copied, and to where.
    pub copied: Vec<(String, PathBuf)>,
    /// What cannot be written, and why.
    pub refused: Vec<String>,
}

/// Works a patch into the files of a folder; nothing is written.
pub(super) fn edit(patch: &Patch, folder: &Path) -> anyhow::Result<Edited> {
    let pack = PackFiles::from_path(folder)
        .map_err(|(path, error)| anyhow::Error::new(error).context(format!("cannot read {}", path.display())))?;
    let mut files = BTreeMap::new();
    for (path, bytes) in pack.files.iter().filter(|(path, _)| path.ends_with(".toml")) {
        let path = folder.join(path);
        let text = std::str::from_utf8(bytes.bytes()).with_context(|| format!("{} is not UTF-8", path.display()))?;
        files.insert(path.clone(), File { path, before: text.to_owned(), after: text.to_owned() });
    }
    let mut edited = Edited { files: Vec::new(), examples: Vec::new(), copied: Vec::new(), refused: Vec::new() };
    identity(patch, folder, &mut files, &mut edited)?;
    for wrong in &patch.wrong {
        example(wrong, patch, folder, &mut files, &mut edited)?;
    }
    edited.files = files.into_values().collect();
    Ok(edited)
}

fn identity(
    patch: &Patch,
    folder: &Path,
    files: &mut BTreeMap<PathBuf, File>,
    edited: &mut Edited,
) -> anyhow::Result<()> {
    let lists = [("same", &patch.same, &patch.never_same), ("never_same", &patch.never_same, &patch.same)];
    for (list, pairs, contrary) in lists {
        let mut groups: Vec<Vec<String>> = Vec::new();
        for pair in pairs {
            match doubt(pair, contrary) {
                Some(reason) => edited.refused.push(reason),
                None => groups.push(pair.names.clone()),
            }
        }
        if groups.is_empty() {
            continue;
        }
        let says = |file: &&mut File| file.after.lines().any(|line| line.trim_start().starts_with("[identity"));
        let path = match files.values_mut().find(says) {
            Some(file) => file.path.clone(),
            None => folder.join(IDENTITY),
        };
        let file = files.entry(path.clone()).or_insert_with(|| File {
            path: path.clone(),
            before: String::new(),
            after: String::new(),
        });
        file.after =
            add_identity(&file.after, list, &groups).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// Why a pair of names cannot be written down.
fn doubt(pair: &Pair, contrary: &[Pair]) -> Option<String> {
    let shown = pair.names.join(" and ");
    match pair.names.as_slice() {
        [a, b] if a == b => Some(format!("two nodes are both called {a}, so that their names do not tell them apart")),
        [_, _] => {
            let both = |other: &Pair| other.names.iter().all(|name| pair.names.contains(name));
            contrary
                .iter()
                .any(both)
                .then(|| format!("the patch says of {shown} that they are one and that they never are"))
        }
        _ => Some(format!("a pair of two names was expected, not {shown}")),
    }
}

/// Puts a sentence among the `no` of its rule; where the folder has no such rule and the built-in pack has, among those of
/// a copy.
fn example(
    wrong: &Wrong,
    patch: &Patch,
    folder: &Path,
    files: &mut BTreeMap<PathBuf, File>,
    edited: &mut Edited,
) -> anyhow::Result<()> {
    let Wrong { rule, quote, .. } = wrong;
    let [source, target] = wrong.ends();
    // An example is one line, in which `=>` parts the sentence from what must not come out.
    let line = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.contains("=>") || source.contains(',') || target.contains(',') {
        edited.refused.push(format!("an example of {rule} cannot hold `=>`, nor names with a comma: {line}"));
        return Ok(());
    }
    let example = format!("{line} => {source}, {target}");
    for file in files.values_mut() {
        let after = add_no(&file.after, rule, std::slice::from_ref(&example))
            .map_err(|error| anyhow::anyhow!("{}: {error}", file.path.display()))?;
        if let Some(after) = after {
            file.after = after;
            edited.examples.push((rule.clone(), example));
            return Ok(());
        }
    }
    if let Some(built_in) = built_in(patch.pack(), rule)? {
        let path = folder.join(CORRECTIONS);
        let file = files.entry(path.clone()).or_insert_with(|| File {
            path: path.clone(),
            before: String::new(),
            after: String::new(),
        });
        let head = if file.after.is_empty() { CORRECTIONS_HEAD } else { file.after.trim_end() };
        let copied = format!("{}\n\n{built_in}", head.trim_end());
        let after = add_no(&copied, rule, std::slice::from_ref(&example))
            .map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
        file.after = after.unwrap_or(copied);
        edited.copied.push((rule.clone(), path));
        edited.examples.push((rule.clone(), example));
        return Ok(());
    }
    edited.refused.push(format!("neither the pack nor the built-in pack has a [[rule]] {rule}: {line}"));
    Ok(())
}

/// A rule of a built-in pack, as it stands in its file.
fn built_in(pack: &str, rule: &str) -> anyhow::Result<Option<String>> {
    let files = PackFiles::embedded(pack).map(|pack| pack.files).unwrap_or_default();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".toml")) {
        let Ok(text) = std::str::from_utf8(bytes.bytes()) else { continue };
        if let Some(found) = rule_text(text, rule).map_err(|error| anyhow::anyhow!("{path}: {error}"))? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
