//! Reads treebanks in CoNLL-U (<https://universaldependencies.org/format.html>).
//!
//! Only what training and evaluation need is kept: forms, reduced morphology, heads and relations, and whether a space
//! follows. Multiword-token lines (`3-4`) and empty nodes (`3.1`) are passed over: the words below them are the units.

use std::fmt;

use super::deprel::Deprel;
use super::morph::{Morph, Upos};

/// One word of a treebank sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The word as written.
    pub form: String,
    /// Part of speech and reduced features.
    pub morph: Morph,
    /// The head's number, counted from 1; 0 for the root.
    pub head: u16,
    /// The relation to the head.
    pub rel: Deprel,
    /// A space follows in the text.
    pub space_after: bool,
}

impl Token {
    /// Gives the word a capital.
    pub(crate) fn capitalise(&mut self) {
        let mut letters = self.form.chars();
        if let Some(first) = letters.next() {
            self.form = first.to_uppercase().chain(letters).collect();
        }
    }
}

/// One sentence of a treebank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The `sent_id` comment, or nothing.
    pub id: String,
    /// The words.
    pub tokens: Vec<Token>,
}

/// A line of a treebank that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConlluError {
    file: String,
    line: usize,
    what: String,
}

impl ConlluError {
    /// The line, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for ConlluError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

impl std::error::Error for ConlluError {}

/// Reads the text of one file; `file` is only used in messages.
///
/// # Errors
/// The first line that breaks the format: a wrong number of columns, a number or part of speech that is none, a head
/// outside the sentence, or a sentence that is no tree.
///
/// ```
/// let text = "1\tHe\the\tPRON\t_\t_\t2\tnsubj\t_\t_\n2\tspoke\tspeak\tVERB\t_\t_\t0\troot\t_\t_\n\n";
/// let sentences = attache::language::conllu::read("tiny.conllu", text)?;
/// assert_eq!(sentences[0].tokens[0].head, 2);
/// # Ok::<(), attache::language::conllu::ConlluError>(())
/// ```
pub fn read(file: &str, text: &str) -> Result<Vec<Sentence>, ConlluError> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    let mut first_line = 1;
    let mut last_line = 0;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        last_line = number;
        let fail = |what: String| ConlluError { file: file.to_owned(), line: number, what };
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            finish(&mut sentence, &mut sentences).map_err(|what| ConlluError {
                file: file.to_owned(),
                line: first_line,
                what,
            })?;
            first_line = number + 1;
        } else if let Some(comment) = line.strip_prefix('#') {
            if let Some(id) = comment.trim_start().strip_prefix("sent_id") {
                sentence.id = id.trim_start_matches([' ', '=']).trim_end().to_owned();
            }
        } else if let Some(token) = read_token(line, sentence.tokens.len()).map_err(fail)? {
            sentence.tokens.push(token);
        }
    }
    finish(&mut sentence, &mut sentences).map_err(|what| ConlluError {
        file: file.to_owned(),
        line: first_line.min(last_line),
        what,
    })?;
    Ok(sentences)
}

/// The sentences in the same format, one empty line after each; what is not kept of a word is `_`.
///
/// ```
/// let text = "1\tGo\t_\tVERB\t_\tVerbForm=Inf\t0\troot\t_\t_\n";
/// let sentences = attache::language::conllu::read("tiny.conllu", text)?;
/// assert!(attache::language::conllu::write(&sentences).ends_with(&format!("{text}\n")));
/// # Ok::<(), attache::language::conllu::ConlluError>(())
/// ```
#[must_use]
pub fn write(sentences: &[Sentence]) -> String {
    let mut out = String::new();
    for sentence in sentences {
        out.push_str(&format!("# sent_id = {}\n# text = ", sentence.id));
        for (index, token) in sentence.tokens.iter().enumerate() {
            out.push_str(&token.form);
            let last = index + 1 == sentence.tokens.len();
            out.push_str(if last {
                "\n"
            } else if token.space_after {
                " "
            } else {
                ""
            });
        }
        for (index, token) in sentence.tokens.iter().enumerate() {
            let misc = if token.space_after { "_" } else { "SpaceAfter=No" };
            let (form, upos, rel) = (&token.form, token.morph.upos.as_str(), token.rel.as_str());
            let features = token.morph.features();
            let number = index + 1;
            out.push_str(&format!("{number}\t{form}\t_\t{upos}\t_\t{features}\t{}\t{rel}\t_\t{misc}\n", token.head));
        }
        out.push('\n');
    }
    out
}

