//! A parsed sentence together with who its mentions stand for: what clauses are matched on.
//!
//! Many clauses ask the same of the same unit, so every answer is worked out once a sentence and kept.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::language::{Deprel, Upos, VerbForm};
use crate::pattern::{Flags, Grammar, Reach, TypeId, TypeMask, WordClass, WordId, WordSet};
use crate::rules::RuleSet;

use super::discourse::{Discourse, EntityId};
use super::mention::Mention;
use super::syntax::Syntax;

/// An entity that a mention stands for: itself, or one of another type that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntityRef {
    /// The entity of the mention.
    Known(EntityId),
    /// A gazetteer entity by type and name.
    Meant(TypeId, String),
    /// A name of which nothing else is known, taken for somebody of this type.
    Guessed(TypeId, String),
}

/// Who can fill a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filler {
    /// The entity.
    pub entity: EntityRef,
    /// The mention that stands for it.
    pub mention: u32,
    /// Whether a noun was reached through that is no mention itself.
    pub reached: bool,
}

/// Most nouns that are looked through to reach a filler.
const MAX_DEPTH: usize = 3;

type Units = OnceCell<Box<[usize]>>;

/// Answers to one slot's question at one unit.
type Asked = (TypeMask, Reach, Rc<[Filler]>);

/// What has been worked out about one unit.
#[derive(Default)]
struct Known {
    subjects: Units,
    objects: Units,
    infinitives: Units,
    dependents: Units,
    owners: Units,
    fillers: RefCell<Vec<Asked>>,
}

/// One sentence, ready for clauses.
pub struct Reading<'a, 'r> {
    /// The parse.
    pub syntax: &'a Syntax<'r>,
    /// The document's mentions, inner ones after the others.
    pub mentions: &'a [Mention],
    /// Who they are.
    pub discourse: &'a Discourse,
    /// The rules.
    pub rules: &'r RuleSet,
    known: Vec<Known>,
}

impl<'a, 'r> Reading<'a, 'r> {
    /// Nothing is worked out yet.
    pub fn new(syntax: &'a Syntax<'r>, mentions: &'a [Mention], discourse: &'a Discourse, rules: &'r RuleSet) -> Self {
        let known = std::iter::repeat_with(Known::default).take(syntax.units.len()).collect();
        Self { syntax, mentions, discourse, rules, known }
    }

    /// Who fills a slot at a unit: its own mention, or, where the unit is a noun that is looked through, its owner's.
    pub fn fillers(&self, unit: usize, types: TypeMask, reach: Reach) -> Rc<[Filler]> {
        let known = &self.known[unit].fillers;
        if let Some((.., found)) = known.borrow().iter().find(|(t, r, _)| *t == types && *r == reach) {
            return found.clone();
        }
        let mut found = self.find(unit, types, reach, 0);
        if found.is_empty() {
            found.extend(self.guess(unit, types));
        }
        let found: Rc<[Filler]> = found.into();
        known.borrow_mut().push((types, reach, found.clone()));
        found
    }

    /// The entities of these types that a mention stands for. A capital stands for its country where no place is asked for
    /// and it is not meant as one.
    fn of_mention(&self, mention: u32, types: TypeMask, literal: bool) -> Vec<Filler> {
        let mut out = Vec::new();
        for id in self.discourse.entities_of(mention) {
            let entity = &self.discourse.entities[id as usize];
            let mut meant = None;
            for stands in &self.rules.stands_for {
                let applies = self.rules.types.is_a(entity.type_id, stands.mentioned)
                    && types.contains(stands.meant)
                    && !types.within(stands.literal)
                    && !(literal && types.contains(entity.type_id));
                if applies {
                    meant = meant.or(entity.attributes.get(&stands.attribute).map(|name| (stands.meant, name.clone())));
                }
            }
            let entity = match meant {
                Some((type_id, name)) => EntityRef::Meant(type_id, name),
                None if types.contains(entity.type_id) => EntityRef::Known(id),
                None => continue,
            };
            out.push(Filler { entity, mention, reached: false });
        }
        out
    }

