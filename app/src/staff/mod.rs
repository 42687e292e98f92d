//! The office: Veranstaltungen, sign-ups, mails, log. Whoever may not see it finds nothing there.
//!
//! - [`overview`] at `/verwaltung`
//! - [`edit`]: create and edit
//! - [`workshop`]: one Veranstaltung with its sign-ups
//! - [`duty`]: who arranges what people need
//! - [`people_filter`], [`person`]: the list of sign-ups, and one of them; [`course`]: what happened to it
//! - [`copy`]: a series across districts
//! - [`outbox`], [`audit`], [`log_words`], [`mail_words`]: mails and log
//! - [`mail_text`]: one mail as it would be sent; [`mail_reader`]: who reads it
//! - [`place_mails`]: every mail to one sign-up; [`bounces_to`]: where mails come back
//! - [`labels`]: what the fields of a Veranstaltung are called
//! - [`actions`]: the server functions; `desk`: what they do, on the server
//! - [`dto`]: what travels between server and browser

#[expect(
    missing_docs,
    clippy::too_many_arguments,
    reason = "arguments of server functions are the fields of their forms"
)]
pub mod actions;
mod audit;
#[cfg(feature = "ssr")]
pub mod bounces_to;
mod copy;
mod course;
#[cfg(feature = "ssr")]
mod desk;
pub mod dto;
mod duty;
mod edit;
mod labels;
#[cfg(feature = "ssr")]
mod log_words;
#[cfg(feature = "ssr")]
pub mod mail_reader;
mod mail_text;
#[cfg(feature = "ssr")]
mod mail_words;
mod outbox;
mod overview;
mod people_filter;
mod person;
mod place_mails;
mod way_back;
mod workshop;

pub use audit::AuditPage;
pub use copy::CopyPage;
pub use course::CoursePage;
pub use edit::{CreatePage, EditPage};
pub use mail_text::MailTextPage;
pub use outbox::OutboxPage;
pub use overview::OverviewPage;
pub use place_mails::PlaceMailsPage;
pub use workshop::WorkshopPage;
