//! A model learnt from a treebank of a few lines: what comes out, and that it comes out the same twice.

use std::borrow::Cow;

use attache::language::{
    Deprel, Model, Morph, Parse, Scratch, TrainOptions, TreebankSet, Upos, Word, WordVectors, evaluate, train,
};

/// Clauses of one shape with changing words, each with its tree.
fn treebank() -> TreebankSet {
    let mut text = String::new();
    let people = ["Amira", "Boris", "Chen", "Dana", "Emil", "Farah", "Goran", "Hana"];
    let verbs = ["met", "praised", "thanked", "warned"];
    let nouns = ["envoys", "officers", "judges", "miners", "farmers"];
    for round in 0..60 {
        let (person, verb, noun) = (people[round % 8], verbs[round % 4], nouns[round % 5]);
        let rows = [
            (person, "PROPN", "Number=Sing", 2, "nsubj"),
            (verb, "VERB", "Tense=Past|VerbForm=Fin", 0, "root"),
            ("the", "DET", "PronType=Art", 4, "det"),
            (noun, "NOUN", "Number=Plur", 2, "obj"),
            ("in", "ADP", "_", 6, "case"),
            (people[(round + 3) % 8], "PROPN", "Number=Sing", 2, "obl"),
            (".", "PUNCT", "_", 2, "punct"),
        ];
        for (index, (form, upos, features, head, rel)) in rows.iter().enumerate() {
            text += &format!("{}\t{form}\t_\t{upos}\t_\t{features}\t{head}\t{rel}\t_\t_\n", index + 1);
        }
        text.push('\n');
    }
    let mut set = TreebankSet::new();
    set.add("tiny", &text).expect("a well-formed treebank");
    set
}

fn options() -> TrainOptions {
    TrainOptions { folds: 3, tagger_epochs: 4, parser_epochs: 4, ..TrainOptions::default() }
}

fn model() -> Model {
    let bytes = train(&treebank(), &WordVectors::new(), &options(), &mut |_| {});
    Model::from_bytes(Cow::Owned(bytes)).expect("the bytes just trained")
}

#[test]
fn learns_and_reads_back() {
    let model = model();
    let scores = evaluate(&model, treebank().sentences());
    assert_eq!((scores.upos, scores.heads, scores.labelled), (scores.words, scores.words, scores.words), "{scores}");
    assert!(model.knows("met") && model.knows("the"));
    assert!(!model.knows("amira") && !model.knows("table"));
    assert!(model.frequency("the") >= 32);
    assert_eq!(model.frequency("table"), 0);
}

#[test]
fn parses_unseen_words_and_any_tags() {
    let model = model();
    let words = ["Zora", "praised", "the", "miners", "."].map(Word::new);
    let (mut scratch, mut tags, mut parse) = (Scratch::default(), Vec::new(), Parse::default());
    model.tag(&words, &mut scratch, &mut tags);
    assert_eq!(model.morph(tags[1]).upos, Upos::Verb);
    model.parse(&words, &tags, &mut scratch, &mut parse);
    assert_eq!(parse.heads, [2, 0, 4, 2, 2]);
    assert_eq!(parse.rels[0], Deprel::Nsubj);
    for upos in [Upos::Sym, Upos::Propn] {
        let tag = model.nearest_tag(Morph::of(upos));
        model.parse(&words, &[tag; 5], &mut scratch, &mut parse);
        assert_eq!(parse.heads.iter().filter(|&&head| head == 0).count(), 1);
    }
    assert_eq!(model.morph(model.nearest_tag(Morph::of(Upos::Propn))).upos, Upos::Propn);
}

#[test]
fn edge_cases_give_trees() {
    let model = model();
    let (mut scratch, mut tags, mut parse) = (Scratch::default(), Vec::new(), Parse::default());
    model.tag(&[], &mut scratch, &mut tags);
    model.parse(&[], &tags, &mut scratch, &mut parse);
    assert!(tags.is_empty() && parse.heads.is_empty());
    let odd = vec![Word::new(""); 70_000];
    model.tag(&odd, &mut scratch, &mut tags);
    model.parse(&odd, &tags, &mut scratch, &mut parse);
    assert_eq!((parse.heads.len(), parse.rels.len()), (70_000, 70_000));
    assert_eq!(parse.heads.iter().filter(|&&head| head == 0).count(), 1);
    let words = ["Ψ", "é", "…", "\u{1F54A}"].map(Word::new);
    model.tag(&words, &mut scratch, &mut tags);
    model.parse(&words, &tags[..2], &mut scratch, &mut parse);
    assert_eq!(parse.heads.len(), 2);
}

#[test]
fn training_is_deterministic() {
    let first = train(&treebank(), &WordVectors::new(), &options(), &mut |_| {});
    let second = train(&treebank(), &WordVectors::new(), &options(), &mut |_| {});
    assert!(first == second);
    let other = train(&treebank(), &WordVectors::new(), &TrainOptions { seed: 5, ..options() }, &mut |_| {});
    assert!(first != other, "the seed changes nothing");
}

#[test]
fn bytes_that_are_no_model_are_refused() {
    let bytes = train(&treebank(), &WordVectors::new(), &options(), &mut |_| {});
    assert!(Model::load(b"").is_err());
    assert!(Model::load(b"ATLANG00 and more").is_err());
    for cut in [8, 20, bytes.len() / 2, bytes.len() - 1] {
        assert!(Model::from_bytes(Cow::Owned(bytes[..cut].to_vec())).is_err(), "cut at {cut}");
    }
    let empty = train(&TreebankSet::new(), &WordVectors::new(), &options(), &mut |_| {});
    assert!(Model::from_bytes(Cow::Owned(empty)).is_err());
}

/// Damage inside the tables may spoil the scores, not the program.
#[test]
fn damaged_weights_do_no_harm() {
    let mut bytes = train(&treebank(), &WordVectors::new(), &options(), &mut |_| {});
    let length = bytes.len();
    for at in (length / 8..length).step_by(13) {
        bytes[at] ^= 0xA5;
    }
    if let Ok(model) = Model::from_bytes(Cow::Owned(bytes)) {
        let _ = evaluate(&model, treebank().sentences());
    }
}
