//! What the server functions do.
//!
//! - [`made`]: what a query wants, and the plan that is made of it
//! - [`show`]: a plan as the page shows it
//! - [`words`]: what does not fit, in sentences
//! - [`keep`]: the plan of an account
//! - [`programmes`]: certificates and their rules

pub mod keep;
pub mod made;
pub mod programmes;
pub mod show;
mod words;
