//! What a tag says of a word: its Universal part of speech and the reduced morphology that extraction needs.
//!
//! The names are those of Universal Dependencies (<https://universaldependencies.org/u/pos/>). Of its features only
//! those are kept that change what a clause says: the form, tense and voice of a verb, the number of a noun, the kind
//! of a pronoun. Agreement features of verbs repeat their subject and are left out.

macro_rules! names {
    ($(#[$doc:meta])* $name:ident: $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name { $(#[doc = concat!("Universal Dependencies `", $text, "`.")] $variant),+ }
        impl $name {
            /// Every value, in the order of their numbers.
            pub const ALL: &[$name] = &[$($name::$variant),+];
            /// The spelling of Universal Dependencies.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
            /// The value with this Universal Dependencies spelling, if it is one of those kept here.
            #[must_use]
            pub fn parse(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }
            pub(crate) fn from_index(index: u8) -> Option<$name> {
                Self::ALL.get(usize::from(index)).copied()
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl std::str::FromStr for $name {
            type Err = UnknownName;
            fn from_str(text: &str) -> Result<$name, UnknownName> {
                $name::parse(text).ok_or(UnknownName(()))
            }
        }
    };
}
pub(crate) use names;

/// A name that Universal Dependencies does not define, or that this crate does not keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownName(pub(crate) ());

impl std::fmt::Display for UnknownName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a name of Universal Dependencies")
    }
}

impl std::error::Error for UnknownName {}

names! {
    /// Universal part of speech.
    Upos:
    Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
    Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
    Verb = "VERB", X = "X",
}

names! {
    /// The form of a verb.
    VerbForm: Fin = "Fin", Inf = "Inf", Part = "Part", Ger = "Ger",
}

names! {
    /// The tense a verb's form shows.
    Tense: Past = "Past", Pres = "Pres",
}

names! {
    /// Grammatical number.
    Number: Sing = "Sing", Plur = "Plur",
}

names! {
    /// The kind of a pronoun, determiner or pronominal adverb.
    PronType:
    Art = "Art", Dem = "Dem", Emp = "Emp", Exc = "Exc", Ind = "Ind", Int = "Int", Neg = "Neg", Prs = "Prs",
    Rcp = "Rcp", Rel = "Rel", Tot = "Tot",
}

names! {
    /// Degree of comparison.
    Degree: Cmp = "Cmp", Sup = "Sup",
}

/// The reduced morphology of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Morph {
    /// Part of speech.
    pub upos: Upos,
    /// Form of a verb: finite, infinitive, participle, gerund.
    pub verb_form: Option<VerbForm>,
    /// Tense of a verb form.
    pub tense: Option<Tense>,
    /// Number of a noun, name, pronoun or determiner; never that of a verb.
    pub number: Option<Number>,
    /// The form is a passive one (a passive participle, where the treebank marks it).
    pub passive: bool,
    /// Kind of pronoun.
    pub pron_type: Option<PronType>,
    /// The pronoun is a possessive.
    pub poss: bool,
    /// Person of a personal pronoun: 1, 2 or 3.
    pub person: Option<u8>,
    /// Comparative or superlative; `None` is the plain degree or none at all.
    pub degree: Option<Degree>,
}

/// How many bytes [`Morph::encode`] writes.
pub(crate) const MORPH_BYTES: usize = 9;

impl Morph {
    /// A part of speech with nothing else known.
    ///
    /// ```
    /// use attache::language::{Morph, Upos};
    /// assert_eq!(Morph::of(Upos::Noun).number, None);
    /// ```
    #[must_use]
    pub const fn of(upos: Upos) -> Morph {
        Morph {
            upos,
            verb_form: None,
            tense: None,
            number: None,
            passive: false,
            pron_type: None,
            poss: false,
            person: None,
            degree: None,
        }
    }

    /// Whether it is a noun or a name.
    #[must_use]
    pub const fn is_nominal(&self) -> bool {
        matches!(self.upos, Upos::Noun | Upos::Propn)
    }

    /// Whether it makes a clause finite: a finite verb or an auxiliary.
    #[must_use]
    pub const fn is_finite(&self) -> bool {
        matches!(self.verb_form, Some(VerbForm::Fin)) || matches!(self.upos, Upos::Aux)
    }

    /// Whether it is a past participle.
    #[must_use]
    pub const fn is_past_participle(&self) -> bool {
        matches!((self.verb_form, self.tense), (Some(VerbForm::Part), Some(Tense::Past)))
    }

