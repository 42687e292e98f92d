//! Server functions of the account: parse, authorise, call one verb of the store, answer.

use leptos::prelude::*;

use super::dto::AccountView;
use crate::form_reply::FormReply;

/// The signed-in person's own data, or nothing without a session.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "account", output = crate::json::Answer)]
pub async fn account() -> Result<Option<AccountView>, ServerFnError> {
    server::account().await
}

/// Sends a code to an address. The answer is the same whether the address is known or not.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "account-request-code")]
pub async fn request_code(
    /// Where the code goes.
    email: String,
    /// Where to go after signing in.
    #[server(default)]
    next: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::request_code(email, next).await)
}

/// Signs in with the mailed code.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "account-redeem-code")]
pub async fn redeem_code(
    /// The address the code went to.
    email: String,
    /// The code.
    code: String,
    /// Where to go after signing in.
    #[server(default)]
    next: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::redeem_code(email, code, next).await)
}

/// Ends this device's session.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "account-sign-out")]
pub async fn sign_out() -> Result<FormReply, ServerFnError> {
    Ok(server::sign_out().await)
}

/// Ends every session of the signed-in person.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "account-sign-out-everywhere")]
pub async fn sign_out_everywhere() -> Result<FormReply, ServerFnError> {
    Ok(server::sign_out_everywhere().await)
}

/// Ends one session of the signed-in person.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "account-end-session")]
pub async fn end_session(
    /// Which session.
    session: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::end_session(session).await)
}

/// Saves what fills forms in advance.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "account-save")]
pub async fn save_account(
    /// The name, or nothing.
    #[server(default)]
    name: String,
    /// The Träger, or nothing.
    #[server(default)]
    organisation: String,
    /// The district's slug, or nothing.
    #[server(default)]
    district: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::save(name, organisation, district).await)
}

/// Deletes the account of the signed-in person.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "account-delete")]
pub async fn delete_account(
    /// "yes" if the box was ticked.
    #[server(default)]
    sure: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::delete(sure).await)
}

/// The half that runs on the server.
#[cfg(feature = "ssr")]
mod server {
    use axum::http::{header, request::Parts};
    use domain::account::{Role, SignInCode};
    use domain::contact::EmailAddress;
    use domain::district::District;
    use domain::ids::SessionId;
    use domain::organisation::OrganisationName;
    use domain::person::PersonName;
    use leptos::prelude::*;
    use store::Store;
    use store::accounts::{CodeError, MyPlace, Viewer};

    use crate::account::dto::{AccountView, PlaceItem, SessionView};
    use crate::form_reply::{FieldError, FormReply, SentForm, answer_elsewhere};
    use crate::loading::unavailable;
    use crate::session;
    use crate::signup::words;
    use crate::ui::text::{TRY_AGAIN, TYPO, email_sentence, typo_sentence};

    const SIGN_IN: &str = "/konto/anmelden";
    const ACCOUNT: &str = "/konto";

    pub async fn account() -> Result<Option<AccountView>, ServerFnError> {
        let store = expect_context::<Store>();
        let Some(viewer) = session::viewer().await? else {
            return Ok(None);
        };
        let profile = store.account(viewer.person).await.map_err(unavailable)?;
        let sessions = store.my_sessions(viewer.person).await.map_err(unavailable)?;
        let places = store.my_places(viewer.person).await.map_err(unavailable)?;
        Ok(Some(AccountView {
            places: places.into_iter().map(place_item).collect(),
            email: viewer.email.as_str().to_owned(),
            name: profile.name.unwrap_or_default(),
            organisation: profile.organisation.unwrap_or_default(),
            district: profile
                .district
                .map(|district| district.slug.to_owned())
                .unwrap_or_default(),
            roles: role_words(&viewer),
            is_staff: viewer.is_staff(),
            is_curator: viewer.roles.iter().any(|(role, _)| *role == Role::Curator),
            sessions: sessions
                .into_iter()
                .map(|row| SessionView {
                    current: row.id == viewer.session,
                    id: row.id.to_string(),
                    device: row.device,
                    since: domain::german::moment(row.created_at),
                    last_used: domain::german::moment(row.used_at),
                })
                .collect(),
        }))
    }

    fn place_item(place: MyPlace) -> PlaceItem {
        PlaceItem {
            title: place.title,
            when: domain::german::unbroken(&domain::german::span(place.starts_at, place.ends_at)),
            state: format!("{}, {}", words::mode(place.mode), words::state(place.state)),
            tone: words::tone(place.state),
            link: format!("/anmeldung/{}", place.token),
        }
    }

