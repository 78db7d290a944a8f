//! Measures tagging and parsing on one core, in words a second, and the loading of a model.
//!
//! The text is a paragraph written for the purpose, read over and over: caches are warm, so the figures are the upper
//! end. `attache language eval` measures the same on a treebank.

use attache::language::{Model, Parse, Scratch, Tag, Word};
use divan::Bencher;
use divan::counter::ItemsCount;

const MODEL: &[u8] = include_bytes!("../rules/english/model.bin");

const TEXT: &str = "The foreign minister of the island republic met her northern counterpart on Tuesday and \
    promised that the two governments would sign a fishing treaty before the summer . Officials in the capital said \
    the talks , which had been delayed twice , were held in a friendly atmosphere . A spokesman for the opposition \
    accused the cabinet of giving away the best waters and called for a vote in parliament . Police arrested three \
    protesters who tried to block the road to the airport .";

fn main() {
    divan::main();
}

fn sentences() -> Vec<Vec<Word<'static>>> {
    let words: Vec<Word<'static>> = TEXT.split_whitespace().map(Word::new).collect();
    words.split_inclusive(|word| word.form == ".").map(<[Word<'_>]>::to_vec).collect()
}

#[divan::bench]
fn load() -> Model {
    Model::load(MODEL).expect("the shipped model")
}

#[divan::bench]
fn tag(bencher: Bencher<'_, '_>) {
    let model = load();
    let sentences = sentences();
    let mut scratch = Scratch::default();
    let mut tags = Vec::new();
    let count = sentences.iter().map(Vec::len).sum::<usize>();
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        for words in &sentences {
            model.tag(words, &mut scratch, &mut tags);
            assert_eq!(tags.len(), words.len());
        }
    });
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let model = load();
    let mut scratch = Scratch::default();
    let tagged: Vec<(Vec<Word<'_>>, Vec<Tag>)> = sentences()
        .into_iter()
        .map(|words| {
            let mut tags = Vec::new();
            model.tag(&words, &mut scratch, &mut tags);
            (words, tags)
        })
        .collect();
    let mut parse = Parse::default();
    let count = tagged.iter().map(|(words, _)| words.len()).sum::<usize>();
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        for (words, tags) in &tagged {
            model.parse(words, tags, &mut scratch, &mut parse);
            assert_eq!(parse.heads.iter().filter(|&&head| head == 0).count(), 1);
        }
    });
}
