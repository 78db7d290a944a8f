//! Patterns of nodes and relations: `(m:Minister)-[met-with]->(x)`.
//!
//! The language in which a graph is asked and in which inference rules say when they hold: the reading part of openCypher
//! with the spelling of rule files. What is written is read ([`parse`]) and held against the names there are ([`check`]);
//! no graph is known here, since rules are compiled before there is one.

mod ast;
mod check;
mod clauses;
mod known;
mod parse;
mod plan;
mod tokens;
mod value;

pub(crate) use ast::{Compare, Condition, Direction, Name, Pattern, Term, Total, Written};
pub(crate) use check::{Bound, Sought, check};
pub(crate) use known::{Known, Owner};
pub(crate) use parse::{parse, parse_only};
pub(crate) use plan::{Check, HopSlot, NodeSlot, Operand, Plan, Shows, Slot, Wanted};
pub(crate) use value::{Property, Scalar, fold};
