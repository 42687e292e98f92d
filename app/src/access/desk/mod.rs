//! What the server functions do.

use domain::access::address::AddressError;
use domain::access::scope::{NAME_CHARACTERS_MAX, PER_INSTITUTION_MAX};
use domain::access::{Event, Scope, TERMS_DAYS, WebhookUrl};
use domain::german;
use domain::ids::{IdempotencyKey, OrganisationId, PersonId, TokenId, WebhookId};
use domain::module::review::Reviewer;
use domain::text::one_line;
use domain::time::Instant;
use leptos::prelude::*;
use store::access::{DeliveryRow, TokenDraft, TokenRow, WebhookDraft, WebhookRow};
use store::{Store, StoreError};

use super::dto::{AccessView, TokenView, WebhookView};
use crate::catalogue::desk::overview::institutions;
use crate::catalogue::desk::reviewer;
use crate::catalogue::desk::words::length;
use crate::form_key::form_key;
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::ui::text::TRY_AGAIN;

/// The institution that is meant, of those of the asker: id and name, and all of them.
type Meant = ((OrganisationId, String), Vec<(String, String)>);

async fn meant(store: &Store, reviewer: &Reviewer, asked: &str) -> Result<Option<Meant>, ServerFnError> {
    let all = institutions(store, reviewer).await?;
    let chosen = match asked {
        "" => all.first(),
        asked => all.iter().find(|(id, _)| id == asked),
    };
    let chosen = chosen.and_then(|(id, name)| Some((OrganisationId::parse(id).ok()?, name.clone())));
    Ok(chosen.map(|chosen| (chosen, all)))
}

pub async fn load(asked: &str) -> Result<Option<AccessView>, ServerFnError> {
    let Some(reviewer) = reviewer().await? else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let Some(((id, name), institutions)) = meant(&store, &reviewer, asked).await? else {
        return Ok(None);
    };
    let now = store.ambient().now();
    let tokens = store.api_tokens(id).await.map_err(unavailable)?;
    let mut webhooks = Vec::new();
    for row in store.webhooks(id).await.map_err(unavailable)? {
        let log = store.deliveries(row.id).await.map_err(unavailable)?;
        webhooks.push(webhook(&row, &log));
    }
    Ok(Some(AccessView {
        institution: id.to_string(),
        name,
        institutions,
        tokens: tokens.iter().map(|row| token(row, now)).collect(),
        webhooks,
        key: form_key(&store),
        scopes: Scope::ALL
            .iter()
            .map(|scope| (scope.key().to_owned(), scope.label().to_owned()))
            .collect(),
        events: Event::chosen()
            .map(|event| (event.key().to_owned(), event.label().to_owned()))
            .collect(),
    }))
}

fn token(row: &TokenRow, now: Instant) -> TokenView {
    let counts = row.revoked_at.is_none() && row.ends_at > now;
    let standing = match row.revoked_at {
        Some(at) => format!("widerrufen am {}", german::day_year(at)),
        None if counts => format!("gilt bis {}", german::day_year(row.ends_at)),
        None => format!("abgelaufen am {}", german::day_year(row.ends_at)),
    };
    let used = match row.used_at {
        Some(at) => format!("zuletzt benutzt am {}", german::moment(at)),
        None => "noch nie benutzt".to_owned(),
    };
    TokenView {
        id: row.id.to_string(),
        name: row.name.clone(),
        words: format!("{}; {standing}; {used}", row.scope.label()),
        counts,
    }
}

fn webhook(row: &WebhookRow, log: &[DeliveryRow]) -> WebhookView {
    let events: Vec<&str> = row.events.iter().map(|event| event.label()).collect();
    let standing = match row.ended_at {
        Some(at) if row.reason.is_empty() => format!("beendet am {}", german::day_year(at)),
        Some(at) => format!("beendet am {}: {}", german::day_year(at), row.reason),
        None => format!("seit {}", german::day_year(row.made_at)),
    };
    WebhookView {
        id: row.id.to_string(),
        url: row.url.as_str().to_owned(),
        words: format!("{}; {standing}", events.join(", ")),
        counts: row.ended_at.is_none(),
        log: log.iter().map(line).collect(),
    }
}

