//! From tokens to the question as it was written.
//!
//! Stops at the first thing that cannot be read: what follows it is guesswork.

use super::ast::{
    Asked, Condition, Direction, HopPattern, Literal, Literals, Name, NodePattern, Pattern, Return, Written,
};
use super::tokens::{Kind, Token, tokens};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Most relations in a row where the question sets no bound.
pub(super) const MOST_HOPS: u32 = 6;
/// Most relations in a row that may be asked for.
const ALLOWED_HOPS: u32 = 30;
/// How deep brackets may stand inside each other.
const DEEPEST: u32 = 64;

/// What ends the reading; the finding is boxed because readings return by value.
pub(super) type Read<T> = Result<T, Box<Diagnostic>>;

/// Reads a whole question.
pub(crate) fn parse(text: &str) -> Result<Written, Vec<Diagnostic>> {
    let mut parser = Parser::new(text, "question")?;
    parser.question(true).map_err(|finding| vec![*finding])
}

/// Reads patterns and what they must fulfil, and nothing that a question returns. `what` is what findings call the text.
pub(crate) fn parse_only(text: &str, what: &'static str) -> Result<Written, Vec<Diagnostic>> {
    let mut parser = Parser::new(text, what)?;
    parser.question(false).map_err(|finding| vec![*finding])
}

pub(super) struct Parser<'t> {
    text: &'t str,
    what: &'static str,
    tokens: Vec<Token>,
    pub(super) at: usize,
    depth: u32,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, what: &'static str) -> Result<Self, Vec<Diagnostic>> {
        let mut findings = Vec::new();
        let tokens = tokens(text, &mut findings);
        if findings.is_empty() { Ok(Parser { text, what, tokens, at: 0, depth: 0 }) } else { Err(findings) }
    }
}

