//! `attache rules init`: the built-in packs to change, or a small pack of one's own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::cli::packs::DEFAULT;
use crate::cli::summary::counted;
use crate::cli::{Console, Status, files};
use crate::rules::{PackFiles, written_schema};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  attache rules init my-rules --small    a pack of a few files, laid over the built-in one
  attache rules init my-rules            copies of the built-in packs")]
pub(super) struct Args {
    /// The folder to make
    folder: PathBuf,
    /// Write a small pack that builds on the built-in one, instead of copies of all packs
    #[arg(long)]
    small: bool,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    files::check_folder(&args.folder)?;
    if fs::read_dir(&args.folder).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("the folder {} is not empty; nothing was written", args.folder.display());
    }
    let mut all = if args.small { small(&args.folder) } else { copies(&args.folder)? };
    let rules = all.len();
    let schema = serde_json::to_string_pretty(&written_schema())? + "\n";
    all.push((args.folder.join(SCHEMA), schema.into_bytes()));
    all.push((args.folder.join(".taplo.toml"), TAPLO.as_bytes().to_vec()));
    files::write_all(&all)?;
    let pack = if args.small { args.folder.clone() } else { args.folder.join(DEFAULT) };
    writeln!(
        console.out(),
        "wrote {} to {}; use them with --rules {}",
        counted(rules, "file"),
        args.folder.display(),
        pack.display()
    )?;
    writeln!(console.out(), "wrote {SCHEMA} and .taplo.toml, by which editors complete rule files")?;
    Ok(Status::Done)
}

const SCHEMA: &str = "attache-rules.schema.json";

/// Editors that use taplo find the schema by this file. The two files of a language with a form of their own are left
/// out.
const TAPLO: &str = "\
include = [\"**/*.toml\"]
exclude = [\"**/segmentation.toml\", \"**/inflection.toml\"]

[schema]
path = \"./attache-rules.schema.json\"
enabled = true

[formatting]
# `attache rules fmt` lays rule files out.
indent_string = \"    \"
column_width = 120
";

fn copies(folder: &Path) -> anyhow::Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut all = Vec::new();
    for name in PackFiles::embedded_names() {
        let pack = PackFiles::embedded(&name).with_context(|| format!("the built-in pack {name} is not there"))?;
        for (path, bytes) in &pack.files {
            all.push((folder.join(&name).join(path), bytes.bytes().to_vec()));
        }
    }
    Ok(all)
}

/// A pack of one relation, its test and its words.
fn small(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let name = folder.file_name().map_or_else(|| "mine".to_owned(), |name| name.to_string_lossy().into_owned());
    let name: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let pack = format!(
        "#:schema ./{SCHEMA}\n# A small pack: what it says is added to the packs that it extends, or takes the place of what they say.\n\n\
         [pack]\nname = \"{name}\"\ndoc = \"Rules of my own.\"\nversion = \"0.1.0\"\nextends = [\"{DEFAULT}\"]\n"
    );
    [
        ("pack.toml", pack.as_str()),
        ("relations/outpaced.toml", RELATION),
        ("lists.toml", LISTS),
        ("tests/outpaced.toml", TEST),
    ]
    .into_iter()
    .map(|(path, text)| (folder.join(path), text.as_bytes().to_vec()))
    .collect()
}

const RELATION: &str = include_str!("small/relation.toml");

const LISTS: &str = include_str!("small/lists.toml");

const TEST: &str = include_str!("small/test.toml");
