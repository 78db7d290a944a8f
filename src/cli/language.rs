//! `attache language`: train the tagger and parser of a language from treebanks, and measure them.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, anyhow, bail};
use clap::Subcommand;

use super::packs::load_layered;
use super::{Console, Status, files};
use crate::language::construct::Grammar;
use crate::language::{Inflector, Model, Scores, TrainOptions, TreebankSet, WordVectors, conllu, evaluate, train};
use crate::rules::PackFiles;

/// Arguments of `attache language`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  attache language train train.conllu -o model.bin\n  attache language construct news.toml -o made.conllu\n  attache language eval model.bin test.conllu\n  attache language eval diplomacy test.conllu       # the model of a rule pack"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Learn weights from treebanks in CoNLL-U
    Train(Train),
    /// Make a treebank of sentences from a grammar of constructions
    Construct(Construct),
    /// Measure a model on treebanks
    Eval(Eval),
}

#[derive(Debug, clap::Args)]
struct Construct {
    /// The grammar
    #[arg(value_name = "GRAMMAR.toml")]
    grammar: PathBuf,
    /// The treebank to write
    #[arg(short, long, value_name = "TREEBANK.conllu")]
    output: PathBuf,
    /// How many sentences to make
    #[arg(long, default_value_t = 3500)]
    sentences: usize,
    /// Seed of all random choices
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The language pack that inflects the verbs
    #[arg(long, value_name = "PACK", default_value = "english")]
    pack: String,
}

#[derive(Debug, clap::Args)]
struct Train {
    /// Treebanks to learn from
    #[arg(required = true, value_name = "TREEBANK.conllu")]
    treebanks: Vec<PathBuf>,
    /// The file to write
    #[arg(short, long, value_name = "MODEL")]
    output: PathBuf,
    /// Passes over the treebank for the tagger
    #[arg(long, default_value_t = TrainOptions::default().tagger_epochs)]
    tagger_epochs: usize,
    /// Passes over the treebank for the parser
    #[arg(long, default_value_t = TrainOptions::default().parser_epochs)]
    parser_epochs: usize,
    /// Parts for tagging the treebank unseen; below 2 the parser learns from gold tags
    #[arg(long, default_value_t = TrainOptions::default().folds)]
    folds: usize,
    /// Most features the tagger keeps
    #[arg(long, default_value_t = TrainOptions::default().tagger_features)]
    tagger_features: usize,
    /// Word vectors made elsewhere, a word and its numbers a line (as GloVe and word2vec write them)
    #[arg(long, value_name = "FILE")]
    vectors: Option<PathBuf>,
    /// How many of the word vectors are kept, from the first on
    #[arg(long, default_value_t = 80_000)]
    most_vectors: usize,
    /// Seed of all random choices
    #[arg(long, default_value_t = TrainOptions::default().seed)]
    seed: u64,
}

#[derive(Debug, clap::Args)]
struct Eval {
    /// A model file, or a rule pack that has one
    #[arg(value_name = "MODEL|PACK")]
    model: String,
    /// Treebanks to measure on
    #[arg(required = true, value_name = "TREEBANK.conllu")]
    treebanks: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    match &args.command {
        Command::Train(args) => run_train(args, console),
        Command::Construct(args) => run_construct(args, console),
        Command::Eval(args) => run_eval(args, console),
    }
}

fn run_train(args: &Train, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let options = TrainOptions {
        tagger_epochs: args.tagger_epochs,
        parser_epochs: args.parser_epochs,
        folds: args.folds,
        tagger_features: args.tagger_features,
        seed: args.seed,
    };
    let mut treebanks = TreebankSet::new();
    for path in &args.treebanks {
        add(&mut treebanks, path)?;
    }
    if treebanks.sentences().is_empty() {
        bail!("the treebanks hold no sentence");
    }
    let vectors = match &args.vectors {
        None => WordVectors::new(),
        Some(path) => {
            let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            WordVectors::read(&text, args.most_vectors).with_context(|| path.display().to_string())?
        }
    };
    let clock = Instant::now();
    let bytes = train(&treebanks, &vectors, &options, &mut |step| {
        console.note(&format!("{:6.1} s  {step:?}", clock.elapsed().as_secs_f64()))
    });
    let size = bytes.len();
    files::write_all(&[(args.output.clone(), bytes)])?;
    writeln!(console.out(), "wrote {}, {size} bytes", args.output.display())?;
    Ok(Status::Done)
}