    /// Reads the features column of CoNLL-U (`Tense=Past|VerbForm=Fin`, or `_`), keeping what this type holds.
    #[must_use]
    pub fn from_features(upos: Upos, features: &str) -> Morph {
        let mut morph = Morph::of(upos);
        let verb = matches!(upos, Upos::Verb | Upos::Aux);
        for pair in features.split('|') {
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            match name {
                "VerbForm" => morph.verb_form = VerbForm::parse(value),
                "Tense" => morph.tense = Tense::parse(value),
                "Voice" => morph.passive = value == "Pass",
                "Number" if !verb => morph.number = Number::parse(if value == "Ptan" { "Plur" } else { value }),
                "Person" if upos == Upos::Pron => morph.person = value.parse().ok(),
                "PronType" => morph.pron_type = PronType::parse(value),
                "Poss" => morph.poss = value == "Yes",
                "Degree" => morph.degree = Degree::parse(value),
                _ => {}
            }
        }
        morph
    }

    /// The features column of CoNLL-U; [`Morph::from_features`] reads it back.
    #[must_use]
    pub fn features(&self) -> String {
        let person = self.person.map(|person| person.to_string());
        let pairs = [
            ("Degree", self.degree.map(Degree::as_str)),
            ("Number", self.number.map(Number::as_str)),
            ("Person", person.as_deref()),
            ("Poss", self.poss.then_some("Yes")),
            ("PronType", self.pron_type.map(PronType::as_str)),
            ("Tense", self.tense.map(Tense::as_str)),
            ("VerbForm", self.verb_form.map(VerbForm::as_str)),
            ("Voice", self.passive.then_some("Pass")),
        ];
        let told: Vec<String> =
            pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?))).collect();
        if told.is_empty() { "_".to_owned() } else { told.join("|") }
    }

    /// This morphology with its `step`-th least important feature dropped, or `None` past the last one.
    pub(crate) fn coarser(mut self, step: usize) -> Option<Morph> {
        match step {
            0 => self.person = None,
            1 => self.number = None,
            2 => self.degree = None,
            3 => self.poss = false,
            4 => self.pron_type = None,
            5 => self.passive = false,
            6 => self.tense = None,
            7 => self.verb_form = None,
            _ => return None,
        }
        Some(self)
    }

    pub(crate) fn encode(self) -> [u8; MORPH_BYTES] {
        fn byte(value: Option<u8>) -> u8 {
            value.unwrap_or(u8::MAX)
        }
        [
            self.upos as u8,
            byte(self.verb_form.map(|v| v as u8)),
            byte(self.tense.map(|v| v as u8)),
            byte(self.number.map(|v| v as u8)),
            u8::from(self.passive),
            byte(self.pron_type.map(|v| v as u8)),
            u8::from(self.poss),
            byte(self.person),
            byte(self.degree.map(|v| v as u8)),
        ]
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Morph> {
        let &[upos, verb_form, tense, number, passive, pron_type, poss, person, degree] = bytes else {
            return None;
        };
        Some(Morph {
            upos: Upos::from_index(upos)?,
            verb_form: VerbForm::from_index(verb_form),
            tense: Tense::from_index(tense),
            number: Number::from_index(number),
            passive: passive == 1,
            pron_type: PronType::from_index(pron_type),
            poss: poss == 1,
            person: (person != u8::MAX).then_some(person),
            degree: Degree::from_index(degree),
        })
    }
}

/// One label of a model's tagset; [`super::Model::morph`] says what it means.
#[derive(Default, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(pub(crate) u8);

impl Tag {
    /// The tag's place in the model's tagset.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_survive_the_round_trip() {
        for (upos, features) in [
            (Upos::Verb, "Tense=Past|VerbForm=Part|Voice=Pass"),
            (Upos::Pron, "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs"),
            (Upos::Adj, "Degree=Sup"),
            (Upos::Punct, "_"),
        ] {
            let morph = Morph::from_features(upos, features);
            assert_eq!(Morph::decode(&morph.encode()), Some(morph), "{features}");
        }
        let morph = Morph::from_features(Upos::Verb, "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin");
        assert_eq!((morph.tense, morph.number, morph.person), (Some(Tense::Past), None, None));
    }

    #[test]
    fn names_round_trip() {
        for &upos in Upos::ALL {
            assert_eq!(upos.as_str().parse(), Ok(upos));
        }
        assert!("noun".parse::<Upos>().is_err());
    }
}
