//! Why entities are one and why they are not, kept where somebody asks.

use std::fmt;

/// What speaks for two entities being one, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A gazetteer knows both under the same key.
    Key,
    /// The pack's list says so.
    Listed,
    /// The same name, which is not a personal one.
    WholeName,
    /// The same personal name, letter for letter after folding.
    SameName,
    /// A spelling of the same personal name.
    Spelling,
    /// The same personal name, parts of which one lacks.
    MissingParts,
    /// The same parts, the family name first in one of them.
    Order,
    /// A surname that only one person with that office can mean.
    SurnameAndOffice,
    /// A surname that only one person of that country can mean.
    SurnameAndCountry,
    /// The same surname, country and office.
    SameSurname,
    /// No name, but the same office of the same country at about the same time.
    SameOffice,
}

/// What speaks against it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// They differ in an attribute that does not change.
    Attribute {
        /// The attribute.
        name: String,
        /// The values of one.
        first: String,
        /// The values of the other.
        second: String,
    },
    /// A gazetteer knows them under two keys.
    Keys,
    /// The pack's list keeps two of their names apart.
    Listed(String, String),
    /// Two of their names cannot be one person's.
    Names(String, String),
    /// Different offices, and no country that they share.
    Offices,
    /// Nothing but the name is shared, and that is not enough for so different spellings.
    NothingShared,
    /// A bare surname that nothing else ties to anybody.
    BareSurname,
    /// A bare surname that several people can mean.
    Ambiguous,
    /// Too long a time between them.
    Time,
    /// Others held the office in between.
    OtherHolder,
}

impl Refusal {
    /// The same, seen from the other of the two.
    pub(super) fn turned(self) -> Self {
        match self {
            Refusal::Attribute { name, first, second } => Refusal::Attribute { name, first: second, second: first },
            Refusal::Listed(a, b) => Refusal::Listed(b, a),
            Refusal::Names(a, b) => Refusal::Names(b, a),
            other => other,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::Key => "the gazetteer knows both under one key",
            Reason::Listed => "the pack lists them as the same",
            Reason::WholeName => "the same name",
            Reason::SameName => "the same personal name",
            Reason::Spelling => "another spelling of the same name",
            Reason::MissingParts => "the same name with parts left out",
            Reason::Order => "the same name, the family name first in one",
            Reason::SurnameAndOffice => "a surname that only one with this office can mean",
            Reason::SurnameAndCountry => "a surname that only one of this country can mean",
            Reason::SameSurname => "the same surname, country and office",
            Reason::SameOffice => "no name, but the same office at about the same time",
        })
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Attribute { name, first, second } => write!(f, "{name} {first} here, {second} there"),
            Refusal::Keys => f.write_str("the gazetteer knows them as two"),
            Refusal::Listed(a, b) => write!(f, "the pack keeps {a} and {b} apart"),
            Refusal::Names(a, b) => write!(f, "{a} and {b} cannot be one name"),
            Refusal::Offices => f.write_str("another office, and no country in common"),
            Refusal::NothingShared => f.write_str("spelled differently, and neither country nor office in common"),
            Refusal::BareSurname => f.write_str("a bare surname, and neither country nor office ties them"),
            Refusal::Ambiguous => f.write_str("a bare surname that several can mean"),
            Refusal::Time => f.write_str("too far apart in time"),
            Refusal::OtherHolder => f.write_str("the office changed hands in between"),
        }
    }
}
