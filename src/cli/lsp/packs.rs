//! Which pack a file belongs to.

use std::path::{Path, PathBuf};

use crate::cli::packs::DEFAULT;
use crate::rules::TABLES;

/// A table of rule files that other TOML files have as often: it says nothing.
const COMMON: &str = "test";

/// The folder of the pack that a file belongs to, found upwards by its `pack.toml`; or the file itself, where it is a rule
/// file by itself. None for files that are no rules.
pub(super) fn root_of(path: &Path, text: &str) -> Option<PathBuf> {
    let ending = path.extension()?;
    if ending != "toml" && ending != "csv" {
        return None;
    }
    let root = path.ancestors().skip(1).find(|folder| folder.join("pack.toml").is_file());
    if path.file_name().is_some_and(|name| name == "pack.toml") {
        return path.parent().map(Path::to_owned).filter(|folder| folder.is_dir());
    }
    match root {
        Some(root) => {
            let inside = path.strip_prefix(root).unwrap_or(path);
            let hidden = inside.iter().any(|part| part.to_string_lossy().starts_with('.'));
            (!hidden).then(|| root.to_owned())
        }
        None => (ending == "toml" && is_rule_file(text)).then(|| path.to_owned()),
    }
}

/// The packs to look at for a root, and what they are laid over.
pub(super) fn asked(root: &Path) -> (Vec<String>, Vec<String>) {
    let base = if root.is_dir() { Vec::new() } else { vec![DEFAULT.to_owned()] };
    (base, vec![root.display().to_string()])
}

/// Whether a file that stands alone looks like rules: most of its tables are theirs, or it has none yet.
fn is_rule_file(text: &str) -> bool {
    let headers = text.lines().filter_map(|line| line.strip_prefix('['));
    let (mut own, mut other) = (0, 0);
    for header in headers {
        let name = header.trim_start_matches('[').trim_start();
        let name: String = name.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect();
        match name.as_str() {
            COMMON => {}
            name if TABLES.contains(&name) => own += 1,
            _ => other += 1,
        }
    }
    own > other || own + other == 0 && text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_toml_files_are_no_rules() {
        for text in ["[[rule]]\nid = \"x\"", "[relation.met]\n[[rule]]\n[[test]]\n[list.x]", "", "\n"] {
            assert!(is_rule_file(text), "{text}");
        }
        for text in
            ["[package]\nname = \"x\"\n[features]\n[[test]]", "[tool.black]", "answer = 42", "[[test]]\nname = \"x\""]
        {
            assert!(!is_rule_file(text), "{text}");
        }
    }
}
