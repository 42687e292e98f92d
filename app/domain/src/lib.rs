//! Types and rules of the platform, without input or output, clock or randomness.
//!
//! Time, ids and randomness are arguments. The same code decides in the browser and on the server, and a
//! simulation can replay any day of it from a seed.

pub mod access;
pub mod access_need;
pub mod account;
pub mod board;
pub mod booking;
pub mod certificate;
pub mod coding;
pub mod contact;
pub mod district;
pub mod german;
pub mod ids;
pub mod mail;
pub mod module;
mod names;
pub mod organisation;
pub mod person;
pub mod plan;
pub mod recognition;
pub mod signup;
pub mod text;
pub mod time;
pub mod working_time;
pub mod workshop;
