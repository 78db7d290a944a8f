//! The relations of Universal Dependencies, with the subtypes that carry meaning for extraction.

use super::morph::{UnknownName, names};

names! {
    /// A dependency relation (<https://universaldependencies.org/u/dep/>).
    Deprel:
    Nsubj = "nsubj", NsubjPass = "nsubj:pass", NsubjOuter = "nsubj:outer", Obj = "obj", Iobj = "iobj", Csubj = "csubj",
    CsubjPass = "csubj:pass", Ccomp = "ccomp", Xcomp = "xcomp", Obl = "obl", OblAgent = "obl:agent",
    OblUnmarked = "obl:unmarked", Vocative = "vocative", Expl = "expl", Dislocated = "dislocated", Advcl = "advcl",
    AdvclRelcl = "advcl:relcl", Advmod = "advmod", Discourse = "discourse", Aux = "aux", AuxPass = "aux:pass",
    Cop = "cop", Mark = "mark", Nmod = "nmod", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked",
    NmodDesc = "nmod:desc", Appos = "appos", Nummod = "nummod", Acl = "acl", AclRelcl = "acl:relcl", Amod = "amod",
    Det = "det", DetPredet = "det:predet", Clf = "clf", Case = "case", Conj = "conj", Cc = "cc",
    CcPreconj = "cc:preconj", Fixed = "fixed", Flat = "flat", List = "list", Parataxis = "parataxis",
    Compound = "compound", CompoundPrt = "compound:prt", Orphan = "orphan", Goeswith = "goeswith",
    Reparandum = "reparandum", Punct = "punct", Root = "root", Dep = "dep",
}

/// How many relations there are: one more than the greatest number of one.
pub(crate) const DEPRELS: usize = Deprel::ALL.len();

impl Deprel {
    /// The relation a treebank's spelling stands for: itself, or its plain type when the subtype is not one of ours
    /// (`csubj:outer` is `csubj`), or [`Deprel::Dep`].
    #[must_use]
    pub fn from_treebank(text: &str) -> Deprel {
        Deprel::parse(text).or_else(|| Deprel::parse(text.split(':').next().unwrap_or_default())).unwrap_or(Deprel::Dep)
    }

    /// Any of the subject relations: nominal or clausal, active or passive.
    #[must_use]
    pub const fn is_subject(self) -> bool {
        matches!(self, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter | Deprel::Csubj | Deprel::CsubjPass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_subtypes_fall_back() {
        assert_eq!(Deprel::from_treebank("nsubj:pass"), Deprel::NsubjPass);
        assert_eq!(Deprel::from_treebank("csubj:outer"), Deprel::Csubj);
        assert_eq!(Deprel::from_treebank("obl:tmod"), Deprel::Obl);
        assert_eq!(Deprel::from_treebank("whatever"), Deprel::Dep);
    }

    #[test]
    fn labels_fit_the_row_format() {
        const { assert!(DEPRELS < 64) };
    }
}
