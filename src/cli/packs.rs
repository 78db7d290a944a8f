//! Which rules a command works with.

use super::Console;
use crate::rules::{Compiled, FileBytes, PackFiles, RuleSet, compile, gather, load};

/// The pack that is used where no other is asked for.
pub(super) const DEFAULT: &str = "diplomacy";

/// `--rules`, for commands that read text.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct PackArgs {
    /// Rule pack: a folder, a single rule file, or the name of a built-in pack. Files, and folders without pack.toml,
    /// are laid over the built-in pack `diplomacy`. May be given several times
    #[arg(long = "rules", value_name = "PACK")]
    pub packs: Vec<String>,
}

impl PackArgs {
    /// The compiled rules. Everything wrong with them is shown; none when there were errors.
    pub fn load(&self, console: &mut Console<'_>) -> Option<RuleSet> {
        let compiled = load_layered(&self.packs);
        console.report(&compiled.diagnostics);
        // A command reads its rules once and ends: the system takes everything back at once.
        std::mem::forget(compiled.remains);
        compiled.rules
    }
}

/// Compiles the packs, laid over the default pack unless one of them stands by itself.
pub(super) fn load_layered(packs: &[String]) -> Compiled {
    load(&layered(packs))
}

/// Compiles the packs with a rule file laid over them that is on no disk; messages call it `place`.
pub(super) fn load_with(packs: &[String], place: &str, text: String) -> Compiled {
    let (mut files, errors) = gather(&layered(packs));
    let file = ("rules.toml".to_owned(), FileBytes::Owned(text.into_bytes()));
    files.push(PackFiles { place: place.to_owned(), files: [file].into() });
    compile(files, errors)
}

/// The packs that are compiled where these are asked for.
pub(super) fn layered(packs: &[String]) -> Vec<String> {
    let mut all: Vec<String> = packs.to_vec();
    if !all.iter().any(|pack| PackFiles::stands_alone(pack)) {
        all.insert(0, DEFAULT.to_owned());
    }
    all
}
