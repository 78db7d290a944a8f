//! The tables of a file, as an editor lists them.

use lsp_types::{DocumentSymbol, SymbolKind};

use super::held::NAMED;
use super::lines::Lines;
use super::outline::outline;
use crate::source::Span;

/// One entry a table, in order; the parts of a table stand below it.
pub(super) fn symbols(text: &str) -> Vec<DocumentSymbol> {
    let lines = Lines::new(text);
    let mut out: Vec<(Vec<String>, DocumentSymbol)> = Vec::new();
    for header in outline(text, 0).headers {
        // A header that is not written yet is none.
        if header.names.first().is_none_or(|(name, _)| name.is_empty()) {
            continue;
        }
        let names: Vec<String> = header.names.iter().map(|(name, _)| name.clone()).collect();
        let table = names.first().cloned().unwrap_or_default();
        let value = |key: &str| {
            let found = header.keys.iter().find(|found| found.name == key)?;
            let value = found.value.slice(text).trim();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            value[1..].split(quote).next().filter(|value| !value.is_empty()).map(str::to_owned)
        };
        let own = if NAMED.contains(&table.as_str()) { names.get(1).cloned() } else { None };
        let called = own.clone().or_else(|| value("id")).or_else(|| value("file")).or_else(|| value("name"));
        let body = Span::new(
            header.span.start,
            header.span.start + text[header.span.start as usize..header.end as usize].trim_end().len() as u32,
        );
        let span = header.names.last().map_or(header.span, |(_, span)| *span);
        let symbol = symbol(
            called.filter(|name| !name.is_empty()).unwrap_or_else(|| table.clone()),
            value("doc").map_or_else(|| table.clone(), |doc| format!("{table}: {doc}")),
            kind(&table),
            lines.range(body),
            lines.range(if body.contains(span) { span } else { body }),
        );
        // `[relation.met-with.draw]` stands below `[relation.met-with]`.
        match out.last_mut() {
            Some((above, parent)) if names.len() > above.len() && names.starts_with(above) => {
                parent.range.end = symbol.range.end;
                parent
                    .children
                    .get_or_insert_default()
                    .push(DocumentSymbol { name: names[above.len()..].join("."), ..symbol });
            }
            _ => out.push((names, symbol)),
        }
    }
    out.into_iter().map(|(_, symbol)| symbol).collect()
}

fn kind(table: &str) -> SymbolKind {
    match table {
        "type" => SymbolKind::CLASS,
        "list" => SymbolKind::ARRAY,
        "relation" => SymbolKind::INTERFACE,
        "rule" | "name" | "inference" => SymbolKind::FUNCTION,
        "event" => SymbolKind::EVENT,
        "pack" => SymbolKind::PACKAGE,
        "lexicon" => SymbolKind::FILE,
        _ => SymbolKind::OBJECT,
    }
}

// The protocol still asks for a field that it no longer wants.
#[allow(deprecated)]
fn symbol(
    name: String,
    detail: String,
    kind: SymbolKind,
    range: lsp_types::Range,
    selection_range: lsp_types::Range,
) -> DocumentSymbol {
    let (tags, deprecated, children) = (None, None, None);
    DocumentSymbol { name, detail: Some(detail), kind, range, selection_range, tags, deprecated, children }
}
