//! What stands at a place of a pattern, and what may.

use crate::pattern::{Ast, AstKind};

/// What may be written at the end of a piece of pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A type, after `{role:`.
    Type,
    /// A role or a type, after `{`.
    RoleOrType,
    /// A list, after `@`.
    List,
    /// `verb`, `noun` or `word`, after a word and `/`.
    Class,
    /// A tag or a type, between brackets.
    Tag,
    /// Any word.
    Nothing,
}

/// What may be written behind `before`, and how much of it is there already.
pub(super) fn wanted(before: &str) -> (Wanted, &str) {
    let name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let typed = &before[before.trim_end_matches(name).len()..];
    let lead = &before[..before.len() - typed.len()];
    // A bracket inside quotation marks or slashes opens nothing, but who types there asks for nothing either.
    let open = |open: char, close: char| lead.rfind(open).filter(|at| !lead[*at..].contains(close));
    let slot = open('{', '}').filter(|at| !lead[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
    let kind = if let Some(at) = slot {
        match lead[at + 1..].trim_start() {
            "" => Wanted::RoleOrType,
            inner if inner.trim_end().ends_with(':') => Wanted::Type,
            _ => Wanted::Nothing,
        }
    } else if open('[', ']').is_some() {
        if lead.trim_end().ends_with(['[', '&', '|', '!', '(']) { Wanted::Tag } else { Wanted::Nothing }
    } else if lead.ends_with('@') {
        Wanted::List
    } else if lead.strip_suffix('/').is_some_and(|word| word.ends_with(char::is_alphanumeric)) {
        Wanted::Class
    } else {
        Wanted::Nothing
    };
    (kind, typed)
}

/// The innermost part of a pattern at a byte of it.
pub(super) fn part(ast: &Ast, byte: u32) -> &Ast {
    let mut found = ast;
    ast.walk(&mut |node| {
        let group = matches!(node.kind, AstKind::Seq(_) | AstKind::Alt(_));
        if !group && node.span.start <= byte && byte <= node.span.end && node.span.len() <= found.span.len() {
            found = node;
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_written() {
        for (before, expected) in [
            ("{", (Wanted::RoleOrType, "")),
            ("{a} meet {b", (Wanted::RoleOrType, "b")),
            ("{a:", (Wanted::Type, "")),
            ("{a:Act", (Wanted::Type, "Act")),
            ("{a:Actor} hold @ta", (Wanted::List, "ta")),
            ("visit/", (Wanted::Class, "")),
            ("[noun & !", (Wanted::Tag, "")),
            ("[na", (Wanted::Tag, "na")),
            ("[name] x", (Wanted::Nothing, "x")),
            ("x{2,", (Wanted::Nothing, "")),
            ("سلام{", (Wanted::RoleOrType, "")),
            ("", (Wanted::Nothing, "")),
        ] {
            assert_eq!(wanted(before), expected, "{before}");
        }
    }
}
