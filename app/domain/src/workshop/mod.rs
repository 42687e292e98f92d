//! Veranstaltungen: what they are, and how staff describe them.
//!
//! - [`kind`]: Regionalwerkstatt, seminar, lecture, conference; on site, online, hybrid; draft to cancelled
//! - [`slug`]: the name in the URL
//! - [`draft`]: the validated description
//! - [`session`]: the dates of one that has several
//! - [`form`]: what staff type, field by field
//! - [`seen`]: what a form was made of, and what has moved since

pub mod draft;
pub mod form;
pub mod kind;
pub mod seen;
pub mod session;
pub mod slug;

pub use draft::{Venue, WorkshopDraft};
pub use form::{WorkshopFieldError, WorkshopForm};
pub use kind::{Form, Kind, Status};
pub use seen::{Moved, Seen};
pub use session::{SESSIONS_MAX, Session, SessionError};
pub use slug::Slug;
