//! A rule file as somebody types it: its headers and keys, and what stands where the cursor is.
//!
//! A TOML reader gives up where a quotation mark is missing, which is most of the time while somebody types. This one never
//! fails: a string ends with its line at the latest, and a line that begins like a table or a key begins one, whatever was
//! left open before.

use super::held::NAMED;
use crate::source::Span;

/// A header, with what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Its names, each with its bytes, quotation marks left out: `relation`, `met-with`.
    pub names: Vec<(String, Span)>,
    /// Bytes of the header, brackets included.
    pub span: Span,
    /// Where what stands below it ends: at the next header, or with the file.
    pub end: u32,
    /// The keys below it.
    pub keys: Vec<Key>,
}

impl Header {
    /// The kind of table it opens: `relation`.
    pub fn table(&self) -> &str {
        self.names.first().map_or("", |(name, _)| name)
    }

    /// The keys that lead to a value below it: those the header itself goes down, as in `[relation.met-with.draw]`, and
    /// those that follow.
    pub fn keys_to(&self, path: &[String]) -> Vec<String> {
        let before = if NAMED.contains(&self.table()) { 2 } else { 1 };
        let above = self.names.iter().skip(before).map(|(name, _)| name);
        above.chain(path).cloned().collect()
    }
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    /// As written, without quotation marks.
    pub name: String,
    /// Its bytes.
    pub span: Span,
    /// Bytes of the value, and what trails it on its line.
    pub value: Span,
}

/// Where the cursor stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum At {
    /// Between the brackets of a header, of which these bytes are.
    Header(Span),
    /// In a key, or where one may begin; the keys that it stands under, and its bytes so far.
    Key(Vec<String>, Span),
    /// In a value: the keys that it belongs to, its bytes without quotation marks, and whether it has some.
    Value(Vec<String>, Span, bool),
    /// Nowhere that says anything.
    Nowhere,
}

/// A file that was looked through.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    pub headers: Vec<Header>,
    /// The header that the cursor stands under.
    pub under: Option<usize>,
    pub at: At,
}

