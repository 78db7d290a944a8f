//! Rust source with its comments, strings and inline tests taken apart.

/// A source file.
pub struct Code {
    /// What is neither comment nor string; inline tests left out.
    pub code: String,
    /// Every string with its line.
    pub strings: Vec<(usize, String)>,
    /// Lines before inline tests.
    pub lines: usize,
    /// Whether it begins with a `//!` comment.
    pub begins_with_doc: bool,
}

/// Takes a source file apart. Inline tests stand last in a file and are not looked at.
pub fn read(text: &str) -> Code {
    let begins_with_doc = text.starts_with("//!");
    let end = text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let text: Vec<char> = text[..end].chars().collect();
    let (mut code, mut strings, mut line, mut at) = (String::new(), Vec::new(), 1, 0);
    let is = |at: usize, wanted: &str| wanted.chars().enumerate().all(|(i, c)| text.get(at + i) == Some(&c));
    while at < text.len() {
        let from = at;
        if is(at, "//") {
            at += text[at..].iter().take_while(|c| **c != '\n').count();
        } else if is(at, "/*") {
            while at < text.len() && !is(at, "*/") {
                at += 1;
            }
            at += 2;
        } else if is(at, "'\\") {
            // An escaped character.
            at += 3;
            at += text[at..].iter().take_while(|c| **c != '\'').count() + 1;
        } else if is(at, "'") && text.get(at + 2) == Some(&'\'') {
            at += 3;
        } else if let Some(hashes) = raw_string(&text, at) {
            at += hashes + 2;
            let close: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let mut content = String::new();
            while at < text.len() && !is(at, &close) {
                content.push(text[at]);
                at += 1;
            }
            at += close.len();
            strings.push((line, content));
        } else if is(at, "\"") {
            at += 1;
            let mut content = String::new();
            while at < text.len() && text[at] != '"' {
                at += usize::from(text[at] == '\\');
                content.extend(text.get(at));
                at += 1;
            }
            at += 1;
            strings.push((line, content));
        } else {
            code.push(text[at]);
            at += 1;
        }
        line += text[from..at.min(text.len())].iter().filter(|c| **c == '\n').count();
    }
    Code { code, strings, lines: line, begins_with_doc }
}

/// How many hashes a raw string that begins here has.
fn raw_string(text: &[char], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map(|before| text[before]);
    if text[at] != 'r' || before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let hashes = text[at + 1..].iter().take_while(|c| **c == '#').count();
    (text.get(at + 1 + hashes) == Some(&'"')).then_some(hashes)
}
