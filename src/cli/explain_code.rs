//! `attache explain-code E012`: what the code of a message means.

use anyhow::bail;

use super::{Console, Status};
use crate::diagnostic::{all, explain, nearest};

/// Arguments of `attache explain-code`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  attache explain-code E003\n  attache explain-code        # list all codes")]
pub(super) struct Args {
    /// The code, such as E003; without one, all codes are listed
    code: Option<String>,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Status> {
    let paint = console.paint;
    let Some(code) = &args.code else {
        for info in all() {
            writeln!(console.out(), "{}  {}", paint.bold(info.code), info.title)?;
        }
        return Ok(Status::Done);
    };
    let Some(info) = explain(code) else {
        let near = nearest(&code.to_uppercase(), all().iter().map(|info| info.code));
        let hint = near.map_or_else(String::new, |near| format!(", did you mean {near}?"));
        bail!("there is no code {code}{hint}; `attache explain-code` lists all of them");
    };
    writeln!(console.out(), "{}: {}\n\n{}", paint.bold(info.code), info.title, info.explanation.trim_end())?;
    Ok(Status::Done)
}
