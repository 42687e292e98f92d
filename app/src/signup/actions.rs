//! Server functions of a personal link: parse, call one verb of the store, answer. The token is the permission.

use leptos::prelude::*;

use super::dto::PlacePageView;
use crate::form_reply::FormReply;

/// The place behind a link; nothing if there is none.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "place", output = crate::json::Answer)]
pub async fn place_view(token: String) -> Result<Option<PlacePageView>, ServerFnError> {
    server::view(token).await
}

/// Confirms the mail address.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "place-confirm")]
pub async fn confirm_place(token: String) -> Result<FormReply, ServerFnError> {
    Ok(server::confirm(token).await)
}

/// Takes the offered seat.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "place-accept")]
pub async fn accept_offer(token: String) -> Result<FormReply, ServerFnError> {
    Ok(server::accept(token).await)
}

/// Declines the offer or leaves the waiting list.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "place-decline")]
pub async fn decline_place(token: String) -> Result<FormReply, ServerFnError> {
    Ok(server::decline(token).await)
}

/// Gives the place up.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "place-cancel")]
pub async fn cancel_place(token: String) -> Result<FormReply, ServerFnError> {
    Ok(server::cancel(token).await)
}

/// From the room to video, or back.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "place-mode")]
pub async fn change_mode(token: String, mode: String) -> Result<FormReply, ServerFnError> {
    Ok(server::change_mode(token, mode).await)
}

/// Changes access needs and who sees the person on the list.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "place-answers")]
pub async fn change_answers(
    token: String,
    #[server(default)] needs: std::collections::BTreeMap<String, String>,
    #[server(default)] access_needs: String,
    #[server(default)] listing: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::change_answers(token, needs, access_needs, listing).await)
}

/// Takes the person off the list of those who take part.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "place-leave-list")]
pub async fn leave_list(token: String) -> Result<FormReply, ServerFnError> {
    Ok(server::leave_list(token).await)
}

/// Hands the place to a colleague.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "place-hand-over")]
pub async fn hand_over(
    token: String,
    #[server(default)] key: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::hand_over(token, key, name, email).await)
}

/// Proposes a topic.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "place-propose-topic")]
pub async fn propose_topic(
    token: String,
    #[server(default)] topic: String,
) -> Result<FormReply, ServerFnError> {
    Ok(server::propose_topic(token, topic).await)
}

/// Gives or takes back a vote.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "place-vote")]
pub async fn vote_topic(token: String, topic: String, wanted: String) -> Result<FormReply, ServerFnError> {
    Ok(server::vote_topic(token, topic, wanted).await)
}

/// Mails the links of all places of an address. The answer is the same whether there are any.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "link-again")]
pub async fn send_link_again(#[server(default)] email: String) -> Result<FormReply, ServerFnError> {
    Ok(server::send_link_again(email).await)
}

/// The half that runs on the server.
#[cfg(feature = "ssr")]
mod server {
    use std::collections::BTreeMap;

    use domain::access_need::{AccessNeed, AccessNeeds};
    use domain::booking::admit::check_open;
    use domain::booking::{Mode, PlaceState};
    use domain::contact::EmailAddress;
    use domain::german;
    use domain::ids::{IdempotencyKey, TopicId};
    use domain::person::PersonName;
    use domain::signup::{ACCESS_NEEDS_CHARACTERS_MAX, Listing, TOPIC_CHARACTERS_MAX};
    use domain::text::{TextError, bounded, one_line};
    use domain::time::Instant;
    use leptos::prelude::*;
    use store::signups::{Fellow, PlaceView};
    use store::{Store, StoreError};

    use crate::form_key::form_key;
    use crate::form_reply::{FieldError, FormReply, SentForm, answer_elsewhere};
    use crate::loading::unavailable;
    use crate::signup::dto::{Can, FellowsView, PlacePageView};
    use crate::signup::words;
    use crate::ui::text::{
        TRY_AGAIN, email_sentence, others_email_sentence, refusal_sentence, typo_sentence,
    };

