//! Patterns over neighbouring tokens: how names, titles and dates are composed.
//!
//! A pattern becomes a small program that a backtracking machine runs from one token. The machine never visits the same
//! instruction at the same token twice, so a run costs at most *program length × window*, whatever the pattern
//! (the bounded backtracker of Russ Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009).

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::ast::{Ast, AstKind, TagExpr};
use super::lexis::{WordId, WordSet, fold};
use super::parse::{MAX_WORK, PatternError, PatternFault};
use super::satisfiable::contradiction;
use super::vocabulary::{Definition, Flags, TypeMask, Vocabulary};
use crate::document::LazyRegex;
use crate::source::Span;

/// Most tokens one match may span.
pub const WINDOW: usize = 48;
/// Most instructions of one program.
pub const MAX_PROGRAM: usize = 4000;

/// Phrases of a list by their first word: what follows it.
pub(super) type Phrases = FxHashMap<WordId, Vec<Vec<WordId>>>;

/// Index of a role's name in [`Sequence::roles`].
pub type RoleIndex = u8;

/// One mention that begins at a token, as the matcher sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// One past its last token.
    pub end: u32,
    /// Its type and the types above it.
    pub types: TypeMask,
    /// Handed back in captures.
    pub id: u32,
    /// Its grammatical form, as an index the caller knows: 0 noun, 1 adjective.
    pub form: u8,
}

/// The tokens a sequence is matched on.
pub trait Tokens {
    /// Number of tokens.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The token's folded word.
    fn word(&self, at: usize) -> WordId;
    /// The token as written.
    fn text(&self, at: usize) -> &str;
    /// What is known of it.
    fn flags(&self, at: usize) -> Flags;
    /// The mentions that begin here.
    fn starts(&self, at: usize) -> &[Start];
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    Flags(Flags),
    Types(TypeMask),
    Not(Box<Test>),
    And(Box<Test>, Box<Test>),
    Or(Box<Test>, Box<Test>),
}

#[derive(Debug, Clone)]
enum Inst {
    Words(WordSet),
    Exact(Box<str>),
    Surface(Arc<LazyRegex>),
    Test(Test),
    Possessive,
    Punct(Box<str>),
    Slot {
        types: TypeMask,
        form: Option<u8>,
        role: Option<RoleIndex>,
    },
    Phrase(Arc<Phrases>),
    Any,
    Split(usize, usize),
    Jump(usize),
    Open(RoleIndex),
    Close(RoleIndex),
    /// Fails where the program from the next instruction to `resume` matches.
    Unless {
        resume: usize,
    },
    Accept,
}

/// What filled a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capture {
    /// Which role.
    pub role: RoleIndex,
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// The mention, where a slot was filled.
    pub mention: Option<u32>,
}

/// A compiled pattern over neighbouring tokens.
#[derive(Debug, Clone)]
pub struct Sequence {
    program: Vec<Inst>,
    roles: Vec<String>,
    first: First,
}

/// What a match can begin with.
#[derive(Debug, Clone, Default)]
pub struct First {
    /// One of these words.
    pub words: WordSet,
    /// A mention of one of these types.
    pub types: TypeMask,
    /// Anything: the program must be tried everywhere.
    pub anything: bool,
    /// The instructions that can take the first token.
    takers: Vec<usize>,
}

/// Working memory of the matcher, reused from call to call.
#[derive(Debug, Default)]
pub struct Scratch {
    visited: Vec<u64>,
    stack: Vec<Job>,
    captures: Vec<(RoleIndex, u32, u32, u32)>,
    best: Vec<(RoleIndex, u32, u32, u32)>,
    /// For look-aheads.
    nested: Option<Box<Scratch>>,
}

#[derive(Debug, Clone, Copy)]
struct Job {
    pc: usize,
    pos: usize,
    keep: usize,
    add: Option<(RoleIndex, u32, u32, u32)>,
}

/// Grammatical forms a slot may ask for, by name.
pub const FORMS: &[&str] = &["noun", "adjective", "possessive"];

