//! What stands under the pointer, explained.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::about::{Hits, about};
use super::held::{Held, held};
use super::keys::Schema;
use super::lines::Lines;
use super::names::{Kind, Names};
use super::outline::{At, outline};
use super::pattern_at::part;
use crate::pattern::{AstKind, Flags, TagExpr, WordClass, parse};
use crate::rules::Checked;
use crate::source::Span;

/// What is explained, and in which words.
struct Told {
    span: Span,
    page: String,
}

/// What can be said of a byte of a file of `names`.
pub(super) fn hover(
    schema: &Schema,
    names: &Names,
    file: usize,
    byte: u32,
    checked: Option<&Checked>,
    hits: Option<&Hits>,
) -> Option<Hover> {
    let text = names.files.get(file)?.source.text.as_str();
    let told = name(names, file, byte, checked, hits).or_else(|| place(schema, text, byte, checked))?;
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: told.page });
    Some(Hover { contents, range: Some(Lines::new(text).range(told.span)) })
}

/// Something that has a name.
fn name(names: &Names, file: usize, byte: u32, checked: Option<&Checked>, hits: Option<&Hits>) -> Option<Told> {
    let found = names.at(file, byte)?;
    let page = about(found.kind, &found.name, checked?, hits)?;
    Some(Told { span: found.span, page })
}

/// A table, a key, a part of a pattern or a word of a list.
fn place(schema: &Schema, text: &str, byte: u32, checked: Option<&Checked>) -> Option<Told> {
    let seen = outline(text, byte);
    let header = seen.header()?;
    let table = header.table();
    match &seen.at {
        At::Header(_) => {
            let found = schema.tables().find(|known| known.name == table)?;
            Some(Told { span: header.span, page: format!("`{}` {}", found.header, found.doc) })
        }
        At::Key(path, span) => {
            let mut path = header.keys_to(path);
            let key = span.slice(text).trim_matches(['"', '\'']);
            let info = schema.keys(table, &path).into_iter().find(|known| known.name == key)?;
            let needed = if info.required { ", needed" } else { "" };
            let page = format!("`{key}` ({}{needed}) {}", info.kind(), info.doc());
            path.push(key.to_owned());
            let page = match held(table, &path) {
                Held::Words(words) => format!("{page}\n\nOne of `{}`.", words.join("`, `")),
                _ => page,
            };
            Some(Told { span: *span, page })
        }
        At::Value(path, span, true) => match held(table, &header.keys_to(path)) {
            Held::Pattern => pattern(span.slice(text), *span, byte, checked),
            Held::Text if table == "list" && path.last().is_some_and(|key| key == "words") => {
                let page = forms(span.slice(text), None, checked)?;
                Some(Told { span: *span, page })
            }
            _ => key(schema, table, &header.keys_to(path), *span),
        },
        At::Value(path, span, false) if !span.is_empty() => key(schema, table, &header.keys_to(path), *span),
        At::Value(..) | At::Nowhere => None,
    }
}

/// What the key means that a value belongs to.
fn key(schema: &Schema, table: &str, path: &[String], span: Span) -> Option<Told> {
    let doc = schema.doc(table, path)?;
    Some(Told { span, page: format!("`{}` {doc}", path.last()?) })
}

/// A part of a pattern.
fn pattern(text: &str, whole: Span, byte: u32, checked: Option<&Checked>) -> Option<Told> {
    let ast = parse(text).ok()?;
    let node = part(&ast, byte.saturating_sub(whole.start));
    let say = |page: &str| Some(page.to_owned());
    let page = match &node.kind {
        AstKind::Word { text, class } => forms(text, *class, checked),
        AstKind::Slot { role, type_name, form, .. } => {
            let role = role.as_ref().map_or_else(String::new, |role| format!(", who fills the role `{role}`"));
            let form = form.as_ref().map_or_else(String::new, |form| format!(", as {form}"));
            let page = checked.and_then(|checked| about(Kind::Type, type_name, checked, None)).unwrap_or_default();
            Some(format!("Somebody or something of type {type_name}{form}{role}.\n\n{page}"))
        }
        AstKind::Exact(words) => Some(format!("Exactly *{words}*, in no other form.")),
        AstKind::Regex(regex) => Some(format!("A word that matches `/{regex}/`, all of it.")),
        AstKind::Tag(test) => tag(test),
        AstKind::List(name) => checked.and_then(|checked| about(Kind::List, name, checked, None)),
        AstKind::Possessive => say("The mark of an owner."),
        AstKind::Punct(mark) => Some(format!("The sign `{mark}`.")),
        AstKind::Gap => say("Some words, within the clause."),
        AstKind::Capture { role, .. } => Some(format!("What this group matches fills the role `{role}`.")),
        AstKind::Repeat { min, max, .. } => Some(match (min, max) {
            (0, Some(1)) => "This may be left out.".to_owned(),
            (min, None) => format!("At least {min} times."),
            (min, Some(max)) if min == max => format!("Exactly {min} times."),
            (min, Some(max)) => format!("From {min} to {max} times."),
        }),
        AstKind::Not(_) => say("This must not stand here."),
        AstKind::Tight(_) => say("Nothing may stand between this and what is before it."),
        AstKind::Alt(_) | AstKind::Seq(_) => None,
    }?;
    let span = Span::new(whole.start + node.span.start, whole.start + node.span.end);
    Some(Told { span, page })
}

/// What a test in brackets asks of a word.
fn tag(test: &TagExpr) -> Option<String> {
    fn say(test: &TagExpr, out: &mut Vec<String>) {
        match test {
            TagExpr::Name(name, _) => {
                let doc = Flags::NAMED.iter().find(|(known, ..)| known == name).map(|(.., doc)| *doc);
                out.push(format!("- `{name}`: {}", doc.unwrap_or("a mention of that type")));
            }
            TagExpr::And(a, b) | TagExpr::Or(a, b) => {
                say(a, out);
                say(b, out);
            }
            TagExpr::Not(inner) => say(inner, out),
        }
    }
    let mut lines = Vec::new();
    say(test, &mut lines);
    Some(format!("A word of which this is so:\n\n{}", lines.join("\n")))
}

/// The forms in which a word matches.
fn forms(word: &str, class: Option<WordClass>, checked: Option<&Checked>) -> Option<String> {
    let rules = checked?.rules.as_ref()?;
    let words = word.split_whitespace().map(|word| rules.likely_forms(word, class).join("*, *"));
    let forms: Vec<String> = words.map(|forms| format!("*{forms}*")).collect();
    Some(format!("Matches {}.", forms.join(", then ")))
}
