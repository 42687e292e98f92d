//! The plan of an account.

use domain::ids::PersonId;
use leptos::prelude::*;
use store::{Store, StoreError};

use super::made::{first_term, query, wish};
use crate::form_reply::{FormReply, SentForm};
use crate::session;
use crate::ui::text::TRY_AGAIN;

pub async fn keep(asked: String) -> FormReply {
    let store = expect_context::<Store>();
    // Only what can be read is kept, and it is written anew: nothing else reaches the address or the database.
    let now = store.ambient().now();
    let Ok(runs) = store.runs(None).await else {
        return SentForm::on("/lernweg").failed(TRY_AGAIN).await;
    };
    let wish = wish(&asked, first_term(&runs, now));
    let kept = query(&wish);
    let form = SentForm::on(format!("/lernweg?{kept}"));
    let done = |store: Store, person| async move { store.keep_learning_plan(person, Some(kept)).await };
    act(form, done, "Der Plan ist in Ihrem Konto gespeichert. Er liegt auf jedem Gerät bereit, auf dem Sie sich anmelden.").await
}

pub async fn forget() -> FormReply {
    let done = |store: Store, person| async move { store.keep_learning_plan(person, None).await };
    act(
        SentForm::on("/lernweg"),
        done,
        "Der Plan ist aus Ihrem Konto gelöscht.",
    )
    .await
}

async fn act<F>(form: SentForm, act: impl FnOnce(Store, PersonId) -> F, notice: &str) -> FormReply
where
    F: Future<Output = Result<(), StoreError>>,
{
    let person = match session::viewer().await {
        Ok(Some(viewer)) => viewer.person,
        Ok(None) => {
            return form
                .failed("Bitte melden Sie sich zuerst an. Der Plan steckt so lange im Link dieser Seite.")
                .await;
        }
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    match act(expect_context(), person).await {
        Ok(()) => form.done(notice).await,
        Err(error) => {
            tracing::error!(%error, "a plan could not be kept");
            form.failed(TRY_AGAIN).await
        }
    }
}