    fn role_words(viewer: &Viewer) -> Vec<String> {
        viewer
            .roles
            .iter()
            .filter_map(|(role, _)| match role {
                Role::Participant => None,
                Role::Curator => Some("Modulverantwortung"),
                Role::Staff => Some("Geschäftsstelle"),
                Role::Admin => Some("Administration"),
            })
            .map(str::to_owned)
            .collect()
    }

    /// Acts for the signed-in person; everybody else is asked to sign in.
    async fn as_myself<F>(form: SentForm, act: impl FnOnce(Store, Viewer, SentForm) -> F) -> FormReply
    where
        F: Future<Output = FormReply>,
    {
        match session::viewer().await {
            Ok(Some(viewer)) => act(expect_context(), viewer, form).await,
            Ok(None) => form.go(SIGN_IN).await,
            Err(_) => form.failed(TRY_AGAIN).await,
        }
    }

    pub async fn request_code(email: String, next: String) -> FormReply {
        let store = expect_context::<Store>();
        let form = SentForm::on(SIGN_IN).typed([("email", email.clone()), ("next", next)]);
        let email = match EmailAddress::parse(&email) {
            Ok(email) => email,
            Err(error) => return form.wrong("email", email_sentence(error)).await,
        };
        // Known, unknown or over the limit: the answer is the same (S4). Only a broken database shows.
        match store.request_code(&email).await {
            Ok(()) => {
                let form = form.typed([("step", "code".to_owned())]).typed(typo(&email));
                form.step().await
            }
            Err(_) => form.failed(TRY_AGAIN).await,
        }
    }

    /// What the page of the code asks about the address to which it went.
    fn typo(email: &EmailAddress) -> Option<(&'static str, String)> {
        let asked = typo_sentence([email], "Dann wählen Sie bitte unten „Andere Adresse verwenden“.");
        asked.map(|asked| (TYPO, asked))
    }

    pub async fn redeem_code(email: String, code: String, next: String) -> FormReply {
        let store = expect_context::<Store>();
        let form = SentForm::on(SIGN_IN).typed([
            ("email", email.clone()),
            ("next", next.clone()),
            ("step", "code".to_owned()),
        ]);
        let form = form.typed(EmailAddress::parse(&email).ok().as_ref().and_then(typo));
        let (Ok(email), Some(code)) = (EmailAddress::parse(&email), SignInCode::normalise(&code)) else {
            let sentence = "Der Code hat 8 Zeichen. Bitte geben Sie ihn so ein, wie er in der E-Mail steht.";
            return form.wrong("code", sentence).await;
        };
        match store.redeem_code(&email, &code, &device()).await {
            Ok(signed_in) => {
                session::set_cookie(&signed_in.token);
                form.go(own_path(&next)).await
            }
            Err(error) => {
                let sentence = match error {
                    CodeError::Wrong => {
                        "Dieser Code stimmt nicht. Bitte nehmen Sie den Code aus der neuesten E-Mail."
                    }
                    CodeError::Expired => "Dieser Code gilt nicht mehr. Bitte fordern Sie einen neuen an.",
                    CodeError::TooManyTries => {
                        "Der Code wurde zu oft falsch eingegeben. Bitte warten Sie zehn Minuten und fordern Sie dann einen neuen Code an."
                    }
                    CodeError::Store(_) => TRY_AGAIN,
                };
                form.wrong("code", sentence).await
            }
        }
    }

    pub async fn sign_out() -> FormReply {
        let store = expect_context::<Store>();
        let form = SentForm::on(ACCOUNT);
        if let Some(token) = session::token()
            && store.end_session_by_token(&token).await.is_err()
        {
            return form.failed(TRY_AGAIN).await;
        }
        session::clear_cookie();
        form.go(SIGN_IN).await
    }

    pub async fn sign_out_everywhere() -> FormReply {
        as_myself(SentForm::on(ACCOUNT), |store, viewer, form| async move {
            if store.end_all_sessions(viewer.person).await.is_err() {
                return form.failed(TRY_AGAIN).await;
            }
            session::clear_cookie();
            form.go(SIGN_IN).await
        })
        .await
    }

    pub async fn end_session(id: String) -> FormReply {
        as_myself(SentForm::on(ACCOUNT), |store, viewer, form| async move {
            let Ok(id) = SessionId::parse(&id) else {
                return form.failed(TRY_AGAIN).await;
            };
            // A session of somebody else is not found: the store looks only among the person's own.
            match store.end_session(viewer.person, id).await {
                Ok(()) => form.done("Das Gerät ist abgemeldet.").await,
                Err(_) => form.failed(TRY_AGAIN).await,
            }
        })
        .await
    }

