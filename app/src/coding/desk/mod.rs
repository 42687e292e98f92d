//! What the server functions do.
//!
//! - [`overview`]: codebooks, and where they are used
//! - [`codebook`]: a codebook and its codes
//! - [`work`]: the cards of a coding, and what was made of them
//! - [`project`]: how far a coding is, and how far two readings agree
//! - [`card`]: one card to read

pub mod card;
pub mod codebook;
pub mod overview;
pub mod project;
pub mod work;

use domain::coding::draft::Wrong;
use domain::text::TextError;
use store::accounts::Viewer;

use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::session;
use crate::ui::not_found::set_status;
use crate::ui::text::TRY_AGAIN;

/// The member of staff who asks, or the answer to anybody else.
async fn staff(form: SentForm) -> Result<(SentForm, Viewer), FormReply> {
    match session::viewer().await {
        Ok(Some(viewer)) if viewer.is_staff() => Ok((form, viewer)),
        Ok(_) => {
            set_status(404);
            Err(form.failed("Das darf nur die Geschäftsstelle.").await)
        }
        Err(_) => Err(form.failed(TRY_AGAIN).await),
    }
}

/// What is wrong with the fields, in sentences.
fn sentences(wrong: Wrong) -> Vec<FieldError> {
    let sentence = |(field, error)| FieldError::new(field, sentence(error));
    wrong.into_iter().map(sentence).collect()
}

fn sentence(error: TextError) -> String {
    match error {
        TextError::TooShort { min } => format!("Bitte schreiben Sie mindestens {min} Zeichen."),
        TextError::TooLong { max } => format!("Bitte kürzen Sie den Text auf höchstens {max} Zeichen."),
    }
}
