//! Reads what follows the patterns: `where`, `return`, `order by`, `skip` and `limit`.

use super::ast::{Column, Compare, Condition, Return, Shown, Term, Total};
use super::parse::{Parser, Read};
use super::tokens::Kind;

impl Parser<'_> {
    pub(super) fn condition(&mut self) -> Read<Condition> {
        let mut any = vec![self.conjunction()?];
        while self.keyword("or") {
            any.push(self.conjunction()?);
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Condition::Any(any) })
    }

    fn conjunction(&mut self) -> Read<Condition> {
        let mut all = vec![self.negation()?];
        while self.keyword("and") {
            all.push(self.negation()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Condition::All(all) })
    }

    fn negation(&mut self) -> Read<Condition> {
        if self.keyword("not") {
            return self.deeper(|parser| Ok(Condition::Not(Box::new(parser.negation()?))));
        }
        if self.is_keyword("exists") && matches!(self.ahead(1), Kind::Mark("(")) {
            self.keyword("exists");
            return Ok(Condition::Exists(self.pattern()?));
        }
        if matches!(self.peek(), Kind::Mark("(")) {
            if self.is_pattern() {
                return Ok(Condition::Exists(self.pattern()?));
            }
            self.mark("(");
            let inner = self.deeper(Parser::condition)?;
            self.expect(")", "`)` was expected here")?;
            return Ok(inner);
        }
        self.comparison()
    }

    /// Whether the bracket that opens here is a node that a relation follows.
    fn is_pattern(&self) -> bool {
        let (mut depth, mut at) = (0, 0);
        loop {
            match self.ahead(at) {
                Kind::Mark("(") => depth += 1,
                Kind::Mark(")") => depth -= 1,
                Kind::End => return false,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                let arrow = matches!((self.ahead(at), self.ahead(at + 1)), (Kind::Mark("<"), Kind::Mark("-")));
                return arrow || matches!(self.ahead(at), Kind::Mark("-"));
            }
        }
    }

    fn comparison(&mut self) -> Read<Condition> {
        let left = self.term()?;
        if let (Term::Variable(name), true) = (&left, self.mark(":")) {
            return Ok(Condition::Typed(name.clone(), self.alternatives("a type")?));
        }
        if self.keyword("is") {
            let negated = self.keyword("not");
            if !self.keyword("null") {
                return Err(self.wrong("`null` was expected here: `is null` or `is not null`"));
            }
            let unknown = Condition::Unknown(left);
            return Ok(if negated { Condition::Not(Box::new(unknown)) } else { unknown });
        }
        if self.keyword("in") {
            let right = Term::Literal(self.literals()?);
            return Ok(Condition::Compare(left, Compare::Equal, right));
        }
        let Some(compare) = self.operator() else {
            return Err(self.wrong(
                "a comparison was expected here: =, <>, <, <=, >, >=, =~, contains, starts with, ends with, in, is null",
            ));
        };
        Ok(Condition::Compare(left, compare, self.term()?))
    }

    fn operator(&mut self) -> Option<Compare> {
        const MARKS: [(&str, Compare); 8] = [
            ("=", Compare::Equal),
            ("<>", Compare::Different),
            ("!=", Compare::Different),
            ("<=", Compare::AtMost),
            (">=", Compare::AtLeast),
            ("<", Compare::Less),
            (">", Compare::More),
            ("=~", Compare::Matches),
        ];
        if let Some((_, compare)) = MARKS.into_iter().find(|(mark, _)| self.mark(mark)) {
            return Some(compare);
        }
        if self.keyword("contains") {
            return Some(Compare::Contains);
        }
        for (word, compare) in [("starts", Compare::StartsWith), ("ends", Compare::EndsWith)] {
            let with = matches!(self.ahead(1), Kind::Word(next) if next.eq_ignore_ascii_case("with"));
            if self.is_keyword(word) && with {
                self.at += 2;
                return Some(compare);
            }
        }
        None
    }

    fn term(&mut self) -> Read<Term> {
        match self.name() {
            Some(variable) if self.mark(".") => Ok(Term::Property(variable, self.named("a property")?)),
            Some(variable) => Ok(Term::Variable(variable)),
            None => Ok(Term::Literal(self.literals()?)),
        }
    }

    pub(super) fn answer(&mut self) -> Read<Return> {
        let mut answer = Return { distinct: self.keyword("distinct"), ..Return::default() };
        if !self.mark("*") {
            loop {
                answer.columns.push(self.column()?);
                if !self.mark(",") {
                    break;
                }
            }
        }
        if self.keyword("order") {
            if !self.keyword("by") {
                return Err(self.wrong("`by` was expected here"));
            }
            loop {
                let from = self.at;
                self.shown()?;
                let last = self.at;
                let span = self.span_of(from, last);
                let heading = super::ast::Name { text: self.written(from, last), span };
                let descending = self.keyword("desc") || self.keyword("descending");
                if !descending && !self.keyword("asc") {
                    self.keyword("ascending");
                }
                answer.order.push((heading, descending));
                if !self.mark(",") {
                    break;
                }
            }
        }
        if self.keyword("skip") {
            answer.skip = self.number()?;
        }
        if self.keyword("limit") {
            answer.limit = Some(self.number()?);
        }
        Ok(answer)
    }

    fn number(&mut self) -> Read<usize> {
        self.count().map(|count| count as usize).ok_or_else(|| self.wrong("a whole number was expected here"))
    }

    fn column(&mut self) -> Read<Column> {
        let from = self.at;
        let shown = self.shown()?;
        let written = self.written(from, self.at);
        let heading = if self.keyword("as") { self.named("a heading")?.text } else { written };
        Ok(Column { shown, heading })
    }

    fn shown(&mut self) -> Read<Shown> {
        const TOTALS: [(&str, Total); 4] =
            [("count", Total::Count), ("collect", Total::Collect), ("min", Total::Least), ("max", Total::Most)];
        let total = TOTALS.into_iter().find(|(word, _)| self.is_keyword(word)).map(|(_, total)| total);
        let Some(total) = total.filter(|_| matches!(self.ahead(1), Kind::Mark("("))) else {
            return Ok(Shown::Each(self.term()?));
        };
        self.at += 2;
        if total == Total::Count && self.mark("*") {
            self.expect(")", "`)` was expected here")?;
            return Ok(Shown::Total(total, false, None));
        }
        let distinct = self.keyword("distinct");
        let term = self.term()?;
        self.expect(")", "`)` was expected here")?;
        Ok(Shown::Total(total, distinct, Some(term)))
    }
}