    pub async fn save(name: String, organisation: String, district: String) -> FormReply {
        let form = SentForm::on(ACCOUNT).typed([
            ("name", name.clone()),
            ("organisation", organisation.clone()),
            ("district", district.clone()),
        ]);
        as_myself(form, |store, viewer, form| async move {
            let mut errors = Vec::new();
            let mut wrong = |field: &str, sentence: &str| errors.push(FieldError::new(field, sentence));
            let name = optional(&name, PersonName::parse).map_err(|_| {
                wrong(
                    "name",
                    "Bitte geben Sie 2 bis 120 Zeichen ein, oder lassen Sie das Feld leer.",
                );
            });
            let organisation = optional(&organisation, OrganisationName::parse).map_err(|_| {
                wrong(
                    "organisation",
                    "Bitte geben Sie 2 bis 160 Zeichen ein, oder lassen Sie das Feld leer.",
                );
            });
            let district = optional(&district, |slug| District::parse(slug).ok_or(()))
                .map_err(|()| wrong("district", "Bitte wählen Sie einen Eintrag aus der Liste."));
            let (Ok(name), Ok(organisation), Ok(district)) = (name, organisation, district) else {
                return form.refused(errors).await;
            };
            match store
                .update_account(viewer.person, name, organisation, district)
                .await
            {
                Ok(()) => form.done("Ihre Angaben sind gespeichert.").await,
                Err(_) => form.failed(TRY_AGAIN).await,
            }
        })
        .await
    }

    pub async fn delete(sure: String) -> FormReply {
        as_myself(SentForm::on(ACCOUNT), |store, viewer, form| async move {
            if sure != "yes" {
                let sentence = "Bitte setzen Sie das Häkchen, wenn Sie Ihr Konto löschen möchten.";
                return form.wrong("sure", sentence).await;
            }
            let Ok(cancelled) = store.delete_account(viewer.person).await else {
                return form.failed(TRY_AGAIN).await;
            };
            session::clear_cookie();
            answer_elsewhere("/konto/anmelden", FormReply::done(deleted(cancelled))).await
        })
        .await
    }

    /// What became of the account, and of the places that it had.
    fn deleted(cancelled: u32) -> String {
        match cancelled {
            0 => "Ihr Konto ist gelöscht.".to_owned(),
            cancelled => {
                let places = domain::german::count(cancelled, "Anmeldung ist", "Anmeldungen sind");
                format!("Ihr Konto ist gelöscht, {places} abgesagt.")
            }
        }
    }

    /// An empty field is no value; anything else must parse.
    fn optional<T, E>(text: &str, parse: impl Fn(&str) -> Result<T, E>) -> Result<Option<T>, E> {
        if text.trim().is_empty() {
            Ok(None)
        } else {
            parse(text).map(Some)
        }
    }

    /// Only paths of this application are followed after signing in: no other host, no header tricks.
    fn own_path(next: &str) -> String {
        let plain = next
            .chars()
            .all(|character| character.is_ascii_graphic() && character != '\\');
        if plain && next.starts_with('/') && !next.starts_with("//") {
            next.to_owned()
        } else {
            ACCOUNT.to_owned()
        }
    }

    /// Browser and system in a few words, from the browser's own line; nothing else of it is kept.
    fn device() -> String {
        let agent = use_context::<Parts>()
            .and_then(|parts| parts.headers.get(header::USER_AGENT).cloned())
            .and_then(|value| value.to_str().map(str::to_owned).ok())
            .unwrap_or_default();
        let first = |names: &[(&str, &'static str)]| {
            names
                .iter()
                .find(|(mark, _)| agent.contains(mark))
                .map(|(_, name)| *name)
        };
        let browser = first(&[
            ("Firefox/", "Firefox"),
            ("Edg/", "Edge"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ]);
        let system = first(&[
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("Mac OS", "Mac"),
            ("Linux", "Linux"),
        ]);
        match (browser, system) {
            (Some(browser), Some(system)) => format!("{browser} auf {system}"),
            (Some(name), None) | (None, Some(name)) => name.to_owned(),
            (None, None) => "Unbekanntes Gerät".to_owned(),
        }
    }

    #[cfg(test)]
    mod tests {
        use super::own_path;

        #[test]
        fn only_paths_of_this_application_are_followed() {
            assert_eq!(own_path("/verwaltung?seite=2"), "/verwaltung?seite=2");
            for hostile in [
                "//evil.example",
                "https://evil.example",
                "/\\evil.example",
                "/a\r\nSet-Cookie: x",
                "",
            ] {
                assert_eq!(own_path(hostile), "/konto", "{hostile:?}");
            }
        }
    }
}
