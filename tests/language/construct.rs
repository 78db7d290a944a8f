//! Treebanks made from a grammar of constructions.

use std::fs;
use std::path::Path;

use attache::language::construct::Grammar;
use attache::language::{Inflector, conllu};

const SMALL: &str = r#"
start = ["3* Report", "Headline"]
[words]
Country = { tag = "PROPN.Sing", words = "Peru Chile Ghana Norway" }
[verbs]
Praise = "praise thank meet"
[phrases]
Report = ["nsubj:Country ^Deed.past punct:./PUNCT", "nsubj:pass:Country aux:pass:was/AUX.Past.Fin ^Praise.pass obl:agent:By punct:,/PUNCT punct:./PUNCT"]
Headline = ["nsubj:Country ^Deed.third Day?0.4"]
Deed = ["^Praise obj:Country conj:AndDeed?"]
AndDeed = ["cc:and/CCONJ ^condemn/V obj:Country"]
By = ["case:by/ADP ^Country"]
Day = ["obl:unmarked:Monday/PROPN.Sing"]
"#;

fn english() -> Inflector {
    let table = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/english").join(name);
        fs::read_to_string(path).expect("a table of the language pack")
    };
    Inflector::new(&table("inflection.toml"), &table("irregular.csv")).expect("the pack's tables")
}

#[test]
fn sentences_have_the_trees_that_were_written() {
    let grammar = Grammar::read(SMALL, &english()).expect("a grammar without errors");
    let text = conllu::write(&grammar.sentences(200, 7));
    let sentences = conllu::read("made", &text).expect("every sentence is a tree");
    assert_eq!(sentences.len(), 200);
    let joined = sentences
        .iter()
        .find(|s| s.tokens.iter().any(|t| t.form == "condemned"))
        .expect("a joined verb takes the form of the first one");
    let verb = joined.tokens.iter().find(|t| t.form == "condemned").expect("the verb");
    assert_eq!((verb.rel.as_str(), verb.morph.features().as_str()), ("conj", "Tense=Past|VerbForm=Fin"));
    assert_eq!(joined.tokens[usize::from(verb.head) - 1].rel.as_str(), "root");
    assert!(
        text.contains("\tmet\t_\tVERB\t_\tTense=Past|VerbForm=Part|Voice=Pass\t0\troot"),
        "irregular forms are the pack's"
    );
    assert!(text.contains(" meets ") && !text.contains(", ."), "marks side by side are one");
}

#[test]
fn the_same_seed_gives_the_same_sentences() {
    let grammar = Grammar::read(SMALL, &english()).expect("a grammar without errors");
    assert_eq!(grammar.sentences(50, 1), grammar.sentences(50, 1));
    assert_ne!(grammar.sentences(50, 1), grammar.sentences(50, 2));
}

#[test]
fn a_grammar_that_holds_few_sentences_gives_few() {
    let text = "start = ['S']\n[phrases]\nS = ['nsubj:Peru/PROPN ^won/VERB advmod:twice/ADV punct:./PUNCT']\n";
    let grammar = Grammar::read(text, &english()).expect("a grammar without errors");
    assert_eq!(grammar.sentences(1000, 1).len(), 1);
    let endless = "start = ['S']\n[phrases]\nS = ['nsubj:S ^won/VERB']\n";
    assert!(Grammar::read(endless, &english()).expect("a grammar without errors").sentences(10, 1).is_empty());
}

#[test]
fn everything_wrong_is_said_at_once_with_its_line() {
    let text = "start = ['Clase']\n[words]\nC = { tag = 'NOWN.Sing', words = 'Peru' }\n[phrases]\nClause = [\n'nsub:C ^go/V',\n'nsubj:C ^C.pst',\n'^C ^C',\n]\n";
    let errors = Grammar::read(text, &english()).expect_err("a grammar with errors");
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    for (line, part) in [
        (1, "did you mean `Clause`?"),
        (3, "`NOWN` is no part of speech: did you mean `NOUN`?"),
        (6, "`nsub` is no relation: did you mean `nsubj`?"),
        (7, "`pst` is no form of a verb: did you mean `past`?"),
        (8, "two heads"),
    ] {
        assert!(
            told.iter().any(|e| e.starts_with(&format!("{line}: ")) && e.contains(part)),
            "{line} {part}: {told:?}"
        );
    }
    let broken = Grammar::read("start = [\n'S',\n[phrases]\n", &english()).expect_err("not TOML");
    assert_eq!(broken.len(), 1);
}

#[test]
fn the_grammar_of_news_is_sound() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/language/news.toml");
    let text = fs::read_to_string(path).expect("the grammar");
    let grammar = Grammar::read(&text, &english()).unwrap_or_else(|errors| panic!("{errors:?}"));
    let made = conllu::write(&grammar.sentences(500, 3));
    assert_eq!(conllu::read("made", &made).expect("every sentence is a tree").len(), 500);
}
