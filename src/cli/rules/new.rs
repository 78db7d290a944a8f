//! `attache rules new`: a file for a relation, with a rule and examples to fill in.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::bail;

use super::checked;
use crate::cli::{Console, Status, files};
use crate::pattern::{TypeId, TypeMask};
use crate::pipeline;
use crate::rules::{RuleSet, format};
use crate::source::Source;

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
    let draft = draft(name, &ends, rules);
    let text = format(&draft.text).map_err(|message| anyhow::anyhow!(message))?;
    files::write_all(&[(path.clone(), text.into_bytes())])?;
    let tested = if pack { args.folder.display().to_string() } else { path.display().to_string() };
    writeln!(
        console.out(),
        "wrote {}: fill it in, then run `attache rules test {tested} --rule {name}`",
        path.display()
    )?;
    let already = draft.sentence.map(|sentence| found_already(rules, &sentence)).unwrap_or_default();
    if !already.is_empty() {
        console.note(&format!(
            "its example is found already as {}; see `attache rules show`. Both will stand side by side",
            already.join(", ")
        ));
    }
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

/// What is filled in beforehand.
struct Draft {
    /// The file.
    text: String,
    /// The sentence of its example, where names for one are known.
    sentence: Option<String>,
}

fn draft(name: &str, ends: &[String; 2], rules: &RuleSet) -> Draft {
    let mut parts = name.split('-');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let rest = if rest.is_empty() { String::new() } else { format!("{} ", rest.join(" ")) };
    let base = rules.verb_of(first).unwrap_or_else(|| first.to_owned());
    let past = rules.inflector.as_ref().and_then(|i| i.verb_forms(&base).past.first().cloned()).unwrap_or(base.clone());
    let label = name.replace('-', " ");
    let mut text = String::new();
    let _ = write!(
        text,
        "[relation.{name}]\ndoc = \"Who {label} whom: say what it means.\"\nbetween = [\"{}\", \"{}\"]\nlabel = \"{label}\"\n\n\
         [[rule]]\nid = \"{name}.verb\"\ngives = \"{name}\"\n\
         # A pattern is a plain clause; words match in all their forms, in the passive, and whatever stands between.\n\
         match = [\"{{a:{}}} {base} {rest}{{b:{}}}\"]\n",
        ends[0], ends[1], ends[0], ends[1]
    );
    let sentence = known(rules, ends).map(|[a, b]| (format!("{a} {past} {rest}{b}."), a, b));
    let _ = match &sentence {
        Some((sentence, a, b)) => write!(
            text,
            "# Sentences in which it must come out, and some that only look like it.\n\
             yes = [\"{sentence} => {a}, {b}\"]\nno = [\"{a} and {b} did something else.\"]\n"
        ),
        None => write!(
            text,
            "# Sentences in which it must come out, such as \"A met B. => A, B\", and some that only look like it.\nyes = []\nno = []\n"
        ),
    };
    Draft { text, sentence: sentence.map(|(sentence, ..)| sentence) }
}

/// Two names that the packs know, of these types; of one type where both ends may be of it.
fn known(rules: &RuleSet, ends: &[String; 2]) -> Option<[String; 2]> {
    let [source, target] = [&ends[0], &ends[1]].map(|name| rules.types.mask(name));
    let names = |wanted: TypeMask| -> Vec<(TypeId, String)> {
        let entries = rules.gazetteer.entries();
        let fits = entries.filter(|entry| entry.entity && !entry.nominal && wanted.contains(entry.type_id));
        let plain = |name: &str| name.chars().all(char::is_alphabetic) && (4..9).contains(&name.chars().count());
        fits.filter(|entry| plain(entry.name)).map(|entry| (entry.type_id, entry.name.to_string())).collect()
    };
    let (type_id, first) = names(source).into_iter().nth(10)?;
    let mut others = names(target);
    if others.iter().any(|(other, _)| *other == type_id) {
        others.retain(|(other, _)| *other == type_id);
    }
    let second = others.into_iter().map(|(_, name)| name).filter(|name| *name != first).nth(17)?;
    Some([first, second])
}

/// What the packs find in the sentence already: relations and their rules.
fn found_already(rules: &RuleSet, sentence: &str) -> Vec<String> {
    let graph = pipeline::one_by_one(rules)(Source::new("example", sentence));
    let mut found: Vec<String> = graph
        .edges()
        .flat_map(|edge| edge.evidence.iter().map(|seen| format!("{} ({})", edge.type_name, seen.rule)))
        .collect();
    found.sort();
    found.dedup();
    found
}