impl Sequence {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// Every unknown name and every form that has no meaning in a sequence.
    pub fn compile(ast: &Ast, vocabulary: &mut Vocabulary<'_>) -> Result<Self, Vec<PatternError>> {
        let mut compiler =
            Compiler { program: Vec::new(), roles: Vec::new(), errors: Vec::new(), vocabulary, depth: 0, work: 0 };
        compiler.emit(ast);
        compiler.program.push(Inst::Accept);
        if (compiler.program.len() > MAX_PROGRAM || compiler.work > MAX_WORK) && compiler.errors.is_empty() {
            compiler.errors.push(
                PatternError::new(ast.span, format!("this pattern needs more than {MAX_PROGRAM} steps"))
                    .help("lower the counts of its repetitions"),
            );
        }
        let (program, roles, errors) = (compiler.program, compiler.roles, compiler.errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        let first = first_of(&program);
        let sequence = Self { program, roles, first };
        if sequence.matches_nothing() {
            return Err(vec![
                PatternError::new(ast.span, "this pattern can match no token at all")
                    .fault(PatternFault::Never)
                    .help("make at least one element obligatory"),
            ]);
        }
        Ok(sequence)
    }

    /// Names of the roles, by index.
    pub fn roles(&self) -> &[String] {
        &self.roles
    }

    /// What a match can begin with.
    pub fn first(&self) -> &First {
        &self.first
    }

    fn matches_nothing(&self) -> bool {
        let mut seen = vec![false; self.program.len()];
        let mut stack = vec![0];
        while let Some(pc) = stack.pop() {
            if std::mem::replace(&mut seen[pc], true) {
                continue;
            }
            match &self.program[pc] {
                Inst::Accept => return true,
                Inst::Split(a, b) => stack.extend([*a, *b]),
                Inst::Jump(a) => stack.push(*a),
                Inst::Open(_) | Inst::Close(_) => stack.push(pc + 1),
                Inst::Unless { resume } => stack.push(*resume),
                _ => {}
            }
        }
        false
    }

    /// The longest match that begins at token `at`: its end, with the captures put into `out`.
    pub fn longest<T: Tokens>(
        &self,
        tokens: &T,
        at: usize,
        scratch: &mut Scratch,
        out: &mut Vec<Capture>,
    ) -> Option<usize> {
        if !self.may_begin(tokens, at) {
            return None;
        }
        let end = self.run(tokens, at, 0, scratch)?;
        out.clear();
        let mut open: Vec<(RoleIndex, u32)> = Vec::new();
        for (role, start, end, mention) in &scratch.best {
            match (*end, *mention) {
                (u32::MAX, _) => open.push((*role, *start)),
                (end, u32::MAX) => {
                    if let Some(i) = open.iter().rposition(|(r, _)| r == role) {
                        let (_, start) = open.remove(i);
                        if end > start {
                            out.push(Capture { role: *role, start, end, mention: None });
                        }
                    }
                }
                (end, mention) => out.push(Capture { role: *role, start: *start, end, mention: Some(mention) }),
            }
        }
        Some(end)
    }

    /// Whether any instruction takes the token at `at`: most runs end there, and setting one up costs more.
    fn may_begin<T: Tokens>(&self, tokens: &T, at: usize) -> bool {
        self.first.takers.iter().any(|pc| match &self.program[*pc] {
            Inst::Slot { types, .. } => tokens.starts(at).iter().any(|s| s.types.meets(*types)),
            Inst::Phrase(phrases) => phrases.contains_key(&tokens.word(at)),
            one => takes(one, tokens, at),
        })
    }

    fn run<T: Tokens>(&self, tokens: &T, at: usize, entry: usize, scratch: &mut Scratch) -> Option<usize> {
        let limit = tokens.len().min(at + WINDOW);
        let width = limit - at + 1;
        let Scratch { visited, stack, captures, best, nested } = scratch;
        visited.clear();
        visited.resize((self.program.len() * width).div_ceil(64), 0);
        stack.clear();
        captures.clear();
        best.clear();
        stack.push(Job { pc: entry, pos: at, keep: 0, add: None });
        let mut longest: Option<usize> = None;
        while let Some(Job { mut pc, mut pos, keep, add }) = stack.pop() {
            captures.truncate(keep);
            captures.extend(add);
            loop {
                let bit = pc * width + (pos - at);
                if visited[bit / 64] & (1 << (bit % 64)) != 0 {
                    break;
                }
                visited[bit / 64] |= 1 << (bit % 64);
                let here = pos < limit;
                match &self.program[pc] {
                    Inst::Accept => {
                        if longest.is_none_or(|l| pos > l) {
                            longest = Some(pos);
                            best.clone_from(captures);
                        }
                        break;
                    }
                    Inst::Split(a, b) => {
                        stack.push(Job { pc: *b, pos, keep: captures.len(), add: None });
                        pc = *a;
                        continue;
                    }
                    Inst::Jump(a) => {
                        pc = *a;
                        continue;
                    }
                    Inst::Open(role) => captures.push((*role, pos as u32, u32::MAX, u32::MAX)),
                    Inst::Close(role) => captures.push((*role, 0, pos as u32, u32::MAX)),
                    Inst::Unless { resume } => {
                        // A look-ahead gets memory of its own so that the search around it stays as it is.
                        let found = here && {
                            let mut inner = nested.take().unwrap_or_default();
                            let found = self.run(tokens, pos, pc + 1, &mut inner).is_some();
                            *nested = Some(inner);
                            found
                        };
                        if found {
                            break;
                        }
                        pc = *resume;
                        continue;
                    }
                    Inst::Slot { types, form, role } => {
                        if here {
                            // The last one pushed is followed first: the longest, which look-ups give first.
                            for start in tokens.starts(pos).iter().rev() {
                                if start.types.meets(*types)
                                    && form.is_none_or(|f| f == start.form)
                                    && start.end as usize <= limit
                                {
                                    let add = role.map(|r| (r, pos as u32, start.end, start.id));
                                    stack.push(Job { pc: pc + 1, pos: start.end as usize, keep: captures.len(), add });
                                }
                            }
                        }
                        break;
                    }
                    Inst::Phrase(phrases) => {
                        if here {
                            for rest in phrases.get(&tokens.word(pos)).into_iter().flatten() {
                                let end = pos + 1 + rest.len();
                                if end <= limit && rest.iter().enumerate().all(|(i, w)| tokens.word(pos + 1 + i) == *w)
                                {
                                    stack.push(Job { pc: pc + 1, pos: end, keep: captures.len(), add: None });
                                }
                            }
                        }
                        break;
                    }
                    consuming => {
                        let fits = here && takes(consuming, tokens, pos);
                        if !fits {
                            break;
                        }
                        pos += 1;
                    }
                }
                pc += 1;
            }
        }
        longest
    }
}

/// Whether a token is a possessive mark, with or without its apostrophe (real pages lose it).
pub fn is_possessive(text: &str) -> bool {
    matches!(text, "'s" | "’s" | "'" | "’" | "s" | "S" | "'S" | "’S" | "‘s")
}

fn same_mark(text: &str, mark: &str) -> bool {
    let plain = |s: &str| match s {
        "–" | "—" | "--" => "-".to_owned(),
        s => s.to_owned(),
    };
    plain(text) == plain(mark)
}

/// Whether an instruction for one token takes this one.
fn takes<T: Tokens>(inst: &Inst, tokens: &T, at: usize) -> bool {
    match inst {
        Inst::Words(set) => set.contains(tokens.word(at)),
        Inst::Exact(text) => tokens.text(at) == &**text,
        Inst::Surface(regex) => regex.is_match(tokens.text(at)),
        Inst::Test(test) => holds(test, tokens, at),
        Inst::Possessive => is_possessive(tokens.text(at)),
        Inst::Punct(mark) => same_mark(tokens.text(at), mark),
        _ => true,
    }
}

fn holds<T: Tokens>(test: &Test, tokens: &T, at: usize) -> bool {
    match test {
        Test::Flags(flags) => tokens.flags(at).has(*flags),
        Test::Types(types) => tokens.starts(at).iter().any(|s| s.types.meets(*types)),
        Test::Not(inner) => !holds(inner, tokens, at),
        Test::And(a, b) => holds(a, tokens, at) && holds(b, tokens, at),
        Test::Or(a, b) => holds(a, tokens, at) || holds(b, tokens, at),
    }
}

fn first_of(program: &[Inst]) -> First {
    let mut first = First::default();
    let mut seen = vec![false; program.len()];
    let mut stack = vec![0];
    while let Some(pc) = stack.pop() {
        if std::mem::replace(&mut seen[pc], true) {
            continue;
        }
        match &program[pc] {
            Inst::Accept => {}
            Inst::Split(a, b) => stack.extend([*a, *b]),
            Inst::Jump(a) => stack.push(*a),
            Inst::Open(_) | Inst::Close(_) => stack.push(pc + 1),
            Inst::Unless { resume } => stack.push(*resume),
            taker => {
                first.takers.push(pc);
                first_from(taker, &mut first);
            }
        }
    }
    first.takers.sort_unstable();
    first
}

/// Notes what an instruction that takes a token can begin with.
fn first_from(taker: &Inst, first: &mut First) {
    match taker {
        Inst::Words(set) => first.words.extend(set),
        Inst::Phrase(map) => {
            let mut heads: Vec<WordId> = map.keys().copied().collect();
            heads.sort_unstable();
            heads.into_iter().for_each(|w| first.words.insert(w));
        }
        Inst::Slot { types, .. } => first.types = first.types.union(*types),
        _ => first.anything = true,
    }
}

struct Compiler<'c, 'v> {
    program: Vec<Inst>,
    roles: Vec<String>,
    errors: Vec<PatternError>,
    vocabulary: &'c mut Vocabulary<'v>,
    depth: usize,
    /// Parts looked at: some add nothing to the program.
    work: usize,
}

impl Compiler<'_, '_> {
    fn role(&mut self, name: &str) -> RoleIndex {
        let index = self.roles.iter().position(|r| r == name).unwrap_or_else(|| {
            self.roles.push(name.to_owned());
            self.roles.len() - 1
        });
        index.min(254) as RoleIndex
    }