impl Parser<'_> {
    fn question(&mut self, returns: bool) -> Read<Written> {
        self.keyword("match");
        let mut patterns = vec![self.pattern()?];
        while self.mark(",") {
            self.keyword("match");
            patterns.push(self.pattern()?);
        }
        let condition: Option<Condition> = if self.keyword("where") { Some(self.condition()?) } else { None };
        let answer = if returns && self.keyword("return") { self.answer()? } else { Return::default() };
        self.mark(";");
        match self.peek() {
            Kind::End => Ok(Written { patterns, condition, answer }),
            _ if condition.is_none() && !returns => {
                Err(self.wrong("`,`, `where` or a further `-[…]-` was expected here"))
            }
            _ if condition.is_none() && answer == Return::default() => {
                Err(self.wrong("`,`, `where`, `return` or a further `-[…]-` was expected here"))
            }
            _ => Err(self.wrong("this was not expected here")),
        }
    }

    /// Nodes and what leads from each to the next.
    pub(super) fn pattern(&mut self) -> Read<Pattern> {
        let mut pattern = Pattern { nodes: vec![self.node()?], hops: Vec::new() };
        while matches!(self.peek(), Kind::Mark("-" | "<" | "<=")) {
            pattern.hops.push(self.hop()?);
            pattern.nodes.push(self.node()?);
        }
        Ok(pattern)
    }

    fn node(&mut self) -> Read<NodePattern> {
        let start = self.span();
        self.expect("(", "a node, such as `(m:Minister)`, was expected here")?;
        let variable = self.name();
        let types = if self.mark(":") { self.alternatives("a type")? } else { Vec::new() };
        let wanted = self.wanted()?;
        let end = self.span();
        self.expect(")", "`)` was expected here: a node is `(name:Type {property: \"value\"})`")?;
        Ok(NodePattern { variable, types, wanted, span: Span::new(start.start, end.end) })
    }

    fn hop(&mut self) -> Read<HopPattern> {
        let start = self.span();
        let back = self.mark("<");
        self.expect("-", "`-` was expected here: relations are `-[…]->`, `<-[…]-` or `-[…]-`")?;
        let mut hop = HopPattern {
            variable: None,
            relations: Vec::new(),
            length: None,
            wanted: Vec::new(),
            direction: Direction::Either,
            span: start,
        };
        if self.mark("[") {
            let first = self.name();
            if self.mark(":") {
                hop.variable = first;
                if matches!(self.peek(), Kind::Word(_)) {
                    hop.relations = self.alternatives("a relation")?;
                }
            } else if let Some(first) = first {
                hop.relations.push(first);
                while self.mark("|") {
                    self.mark(":");
                    hop.relations.push(self.named("a relation")?);
                }
            }
            hop.length = self.length()?;
            hop.wanted = self.wanted()?;
            self.expect(
                "]",
                "`]` was expected here: relations are `-[met-with|visited *1..3 {modality: \"asserted\"}]->`",
            )?;
        }
        self.expect("-", "`-` was expected here: relations are `-[…]->`, `<-[…]-` or `-[…]-`")?;
        let forth = self.mark(">");
        hop.direction = match (back, forth) {
            (true, false) => Direction::Back,
            (false, true) => Direction::Forth,
            _ => Direction::Either,
        };
        hop.span = Span::new(start.start, self.tokens[self.at - 1].span.end);
        Ok(hop)
    }

    /// `*`, `*2`, `*1..3`, `*..3`, `*2..`.
    fn length(&mut self) -> Read<Option<(u32, u32)>> {
        let start = self.span();
        if !self.mark("*") {
            return Ok(None);
        }
        let least = self.count();
        let (least, most) = if self.mark("..") {
            let least = least.unwrap_or(1);
            (least, self.count().unwrap_or(MOST_HOPS.max(least)))
        } else {
            (least.unwrap_or(1), least.unwrap_or(MOST_HOPS))
        };
        let span = Span::new(start.start, self.tokens[self.at - 1].span.end);
        if least > most || most == 0 || most > ALLOWED_HOPS {
            let title = format!("a row of {least} to {most} relations");
            let finding = Diagnostic::error("Q001", title)
                .label(span, format!("the first number is at most the second, and that is from 1 to {ALLOWED_HOPS}"));
            return Err(Box::new(finding));
        }
        Ok(Some((least, most)))
    }

    /// `{country: "…", office: "…" | "…", name: m.country}`.
    fn wanted(&mut self) -> Read<Vec<(Name, Asked)>> {
        let mut wanted = Vec::new();
        if !self.mark("{") || self.mark("}") {
            return Ok(wanted);
        }
        loop {
            let property = self.named("a property")?;
            if !self.mark("=") {
                self.expect(":", "`:` was expected here: properties are `{country: \"value\"}`")?;
            }
            let of_other = matches!((self.peek(), self.ahead(1)), (Kind::Word(_), Kind::Mark(".")));
            if of_other && let Some(other) = self.name() {
                self.mark(".");
                wanted.push((property, Asked::Same(other, self.named("a property")?)));
            } else {
                let mut values = self.literals()?;
                while self.mark("|") {
                    let more = self.literals()?;
                    values.any.extend(more.any);
                    values.span = Span::new(values.span.start, more.span.end);
                }
                wanted.push((property, Asked::Literals(values)));
            }
            if self.mark(",") {
                continue;
            }
            self.expect("}", "`,` or `}` was expected here")?;
            return Ok(wanted);
        }
    }

    /// A value, or several in square brackets.
    pub(super) fn literals(&mut self) -> Read<Literals> {
        let start = self.span();
        let mut any = Vec::new();
        if self.mark("[") {
            loop {
                any.push(self.literal()?);
                if !self.mark(",") {
                    break;
                }
            }
            self.expect("]", "`,` or `]` was expected here")?;
        } else {
            any.push(self.literal()?);
        }
        Ok(Literals { any, span: Span::new(start.start, self.tokens[self.at - 1].span.end) })
    }

    fn literal(&mut self) -> Read<Literal> {
        let literal = match self.peek().clone() {
            Kind::Text(text) => Literal::Text(text),
            Kind::Number(number) => Literal::Number(number),
            Kind::Word(word) => {
                let finding = self.wrong("a text in quotes, a number or a date was expected here");
                let span = self.span();
                return Err(Box::new(finding.help("put texts between quotes").patch(span, format!("\"{word}\""))));
            }
            _ => return Err(self.wrong("a text in quotes, a number or a date was expected here")),
        };
        self.at += 1;
        Ok(literal)
    }

    /// `Minister|Leader`.
    pub(super) fn alternatives(&mut self, what: &str) -> Read<Vec<Name>> {
        let mut names = vec![self.named(what)?];
        while self.mark("|") {
            self.mark(":");
            names.push(self.named(what)?);
        }
        Ok(names)
    }

    pub(super) fn named(&mut self, what: &str) -> Read<Name> {
        self.name().ok_or_else(|| self.wrong(&format!("{what} was expected here")))
    }

    /// A word, if one stands here.
    pub(super) fn name(&mut self) -> Option<Name> {
        let Kind::Word(text) = self.peek().clone() else { return None };
        let span = self.span();
        self.at += 1;
        Some(Name { text, span })
    }

    pub(super) fn count(&mut self) -> Option<u32> {
        match self.peek() {
            Kind::Number(number) if number.fract() == 0.0 && (0.0..1e9).contains(number) => {
                let count = *number as u32;
                self.at += 1;
                Some(count)
            }
            _ => None,
        }
    }

    pub(super) fn peek(&self) -> &Kind {
        // The end is the last token, and nothing goes beyond it.
        &self.tokens[self.at.min(self.tokens.len() - 1)].kind
    }

    /// The kind of a token further on.
    pub(super) fn ahead(&self, by: usize) -> &Kind {
        &self.tokens[(self.at + by).min(self.tokens.len() - 1)].kind
    }

    pub(super) fn span(&self) -> Span {
        self.tokens[self.at.min(self.tokens.len() - 1)].span
    }

    /// What was written there.
    pub(super) fn written(&self, from: usize, to: usize) -> String {
        let (start, end) = (self.tokens[from].span.start as usize, self.tokens[to - 1].span.end as usize);
        self.text[start..end].to_owned()
    }

    /// The place of these tokens.
    pub(super) fn span_of(&self, from: usize, to: usize) -> Span {
        Span::new(self.tokens[from].span.start, self.tokens[to - 1].span.end)
    }

    /// Takes a keyword, in any letter case, if it stands here.
    pub(super) fn keyword(&mut self, keyword: &str) -> bool {
        let here = self.is_keyword(keyword);
        self.at += usize::from(here);
        here
    }

    pub(super) fn is_keyword(&self, keyword: &str) -> bool {
        let quoted = self.tokens[self.at.min(self.tokens.len() - 1)].quoted;
        !quoted && matches!(self.peek(), Kind::Word(word) if word.eq_ignore_ascii_case(keyword))
    }

    /// Takes a mark if it stands here.
    pub(super) fn mark(&mut self, mark: &str) -> bool {
        let here = matches!(self.peek(), Kind::Mark(found) if *found == mark);
        self.at += usize::from(here);
        here
    }

    pub(super) fn expect(&mut self, mark: &str, expected: &str) -> Read<()> {
        if self.mark(mark) { Ok(()) } else { Err(self.wrong(expected)) }
    }

    pub(super) fn wrong(&self, expected: &str) -> Box<Diagnostic> {
        let title = match self.peek() {
            Kind::End => format!("the {} ends too early", self.what),
            _ => format!("the {} cannot be read", self.what),
        };
        // What is missing at the end is pointed at where it would stand.
        Box::new(Diagnostic::error("Q001", title).label(self.span(), expected))
    }

    /// Goes one bracket deeper, unless that is too deep.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == DEEPEST {
            return Err(self.wrong("conditions stand too deep inside each other"));
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }
}
