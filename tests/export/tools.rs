//! Programs that a test needs and this project does not build.

use std::process::Command;

/// Whether a program is there; under `ATTACHE_REQUIRE_TOOLS=1` it must be.
pub fn available(what: &str, command: &mut Command) -> bool {
    let there = command.output().is_ok_and(|output| output.status.success());
    assert!(there || std::env::var_os("ATTACHE_REQUIRE_TOOLS").is_none(), "{what} is required and not there");
    if !there {
        eprintln!("SKIPPED: {what} is not installed; .ci/run and .ci/tools install it");
    }
    there
}
