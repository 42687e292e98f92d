//! What became of a solution where somebody tried it, from a form.

use domain::board::state::TRIAL_CHARACTERS_MAX;
use domain::board::{Operation, Outcome, Refusal};
use domain::district::District;
use domain::ids::{CardId, OperationId};
use domain::text::TextError;

use super::act::{chosen, on_page};
use super::perform::{perform, perform_in};
use crate::boards::typed::{CONTEXT, OUTCOME, PLACE, field};
use crate::boards::words;
use crate::form_reply::FormReply;
use crate::ui::text::TRY_AGAIN;

/// What was typed.
#[derive(Debug)]
pub struct Trying {
    pub key: String,
    pub card: String,
    pub number: String,
    pub outcome: String,
    pub district: String,
    pub context: String,
}

pub async fn tell(slug: String, on: String, typed: Trying) -> FormReply {
    let Trying {
        key,
        card,
        number,
        outcome,
        district,
        context,
    } = typed;
    let form = on_page(&slug, &on).typed([
        ("number", number.clone()),
        ("outcome", outcome.clone()),
        ("district", district.clone()),
        ("context", context.clone()),
    ]);
    let (Ok(key), Ok(card)) = (CardId::parse(&key), CardId::parse(&card)) else {
        return form.failed(TRY_AGAIN).await;
    };
    let Some(outcome) = Outcome::parse(&outcome) else {
        return form
            .wrong(
                &field(OUTCOME, number),
                "Bitte wählen Sie, was daraus geworden ist.",
            )
            .await;
    };
    let district = match chosen(&district, District::parse) {
        Ok(district) => district,
        Err(sentence) => return form.wrong(&field(PLACE, number), sentence).await,
    };
    let id_of_text = field(CONTEXT, number);
    if context.trim().is_empty() {
        let operation = Operation::Tried {
            card,
            outcome: Some(outcome),
            district,
        };
        return perform(form, &slug, None, operation, "Notiert: bei Ihnen probiert.").await;
    }
    if context.trim().chars().count() > TRIAL_CHARACTERS_MAX {
        let max = TRIAL_CHARACTERS_MAX;
        let (_, sentence) = words::refusal(Refusal::Text(TextError::TooLong { max }));
        return form.wrong(&id_of_text, sentence).await;
    }
    let place = district.map_or("", |district| district.slug);
    let said = [&card.to_string(), outcome.key(), place, &context];
    let sentence = CardId::of_form(key.0, &said);
    let operation = Operation::Tell {
        card: sentence,
        on: card,
        outcome,
        district,
        text: context,
    };
    let id = Some(OperationId(sentence.0));
    let said = "Notiert. Ihr Satz steht unter der Lösung.";
    perform_in(form, &slug, id, operation, said, &id_of_text).await
}
