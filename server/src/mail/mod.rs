//! Mails: from the facts in the outbox to the mail server.
//!
//! - [`render`]: subject and text of each occasion
//! - [`message`]: the parts of a mail: text, HTML, calendar entry
//! - [`answer`]: why one did not go out, for the log and for staff
//! - [`server`]: the mail server, and whose fault it is when it takes no mail
//! - [`worker`]: sends what is due, once, with retries

pub mod answer;
#[cfg(test)]
mod complete;
pub mod message;
pub mod render;
pub mod server;
#[cfg(test)]
mod sink;
pub mod worker;
