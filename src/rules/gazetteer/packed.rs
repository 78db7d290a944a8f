//! A gazetteer as bytes, so that it can be made when the program is built and needs only be read when it starts.

use super::{Attributes, Case, Gazetteer, Kept, Kind, Surface};
use crate::pattern::TypeId;
use crate::pattern::bytes::{Pieces, put_numbers, put_text, put_texts};

/// Numbers that stand for one surface.
const SURFACE: usize = 6;

impl Gazetteer {
    /// Writes what look-ups need, once surfaces are sorted. Types are numbers here; what each is called comes with them.
    pub(in super::super) fn pack(&self, types: &[String], out: &mut Vec<u8>) {
        put_texts(out, types.iter().map(String::as_str));
        put_text(out, &self.names);
        put_numbers(out, self.entries.iter().map(|entry| entry.end));
        put_numbers(out, self.entries.iter().map(|entry| entry.kind.number()));
        put_numbers(out, self.entries.iter().map(|entry| entry.attributes));
        put_numbers(out, self.attributes.iter().map(|set| set.len() as u32));
        put_texts(out, self.attributes.iter().flat_map(|set| set.iter()).flat_map(|(name, value)| [&**name, &**value]));
        put_numbers(out, self.surfaces.iter().flat_map(Surface::numbers));
        put_numbers(out, self.rest.iter().map(|word| word.0));
        put_numbers(out, self.starts.iter().copied());
    }

    /// Reads what [`Gazetteer::pack`] wrote. `find` knows types by name; nothing comes of a type that it does not know.
    pub(in super::super) fn unpack(
        pieces: &mut Pieces<'_>,
        find: &dyn Fn(&str) -> Option<TypeId>,
    ) -> Option<Gazetteer> {
        let types: Vec<TypeId> = pieces.texts()?.map(find).collect::<Option<_>>()?;
        let names = pieces.text()?.to_owned();
        let (ends, kinds, attributes) = (pieces.numbers()?, pieces.numbers()?, pieces.numbers()?);
        let entries = ends
            .zip(kinds.zip(attributes))
            .map(|(end, (kind, attributes))| Some(Kept { kind: Kind::numbered(kind, &types)?, end, attributes }))
            .collect::<Option<_>>()?;
        let sizes = pieces.numbers()?;
        let mut values = pieces.texts()?;
        let mut pair = || Some((values.next()?.into(), values.next()?.into()));
        let attributes =
            sizes.map(|size| (0..size).map(|_| pair()).collect::<Option<Box<Attributes>>>()).collect::<Option<_>>()?;
        let surfaces = pieces.rows::<SURFACE>()?.map(Surface::of_numbers).collect();
        let rest = pieces.numbers()?.map(crate::pattern::WordId).collect();
        let starts = pieces.numbers()?.collect();
        Some(Gazetteer { entries, names, attributes, surfaces, rest, starts, ..Gazetteer::default() })
    }
}

impl Kind {
    fn number(self) -> u32 {
        u32::from(self.type_id.0) << 2 | u32::from(self.entity) << 1 | u32::from(self.nominal)
    }

    fn numbered(number: u32, types: &[TypeId]) -> Option<Kind> {
        let type_id = *types.get(number as usize >> 2)?;
        Some(Kind { type_id, entity: number & 2 != 0, nominal: number & 1 != 0 })
    }
}

impl Surface {
    fn numbers(&self) -> [u32; SURFACE] {
        let exact = u32::from(self.case == Case::Exact);
        [self.rest.0, self.rest.1, self.entry, u32::from(self.form) << 1 | exact, self.caps, self.cap]
    }

    fn of_numbers([from, to, entry, form, caps, cap]: [u32; SURFACE]) -> Surface {
        let case = if form & 1 == 1 { Case::Exact } else { Case::Any };
        Surface { rest: (from, to), entry, form: (form >> 1) as u8, case, caps, cap }
    }
}
