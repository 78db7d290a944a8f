//! Does ahead of time what depends on nothing but the packs that ship with the program.
//!
//! The fingerprint of a pack is made of the SHA-256 of its files: the largest, the weights of tagger and parser, would take
//! longer to hash than all rules to compile, at every start of the program. And the names that a pack knows, tens of
//! thousands of rows, are compiled by the very modules that compile those of other packs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

#[allow(dead_code)]
#[path = "src/pattern/bytes.rs"]
mod bytes;
#[allow(dead_code)]
#[path = "src/rules/gazetteer/mod.rs"]
mod gazetteer;
#[path = "build/lexicons.rs"]
mod lexicons;
#[allow(dead_code)]
#[path = "src/pattern/lexis.rs"]
mod lexis;
#[allow(dead_code)]
#[path = "src/rules/compile/rows.rs"]
mod rows;
#[allow(dead_code)]
#[path = "src/rules/compile/table.rs"]
mod table;

/// What the shared modules ask of the room of patterns.
mod pattern {
    pub(crate) use crate::bytes;
    pub use crate::lexis::{Lexis, WordId};

    /// A type, by its place among those that rows have.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct TypeId(pub u8);
}

/// What they ask of the room of rules.
mod rules {
    pub(crate) use crate::gazetteer;
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    let mut files = BTreeMap::new();
    collect(Path::new("rules"), "", &mut files)?;
    let mut code = String::from("[\n");
    for (path, bytes) in &files {
        let _ = writeln!(code, "    ({path:?}, {:?}),", <[u8; 32]>::from(Sha256::digest(bytes)));
    }
    code.push_str("]\n");
    fs::write(out.join("digests.rs"), code)?;
    let mut code = String::from("[\n");
    let mut packs: Vec<&str> = files.keys().filter_map(|path| Some(path.split_once('/')?.0)).collect();
    packs.dedup();
    for pack in packs {
        if let Some(names) = lexicons::pack(pack, &files) {
            fs::write(out.join(format!("{pack}.names")), names)?;
            let _ = writeln!(code, "    ({pack:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{pack}.names\"))),");
        }
    }
    code.push_str("]\n");
    fs::write(out.join("names.rs"), code)
}

/// Files by path as the program looks them up: from the folder of the packs on, with `/`.
fn collect(folder: &Path, inside: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            collect(&path, &format!("{inside}{name}/"), files)?;
        } else {
            files.insert(format!("{inside}{name}"), fs::read(&path)?);
        }
    }
    Ok(())
}
