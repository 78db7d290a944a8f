//! Parquet: the two tables of the CSV as columns with types, for data frames and warehouses.
//!
//! Texts, whole numbers, fractions and truth values are what they are; lists are JSON, as in the CSV; what a node or an edge
//! has not is null. The manifest of the graph stands in the metadata of both files, under `attache`.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use serde::Serialize;

use super::columns::{Columns, Spelling};
use super::error::ExportError;
use super::words;
use crate::graph::{Edge, KnowledgeGraph, Node};

/// Rows that are held as columns at once.
const ROWS: usize = 16_384;

/// What a column has of a row.
type Value<'a, T, V> = Box<dyn Fn(&T) -> V + 'a>;

/// How a column gets its values from a row.
enum Values<'a, T> {
    Text(Value<'a, T, Option<String>>),
    Whole(Value<'a, T, u32>),
    Fraction(Value<'a, T, f64>),
    Truth(Value<'a, T, bool>),
}

struct Column<'a, T> {
    name: String,
    values: Values<'a, T>,
}

fn text<'a, T>(name: &str, value: impl Fn(&T) -> String + 'a) -> Column<'a, T> {
    Column { name: name.to_owned(), values: Values::Text(Box::new(move |row| Some(value(row)))) }
}

fn whole<'a, T>(name: &str, value: impl Fn(&T) -> u32 + 'a) -> Column<'a, T> {
    Column { name: name.to_owned(), values: Values::Whole(Box::new(value)) }
}

fn json(value: &impl Serialize) -> String {
    // What a graph consists of always has a JSON form.
    serde_json::to_string(value).unwrap_or_default()
}

/// Writes the table of nodes.
pub(super) fn nodes<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> Result<(), ExportError> {
    let attributes = Columns::of_nodes(graph, Spelling::Free);
    let mut columns = vec![
        text("id", |node: &Node| node.id.clone()),
        text("type", |node: &Node| node.type_name.clone()),
        text("types", |node: &Node| json(&node.types)),
        text("name", |node: &Node| node.name.clone()),
        text("aliases", |node: &Node| json(&node.aliases)),
        whole("support", |node: &Node| node.support),
        text("offices", |node: &Node| json(&node.offices)),
        text("mentions", |node: &Node| json(&node.mentions)),
    ];
    columns.extend(attributes.attributes().map(|name| Column {
        name: attributes.name(name).to_owned(),
        values: Values::Text(Box::new(move |node: &Node| node.attributes.get(name).cloned())),
    }));
    table(graph, &columns, graph.nodes(), out)
}

/// Writes the table of edges.
pub(super) fn edges<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> Result<(), ExportError> {
    let attributes = Columns::of_edges(graph, Spelling::Free);
    let mut columns = vec![
        text("source", |edge: &Edge| edge.source.clone()),
        text("target", |edge: &Edge| edge.target.clone()),
        whole("key", |edge: &Edge| edge.key),
        text("type", |edge: &Edge| edge.type_name.clone()),
        text("label", |edge: &Edge| edge.label.clone()),
        text("modality", |edge: &Edge| words::modality(edge.modality).to_owned()),
        text("polarity", |edge: &Edge| words::polarity(edge.polarity).to_owned()),
        Column { name: "confidence".to_owned(), values: Values::Fraction(Box::new(|edge: &Edge| edge.confidence)) },
        whole("support", |edge: &Edge| edge.support),
        whole("sources", |edge: &Edge| edge.sources),
        text("origin", |edge: &Edge| words::origin(edge.origin).to_owned()),
        Column {
            name: "symmetric".to_owned(),
            values: Values::Truth(Box::new(|edge: &Edge| words::is_symmetric(graph, edge))),
        },
        text("evidence", |edge: &Edge| json(&edge.evidence)),
    ];
    columns.extend(attributes.attributes().map(|name| Column {
        name: attributes.name(name).to_owned(),
        values: Values::Text(Box::new(move |edge: &Edge| edge.attributes.get(name).cloned())),
    }));
    table(graph, &columns, graph.edges(), out)
}

fn table<'g, T: 'g, W: Write>(
    graph: &KnowledgeGraph,
    columns: &[Column<'_, T>],
    rows: impl Iterator<Item = &'g T>,
    out: &mut W,
) -> Result<(), ExportError> {
    let bytes = written(graph, columns, rows).map_err(|error| ExportError::from(std::io::Error::other(error)))?;
    Ok(out.write_all(&bytes)?)
}

fn written<'g, T: 'g>(
    graph: &KnowledgeGraph,
    columns: &[Column<'_, T>],
    rows: impl Iterator<Item = &'g T>,
) -> Result<Vec<u8>, ParquetError> {
    let manifest = KeyValue::new("attache".to_owned(), json(graph.manifest()));
    let properties = WriterProperties::builder().set_key_value_metadata(Some(vec![manifest])).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema(columns)?), Arc::new(properties))?;
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let some: Vec<&T> = rows.by_ref().take(ROWS).collect();
        let mut group = writer.next_row_group()?;
        for column in columns {
            fill(&mut group, &column.values, &some)?;
        }
        group.close()?;
    }
    writer.into_inner()
}

fn schema<T>(columns: &[Column<'_, T>]) -> Result<Type, ParquetError> {
    let field = |column: &Column<'_, T>| {
        let of = |physical| Type::primitive_type_builder(&column.name, physical);
        let field = match column.values {
            Values::Text(_) => of(Physical::BYTE_ARRAY)
                .with_repetition(Repetition::OPTIONAL)
                .with_converted_type(ConvertedType::UTF8)
                .with_logical_type(Some(LogicalType::String)),
            Values::Whole(_) => of(Physical::INT64).with_repetition(Repetition::REQUIRED),
            Values::Fraction(_) => of(Physical::DOUBLE).with_repetition(Repetition::REQUIRED),
            Values::Truth(_) => of(Physical::BOOLEAN).with_repetition(Repetition::REQUIRED),
        };
        field.build().map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder("schema").with_fields(fields).build()
}

fn fill<T>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: &Values<'_, T>,
    rows: &[&T],
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    match values {
        Values::Text(value) => {
            let cells: Vec<Option<String>> = rows.iter().map(|row| value(row)).collect();
            let there: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
            let texts: Vec<ByteArray> =
                cells.into_iter().flatten().map(|cell| ByteArray::from(cell.into_bytes())).collect();
            column.typed::<ByteArrayType>().write_batch(&texts, Some(&there), None)?;
        }
        Values::Whole(value) => {
            let numbers: Vec<i64> = rows.iter().map(|row| i64::from(value(row))).collect();
            column.typed::<Int64Type>().write_batch(&numbers, None, None)?;
        }
        Values::Fraction(value) => {
            let numbers: Vec<f64> = rows.iter().map(|row| value(row)).collect();
            column.typed::<DoubleType>().write_batch(&numbers, None, None)?;
        }
        Values::Truth(value) => {
            let truths: Vec<bool> = rows.iter().map(|row| value(row)).collect();
            column.typed::<BoolType>().write_batch(&truths, None, None)?;
        }
    }
    column.close()
}
