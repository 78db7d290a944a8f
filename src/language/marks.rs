//! Brackets and quotes are hung anew when the tree is complete.
//!
//! By the guidelines of Universal Dependencies a paired mark hangs on the head of what it encloses. A greedy parser meets
//! the opening mark long before that head and often guesses; afterwards the head is read off the tree.

use super::deprel::Deprel;
use super::parser::Parse;

/// The longest stretch in words that is searched for its head, and how many pairs may be open: bounds the work on odd
/// input.
const REACH: usize = 100;

/// Working memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    /// Places of open marks and what closes each.
    open: Vec<(usize, &'static str)>,
    /// Words that are somebody's head.
    heads: Vec<bool>,
}

/// What closes a bracket or a quote that opens.
fn closer(form: &str) -> Option<&'static str> {
    Some(match form {
        "(" => ")",
        "[" => "]",
        "{" => "}",
        "“" => "”",
        "‘" => "’",
        "«" => "»",
        "``" => "''",
        "\"" => "\"",
        "'" => "'",
        _ => return None,
    })
}

impl Marks {
    /// Hangs the pairs among the marks of a tree; `form` gives the word at a place.
    pub(crate) fn hang<'a>(&mut self, form: impl Fn(usize) -> &'a str, parse: &mut Parse) {
        self.open.clear();
        self.heads.clear();
        for last in 0..parse.heads.len() {
            if parse.rels[last] != Deprel::Punct {
                continue;
            }
            let text = form(last);
            if let Some(at) = self.open.iter().rposition(|&(_, closer)| closer == text) {
                let (first, _) = self.open[at];
                self.open.truncate(at);
                self.pair(first, last, parse);
            } else if let Some(closer) = closer(text)
                && self.open.len() < REACH
            {
                self.open.push((last, closer));
            }
        }
    }

    /// Hangs two marks on the first word between them whose head lies outside. A mark that is itself a head stays.
    fn pair(&mut self, first: usize, last: usize, parse: &mut Parse) {
        let outside = |&place: &usize| {
            let head = usize::from(parse.heads[place]);
            parse.rels[place] != Deprel::Punct && (head <= first + 1 || head > last)
        };
        let Some(enclosed) = (first + 1..last).take(REACH).find(outside) else { return };
        if self.heads.is_empty() {
            self.heads.resize(parse.heads.len() + 1, false);
            for &head in &parse.heads {
                self.heads[usize::from(head)] = true;
            }
        }
        for mark in [first, last] {
            if !self.heads[mark + 1] {
                parse.heads[mark] = enclosed as u16 + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hang(text: &str, heads: &[u16]) -> Vec<u16> {
        let words: Vec<&str> = text.split(' ').collect();
        let rel = |word: &&str| if word.chars().any(char::is_alphabetic) { Deprel::Dep } else { Deprel::Punct };
        let mut parse = Parse { heads: heads.to_vec(), rels: words.iter().map(rel).collect() };
        Marks::default().hang(|place| words[place], &mut parse);
        parse.heads
    }

    #[test]
    fn pairs_hang_on_what_they_enclose() {
        assert_eq!(hang("He ( her aide ) left .", &[6, 6, 4, 1, 6, 0, 6]), [6, 4, 4, 1, 4, 0, 6]);
        assert_eq!(hang("\" We won \" , she said", &[7, 3, 7, 7, 7, 7, 0]), [3, 3, 7, 3, 7, 7, 0]);
        assert_eq!(hang("\" Stop ( now ) \"", &[2, 0, 2, 2, 2, 2]), [2, 0, 4, 2, 4, 2]);
    }

    #[test]
    fn lone_marks_and_heads_stay() {
        assert_eq!(hang(") stop (", &[2, 0, 2]), [2, 0, 2]);
        assert_eq!(hang("( )", &[0, 1]), [0, 1]);
        assert_eq!(hang("( stop )", &[3, 1, 0]), [3, 1, 0]);
    }
}
