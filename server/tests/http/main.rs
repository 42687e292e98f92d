//! The server seen from outside, over TCP: each test has a server and a database of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

mod access;
mod account;
mod alike;
mod board_terms;
mod boards;
mod bodies;
mod card_papers;
mod certificates;
mod codes;
mod commands;
mod correcting;
mod curating;
mod demo;
mod desk;
mod detail;
mod discussed;
mod entering;
mod filters;
mod going_back;
mod headers;
mod health;
mod home;
mod kept;
mod limits;
mod lines;
mod looking;
mod machines;
mod mail_check;
mod mail_worker;
mod mails;
mod moderating;
mod needs;
mod newer;
mod no_text;
mod noted;
mod observatory;
mod origins;
mod outcomes;
mod page_cache;
mod places;
mod plain_forms;
mod plan;
mod present;
mod programs;
mod reactions;
mod reading;
mod stopping;
mod telemetry;
mod terms;
mod topics;
mod traeger_limit;
mod typos;
