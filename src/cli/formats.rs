//! `attache formats`: every format and what it leaves out.

use super::{Console, Status};
use crate::export::Format;

pub(super) fn run(console: &mut Console<'_>) -> anyhow::Result<Status> {
    let paint = console.paint;
    for format in Format::ALL {
        let name = paint.bold(&format!("{:<5}", format.name()));
        let loses = format.loses().map_or_else(|| "nothing; it can be read back".to_owned(), str::to_owned);
        writeln!(console.out(), "{name} {:<18} leaves out {loses}", format.media_type())?;
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
