//! Addresses that are one slip of the finger away from those of a large provider: who typed one is asked, and so is the office.

use domain::ids::{IdempotencyKey, WorkshopId};
use store_testing::plan;

use crate::support::{Answer, TestApp};

const SLIP: &str = "anna@gmial.com";
const ASKED: &str = "Meinten Sie „anna@gmail.com“?";

async fn open_workshop(app: &TestApp) -> (WorkshopId, String) {
    let draft = plan(app.store.ambient().now(), 30, 5);
    let row = app.publishes(&draft).await;
    (row.id, row.slug)
}

/// Where the form leads, and what is read there.
async fn signs_up(app: &TestApp, slug: &str, email: &str, more: &str) -> String {
    let key = IdempotencyKey(app.store.ambient().uuid());
    let form = format!(
        "slug={slug}&key={key}&name=Anna&email={email}&organisation=Haus&district=dresden&mode=on_site{more}"
    );
    let answer = app.post("/api/sign-up", &form).await;
    assert!(answer.header("location").contains("/angemeldet?"));
    page_of(app, &answer).await
}

async fn page_of(app: &TestApp, answer: &Answer) -> String {
    app.get(answer.header("location")).await.text()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_up_with_a_slip_of_the_finger_is_asked_whoever_it_is() {
    let app = TestApp::start().await;
    let (_, slug) = open_workshop(&app).await;
    let right = signs_up(&app, &slug, "berta@traeger.example", "").await;
    assert!(!right.contains("Meinten Sie"), "{right}");
    // The second time the address has a place: the page does not tell.
    for _ in 0..2 {
        let page = signs_up(&app, &slug, SLIP, "").await;
        assert!(page.contains(ASKED), "{page}");
        assert!(page.contains("für Sie gehalten"), "{page}");
    }
    let colleague = "&colleague_1_name=Clara&colleague_1_email=clara@wed.de";
    let page = signs_up(&app, &slug, "dora@traeger.example", colleague).await;
    assert!(page.contains("Meinten Sie „clara@web.de“?"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_code_or_a_link_at_such_an_address_is_asked() {
    let app = TestApp::start().await;
    let asks = async |email: &str| {
        let form = format!("email={email}&next=");
        let answer = app.post("/api/account-request-code", &form).await;
        page_of(&app, &answer).await
    };
    assert!(asks(SLIP).await.contains(ASKED));
    assert!(!asks("anna@traeger.example").await.contains("Meinten Sie"));
    let form = format!("email={SLIP}&code=AAAA-AAAA&next=");
    let answer = app.post("/api/account-redeem-code", &form).await;
    let page = page_of(&app, &answer).await;
    assert!(
        page.contains(ASKED),
        "it is still there after a wrong code: {page}"
    );
    for (email, is_asked) in [(SLIP, true), ("anna@traeger.example", false)] {
        let answer = app.post("/api/link-again", &format!("email={email}")).await;
        let page = page_of(&app, &answer).await;
        assert!(page.contains("mit den Links jetzt unterwegs."), "{page}");
        assert_eq!(page.contains(ASKED), is_asked, "{email}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_sees_it_beside_an_address_until_that_is_confirmed() {
    let app = TestApp::start().await;
    let store = &app.store;
    let (workshop, slug) = open_workshop(&app).await;
    signs_up(&app, &slug, SLIP, "").await;
    let staff = app.staff_signs_in("leitung@lafast.example").await;
    let list = async || {
        let path = format!("/verwaltung/veranstaltungen/{workshop}");
        app.get_as(&path, &staff).await.text()
    };
    let page = list().await;
    assert!(page.contains(SLIP) && page.contains("anna@gmail.com"), "{page}");
    let mails = store.mails(100).await.unwrap();
    let mail = mails.iter().find(|mail| mail.recipient == SLIP).unwrap();
    let token = mail.payload["place"]["token"].as_str().unwrap();
    store.confirm(token).await.unwrap();
    let page = list().await;
    assert!(page.contains(SLIP) && !page.contains("anna@gmail.com"), "{page}");
}