fn run_construct(args: &Construct, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let inflector = inflector(&args.pack)?;
    let place = args.grammar.display();
    let text = fs::read_to_string(&args.grammar).with_context(|| format!("cannot read {place}"))?;
    let grammar = match Grammar::read(&text, &inflector) {
        Ok(grammar) => grammar,
        Err(errors) => {
            for error in errors {
                console.note(&format!("error: {place}:{error}"));
            }
            return Ok(Status::Unable);
        }
    };
    let sentences = grammar.sentences(args.sentences, args.seed);
    files::write_all(&[(args.output.clone(), conllu::write(&sentences).into_bytes())])?;
    let words: usize = sentences.iter().map(|sentence| sentence.tokens.len()).sum();
    writeln!(console.out(), "wrote {}, {} sentences of {words} words", args.output.display(), sentences.len())?;
    Ok(Status::Done)
}

/// The inflection of a language pack, built in or in a folder.
fn inflector(pack: &str) -> anyhow::Result<Inflector> {
    let path = Path::new(pack);
    let files = if path.exists() {
        PackFiles::from_path(path).map_err(|(path, error)| anyhow!("cannot read {}: {error}", path.display()))?
    } else {
        PackFiles::embedded(pack).with_context(|| format!("no pack is called `{pack}`"))?
    };
    let table = |name: &str| {
        let bytes = files.files.get(name).map(|file| file.bytes().to_vec()).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let inflector = Inflector::new(&table("inflection.toml"), &table("irregular.csv"));
    inflector.with_context(|| format!("the inflection of {}", files.place))
}

fn run_eval(args: &Eval, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let path = Path::new(&args.model);
    let model = if path.is_file() {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        Model::from_bytes(Cow::Owned(bytes)).with_context(|| path.display().to_string())?
    } else {
        let compiled = load_layered(std::slice::from_ref(&args.model));
        console.report(&compiled.diagnostics);
        let Some(rules) = compiled.rules else { return Ok(Status::Unable) };
        match rules.model {
            Some(model) => model,
            None => bail!("the pack {} has no language model", args.model),
        }
    };
    let mut rows = Vec::new();
    for path in &args.treebanks {
        let mut treebank = TreebankSet::new();
        add(&mut treebank, path)?;
        rows.push((path.display().to_string(), evaluate(&model, treebank.sentences())));
    }
    table(&rows, console)
}

fn add(treebanks: &mut TreebankSet, path: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(treebanks.add(&path.display().to_string(), &text)?)
}

fn table(rows: &[(String, Scores)], console: &mut Console<'_>) -> anyhow::Result<Status> {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).max("treebank".len());
    let head = format!(
        "{:<width$}  {:>9}  {:>9}  {:>6}  {:>6}  {:>6}  {:>6}  {:>6}  {:>9}  {:>9}",
        "treebank", "sentences", "words", "UPOS", "UAS", "LAS", "nsubj", "obj", "tagged/s", "parsed/s"
    );
    let head = console.paint.bold(&head);
    writeln!(console.out(), "{head}")?;
    for (name, s) in rows {
        let rate = |seconds: f64| format!("{:.0} k", s.words as f64 / seconds.max(1e-9) / 1000.0);
        writeln!(
            console.out(),
            "{name:<width$}  {:>9}  {:>9}  {:>6.2}  {:>6.2}  {:>6.2}  {:>6.2}  {:>6.2}  {:>9}  {:>9}",
            s.sentences,
            s.words,
            s.upos_percent(),
            s.uas(),
            s.las(),
            s.nsubj.f1(),
            s.obj.f1(),
            rate(s.tagging),
            rate(s.parsing)
        )?;
    }
    Ok(Status::Done)
}
