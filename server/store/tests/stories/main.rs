//! Stories of Veranstaltungen, who comes, and boards, each on SQLite and on PostgreSQL with a database of its own.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod access;
mod accounts;
mod at_once;
mod board_terms;
mod boards;
mod codes;
mod coding;
mod course;
mod crossing;
mod faults;
mod fellows;
mod finding;
mod groups;
mod hostile;
mod leaving;
mod log;
mod mails;
mod modules;
mod needs;
mod office;
mod once;
mod opening;
mod outcomes;
mod plans;
mod recognition;
mod reminding;
mod runs;
mod semester;
mod shape;
mod signing_up;
mod staff;
mod tables;
mod terms;
mod topics;
mod waiting;
