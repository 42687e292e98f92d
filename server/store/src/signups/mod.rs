//! Who comes: sign-ups, waiting lists, personal links.
//!
//! Each change of a place goes the same way, in one transaction: lock the Veranstaltung, load, let the rules
//! decide, write the change with its history, audit row and mail, settle.
//!
//! - [`sign_up`]: a newcomer, perhaps with colleagues
//! - [`place`]: one place as its owner sees it
//! - [`verbs`]: what the owner of a personal link can do
//! - [`fellows`]: who else takes part
//! - [`staff`]: what the office can do
//! - [`duty`]: who arranges what people need, and nobody else sees
//! - [`course`]: what happened to a place and who did it, for the office
//! - [`settle`]: expire and promote
//! - [`change`]: writing one decided change
//! - [`behind`]: which place is behind a personal link
//! - [`transfer`]: everybody leaves a mode that has no seats any more
//! - [`handed_over`]: since when somebody has a place
//! - [`links`]: personal links of an address, once more
//! - [`notice`]: the facts that mails tell
//! - [`forget`]: what people need leaves the mails
//! - [`reserved`]: seats that are kept back, used and given back
//! - [`remind`]: mails before and after a Veranstaltung
//! - [`mails`]: all mails about one place, and one of them again
//! - [`bounced`]: which of them came back

pub(crate) mod behind;
pub mod bounced;
pub(crate) mod change;
pub mod course;
pub mod duty;
pub mod fellows;
pub(crate) mod forget;
pub(crate) mod handed_over;
pub mod links;
pub mod mails;
pub mod notice;
pub mod place;
pub mod remind;
pub(crate) mod reserved;
pub(crate) mod settle;
pub mod sign_up;
pub mod staff;
pub(crate) mod transfer;
pub mod verbs;

pub use course::{Course, Done};
pub use duty::AccessDuty;
pub use fellows::{FELLOWS_MAX, Fellow, Fellows};
pub use mails::{NotAgain, PlaceMails};
pub use notice::{MailFacts, PlaceFacts, ResultsFacts, WorkshopFacts};
pub use place::{HistoryEntry, PlaceView};
pub use sign_up::{Answered, SignUpAnswer, SignUpCommand};
pub use staff::{SignUpFilter, SignUpRow};