    fn emit(&mut self, ast: &Ast) {
        self.work += 1;
        if self.program.len() > MAX_PROGRAM || self.work > MAX_WORK {
            return;
        }
        match &ast.kind {
            AstKind::Seq(parts) => parts.iter().for_each(|p| self.emit(p)),
            AstKind::Alt(parts) => self.emit_alternatives(parts.len(), |c, i| c.emit(&parts[i])),
            AstKind::Repeat { inner, min, max } => self.emit_repeat(inner, *min, *max),
            AstKind::Capture { role, inner } => {
                let role = self.role(role);
                self.program.push(Inst::Open(role));
                self.emit(inner);
                self.program.push(Inst::Close(role));
            }
            AstKind::Not(inner) => {
                let at = self.program.len();
                self.program.push(Inst::Unless { resume: 0 });
                self.emit(inner);
                self.program.push(Inst::Accept);
                let resume = self.program.len();
                self.program[at] = Inst::Unless { resume };
            }
            AstKind::Tight(inner) => self.emit(inner),
            AstKind::Gap => {
                for _ in 0..6 {
                    let at = self.program.len();
                    self.program.push(Inst::Split(at + 1, at + 2));
                    self.program.push(Inst::Any);
                }
            }
            AstKind::Slot { role, type_name, type_span, form } => {
                let Some(types) = self.types(type_name, *type_span) else { return };
                let form = form.as_ref().and_then(|f| {
                    let found = FORMS.iter().position(|x| x == f);
                    if found.is_none() {
                        self.errors.push(
                            PatternError::new(ast.span, format!("`{f}` is no grammatical form"))
                                .help(format!("one of: {}", FORMS.join(", "))),
                        );
                    }
                    found.map(|i| i as u8)
                });
                let role = role.as_ref().map(|r| self.role(r));
                self.program.push(Inst::Slot { types, form, role });
            }
            AstKind::Word { text, class } => {
                let forms = self.vocabulary.forms(text, *class);
                self.program.push(Inst::Words(forms));
            }
            AstKind::Exact(text) => {
                text.split_whitespace().for_each(|word| self.program.push(Inst::Exact(word.into())))
            }
            AstKind::Regex(text) => match self.vocabulary.expression(text) {
                Ok(expression) => self.program.push(Inst::Surface(Arc::new(expression.into()))),
                Err(message) => self
                    .errors
                    .push(PatternError::new(ast.span, format!("this regular expression is wrong: {message}"))),
            },
            AstKind::Tag(expr) => {
                if let Some(error) = contradiction(expr, ast.span) {
                    self.errors.push(error);
                } else if let Some(test) = self.test(expr) {
                    self.program.push(Inst::Test(test));
                }
            }
            AstKind::Possessive => self.program.push(Inst::Possessive),
            AstKind::Punct(mark) => self.program.push(Inst::Punct(mark.as_str().into())),
            AstKind::List(name) => self.list(name, ast),
        }
    }

