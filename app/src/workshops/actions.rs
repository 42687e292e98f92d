//! Server functions of the Veranstaltungen: parse, authorise, call one verb of the store, answer.

use leptos::prelude::*;

use super::dto::{DetailView, ListQuery, ListView};
use crate::form_reply::FormReply;

/// A page of the list.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "workshop-list", output = crate::json::Answer)]
pub async fn workshop_list(
    /// The filters.
    query: ListQuery,
) -> Result<ListView, ServerFnError> {
    server::list(query).await
}

/// Everything on the page of a Veranstaltung; nothing if there is none that this person may see.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "workshop-detail", output = crate::json::Answer)]
pub async fn workshop_detail(
    /// Its name in the URL.
    slug: String,
) -> Result<Option<DetailView>, ServerFnError> {
    server::detail(slug).await
}

/// Signs people up.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "sign-up")]
pub async fn sign_up(
    slug: String,
    key: String,
    #[server(default)] website: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] organisation: String,
    #[server(default)] district: String,
    #[server(default)] mode: String,
    #[server(default)] votes: std::collections::BTreeMap<String, String>,
    #[server(default)] topic: String,
    #[server(default)] access_needs: String,
    #[server(default)] needs: std::collections::BTreeMap<String, String>,
    #[server(default)] listing: String,
    #[server(default)] colleague_1_name: String,
    #[server(default)] colleague_1_email: String,
    #[server(default)] colleague_2_name: String,
    #[server(default)] colleague_2_email: String,
    #[server(default)] colleague_3_name: String,
    #[server(default)] colleague_3_email: String,
    #[server(default)] colleague_4_name: String,
    #[server(default)] colleague_4_email: String,
    #[server(default)] signed_up_by_name: String,
) -> Result<FormReply, ServerFnError> {
    let form = domain::signup::SignUpForm {
        name,
        email,
        organisation,
        district,
        mode,
        needs,
        votes,
        access_needs,
        topic,
        listing,
        colleagues: vec![
            (colleague_1_name, colleague_1_email),
            (colleague_2_name, colleague_2_email),
            (colleague_3_name, colleague_3_email),
            (colleague_4_name, colleague_4_email),
        ],
        signed_up_by: signed_up_by_name,
    };
    Ok(server::sign_up(slug, key, website, form).await)
}

#[cfg(feature = "ssr")]
pub(crate) use server::teaser;

/// The half that runs on the server.
#[cfg(feature = "ssr")]
mod server {
    use domain::access_need::AccessNeed;
    use domain::booking::admit::free_for_comer;
    use domain::booking::{Mode, PlaceState};
    use domain::district::District;
    use domain::german;
    use domain::ids::{IdempotencyKey, TopicId};
    use domain::signup::{SignUpForm, TOPICS_SHOWN_MAX, vote_field};
    use domain::time::Instant;
    use domain::workshop::{Form, Kind, Status};
    use leptos::prelude::*;
    use store::accounts::Profile;
    use store::signups::{SignUpAnswer, SignUpCommand};
    use store::workshops::{WorkshopCard, WorkshopFilter};
    use store::{Store, StoreError};

    use crate::form_key::form_key;
    use crate::form_reply::{FieldError, FormReply, SentForm, answer_elsewhere};
    use crate::loading::unavailable;
    use crate::session;
    use crate::ui::text::{
        TRY_AGAIN, TYPO, others_sign_up_sentence, refusal_sentence, sign_up_sentence, typo_sentence,
    };
    use crate::workshops::ask;
    use crate::workshops::dto::{DetailView, ListQuery, ListView, ModeView, TeaserView, Tone, WindowView};
    use crate::workshops::form::{TO_THE_LINE, TYPED};
    use crate::workshops::line::{Comer, intro, line};
    use crate::workshops::signed_up::TITLE;
    use crate::workshops::typed::in_words;

    /// Veranstaltungen on one page of the list.
    const PER_PAGE: i64 = 20;
    const TYPO_AT_SIGN_UP: &str = "Dann senden Sie das Formular bitte noch einmal mit der richtigen Adresse.";
    /// From here on the seats that are left are counted out loud.
    const FEW_SEATS: u32 = 5;