    /// Whom a name stands for of which nothing is known, where it is an argument by itself.
    fn guess(&self, unit: usize, types: TypeMask) -> Option<Filler> {
        let (several, one) = self.rules.discourse.guess?;
        let mention = self.syntax.units[unit].mention?;
        let it = &self.mentions[mention as usize];
        let part = matches!(self.syntax.rels[unit], Deprel::Compound | Deprel::Amod | Deprel::Flat | Deprel::NmodDesc);
        if part
            || !self.discourse.strangers.contains(&mention)
            || self.syntax.units[unit].morph.upos != Upos::Propn
            // *South*, *Great*: a word of the language by itself is nobody.
            || it.end - it.start == 1 && self.syntax.units[unit].flags.has(Flags::KNOWN)
            || !self.discourse.entities_of(mention).is_empty()
        {
            return None;
        }
        let entity = match self.discourse.called(&it.value) {
            Some(id) => types.contains(self.discourse.entities[id as usize].type_id).then_some(EntityRef::Known(id))?,
            None => {
                let order = if it.end - it.start > 1 { [several, one] } else { [one, several] };
                let type_id = order.into_iter().find(|type_id| types.contains(*type_id))?;
                EntityRef::Guessed(type_id, it.value.clone())
            }
        };
        Some(Filler { entity, mention, reached: true })
    }

    /// Whether a unit stands after an adposition of place: *in Kabul* is no government.
    fn somewhere(&self, unit: usize) -> bool {
        let places = &self.rules.discourse.place_adpositions;
        self.syntax.by(unit, &[Deprel::Case]).any(|c| places.contains(self.syntax.units[c].word))
    }

    fn find(&self, unit: usize, types: TypeMask, reach: Reach, depth: usize) -> Vec<Filler> {
        let syntax = self.syntax;
        if let Some(mention) = syntax.units[unit].mention {
            // *the Lima Exchange* is not Peru, as *Lima* by itself may be.
            let named_after = depth > 0 && syntax.rels[unit] == Deprel::Compound;
            let mut own = self.of_mention(mention, types, self.somewhere(unit));
            own.retain(|filler| !(named_after && matches!(filler.entity, EntityRef::Meant(..))));
            if !own.is_empty() {
                return own;
            }
            // *his counterpart, Juma Inad*: the apposition can fill what the description cannot.
            for child in syntax.by(unit, &[Deprel::Appos, Deprel::Flat]) {
                if let Some(mention) = syntax.units[child].mention {
                    let found = self.of_mention(mention, types, false);
                    if !found.is_empty() {
                        return found;
                    }
                }
            }
        }
        if depth > MAX_DEPTH {
            return Vec::new();
        }
        // *Ann Berg, a senator whom Peru invited*: the senator is Ann Berg.
        if syntax.units[unit].mention.is_none()
            && syntax.rels[unit] == Deprel::Appos
            && let Some(name) = syntax.head(unit).filter(|name| *name < unit && syntax.units[*name].is_name())
        {
            return self.find(name, types, reach, depth + 1);
        }
        let (rules, word) = (self.rules, syntax.units[unit].word);
        let transparent = rules.discourse.transparent.contains(word);
        let nobody = syntax.units[unit].mention.is_none_or(|m| self.discourse.entities_of(m).is_empty());
        let noun = nobody
            && !rules.discourse.opaque.contains(word)
            && (syntax.units[unit].morph.upos != Upos::Verb
                || matches!(syntax.rels[unit], Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::NsubjPass));
        let reach = if noun { reach } else { Reach::Own };
        if transparent || reach != Reach::Own {
            let mut owners = Vec::new();
            syntax.owners(unit, &mut owners);
            syntax.obliques(unit, &rules.function.genitive, &mut owners);
            if transparent {
                syntax.obliques(unit, &rules.discourse.place_adpositions, &mut owners);
            }
            if reach != Reach::Own {
                syntax.obliques(unit, &rules.function.agent, &mut owners);
            }
            if reach == Reach::Any {
                owners.extend(syntax.by(unit, &[Deprel::Nmod, Deprel::Acl, Deprel::AclRelcl]));
            }
            // *rejected the offer made by Peru*
            if reach != Reach::Own {
                for child in syntax.by(unit, &[Deprel::Acl]).filter(|c| syntax.is_passive(*c)) {
                    syntax.subjects(child, &mut owners);
                }
            }
            for owner in owners {
                let mut found = self.find(owner, types, reach, depth + 1);
                if !found.is_empty() {
                    let mut all = Vec::new();
                    syntax.with_conjuncts(owner, &mut all);
                    for other in all.into_iter().filter(|o| *o != owner) {
                        found.extend(self.find(other, types, reach, depth + 1));
                    }
                    for filler in &mut found {
                        filler.reached |= !transparent;
                    }
                    return found;
                }
            }
        }
        // *accused each other*: whoever accuses is accused.
        if rules.classes.reciprocal.contains(word)
            && syntax.by(unit, &[Deprel::Fixed, Deprel::Amod, Deprel::Dep]).next().is_some()
            && let Some(verb) = syntax.head(unit)
        {
            let mut those = Vec::new();
            syntax.surface_subjects(verb, 0, &mut those);
            return those.into_iter().flat_map(|u| self.find(u, types, reach, depth + 1)).collect();
        }
        if syntax.units[unit].mention.is_none() {
            // *met several figures, among them A and B*
            let behind = |c: &usize| *c > unit && syntax.units[*c].morph.upos == Upos::Propn;
            let named = syntax.by(unit, &[Deprel::Amod, Deprel::Compound, Deprel::NmodDesc]).filter(behind);
            for child in syntax.by(unit, &[Deprel::Appos, Deprel::Flat]).chain(named) {
                if syntax.units[child].mention.is_some() {
                    let mut all = Vec::new();
                    syntax.with_conjuncts(child, &mut all);
                    return all.into_iter().flat_map(|c| self.find(c, types, reach, depth + 1)).collect();
                }
            }
        }
        Vec::new()
    }