/// Looks through a text with the cursor at a byte.
pub(super) fn outline(text: &str, cursor: u32) -> Outline {
    let mut at = (cursor as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let mut scanner = Scanner { text, at: 0, cursor: at, headers: Vec::new(), place: At::Nowhere };
    scanner.run();
    let end = text.len() as u32;
    let mut headers = scanner.headers;
    for index in 0..headers.len() {
        headers[index].end = headers.get(index + 1).map_or(end, |next| next.span.start);
    }
    let under = headers.iter().rposition(|header| header.span.start <= cursor);
    Outline { headers, under, at: scanner.place }
}

impl Outline {
    pub fn header(&self) -> Option<&Header> {
        self.headers.get(self.under?)
    }
}

/// What a value is in.
enum Frame {
    List,
    /// An inline table, and the key whose value comes.
    Table(Option<String>),
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    cursor: usize,
    headers: Vec<Header>,
    place: At,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn line_end(&self) -> usize {
        memchr::memchr(b'\n', &self.text.as_bytes()[self.at..]).map_or(self.text.len(), |length| self.at + length)
    }

    /// Whether the cursor stands in or at either end of these bytes.
    fn holds(&self, from: usize, to: usize) -> bool {
        (from..=to).contains(&self.cursor)
    }

    fn run(&mut self) {
        while self.at <= self.text.len() {
            let start = self.at;
            self.blanks(false);
            if start == self.line_start() && self.holds(start, self.at) {
                let here = Span::new(self.cursor as u32, self.cursor as u32);
                self.place = At::Key(Vec::new(), here);
            }
            match self.peek() {
                None => return,
                Some(b'\n' | b'\r') => self.at += 1,
                Some(b'#') => self.comment(),
                Some(b'[') => self.header(),
                Some(_) => self.pair(),
            }
        }
    }

    /// Passes over spaces, and over line ends where asked.
    fn blanks(&mut self, lines: bool) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' => self.at += 1,
                b'\n' | b'\r' if lines => self.at += 1,
                _ => return,
            }
        }
    }

    fn comment(&mut self) {
        let end = self.line_end();
        // At the very `#` something may still be put before it.
        if self.holds(self.at + 1, end) {
            self.place = At::Nowhere;
        }
        self.at = end;
    }

    fn header(&mut self) {
        let (start, line) = (self.at, self.line_end());
        let open = if self.text[start..line].starts_with("[[") { 2 } else { 1 };
        let inner = start + open;
        let close = self.text[inner..line].find(']').map_or(line, |length| inner + length);
        let end = (close + open).min(line);
        let mut names = Vec::new();
        for part in self.text[inner..close].split('.') {
            let name = part.trim().trim_matches(['"', '\'']);
            let from = name.as_ptr() as usize - self.text.as_ptr() as usize;
            names.push((name.to_owned(), Span::new(from as u32, (from + name.len()) as u32)));
        }
        if self.holds(inner, close) {
            self.place = At::Header(Span::new(inner as u32, close.max(inner) as u32));
        } else if self.holds(start, line) {
            self.place = At::Nowhere;
        }
        self.headers.push(Header { names, span: Span::new(start as u32, end as u32), end: 0, keys: Vec::new() });
        self.at = line;
    }

    /// A key and what stands behind it.
    fn pair(&mut self) {
        let start = self.at;
        let line = self.line_end();
        let stop = self.text[start..line].find(['=', '#']).map_or(line, |length| start + length);
        let name = self.text[start..stop].trim_end();
        let end = start + name.len();
        if self.holds(start, end) {
            self.place = At::Key(Vec::new(), Span::new(start as u32, end as u32));
        } else if self.holds(end, stop) {
            self.place = At::Nowhere;
        }
        let name = name.trim_matches(['"', '\'']).to_owned();
        self.at = stop;
        let mut value = Span::new(stop as u32, stop as u32);
        if self.peek() == Some(b'=') {
            self.at += 1;
            value.start = self.at as u32;
            self.value(&name);
            value.end = self.at as u32;
        } else {
            self.at = line;
        }
        let key = Key { name, span: Span::new(start as u32, end as u32), value };
        if let Some(header) = self.headers.last_mut() {
            header.keys.push(key);
        }
    }

    /// A value with everything in it, up to the end of its last line.
    fn value(&mut self, key: &str) {
        let mut frames: Vec<Frame> = Vec::new();
        loop {
            let start = self.at;
            self.blanks(!frames.is_empty());
            // What is never closed does not swallow the tables below it.
            if self.text[start..self.at].contains('\n') && self.begins_anew() {
                self.gap(key, &frames, start, self.line_start());
                self.at = self.line_start();
                return;
            }
            self.gap(key, &frames, start, self.at);
            match self.peek() {
                None => return,
                Some(b'\n' | b'\r') => return,
                Some(b'#') => {
                    self.comment();
                    continue;
                }
                Some(b'"' | b'\'') => self.string(key, &mut frames),
                Some(b'[') => {
                    self.at += 1;
                    frames.push(Frame::List);
                    continue;
                }
                Some(b'{') => {
                    self.at += 1;
                    frames.push(Frame::Table(None));
                    continue;
                }
                Some(b']' | b'}') => {
                    self.at += 1;
                    frames.pop();
                }
                Some(b',') => {
                    self.at += 1;
                    if let Some(Frame::Table(key)) = frames.last_mut() {
                        *key = None;
                    }
                    continue;
                }
                Some(b'=') => {
                    self.at += 1;
                    continue;
                }
                Some(_) => self.bare(key, &mut frames),
            }
            if frames.is_empty() {
                // What trails a value says nothing.
                let line = self.line_end();
                if self.cursor > self.at && self.holds(self.at, line) {
                    self.place = At::Nowhere;
                }
                self.at = line;
                return;
            }
        }
    }

    fn line_start(&self) -> usize {
        memchr::memrchr(b'\n', &self.text.as_bytes()[..self.at]).map_or(0, |at| at + 1)
    }

    /// Whether the line that begins here is a header or a key, and no element of a list.
    fn begins_anew(&self) -> bool {
        if self.at != self.line_start() {
            return false;
        }
        let line = &self.text[self.at..self.line_end()];
        if line.starts_with("[[") || line.starts_with('[') && line[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            return true;
        }
        let name =
            line.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(line.len());
        let rest = line[name..].trim_start();
        // A word alone is a key that is not finished yet.
        let word = rest.is_empty() && !matches!(line.trim_end(), "true" | "false");
        name > 0 && (rest.starts_with('=') || word && line.starts_with(|c: char| c.is_ascii_alphabetic()))
    }

    /// Keys above what stands here, where a value stands; where a key does, none for the last.
    fn path(key: &str, frames: &[Frame]) -> (Vec<String>, bool) {
        let mut path = vec![key.to_owned()];
        let mut named = true;
        for frame in frames {
            if let Frame::Table(key) = frame {
                named = key.is_some();
                path.extend(key.clone());
            } else {
                named = true;
            }
        }
        (path, named)
    }

    /// Where nothing stands yet, something may be put.
    fn gap(&mut self, key: &str, frames: &[Frame], from: usize, to: usize) {
        // What ends right at the cursor is what is being typed.
        let typed = match &self.place {
            At::Value(_, span, _) | At::Key(_, span) => from == self.cursor && span.end as usize == from,
            _ => false,
        };
        if self.holds(from, to) && !typed {
            self.stand(key, frames, self.cursor, self.cursor, false);
        }
    }

    fn stand(&mut self, key: &str, frames: &[Frame], from: usize, to: usize, quoted: bool) {
        let span = Span::new(from as u32, to as u32);
        let (path, named) = Self::path(key, frames);
        self.place = if named { At::Value(path, span, quoted) } else { At::Key(path, span) };
    }

    fn string(&mut self, key: &str, frames: &mut [Frame]) {
        let rest = &self.text[self.at..];
        let long = ["\"\"\"", "'''"].into_iter().find(|quote| rest.starts_with(quote));
        let quote = long.unwrap_or(&rest[..1]);
        let body = self.at + quote.len();
        let line = self.line_end();
        let limit = if long.is_some() { self.text.len() } else { line };
        let escapes = quote.starts_with('"');
        let (mut at, bytes) = (body.min(limit), self.text.as_bytes());
        let mut closed = false;
        while at < limit {
            if escapes && bytes[at] == b'\\' {
                at += 2;
                continue;
            }
            if bytes[at..].starts_with(quote.as_bytes()) {
                closed = true;
                break;
            }
            at += 1;
        }
        // A backslash may stand before the last character.
        let mut end = at.min(limit);
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        // What is behind the cursor in a string that is never closed belongs to the line, not to what is typed.
        if self.holds(body, end) {
            self.stand(key, frames, body, if closed { end } else { self.cursor }, true);
        }
        self.at = if closed { end + quote.len() } else { end };
        if let Some(Frame::Table(name @ None)) = frames.last_mut() {
            *name = Some(self.text[body.min(end)..end].to_owned());
        }
    }

    /// Anything without quotation marks: a number, a key of an inline table, or what has no meaning.
    fn bare(&mut self, key: &str, frames: &mut [Frame]) {
        let start = self.at;
        let line = self.line_end();
        let length = self.text[start..line].find([',', ']', '}', '{', '[', '=', '#', ' ', '\t', '\r', '"', '\'']);
        let end = length.map_or(line, |length| start + length.max(1));
        let mut end = end.min(line).max(start + 1);
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        if self.holds(start, end) {
            self.stand(key, frames, start, end, false);
        }
        if let Some(Frame::Table(name @ None)) = frames.last_mut() {
            *name = Some(self.text[start..end].to_owned());
        }
        self.at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the cursor `|` stands, with the words there.
    fn at(text: &str) -> String {
        let cursor = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let outline = outline(&text, cursor as u32);
        let under = outline.header().map_or("", |header| header.names[0].0.as_str());
        match &outline.at {
            At::Header(span) => format!("header {:?}", span.slice(&text)),
            At::Key(path, span) => format!("{under}: key {path:?} {:?}", span.slice(&text)),
            At::Value(path, span, quoted) => format!("{under}: value {path:?} {:?} {quoted}", span.slice(&text)),
            At::Nowhere => "nowhere".to_owned(),
        }
    }

    #[test]
    fn the_cursor_is_found_in_whole_and_half_files() {
        for (text, expected) in [
            ("[[ru|", "header \"ru\""),
            ("[relation.|met]", "header \"relation.met\""),
            ("[[rule]]\ngi|", "rule: key [] \"gi\""),
            ("[[rule]]\n|\n[x]", "rule: key [] \"\""),
            ("[[rule]]\ngives = \"m|et\"", "rule: value [\"gives\"] \"met\" true"),
            ("[[rule]]\ngives = |", "rule: value [\"gives\"] \"\" false"),
            ("[[rule]]\ngives = \"met\" |", "nowhere"),
            ("[[rule]]\n# gi|", "nowhere"),
            (
                "[[rule]]\nmatch = [\n  \"{a} meet\",\n  \"{|\n[[rule]]\nid = \"x\"",
                "rule: value [\"match\"] \"{\" true",
            ),
            ("[[rule]]\nmatch = [\"{a\nunl|\n[[rule]]", "rule: key [] \"unl\""),
            ("[[rule]]\nmatch = [|\nyes = []", "rule: value [\"match\"] \"\" false"),
            ("[[rule]]\nmatch = [\"a\", |]\n", "rule: value [\"match\"] \"\" false"),
            ("[[rule]]\nmodality = { pl| = \"x\" }", "rule: key [\"modality\"] \"pl\""),
            ("[[rule]]\nmodality = { planned = \"|x\" }", "rule: value [\"modality\", \"planned\"] \"x\" true"),
            ("[[rule]]\nmodality = { | }", "rule: key [\"modality\"] \"\""),
            ("[[rule]]\nmodality = { a = 1, b = tr|ue }", "rule: value [\"modality\", \"b\"] \"true\" false"),
            ("[list.x]\nwords = ['''a\nb|''', 'c']", "list: value [\"words\"] \"a\\nb\" true"),
            ("[list.x]\nwords = [\"a\\\"b|\", 'c']", "list: value [\"words\"] \"a\\\\\\\"b\" true"),
            ("x = 1|", ": value [\"x\"] \"1\" false"),
            ("|", ": key [] \"\""),
        ] {
            assert_eq!(at(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_is_too_broken() {
        let text = "[[rule\nid = \"é😀\\\n[a.\"b.c\"]\nmatch = [{ x = [1, {y\n'''z\n]]}}==,,\"\"\"\\";
        for cursor in 0..=text.len() as u32 + 1 {
            for end in 0..=text.len() {
                if let Some(part) = text.get(..end) {
                    let outline = outline(part, cursor);
                    for header in &outline.headers {
                        assert!(part.get(header.span.range()).is_some());
                        assert!(header.keys.iter().all(|key| part.get(key.span.range()).is_some()));
                    }
                    if let At::Value(_, span, _) | At::Key(_, span) | At::Header(span) = outline.at {
                        assert!(part.get(span.range()).is_some());
                    }
                }
            }
        }
    }

    #[test]
    fn keys_stand_under_their_headers() {
        let text = "[relation.met]\ndoc = \"x\"\nbetween = [\n \"a\",\n]\n[[rule]]\nid = 'y'\n";
        let outline = outline(text, 0);
        let keys: Vec<Vec<&str>> =
            outline.headers.iter().map(|header| header.keys.iter().map(|key| key.name.as_str()).collect()).collect();
        assert_eq!(keys, [vec!["doc", "between"], vec!["id"]]);
        assert_eq!(outline.headers[1].keys[0].value.slice(text), " 'y'");
        assert_eq!(outline.headers[0].end, outline.headers[1].span.start);
    }
}
