//! The file of corrections, as the page saves it.

use serde::Deserialize;

/// Its format, in every file.
const FORMAT: &str = "attache-patch";
/// The version that is read.
const VERSION: u32 = 1;

/// Corrections to a graph.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Patch {
    format: String,
    version: u32,
    /// The pack that made the graph.
    pack: Option<String>,
    #[serde(default)]
    pub same: Vec<Pair>,
    #[serde(default)]
    pub never_same: Vec<Pair>,
    #[serde(default)]
    pub wrong: Vec<Wrong>,
}

/// Nodes that are one, or never are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    pub names: Vec<String>,
    #[serde(rename = "ids", default)]
    _ids: Vec<String>,
}

/// A sentence that was misread.
#[derive(Debug, Deserialize)]
pub(super) struct Wrong {
    pub rule: String,
    pub source: String,
    pub target: String,
    /// What the sentence calls the two.
    pub source_text: Option<String>,
    pub target_text: Option<String>,
    pub quote: String,
}

impl Patch {
    /// The pack that made the graph; where the patch does not say, the one that is used where no other is asked for.
    pub fn pack(&self) -> &str {
        self.pack.as_deref().unwrap_or(crate::cli::packs::DEFAULT)
    }
}

impl Wrong {
    /// The two by what the sentence calls them, because it is tested by itself; by their names where that says nothing.
    pub fn ends(&self) -> [&str; 2] {
        let text =
            |written: &'_ Option<String>| written.as_deref().is_some_and(|t| !t.trim().is_empty() && !t.contains(','));
        [(&self.source_text, &self.source), (&self.target_text, &self.target)]
            .map(|(written, name)| if text(written) { written.as_deref().unwrap_or(name) } else { name.as_str() })
    }
}

/// Reads a patch.
pub(super) fn read(text: &str) -> Result<Patch, String> {
    let patch: Patch = toml::from_str(text).map_err(|error| error.to_string())?;
    if patch.format != FORMAT {
        return Err(format!("its format is \"{}\", not \"{FORMAT}\"", patch.format));
    }
    if patch.version != VERSION {
        return Err(format!("it has version {}; this program reads version {VERSION}", patch.version));
    }
    Ok(patch)
}
