//! Names of the packs that ship with the program, compiled when it was built.
//!
//! They are most of what a pack holds and none of it depends on anything else that a user may lay over it, but for types:
//! those are looked up by name when the names are read. A pack on disk, or with a file of its own, is compiled as always.

use crate::pattern::Lexis;
use crate::pattern::bytes::Pieces;
use crate::rules::Types;
use crate::rules::gazetteer::Gazetteer;
use crate::rules::read::Written;

/// Packs by name. The build script writes them.
static NAMES: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/names.rs"));

/// The compiled names, where all of them come from one pack and that is as it ships.
pub(super) fn packed(written: &Written) -> Option<&'static [u8]> {
    let first = written.lexicons.first()?.pack;
    if written.lexicons.iter().any(|lexicon| lexicon.pack != first) {
        return None;
    }
    let name = written.packs.get(first)?.built_in()?;
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes)
}

/// The names, and their words; none where a type is not known.
pub(super) fn read(bytes: &[u8], types: &Types) -> Option<(Gazetteer, Lexis)> {
    let mut pieces = Pieces::new(bytes);
    let gazetteer = Gazetteer::unpack(&mut pieces, &|name| types.find(name))?;
    Some((gazetteer, Lexis::unpack(&mut pieces)?))
}

/// Which packs there are.
#[cfg(test)]
pub(super) fn packed_names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(name, _)| *name)
}
