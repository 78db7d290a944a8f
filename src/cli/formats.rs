//! `attache formats`: every format and what it leaves out.

use super::{Console, Status};
use crate::export::Format;

pub(super) fn run(console: &mut Console<'_>) -> anyhow::Result<Status> {
    let paint = console.paint;
    for format in Format::ALL {
        let name = paint.bold(&format!("{:<9}", format.name()));
        let files: Vec<String> = format.endings().iter().map(|ending| format!(".{ending}")).collect();
        let loses = format.loses().unwrap_or("nothing");
        writeln!(console.out(), "{name}  {}  {}", files.join(" "), format.media_type())?;
        writeln!(console.out(), "           leaves out {loses}")?;
    }
    Ok(Status::Done)
}

/// Reads a format's name on the command line.
pub(super) fn parse(name: &str) -> Result<Format, String> {
    Format::from_name(name).ok_or_else(|| format!("known formats: {}", names().join(", ")))
}

/// The names of all formats.
pub(super) fn names() -> Vec<&'static str> {
    Format::ALL.iter().map(|format| format.name()).collect()
}
