//! Works out the SHA-256 of every file of the packs that ship with the program.
//!
//! The fingerprint of a pack is made of these. The largest file, the weights of tagger and parser, would take longer to
//! hash than all rules to compile, at every start of the program.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    let mut digests = BTreeMap::new();
    collect(Path::new("rules"), "", &mut digests)?;
    let mut code = String::from("[\n");
    for (path, digest) in digests {
        let _ = writeln!(code, "    ({path:?}, {digest:?}),");
    }
    code.push_str("]\n");
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(out.join("digests.rs"), code)
}

/// Digests by path as the program looks them up: from the folder of the packs on, with `/`.
fn collect(folder: &Path, inside: &str, digests: &mut BTreeMap<String, [u8; 32]>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            collect(&path, &format!("{inside}{name}/"), digests)?;
        } else {
            digests.insert(format!("{inside}{name}"), Sha256::digest(fs::read(&path)?).into());
        }
    }
    Ok(())
}