fn read_token(line: &str, before: usize) -> Result<Option<Token>, String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let &[id, form, _lemma, upos, _xpos, features, head, rel, _deps, misc] = columns.as_slice() else {
        return Err(format!("a word line has 10 columns separated by tabs; this one has {}", columns.len()));
    };
    if id.contains(['-', '.']) {
        return Ok(None);
    }
    if id.parse() != Ok(before + 1) {
        return Err(format!("word number `{id}` where {} was expected", before + 1));
    }
    let upos = Upos::parse(upos).ok_or_else(|| format!("`{upos}` is not a Universal part of speech"))?;
    Ok(Some(Token {
        form: form.to_owned(),
        morph: Morph::from_features(upos, features),
        head: head.parse().map_err(|_| format!("`{head}` is not the number of a head"))?,
        rel: Deprel::from_treebank(rel),
        space_after: !misc.split('|').any(|part| part == "SpaceAfter=No"),
    }))
}

fn finish(sentence: &mut Sentence, sentences: &mut Vec<Sentence>) -> Result<(), String> {
    let done = std::mem::take(sentence);
    if done.tokens.is_empty() {
        return Ok(());
    }
    let heads: Vec<u16> = done.tokens.iter().map(|token| token.head).collect();
    check_tree(&heads)?;
    sentences.push(done);
    Ok(())
}

/// Whether the heads form one tree: in range, one root, no cycle.
fn check_tree(heads: &[u16]) -> Result<(), String> {
    if heads.len() > usize::from(u16::MAX) - 2 {
        return Err(format!("a sentence of {} words is too long", heads.len()));
    }
    if let Some(head) = heads.iter().find(|&&head| usize::from(head) > heads.len()) {
        return Err(format!("head {head} lies outside the sentence of {} words", heads.len()));
    }
    let roots = heads.iter().filter(|&&head| head == 0).count();
    if roots != 1 {
        return Err(format!("a sentence has one root; this one has {roots}"));
    }
    // 0 unseen, 1 on the present path, 2 known to reach the root.
    let mut state = vec![0u8; heads.len() + 1];
    state[0] = 2;
    for start in 1..=heads.len() {
        let mut path = Vec::new();
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            path.push(at);
            at = usize::from(heads[at - 1]);
        }
        if state[at] == 1 {
            return Err(format!("the heads run in a circle through word {at}"));
        }
        for seen in path {
            state[seen] = 2;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, form: &str, upos: &str, head: &str, rel: &str) -> String {
        format!("{id}\t{form}\t_\t{upos}\t_\t_\t{head}\t{rel}\t_\tSpaceAfter=No\n")
    }

    #[test]
    fn reads_words_and_skips_ranges() {
        let text = format!(
            "# sent_id = a-1\n{}{}{}{}\n",
            line("1-2", "don't", "_", "_", "_"),
            line("1", "do", "AUX", "3", "aux"),
            line("2", "n't", "PART", "3", "advmod"),
            line("3", "go", "VERB", "0", "root"),
        );
        let sentences = read("t", &text).expect("a well-formed sentence");
        assert_eq!(sentences.len(), 1);
        assert_eq!(sentences[0].id, "a-1");
        let heads: Vec<u16> = sentences[0].tokens.iter().map(|t| t.head).collect();
        assert_eq!(heads, [3, 3, 0]);
        assert!(!sentences[0].tokens[0].space_after);
    }

    #[test]
    fn says_where_it_is_wrong() {
        let good = line("1", "Go", "VERB", "0", "root");
        for (text, line_number, part) in [
            ("1\tGo\n".to_owned(), 1, "10 columns"),
            (line("2", "Go", "VERB", "0", "root"), 1, "word number `2`"),
            (format!("{good}\n{}", line("1", "Go", "verb", "0", "root")), 3, "`verb`"),
            (line("1", "Go", "VERB", "x", "root"), 1, "`x`"),
            (line("1", "Go", "VERB", "7", "root"), 1, "head 7"),
            (format!("{good}{}", line("2", "on", "ADV", "0", "root")), 1, "this one has 2"),
            (format!("{good}{}{}", line("2", "a", "X", "3", "dep"), line("3", "b", "X", "2", "dep")), 1, "circle"),
        ] {
            let error = read("t.conllu", &text).expect_err(part);
            assert_eq!(error.line(), line_number, "{error}");
            assert!(error.to_string().contains(part), "{error}");
            assert!(error.to_string().starts_with("t.conllu:"));
        }
    }
}
