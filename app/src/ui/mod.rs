//! Widgets without domain words.
//!
//! - [`layout`]: header, navigation, footer around every page
//! - [`page`]: one page with its heading and title
//! - [`field`]: labelled form fields with hint and error
//! - [`post_form`]: a form that is sent with and without WebAssembly
//! - `focus`: where it goes when what it was on goes
//! - [`form`]: what a form answered: error summary or success
//! - [`fold`]: a part that is folded until somebody opens it
//! - [`dialog`]: a question before something that cannot be undone
//! - [`toast`]: a short word about something that was just done
//! - [`button`]: submit, copy, share, print
//! - [`notice`]: what happened, what to look out for
//! - [`badge`], [`icon`], [`empty`], [`coded`]: small things
//! - [`changing`]: parts of a page that change while it is shown; `kept`: one that stays as long as it shows the same
//! - [`tile_map`]: Saxony as thirteen tiles
//! - [`not_found`]: the page that is not there; [`found`]: what may not be there
//! - [`offline`]: readable without a network
//! - [`text`]: sentences that several features share; [`when`]: date and time

pub mod badge;
pub mod button;
pub mod changing;
pub mod coded;
pub mod dialog;
pub mod empty;
pub mod field;
#[cfg(feature = "hydrate")]
pub mod focus;
pub mod fold;
pub mod form;
pub mod found;
pub mod icon;
mod kept;
pub mod layout;
pub mod not_found;
pub mod notice;
pub mod offline;
pub mod page;
pub mod post_form;
pub mod text;
pub mod tile_map;
pub mod toast;
pub mod when;