    pub async fn list(query: ListQuery) -> Result<ListView, ServerFnError> {
        let store = expect_context::<Store>();
        let now = store.ambient().now();
        let page = query.seite.parse::<i64>().unwrap_or(1).clamp(1, 1_000);
        let from = Instant::from_input(&format!("{}T00:00", query.ab)).unwrap_or(now);
        let filter = WorkshopFilter {
            district: District::parse(&query.kreis),
            kind: Kind::parse(&query.art),
            form: Form::parse(&query.form),
            from: Some(from),
            until: Instant::from_input(&format!("{}T00:00", query.bis)).map(|day| day.plus_hours(24)),
            free_only: query.frei == "1",
            text: query.suche.chars().take(80).collect(),
            offset: (page - 1) * PER_PAGE,
            limit: PER_PAGE + 1,
            ..WorkshopFilter::default()
        };
        let mut cards = store.workshops(&filter).await.map_err(unavailable)?;
        let more = cards.len() > usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
        cards.truncate(usize::try_from(PER_PAGE).unwrap_or(usize::MAX));
        let coverage = store.coverage(&filter).await.map_err(unavailable)?;
        let advice = if query.suche.trim().is_empty() {
            "Weniger Filter zeigen mehr."
        } else {
            "Weniger Filter oder ein anderes Wort zeigen mehr."
        };
        Ok(ListView {
            found: (query.is_narrowed() && page == 1).then(|| found(cards.len(), more)),
            advice: advice.to_owned(),
            teasers: cards.iter().map(|card| teaser(card, now)).collect(),
            coverage: coverage.iter().map(|district| district.coming).collect(),
            more,
        })
    }

    /// How many were found. Nobody counts beyond the page.
    fn found(shown: usize, more: bool) -> String {
        let count = german::count(
            u32::try_from(shown).unwrap_or(u32::MAX),
            "Veranstaltung",
            "Veranstaltungen",
        );
        match (shown, more) {
            (0, _) => "Keine Veranstaltung gefunden.".to_owned(),
            (_, true) => format!("Mehr als {count}"),
            (_, false) => count,
        }
    }

    /// A Veranstaltung in a list.
    pub(crate) fn teaser(card: &WorkshopCard, now: Instant) -> TeaserView {
        let draft = &card.row.draft;
        let (seats, tone) = seats_in_short(card, now);
        let place = match (card.row.form(), draft.districts.first()) {
            (Form::Online, _) => "Online".to_owned(),
            (form, first) => {
                let town = if draft.venue.town.is_empty() {
                    first.map(|district| district.name.to_owned()).unwrap_or_default()
                } else {
                    draft.venue.town.clone()
                };
                if form == Form::Hybrid {
                    format!("{town} und online")
                } else {
                    town
                }
            }
        };
        TeaserView {
            slug: card.row.slug.clone(),
            title: draft.title.clone(),
            summary: draft.summary.clone(),
            kind: draft.kind.label().to_owned(),
            month: german::month_year(draft.starts_at),
            starts_iso: draft.starts_at.to_rfc3339(),
            when: german::span(draft.starts_at, draft.ends_at),
            place,
            seats,
            tone,
            demo: card.row.demo,
        }
    }

    /// Seats and state in a few words.
    fn seats_in_short(card: &WorkshopCard, now: Instant) -> (String, Tone) {
        let rules = card.row.rules();
        if card.row.status == Status::Cancelled {
            return ("abgesagt".to_owned(), Tone::Bad);
        }
        if now >= card.row.draft.ends_at {
            return ("vorbei".to_owned(), Tone::Plain);
        }
        if now < rules.opens_at {
            return (
                format!("Anmeldung ab {}", german::day(rules.opens_at)),
                Tone::Plain,
            );
        }
        if now >= rules.closes_at {
            return ("Anmeldung geschlossen".to_owned(), Tone::Plain);
        }
        let free = card.free(now);
        let waiting = card.tally.on_site.waiting + card.tally.online.waiting;
        match free {
            0 if waiting > 0 => (
                format!("ausgebucht, {} auf der Warteliste", german::number(waiting)),
                Tone::Warm,
            ),
            0 => ("ausgebucht, Warteliste offen".to_owned(), Tone::Warm),
            few if few <= FEW_SEATS => (
                format!("nur noch {}", german::count(few, "Platz", "Plätze")),
                Tone::Warm,
            ),
            many => (
                format!("{} frei", german::count(many, "Platz", "Plätze")),
                Tone::Good,
            ),
        }
    }

