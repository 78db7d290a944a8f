//! `attache rules new`: a file for a relation, with a rule and examples to fill in.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::bail;

use super::checked;
use crate::cli::{Console, Status, files};
use crate::pattern::TypeMask;
use crate::rules::{RuleSet, format};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  attache rules new mediated-between --in my-rules
  attache rules new advises --between Person Country")]
pub(super) struct Args {
    /// The name of the relation: small letters and hyphens, such as mediated-between
    relation: String,
    /// The pack it belongs to. Default: the folder one is in
    #[arg(long = "in", value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Types of its source and its target
    #[arg(long, num_args = 2, value_names = ["SOURCE", "TARGET"])]
    between: Option<Vec<String>>,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let name = &args.relation;
    let fine = |c: char| c.is_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(fine) || !name.starts_with(char::is_lowercase) || name.ends_with('-') {
        bail!("a relation is named with small letters and hyphens, such as mediated-between; `{name}` is not");
    }
    let pack = args.folder.join("pack.toml").is_file();
    let packs: Vec<String> = pack.then(|| args.folder.display().to_string()).into_iter().collect();
    let checked = checked(&packs);
    let Some(rules) = &checked.rules else {
        console.report(&checked.diagnostics);
        return Ok(Status::Unable);
    };
    if rules.relation(name).is_some() {
        bail!("the relation {name} is there already; see `attache rules show {name}`");
    }
    let ends = match args.between.as_deref() {
        Some([a, b]) => [a.clone(), b.clone()],
        _ => default_ends(rules),
    };
    for end in &ends {
        if rules.types.mask(end).is_empty() {
            bail!("there is no type {end}");
        }
    }
    let below = args.folder.join("relations");
    let path = if pack || below.is_dir() { below } else { args.folder.clone() }.join(format!("{name}.toml"));
    if path.exists() {
        bail!("the file {} is there already; nothing was written", path.display());
    }
    let text = template(name, &ends, rules);
    let text = format(&text).map_err(|message| anyhow::anyhow!(message))?;
    files::write_all(&[(path.clone(), text.into_bytes())])?;
    let tested = if pack { args.folder.display().to_string() } else { path.display().to_string() };
    writeln!(
        console.out(),
        "wrote {}: fill it in, then run `attache rules test {tested} --rule {name}`",
        path.display()
    )?;
    Ok(Status::Done)
}

/// The ends that most relations have.
fn default_ends(rules: &RuleSet) -> [String; 2] {
    let mut count: std::collections::BTreeMap<&(String, String), usize> = std::collections::BTreeMap::new();
    for ends in rules.relations.iter().filter_map(|relation| relation.between_names.as_ref()) {
        *count.entry(ends).or_default() += 1;
    }
    let most = count.into_iter().max_by_key(|(ends, n)| (*n, std::cmp::Reverse(*ends))).map(|(ends, _)| ends.clone());
    let first = || rules.types.iter().next().map(|(_, def)| def.name.clone()).unwrap_or_default();
    most.map_or_else(|| [first(), first()], |(a, b)| [a, b])
}

fn template(name: &str, ends: &[String; 2], rules: &RuleSet) -> String {
    let mut parts = name.split('-');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let rest = if rest.is_empty() { String::new() } else { format!("{} ", rest.join(" ")) };
    let base = verb(rules, first);
    let past = rules.inflector.as_ref().and_then(|i| i.verb_forms(&base).past.first().cloned()).unwrap_or(base.clone());
    let [a, b] = [known(rules, &ends[0], 0), known(rules, &ends[1], 1)];
    let mut text = String::new();
    let label = name.replace('-', " ");
    let _ = write!(
        text,
        "[relation.{name}]\ndoc = \"One {} {label} another: say what it means.\"\nbetween = [\"{}\", \"{}\"]\nlabel = \"{label}\"\n\n\
         [[rule]]\nid = \"{name}.verb\"\ngives = \"{name}\"\n\
         # A pattern is a plain clause; words match in all their forms, in the passive, and whatever stands between.\n\
         match = [\"{{a:{}}} {base} {rest}{{b:{}}}\"]\n",
        ends[0], ends[0], ends[1], ends[0], ends[1]
    );
    let _ = match (a, b) {
        (Some(a), Some(b)) => write!(
            text,
            "# Sentences in which it must come out, and some that only look like it.\n\
             yes = [\"{a} {past} {rest}{b}. => {a}, {b}\"]\nno = [\"{a} and {b} did something else.\"]\n"
        ),
        _ => write!(
            text,
            "# Sentences in which it must come out, such as \"A met B. => A, B\", and some that only look like it.\nyes = []\nno = []\n"
        ),
    };
    text
}

/// The verb that the name of a relation is made of.
fn verb(rules: &RuleSet, word: &str) -> String {
    let frequency = |w: &str| rules.model.as_ref().map_or(0, |model| model.frequency(w));
    let bases = rules.inflector.as_ref().map(|inflector| inflector.verbs_of(word)).unwrap_or_default();
    bases.into_iter().find(|base| base != word && frequency(base) > 0).unwrap_or_else(|| word.to_owned())
}

/// A name that the packs know, of that type.
fn known(rules: &RuleSet, type_name: &str, number: usize) -> Option<String> {
    let wanted: TypeMask = rules.types.mask(type_name);
    let entries = rules.gazetteer.entries();
    let fits = entries.filter(|entry| entry.entity && !entry.nominal && wanted.contains(entry.type_id));
    let plain = |name: &str| name.chars().all(char::is_alphabetic) && (4..9).contains(&name.chars().count());
    let mut names = fits.map(|entry| entry.name.to_string()).filter(|name| plain(name));
    names.nth(10 + 7 * number)
}
