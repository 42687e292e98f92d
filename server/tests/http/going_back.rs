//! Back in the browser, to a form that was sent already, and something else typed: that is another request.

use crate::page_cache::{form_key, open_event, signs_up, signs_up_with};
use crate::support::TestApp;

/// Mails that wait for an address.
async fn mails_to(app: &TestApp, who: &str) -> usize {
    let mails = app.store.mails(1_000).await.unwrap();
    let address = format!("{who}@traeger.example");
    mails.iter().filter(|mail| mail.recipient == address).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_in_a_form_that_was_sent_already_is_signed_up_too() {
    let app = TestApp::start_filled().await;
    let path = open_event(&app).await;
    let key = form_key(&app.get(&path).await);
    for who in ["anna", "berta"] {
        assert!(signs_up(&app, &path, &key, who).await.status.is_redirection());
        assert_eq!(mails_to(&app, who).await, 1, "{who}");
    }
    assert!(signs_up(&app, &path, &key, "anna").await.status.is_redirection());
    assert_eq!(
        mails_to(&app, "anna").await,
        1,
        "the same, sent again, is the same request"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_box_ticked_in_it_is_another_request() {
    let app = TestApp::start_filled().await;
    let path = open_event(&app).await;
    let key = form_key(&app.get(&path).await);
    for (need, mails) in [("step_free", 1), ("step_free", 1), ("food", 2)] {
        let answer = signs_up_with(&app, &path, &key, "clara", &format!("&needs[{need}]=1")).await;
        assert!(answer.status.is_redirection());
        assert_eq!(mails_to(&app, "clara").await, mails, "{need}");
    }
}
