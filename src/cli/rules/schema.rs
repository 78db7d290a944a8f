//! `attache rules schema`: the JSON Schema of rule files, for editors.

use crate::cli::{Console, Status};
use crate::rules::written_schema;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Editors with taplo (Even Better TOML in VS Code, Helix, Neovim) complete and explain keys when a rule file
begins with a line that names the schema:
  #:schema ./attache-rules.schema.json"
)]
pub(super) struct Args {}

pub(super) fn run(_: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    serde_json::to_writer_pretty(console.out(), &written_schema())?;
    writeln!(console.out())?;
    Ok(Status::Done)
}