    fn types(&mut self, name: &str, span: Span) -> Option<TypeMask> {
        let found = self.vocabulary.types.get(name).copied();
        if found.is_none() {
            self.errors.push(unknown(span, PatternFault::Type, name, self.vocabulary.types.keys()));
        }
        found
    }

    fn list(&mut self, name: &str, ast: &Ast) {
        let definitions = self.vocabulary.definitions;
        match definitions.get(name) {
            None => self.errors.push(unknown(name_of(ast.span), PatternFault::List, name, definitions.keys())),
            Some(Definition::Fragment(fragment)) => {
                if self.depth > 16 {
                    self.errors.push(PatternError::new(ast.span, format!("@{name} stands inside itself")));
                    return;
                }
                self.depth += 1;
                let before = self.errors.len();
                self.emit(fragment);
                // What is wrong inside of a list is pointed at where the list is named.
                self.errors[before..].iter_mut().for_each(|error| error.inside_of(name, ast.span));
                self.depth -= 1;
            }
            Some(Definition::Words(phrases)) => {
                if let Some(known) = self.vocabulary.memo.phrases.get(name) {
                    self.program.push(Inst::Phrase(known.clone()));
                    return;
                }
                let mut map = Phrases::default();
                let mut seen: FxHashSet<Vec<WordId>> = FxHashSet::default();
                for phrase in phrases {
                    let words: Vec<&str> = phrase.split_whitespace().collect();
                    let Some((last, front)) = words.split_last() else { continue };
                    // The last word of a phrase inflects: *armed group* is also *armed groups*.
                    let forms = self.vocabulary.forms(last, None);
                    let front: Vec<WordId> = front.iter().map(|w| self.vocabulary.exact(&fold(w))).collect();
                    for form in forms.iter() {
                        let mut whole = front.clone();
                        whole.push(form);
                        if seen.insert(whole.clone()) {
                            let rest = whole.split_off(1);
                            map.entry(whole[0]).or_default().push(rest);
                        }
                    }
                }
                let map = Arc::new(map);
                self.vocabulary.memo.phrases.insert(name.to_owned(), map.clone());
                self.program.push(Inst::Phrase(map));
            }
        }
    }

