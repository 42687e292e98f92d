//! Veranstaltungen: what they are, and how staff describe them.
//!
//! - [`kind`]: Regionalwerkstatt, seminar, lecture, conference; on site, online, hybrid; draft to cancelled
//! - [`slug`]: the name in the URL
//! - [`draft`]: the validated description
//! - [`form`]: what staff type, field by field

pub mod draft;
pub mod form;
pub mod kind;
pub mod slug;

pub use draft::{Venue, WorkshopDraft};
pub use form::{WorkshopFieldError, WorkshopForm};
pub use kind::{Form, Kind, Status};
pub use slug::Slug;