    pub async fn detail(slug: String) -> Result<Option<DetailView>, ServerFnError> {
        let store = expect_context::<Store>();
        let viewer = session::viewer().await?;
        let staff = viewer.as_ref().is_some_and(store::accounts::Viewer::is_staff);
        let card = match store.workshop_by_slug(&slug, staff).await {
            Ok(card) => card,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(unavailable(error)),
        };
        let topics = store.topics(card.row.id, None).await.map_err(unavailable)?;
        let boards = store.boards_of(card.row.id).await.map_err(unavailable)?;
        let place = match &viewer {
            Some(viewer) => store
                .place_of(card.row.id, &viewer.email)
                .await
                .map_err(unavailable)?,
            None => None,
        };
        let own = match &viewer {
            Some(viewer) => {
                let profile = store.account(viewer.person).await.map_err(unavailable)?;
                Some(begins_with(profile, viewer.email.as_str(), place.is_some()))
            }
            None => None,
        };
        let now = store.ambient().now();
        let draft = card.row.draft.clone();
        let modes = modes(&card, now);
        let full = modes.iter().all(|mode| !mode.free);
        let comer = match (&viewer, &place) {
            (_, Some(_)) => Comer::Placed,
            (Some(_), None) => Comer::SignedIn,
            (None, None) => Comer::Stranger,
        };
        let window = window(&card, now);
        Ok(Some(DetailView {
            id: card.row.id.to_string(),
            number: card.row.number,
            slug: card.row.slug.clone(),
            kind: draft.kind.label().to_owned(),
            when: german::span(draft.starts_at, draft.ends_at),
            starts_iso: draft.starts_at.to_rfc3339(),
            sessions: draft
                .sessions
                .iter()
                .map(|session| german::unbroken(&session.words()))
                .collect(),
            run_of: run_of(&store, &card).await?,
            description: paragraphs(&draft.description),
            audience: draft.audience,
            agenda: draft.agenda.lines().map(str::to_owned).collect(),
            // The town says it already.
            districts: draft
                .districts
                .iter()
                .map(|district| district.name)
                .filter(|name| draft.districts.len() > 1 || *name != draft.venue.town)
                .map(str::to_owned)
                .collect(),
            venue: draft.venue.line(),
            access_info: paragraphs(&draft.access_info),
            online_info: draft.online_info,
            ways: ways(&window, place.as_deref(), full, &draft.contact),
            has_place: place.is_some() && !matches!(window, WindowView::Past),
            contact: ask::pieces(&draft.contact),
            tags: draft.tags,
            title: draft.title,
            summary: draft.summary,
            modes,
            full,
            intro: intro(comer, full, line(comer, &card.row.rules(), &card.tally, now)),
            window,
            more_topics: more_topics(topics.len()),
            topics: topics
                .into_iter()
                .take(TOPICS_SHOWN_MAX)
                .map(|topic| {
                    let votes = german::count(topic.votes, "Stimme", "Stimmen");
                    (vote_field(topic.id), topic.text, votes)
                })
                .collect(),
            boards: boards
                .into_iter()
                .map(|board| (board.title, format!("/themen/{}", board.slug)))
                .collect(),
            key: form_key(&store),
            own,
            demo: card.row.demo,
        }))
    }

    /// What the form of a signed-in person begins with. Whoever has a place signs up somebody else.
    fn begins_with(profile: Profile, email: &str, has_place: bool) -> [String; 5] {
        let name = profile.name.unwrap_or_default();
        let (own, by) = if has_place {
            ([String::new(), String::new()], name)
        } else {
            ([name, email.to_owned()], String::new())
        };
        let [name, email] = own;
        let district = profile.district.map(|district| district.slug.to_owned());
        [
            name,
            email,
            profile.organisation.unwrap_or_default(),
            district.unwrap_or_default(),
            by,
        ]
    }

    /// Where the topics are that are not shown, if there are any.
    fn more_topics(count: usize) -> String {
        if count <= TOPICS_SHOWN_MAX {
            return String::new();
        }
        format!(
            "Hier stehen die {TOPICS_SHOWN_MAX} mit den meisten Stimmen. Alle {count} finden Sie über Ihren persönlichen Link."
        )
    }