    pub async fn view(token: String) -> Result<Option<PlacePageView>, ServerFnError> {
        let store = expect_context::<Store>();
        let place = match store.place_by_token(&token).await {
            Ok(place) => place,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(unavailable(error)),
        };
        let topics = store
            .topics(place.workshop.id, Some(&token))
            .await
            .map_err(unavailable)?;
        let fellows = store.fellows(&place).await.map_err(unavailable)?;
        let now = store.ambient().now();
        let before_start = now < place.workshop.draft.starts_at;
        let mut can = can(&place, before_start);
        can.leave_list = fellows.is_some() && !can.change && place.listing == Listing::Participants;
        let (headline, explanation, tone) = words::standing(&place, now);
        let draft = &place.workshop.draft;
        let online = place.mode == Mode::Online;
        Ok(Some(PlacePageView {
            slug: place.workshop.slug.clone(),
            title: draft.title.clone(),
            when: german::span(draft.starts_at, draft.ends_at),
            starts_iso: draft.starts_at.to_rfc3339(),
            place: if online {
                "Online".to_owned()
            } else {
                draft.venue.line()
            },
            online_link: draft
                .online_link
                .clone()
                .filter(|_| online && place.state == PlaceState::Confirmed),
            online_info: draft.online_info.clone(),
            signs_up_anew: words::may_sign_up_anew(&place, now),
            calendar: match place.state {
                PlaceState::Confirmed => Some(format!("/anmeldung/{token}/kalender.ics")),
                state if state.is_active() => Some(format!("/veranstaltungen/{}.ics", place.workshop.slug)),
                _ => None,
            },
            certificate: place.certificate.as_ref().map(|code| format!("/nachweis/{code}")),
            anew: anew(&place, now, can).to_owned(),
            name: place.name.clone(),
            organisation: german::unbroken_name(&place.organisation),
            signed_up_by: place.signed_up_by.clone(),
            headline,
            explanation,
            tone: tone.to_owned(),
            can,
            other_mode: other_mode(&place, now),
            needs: place.needs.clone(),
            access_needs: place.access_needs.clone(),
            listing: place.listing.key().to_owned(),
            history: words::course(&place.history),
            votes_left: words::votes_left(topics.len(), topics.iter().filter(|topic| topic.mine).count())
                .to_owned(),
            topics: topics
                .into_iter()
                .map(|topic| (topic.id.to_string(), topic.text, topic.votes, topic.mine))
                .collect(),
            fellows: fellows.map(|fellows| FellowsView {
                listed: fellows.listed.into_iter().map(fellow).collect(),
                others: fellows.others,
                over: now >= draft.ends_at,
            }),
            key: form_key(&store),
            token,
        }))
    }

    /// Name, and where somebody works.
    fn fellow(fellow: Fellow) -> (String, String) {
        let district = fellow.district.map(|district| format!(" ({})", district.name));
        let organisation = german::unbroken_name(&fellow.organisation);
        (fellow.name, organisation + &district.unwrap_or_default())
    }

    fn can(place: &PlaceView, before_start: bool) -> Can {
        Can {
            confirm: place.state.is_unconfirmed(place.until) && before_start,
            answer_offer: place.state == PlaceState::Offered,
            leave: place.state == PlaceState::Waiting && before_start,
            cancel: matches!(place.state, PlaceState::Held | PlaceState::Confirmed) && before_start,
            hand_over: place.state == PlaceState::Confirmed && before_start,
            change: place.state.is_active() && before_start,
            leave_list: false,
        }
    }