    fn test(&mut self, expr: &TagExpr) -> Option<Test> {
        Some(match expr {
            TagExpr::Name(name, span) => {
                if let Some(flags) = Flags::named(name) {
                    Test::Flags(flags)
                } else if let Some(types) = self.vocabulary.types.get(name) {
                    Test::Types(*types)
                } else {
                    let mut named = Flags::NAMED.iter().map(|(n, ..)| (*n).to_owned()).collect::<Vec<_>>();
                    named.extend(self.vocabulary.types.keys().cloned());
                    self.errors.push(unknown(*span, PatternFault::Tag, name, named.iter()));
                    return None;
                }
            }
            TagExpr::Not(inner) => Test::Not(Box::new(self.test(inner)?)),
            TagExpr::And(a, b) => Test::And(Box::new(self.test(a)?), Box::new(self.test(b)?)),
            TagExpr::Or(a, b) => Test::Or(Box::new(self.test(a)?), Box::new(self.test(b)?)),
        })
    }

    fn emit_alternatives(&mut self, count: usize, each: impl Fn(&mut Self, usize)) {
        let mut exits = Vec::new();
        for i in 0..count {
            let split = self.program.len();
            if i + 1 < count {
                self.program.push(Inst::Split(split + 1, 0));
            }
            each(self, i);
            if i + 1 < count {
                exits.push(self.program.len());
                self.program.push(Inst::Jump(0));
                let next = self.program.len();
                self.program[split] = Inst::Split(split + 1, next);
            }
        }
        let end = self.program.len();
        exits.into_iter().for_each(|e| self.program[e] = Inst::Jump(end));
    }

    fn emit_repeat(&mut self, inner: &Ast, min: u32, max: Option<u32>) {
        for _ in 0..min {
            self.emit(inner);
        }
        match max {
            None => {
                let split = self.program.len();
                self.program.push(Inst::Split(split + 1, 0));
                self.emit(inner);
                self.program.push(Inst::Jump(split));
                let end = self.program.len();
                self.program[split] = Inst::Split(split + 1, end);
            }
            Some(max) => {
                let mut splits = Vec::new();
                for _ in min..max {
                    splits.push(self.program.len());
                    let at = self.program.len();
                    self.program.push(Inst::Split(at + 1, 0));
                    self.emit(inner);
                }
                let end = self.program.len();
                splits.into_iter().for_each(|s| self.program[s] = Inst::Split(s + 1, end));
            }
        }
    }
}

/// The name in `@name`.
pub(super) fn name_of(list: Span) -> Span {
    Span { start: (list.start + 1).min(list.end), end: list.end }
}

/// Most names that an unknown one is compared with.
const MAX_KNOWN: usize = 5_000;

/// An error for a name that the pack does not define, with the nearest spelling.
pub fn unknown<'n>(
    span: Span,
    fault: PatternFault,
    name: &str,
    known: impl Iterator<Item = &'n String>,
) -> PatternError {
    let mut known: Vec<&str> = known.map(String::as_str).collect();
    known.sort_unstable();
    let what = match fault {
        PatternFault::Type => "type",
        PatternFault::List => "list",
        _ => "tag",
    };
    let error = PatternError::new(span, format!("there is no {what} `{name}`")).fault(fault);
    // Of very many names not all are compared: that would cost more than compiling them.
    match crate::diagnostic::nearest(name, known.into_iter().take(MAX_KNOWN)) {
        Some(near) => PatternError { instead: Some(near.to_owned()), ..error.help(format!("did you mean `{near}`?")) },
        None => error,
    }
}