    /// What can be done where signing up stands like this: path and words.
    fn ways(window: &WindowView, place: Option<&str>, full: bool, contact: &str) -> Vec<(String, String)> {
        let way = |path: &str, words: &str| (path.to_owned(), words.to_owned());
        let others = way("/veranstaltungen", "Andere Veranstaltungen");
        let own = place.map(|token| (format!("/anmeldung/{token}"), "Zu Ihrem Platz".to_owned()));
        let more = match window {
            WindowView::Open(_) if own.is_some() => Vec::new(),
            WindowView::Open(_) if full => vec![way("#anmelden", TO_THE_LINE)],
            WindowView::Open(_) => vec![way("#anmelden", "Anmelden")],
            WindowView::Closed => vec![way(&ask::path(contact), "Geschäftsstelle fragen"), others],
            WindowView::Past | WindowView::Cancelled(_) | WindowView::NotYet(_) => vec![others],
            WindowView::Draft => Vec::new(),
        };
        own.into_iter().chain(more).collect()
    }

    /// Of which version of which module it is a run: path and words.
    async fn run_of(store: &Store, card: &WorkshopCard) -> Result<Option<(String, String)>, ServerFnError> {
        let Some(code) = &card.row.draft.module else {
            return Ok(None);
        };
        let number = store.version_of_run(card.row.id).await.map_err(unavailable)?;
        Ok(number.map(|number| {
            let path = format!("/module/{code}/fassung/{number}");
            (path, format!("{code}, Fassung {number}"))
        }))
    }

    fn paragraphs(text: &str) -> Vec<String> {
        text.split("\n\n")
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn modes(card: &WorkshopCard, now: Instant) -> Vec<ModeView> {
        let rules = card.row.rules();
        let is_closed = now >= rules.closes_at || now >= rules.starts_at || !rules.running;
        Mode::ALL
            .into_iter()
            .filter(|mode| rules.mode(*mode).capacity > 0)
            .map(|mode| {
                let free = free_for_comer(&rules, &card.tally, mode, now);
                let waiting = card.tally.mode(mode).waiting;
                let public = rules
                    .mode(mode)
                    .capacity
                    .saturating_sub(rules.mode(mode).reserved);
                let seats = if is_closed {
                    german::count(public, "Platz", "Plätze")
                } else if free > 0 {
                    let of = german::count(public, "Platz", "Plätzen");
                    let still = if free < public { "noch " } else { "" };
                    format!("{still}{free} von {of} frei")
                } else if waiting > 0 {
                    format!(
                        "ausgebucht, {} auf der Warteliste",
                        german::count(waiting, "Person", "Personen")
                    )
                } else {
                    "ausgebucht, Warteliste offen".to_owned()
                };
                ModeView {
                    key: mode.key().to_owned(),
                    label: mode_words(mode).to_owned(),
                    seats,
                    free: free > 0 || is_closed,
                }
            })
            .collect()
    }

    fn mode_words(mode: Mode) -> &'static str {
        match mode {
            Mode::OnSite => "Vor Ort",
            Mode::Online => "Online",
        }
    }

    fn window(card: &WorkshopCard, now: Instant) -> WindowView {
        let rules = card.row.rules();
        match card.row.status {
            Status::Cancelled => WindowView::Cancelled(card.row.cancel_reason.clone().unwrap_or_default()),
            Status::Draft => WindowView::Draft,
            Status::Published if now >= card.row.draft.ends_at => WindowView::Past,
            Status::Published if now < rules.opens_at => WindowView::NotYet(german::moment(rules.opens_at)),
            Status::Published if now >= rules.closes_at || now >= rules.starts_at => WindowView::Closed,
            Status::Published => WindowView::Open(german::moment(rules.closes_at)),
        }
    }