    /// What giving up the place means.
    fn anew(place: &PlaceView, now: Instant, can: Can) -> &'static str {
        if can.answer_offer {
            "Das lässt sich nicht rückgängig machen, und Ihr Eintrag auf der Warteliste endet."
        } else if !can.cancel && !can.leave {
            ""
        } else if check_open(&place.workshop.rules(), place.mode, now).is_ok() {
            "Das lässt sich nicht rückgängig machen. Sie können sich aber neu anmelden und stehen dann hinter allen, die schon angemeldet sind."
        } else {
            "Das lässt sich nicht rückgängig machen, und die Anmeldung ist geschlossen."
        }
    }

    /// The mode to which the person can change while sign-up is open.
    fn other_mode(place: &PlaceView, now: Instant) -> Option<(String, String)> {
        let other = place.mode.other();
        let offered = check_open(&place.workshop.rules(), other, now).is_ok();
        let movable = matches!(
            place.state,
            PlaceState::Held | PlaceState::Confirmed | PlaceState::Waiting
        );
        (offered && movable).then(|| (other.key().to_owned(), words::mode(other).to_owned()))
    }

    pub async fn confirm(token: String) -> FormReply {
        let outcome = expect_context::<Store>().confirm(&token).await;
        tell(
            form(&token),
            outcome,
            "Danke, Ihre Adresse ist bestätigt. Eine E-Mail mit allem Wichtigen ist unterwegs.",
        )
        .await
    }

    pub async fn accept(token: String) -> FormReply {
        let outcome = expect_context::<Store>().accept(&token).await;
        tell(
            form(&token),
            outcome,
            "Der Platz gehört Ihnen. Eine E-Mail mit allem Wichtigen ist unterwegs.",
        )
        .await
    }

    pub async fn decline(token: String) -> FormReply {
        let outcome = expect_context::<Store>().decline(&token).await;
        left(&token, outcome).await
    }

    pub async fn cancel(token: String) -> FormReply {
        let outcome = expect_context::<Store>().cancel(&token).await;
        left(&token, outcome).await
    }

    /// Says to whoever has left what that changes, or why nothing did.
    async fn left(token: &str, outcome: Result<PlaceState, StoreError>) -> FormReply {
        let store = expect_context::<Store>();
        let outcome = match outcome {
            Ok(_) => store.place_by_token(token).await,
            Err(error) => Err(error),
        };
        let notice = outcome.as_ref().map_or("", |place| {
            let had = words::had(&place.history).unwrap_or(place.state);
            words::left(had, &place.workshop.rules(), store.ambient().now())
        });
        tell(form(token), outcome, notice).await
    }

    pub async fn change_mode(token: String, mode: String) -> FormReply {
        let Some(mode) = Mode::parse(&mode) else {
            return form(&token)
                .failed("Bitte wählen Sie einen Eintrag aus der Liste.")
                .await;
        };
        let outcome = expect_context::<Store>().change_mode(&token, mode).await;
        tell(form(&token), outcome, "Der Wechsel ist eingetragen.").await
    }

    pub async fn change_answers(
        token: String,
        needs: BTreeMap<String, String>,
        access_needs: String,
        listing: String,
    ) -> FormReply {
        let known = needs.keys().filter_map(|key| AccessNeed::parse(key));
        let form = form(&token)
            .typed([
                ("access_needs", access_needs.clone()),
                ("listing", listing.clone()),
            ])
            .typed(known.map(|need| (need.field(), "1".to_owned())));
        let Some(needs) = AccessNeeds::parse(needs.keys().map(String::as_str)) else {
            return form
                .wrong("needs", "Bitte wählen Sie einen Eintrag aus der Liste.")
                .await;
        };
        match bounded(&access_needs, 0, ACCESS_NEEDS_CHARACTERS_MAX) {
            Ok(typed) => {
                let outcome = expect_context::<Store>()
                    .change_answers(&token, needs, &typed, Listing::parse(&listing))
                    .await;
                tell(form, outcome, "Ihre Angaben sind gespeichert.").await
            }
            Err(_) => {
                let sentence =
                    format!("Bitte kürzen Sie den Text auf höchstens {ACCESS_NEEDS_CHARACTERS_MAX} Zeichen.");
                form.wrong("access_needs", sentence).await
            }
        }
    }

    pub async fn leave_list(token: String) -> FormReply {
        let outcome = expect_context::<Store>().leave_list(&token).await;
        tell(form(&token), outcome, "Sie stehen nicht mehr auf der Liste.").await
    }

    pub async fn hand_over(token: String, key: String, name: String, email: String) -> FormReply {
        let key = IdempotencyKey::parse(&key).map(|key| key.with(&["hand-over", &token, &name, &email]));
        let form = form(&token).typed([("name", name.clone()), ("email", email.clone())]);
        let mut errors = Vec::new();
        let name = PersonName::parse(&name).map_err(|_| {
            errors.push(FieldError::new(
                "name",
                "Bitte geben Sie den Namen der Person ein.",
            ));
        });
        let email = EmailAddress::parse(&email)
            .map_err(|error| errors.push(FieldError::new("email", others_email_sentence(error))));
        let (Ok(name), Ok(email)) = (name, email) else {
            return form.refused(errors).await;
        };
        let store = expect_context::<Store>();
        // Sent again it is the same; to somebody else, it is another wish.
        let handed_over = match key {
            Ok(key) => store.hand_over_once(&token, name, email, key).await,
            Err(_) => store.hand_over(&token, name, email).await,
        };
        match handed_over {
            // The old link shows nothing any more.
            Ok(()) => {
                answer_elsewhere(
                    "/anmeldung",
                    FormReply::done("Der Platz ist weitergegeben. Die Person bekommt gleich eine E-Mail."),
                )
                .await
            }
            Err(StoreError::Duplicate) => form.wrong("email", "Diese Person ist schon angemeldet.").await,
            Err(error) => tell(form, Err::<(), _>(error), "").await,
        }
    }

    pub async fn propose_topic(token: String, topic: String) -> FormReply {
        let form = form(&token).typed([("topic", topic.clone())]);
        match one_line(&topic, 1, TOPIC_CHARACTERS_MAX) {
            Ok(text) => match expect_context::<Store>().propose_topic(&token, &text).await {
                Err(StoreError::Duplicate) => {
                    form.wrong("topic", "Sie haben schon drei Themen vorgeschlagen.")
                        .await
                }
                outcome => tell(form, outcome, "Danke, Ihr Thema steht jetzt auf der Liste.").await,
            },
            Err(TextError::TooShort { .. }) => form.wrong("topic", "Bitte geben Sie ein Thema ein.").await,
            Err(TextError::TooLong { max }) => {
                let sentence = format!("Bitte kürzen Sie das Thema auf höchstens {max} Zeichen.");
                form.wrong("topic", sentence).await
            }
        }
    }

    pub async fn vote_topic(token: String, topic: String, wanted: String) -> FormReply {
        let form = form(&token);
        let Ok(topic) = TopicId::parse(&topic) else {
            return form.failed(TRY_AGAIN).await;
        };
        match expect_context::<Store>()
            .vote_topic(&token, topic, wanted == "1")
            .await
        {
            Ok(false) => {
                form.failed("Sie haben Ihre drei Stimmen vergeben. Nehmen Sie zuerst eine zurück.")
                    .await
            }
            outcome => {
                let notice = if wanted == "1" {
                    "Ihre Stimme ist gezählt."
                } else {
                    "Ihre Stimme ist zurückgenommen."
                };
                tell(form, outcome, notice).await
            }
        }
    }

    pub async fn send_link_again(email: String) -> FormReply {
        let form = SentForm::on("/anmeldung").typed([("email", email.clone())]);
        let email = match EmailAddress::parse(&email) {
            Ok(email) => email,
            Err(error) => return form.wrong("email", email_sentence(error)).await,
        };
        // Known or unknown: the same is done, and the answer is the same (S4).
        match expect_context::<Store>().ask_for_links(&email).await {
            Ok(()) => {
                let notice = "Wenn es zu dieser Adresse Anmeldungen gibt, ist die E-Mail mit den Links jetzt unterwegs.";
                let typo = typo_sentence([&email], "Dann geben Sie bitte diese Adresse ein.");
                let said: Vec<_> = std::iter::once(notice.to_owned()).chain(typo).collect();
                form.done(said.join(" ")).await
            }
            Err(_) => form.failed(TRY_AGAIN).await,
        }
    }

    /// A form on the page of a token; nothing that was typed reaches the address unchecked.
    fn form(token: &str) -> SentForm {
        SentForm::on(if token.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            format!("/anmeldung/{token}")
        } else {
            "/anmeldung".to_owned()
        })
    }

    /// Says what happened, or why nothing did.
    async fn tell<T>(form: SentForm, outcome: Result<T, StoreError>, notice: &str) -> FormReply {
        match outcome {
            Ok(_) => form.done(notice).await,
            Err(StoreError::Refused(refusal)) => form.failed(refusal_sentence(refusal)).await,
            Err(StoreError::NotFound) => form.failed("Dieser Link gilt nicht mehr.").await,
            Err(_) => form.failed(TRY_AGAIN).await,
        }
    }
}