fn line(row: &DeliveryRow) -> String {
    let answer = row.last_answer.clone().unwrap_or_default();
    let standing = match (row.done_at, row.failed_at, row.next_try_at) {
        (Some(at), ..) => format!("angekommen am {} (Antwort {answer})", german::moment(at)),
        (_, Some(at), _) => format!("endgültig gescheitert am {} ({answer})", german::moment(at)),
        (_, _, Some(next)) if row.tries > 0 => format!(
            "{}, nächster am {} ({answer})",
            german::count(
                u32::try_from(row.tries).unwrap_or(u32::MAX),
                "Versuch",
                "Versuche"
            ),
            german::moment(next)
        ),
        _ => "unterwegs".to_owned(),
    };
    format!(
        "{}, {}: {standing}",
        row.event.label(),
        german::moment(row.made_at)
    )
}

/// Who asks and for which institution, or the answer to anybody else.
async fn asking(
    store: &Store,
    institution: &str,
    values: Vec<(&str, String)>,
) -> Result<(SentForm, Reviewer, OrganisationId), FormReply> {
    let page = match OrganisationId::parse(institution) {
        Ok(id) => format!("/katalog/zugaenge?von={id}"),
        Err(_) => "/katalog/zugaenge".to_owned(),
    };
    let form = SentForm::on(page).typed(values);
    let found = match reviewer().await {
        Ok(Some(reviewer)) if !institution.is_empty() => match meant(store, &reviewer, institution).await {
            Ok(found) => found.map(|((id, _), _)| (reviewer, id)),
            Err(_) => return Err(form.failed(TRY_AGAIN).await),
        },
        Ok(_) => None,
        Err(_) => return Err(form.failed(TRY_AGAIN).await),
    };
    match found {
        Some((reviewer, id)) => Ok((form, reviewer, id)),
        None => {
            crate::ui::not_found::set_status(404);
            Err(form
                .failed("Das darf nur, wer Module dieser Institution pflegt.")
                .await)
        }
    }
}

async fn failed(form: SentForm, error: StoreError) -> FormReply {
    match error {
        StoreError::Duplicate => {
            form.failed(format!("Mehr als {PER_INSTITUTION_MAX} sind zu viele. Bitte beenden Sie zuerst, was niemand mehr braucht.")).await
        }
        error => {
            tracing::error!(%error, "access could not be changed");
            form.failed(TRY_AGAIN).await
        }
    }
}

/// What the form of a token that was sent before is told. What is said once is not said again: whoever has it by then need not be who
/// sent it.
const TOKEN_SAID_BEFORE: &str = "Dieses Formular ist schon angekommen; der Schlüssel steht unten in der Liste. Ein zweites Mal zeigen wir ihn nicht. \
     Wenn Sie ihn nicht kopiert haben, widerrufen Sie ihn und legen Sie einen neuen an.";
/// As [`TOKEN_SAID_BEFORE`], of a webhook.
const WEBHOOK_SAID_BEFORE: &str = "Dieses Formular ist schon angekommen; die Adresse steht unten in der Liste. Das Geheimnis für die Unterschrift zeigen wir kein zweites Mal. \
     Wenn Sie es nicht kopiert haben, beenden Sie die Adresse und legen Sie sie neu an.";

/// The key of what one person typed into a form.
fn key_of(key: &str, who: PersonId, said: &[&str]) -> Option<IdempotencyKey> {
    let who = who.to_string();
    let said: Vec<&str> = std::iter::once(who.as_str())
        .chain(said.iter().copied())
        .collect();
    Some(IdempotencyKey::parse(key).ok()?.with(&said))
}

pub async fn make_token(key: &str, [institution, name, scope, days]: [String; 4]) -> FormReply {
    let store = expect_context::<Store>();
    let said = ["token", &institution, &name, &scope, &days].map(str::to_owned);
    let values = vec![
        ("name", name.clone()),
        ("scope", scope.clone()),
        ("days", days.clone()),
        ("key", key.to_owned()),
    ];
    let (form, reviewer, organisation) = match asking(&store, &institution, values).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let name = match one_line(&name, 3, NAME_CHARACTERS_MAX) {
        Ok(name) => name,
        Err(error) => return form.wrong("name", length(error)).await,
    };
    let Some(scope) = Scope::parse(&scope) else {
        return form
            .wrong("scope", "Bitte wählen Sie, was der Schlüssel darf.")
            .await;
    };
    let Some(days) = days.parse().ok().filter(|days| TERMS_DAYS.contains(days)) else {
        return form
            .wrong("days", "Bitte wählen Sie, wie lange der Schlüssel gilt.")
            .await;
    };
    let draft = TokenDraft {
        organisation,
        name,
        scope,
        days,
    };
    let who = reviewer.person;
    let made = match key_of(key, who, &said.each_ref().map(String::as_str)) {
        Some(key) => store.make_api_token_once(who, draft, key).await,
        None => store.make_api_token(who, draft).await.map(Some),
    };
    match made {
        Ok(Some(token)) => {
            form.done(format!(
                "Ihr neuer Schlüssel, nur jetzt zu sehen, bitte gleich kopieren: {token}"
            ))
            .await
        }
        Ok(None) => form.done(TOKEN_SAID_BEFORE).await,
        Err(error) => failed(form, error).await,
    }
}

