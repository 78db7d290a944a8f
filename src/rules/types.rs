//! The compiled type hierarchy of a pack.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::pattern::{TypeId, TypeMask};

/// One type.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub doc: String,
    /// The next broader type.
    pub parent: Option<TypeId>,
    /// From itself to the broadest type.
    pub ancestors: Vec<TypeId>,
    /// Whether its mentions become nodes.
    pub node: bool,
    /// What ids of its nodes begin with.
    pub id: String,
    /// How it is drawn.
    pub draw: BTreeMap<String, String>,
    /// Itself and everything above it.
    pub upward: TypeMask,
}

/// All types of a rule set.
#[derive(Debug, Clone, Default)]
pub struct Types {
    pub(super) defs: Vec<TypeDef>,
    /// Name to every type that satisfies it: the type and its subtypes, or the members of a union.
    pub(super) masks: FxHashMap<String, TypeMask>,
    pub(super) ids: FxHashMap<String, TypeId>,
}

impl Types {
    /// The type of that name.
    pub fn find(&self, name: &str) -> Option<TypeId> {
        self.ids.get(name).copied()
    }
    /// What satisfies a type's name; nothing for an unknown one.
    pub fn mask(&self, name: &str) -> TypeMask {
        self.masks.get(name).copied().unwrap_or_default()
    }
    /// Name to what satisfies it, unions included.
    pub fn masks(&self) -> &FxHashMap<String, TypeMask> {
        &self.masks
    }
    /// A type's definition.
    pub fn get(&self, id: TypeId) -> &TypeDef {
        &self.defs[id.0 as usize]
    }
    /// All types, in order of definition.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.defs.iter().enumerate().map(|(i, d)| (TypeId(i as u8), d))
    }
    /// Names from the narrowest to the broadest.
    pub fn lineage(&self, id: TypeId) -> Vec<String> {
        self.get(id).ancestors.iter().map(|t| self.get(*t).name.clone()).collect()
    }
    /// Whether `narrow` is `broad` or below it.
    pub fn is_a(&self, narrow: TypeId, broad: TypeId) -> bool {
        self.get(narrow).upward.contains(broad)
    }
    /// Of two types the narrower, where one lies below the other.
    pub fn narrower(&self, a: TypeId, b: TypeId) -> Option<TypeId> {
        if self.is_a(a, b) {
            Some(a)
        } else if self.is_a(b, a) {
            Some(b)
        } else {
            None
        }
    }
}