    pub async fn sign_up(slug: String, key: String, website: String, form: SignUpForm) -> FormReply {
        let store = expect_context::<Store>();
        let page = match domain::workshop::Slug::parse(&slug) {
            Some(slug) => format!("/veranstaltungen/{}", slug.as_str()),
            None => "/veranstaltungen".to_owned(),
        };
        let typed = typed(&form);
        let said: Vec<String> = typed
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        let sent = SentForm::on(format!("{page}#anmelden"))
            .typed(typed)
            .typed([(TYPED, in_words(&form))]);
        // Programs fill in every field. They get the page that people get, and nothing else happens.
        if !website.is_empty() {
            return sent.go(format!("{page}/angemeldet")).await;
        }
        let request = match form.parse() {
            Ok(request) => request,
            Err(errors) => {
                let sentence_of = if is_for_somebody_else(&store, &slug, &form).await {
                    others_sign_up_sentence
                } else {
                    sign_up_sentence
                };
                let errors = errors
                    .into_iter()
                    .map(|(field, error)| {
                        let sentence = sentence_of(&field, error);
                        FieldError::new(field, sentence)
                    })
                    .collect();
                return sent.refused(errors).await;
            }
        };
        let Ok(viewer) = session::viewer().await else {
            return sent.failed(TRY_AGAIN).await;
        };
        let staff = viewer.as_ref().is_some_and(store::accounts::Viewer::is_staff);
        let key = IdempotencyKey::parse(&key).map(|key| key.with(&said));
        let (Ok(card), Ok(key)) = (store.workshop_by_slug(&slug, staff).await, key) else {
            return sent
                .failed("Dieses Formular passt nicht mehr. Bitte laden Sie die Seite neu.")
                .await;
        };
        let people = std::iter::once(&request.attendee).chain(&request.colleagues);
        let typo = typo_sentence(people.map(|person| &person.email), TYPO_AT_SIGN_UP);
        let command = SignUpCommand {
            workshop: card.row.id,
            request,
            key,
            viewer: viewer.map(|viewer| viewer.person),
        };
        match store.sign_up(command).await {
            Ok(signed_up) => answer_done(sent, &page, card.row.draft.title, &signed_up, typo).await,
            Err(StoreError::Refused(refusal)) => sent.failed(refusal_sentence(refusal)).await,
            Err(_) => sent.failed(TRY_AGAIN).await,
        }
    }

    /// Whether the form says who fills it in for another, or is sent by somebody who has a place.
    async fn is_for_somebody_else(store: &Store, slug: &str, form: &SignUpForm) -> bool {
        if !form.signed_up_by.trim().is_empty() {
            return true;
        }
        let Ok(Some(viewer)) = session::viewer().await else {
            return false;
        };
        let Ok(card) = store.workshop_by_slug(slug, viewer.is_staff()).await else {
            return false;
        };
        matches!(store.place_of(card.row.id, &viewer.email).await, Ok(Some(_)))
    }

    /// A signed-in person goes to the place; everybody else reads what happens next. The token of an address
    /// that is not confirmed never reaches the browser that typed it.
    async fn answer_done(
        sent: SentForm,
        page: &str,
        title: String,
        signed_up: &SignUpAnswer,
        typo: Option<String>,
    ) -> FormReply {
        let Some(first) = signed_up.people.first() else {
            return sent.failed(TRY_AGAIN).await;
        };
        if let Some(token) = &first.token {
            return sent.go(format!("/anmeldung/{token}")).await;
        }
        let until = first.until.map(german::moment).unwrap_or_default();
        let notice = match first.state {
            PlaceState::Waiting => {
                let why = if first.is_over_limit {
                    "Ihr Träger hat schon alle Plätze, die er vorerst haben kann."
                } else {
                    "Gerade ist alles belegt."
                };
                let position = first.position.unwrap_or(1);
                format!(
                    "{why} Sie stehen auf Platz {position} der Warteliste. Bitte bestätigen Sie bis {until}."
                )
            }
            _ => format!("Ihr Platz ist bis {until} für Sie gehalten."),
        };
        let others = signed_up.people.len() > 1;
        let notice = if others {
            format!(
                "{notice} Jede weitere Person liest in ihrer eigenen E-Mail, wie es um ihren Platz steht."
            )
        } else {
            notice
        };
        let mut reply = FormReply::done(notice);
        reply.values.insert(TITLE.to_owned(), title);
        reply.values.extend(typo.map(|typo| (TYPO.to_owned(), typo)));
        answer_elsewhere(&format!("{page}/angemeldet"), reply).await
    }

    /// What was typed, to show again.
    fn typed(form: &SignUpForm) -> Vec<(String, String)> {
        let mut values: Vec<(String, String)> = [
            ("name", &form.name),
            ("email", &form.email),
            ("organisation", &form.organisation),
            ("district", &form.district),
            ("mode", &form.mode),
            ("topic", &form.topic),
            ("access_needs", &form.access_needs),
            ("listing", &form.listing),
            ("signed_up_by_name", &form.signed_up_by),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect();
        let ticked = form.needs.keys().filter_map(|key| AccessNeed::parse(key));
        values.extend(ticked.map(|need| (need.field(), "1".to_owned())));
        let votes = form.votes.keys().filter_map(|id| TopicId::parse(id).ok());
        values.extend(votes.map(|topic| (vote_field(topic), "1".to_owned())));
        for (row, (name, email)) in (1..).zip(&form.colleagues) {
            values.push((format!("colleague_{row}_name"), name.clone()));
            values.push((format!("colleague_{row}_email"), email.clone()));
        }
        values
    }
}