pub async fn revoke_token([institution, id]: [String; 2]) -> FormReply {
    let store = expect_context::<Store>();
    let (form, reviewer, organisation) = match asking(&store, &institution, Vec::new()).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let Ok(id) = TokenId::parse(&id) else {
        return form.failed(TRY_AGAIN).await;
    };
    match store.revoke_api_token(reviewer.person, organisation, id).await {
        Ok(true) => {
            form.done("Widerrufen. Der Schlüssel öffnet ab sofort nichts mehr.")
                .await
        }
        Ok(false) => {
            form.failed("Diesen Schlüssel gibt es nicht, oder er ist schon widerrufen.")
                .await
        }
        Err(error) => failed(form, error).await,
    }
}

pub async fn make_webhook(key: &str, [institution, url]: [String; 2], events: Vec<String>) -> FormReply {
    let store = expect_context::<Store>();
    let said = ["webhook", &institution, &url, &events.join(",")].map(str::to_owned);
    let typed = vec![
        ("url", url.clone()),
        ("events", events.join(",")),
        ("key", key.to_owned()),
    ];
    let (form, reviewer, organisation) = match asking(&store, &institution, typed).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let url = match WebhookUrl::parse(&url) {
        Ok(url) if url.is_secure() || use_context::<MayPrivate>().is_some() => url,
        Ok(_) => return form.wrong("url", "Die Adresse muss mit https:// beginnen.").await,
        Err(error) => return form.wrong("url", address(error)).await,
    };
    let events: Vec<Event> = events.iter().filter_map(|event| Event::parse(event)).collect();
    if events.is_empty() {
        return form.wrong("events", "Bitte wählen Sie, was gemeldet wird.").await;
    }
    let secret = badges::key::secret(&store.ambient().bytes::<32>());
    let draft = WebhookDraft {
        organisation,
        url,
        secret: secret.clone(),
        events,
    };
    let who = reviewer.person;
    let made = match key_of(key, who, &said.each_ref().map(String::as_str)) {
        Some(key) => store.make_webhook_once(who, draft, key).await,
        None => store.make_webhook(who, draft).await.map(|_| true),
    };
    match made {
        Ok(false) => form.done(WEBHOOK_SAID_BEFORE).await,
        Ok(true) => {
            form.done(format!("Angelegt. Damit prüft das andere System unsere Unterschrift; nur jetzt zu sehen, bitte gleich kopieren: {secret}")).await
        }
        Err(error) => failed(form, error).await,
    }
}

/// That programs may be told inside the network around the server, too, and without encryption: for an intranet.
#[derive(Clone, Copy, Debug)]
pub struct MayPrivate;

fn address(error: AddressError) -> &'static str {
    match error {
        AddressError::Form => "Das ist keine gültige Adresse. Sie muss mit https:// beginnen.",
        AddressError::TooLong => "Die Adresse ist zu lang.",
        AddressError::Secret => {
            "Bitte lassen Sie Namen und Passwort in der Adresse weg. Beides würde sonst in Protokollen stehen."
        }
    }
}

pub async fn act_on_webhook([institution, id, deed]: [String; 3]) -> FormReply {
    let store = expect_context::<Store>();
    let (form, reviewer, organisation) = match asking(&store, &institution, Vec::new()).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let Ok(id) = WebhookId::parse(&id) else {
        return form.failed(TRY_AGAIN).await;
    };
    let (done, notice) = match deed.as_str() {
        "try" => (
            store.try_webhook(organisation, id).await,
            "Die Probe ist unterwegs. In ein paar Sekunden steht unten, was geantwortet wurde.",
        ),
        "end" => (
            store.end_webhook(reviewer.person, organisation, id).await,
            "Beendet. Dorthin wird nichts mehr gemeldet.",
        ),
        _ => return form.failed(TRY_AGAIN).await,
    };
    match done {
        Ok(true) => form.done(notice).await,
        Ok(false) => {
            form.failed("Diese Adresse gibt es nicht, oder sie ist schon beendet.")
                .await
        }
        Err(error) => failed(form, error).await,
    }
}