    fn keep(&self, known: &Units, out: &mut Vec<usize>, work: impl FnOnce(&mut Vec<usize>)) {
        out.extend_from_slice(known.get_or_init(|| {
            let mut found = Vec::new();
            work(&mut found);
            found.into()
        }));
    }
}

impl Grammar for Reading<'_, '_> {
    fn len(&self) -> usize {
        self.syntax.units.len()
    }
    fn word(&self, unit: usize) -> WordId {
        self.syntax.units[unit].word
    }
    fn is_class(&self, unit: usize, class: WordClass) -> bool {
        self.syntax.is_class(unit, class)
    }
    fn fills(&self, unit: usize, types: TypeMask, reach: Reach) -> bool {
        !self.fillers(unit, types, reach).is_empty()
    }
    fn subjects(&self, unit: usize, out: &mut Vec<usize>) {
        self.keep(&self.known[unit].subjects, out, |out| self.syntax.subjects(unit, out));
    }
    fn patients(&self, unit: usize, out: &mut Vec<usize>) {
        self.syntax.patients(unit, out);
    }
    fn clause_subjects(&self, unit: usize, out: &mut Vec<usize>) {
        self.syntax.clause_subjects(unit, out);
    }
    fn far_obliques(&self, unit: usize, adpositions: &WordSet, out: &mut Vec<usize>) {
        self.syntax.far_obliques(unit, adpositions, out);
    }
    fn objects(&self, unit: usize, out: &mut Vec<usize>) {
        self.keep(&self.known[unit].objects, out, |out| self.syntax.objects(unit, out));
    }
    fn obliques(&self, unit: usize, adpositions: &WordSet, out: &mut Vec<usize>) {
        self.syntax.obliques(unit, adpositions, out);
    }
    fn infinitives(&self, unit: usize, out: &mut Vec<usize>) {
        self.keep(&self.known[unit].infinitives, out, |out| {
            self.syntax.complements(unit, out);
            out.retain(|c| {
                self.syntax.is_infinitive(*c) || self.syntax.units[*c].morph.verb_form == Some(VerbForm::Ger)
            });
        });
    }
    fn dependents(&self, unit: usize, out: &mut Vec<usize>) {
        self.keep(&self.known[unit].dependents, out, |out| self.syntax.dependents(unit, out));
    }
    fn owners(&self, unit: usize, out: &mut Vec<usize>) {
        self.keep(&self.known[unit].owners, out, |out| self.syntax.owners(unit, out));
    }
    fn members(&self, unit: usize, out: &mut Vec<usize>) {
        self.syntax.members(unit, out);
    }
    fn conjuncts(&self, unit: usize, out: &mut Vec<usize>) {
        self.syntax.conjuncts(unit, out);
    }
    fn accompanied(&self, unit: usize) -> bool {
        let mut companions = Vec::new();
        self.syntax.obliques(unit, &self.rules.function.comitative, &mut companions);
        !companions.is_empty()
    }
    fn skippable(&self, unit: usize) -> bool {
        self.syntax.skippable(unit)
    }
    fn possessive(&self, unit: usize) -> bool {
        self.syntax.possessive(unit)
    }
}
