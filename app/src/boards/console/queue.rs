//! What waits for the moderator, and the two answers it can get. What was reported or hidden by reports waits, too.

use domain::board::wire::CARDS_AT_ONCE_MAX;
use domain::board::{CardView, Operation, Standing, signs};
use leptos::prelude::*;

use super::twins::{Twins, twins};
use crate::boards::actions::{ApproveCards, DecideCards, RefuseCard};
use crate::boards::card::{self, said};
use crate::boards::deed::{Look, deed};
use crate::boards::shown::Shown;
use crate::boards::words;
use crate::form_reply::address;
use crate::ui::changing::{anew, changing, each};
use crate::ui::{badge::Badge, button::SubmitButton, empty::EmptyState, post_form::PostForm};

/// What the button says with which the cards that are chosen are published.
pub const PUBLISH: &str = "publish";

/// The form for several cards: their boxes stand at each of them.
const SEVERAL: &str = "mehrere";

/// The list, with all of it at once for who has read it.
pub fn queue(shown: Shown) -> AnyView {
    // What should be looked at soon comes first, then who has waited longest.
    let waiting = Memo::new(move |_| {
        let mut waiting: Vec<((bool, u32), u128)> = Vec::new();
        shown.data.with(|data| {
            for card in data.view.cards.iter().filter(|card| card.waits()) {
                let place = (!is_flagged(card), card.number);
                let at = waiting.partition_point(|(before, _)| *before < place);
                waiting.insert(at, (place, card.id.0.as_u128()));
            }
        });
        waiting.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
    });
    let count = changing(move || waiting.with(Vec::len).to_string().into_any());
    let none = changing(move || {
        if waiting.with(Vec::is_empty) {
            view! { <EmptyState title="Nichts wartet."><p>"Neue Karten stehen hier, sobald sie ankommen."</p></EmptyState> }.into_any()
        } else {
            ().into_any()
        }
    });
    let (twins, any) = (twins(shown), Memo::new(move |_| !waiting.with(Vec::is_empty)));
    let several = changing(move || if any.get() { several(shown) } else { ().into_any() });
    view! {
        <section aria-labelledby="warten" class="queue">
            <h2 id="warten" tabindex="-1">"Wartet auf Freigabe " <span class="column-count">{count}</span></h2>
            {all(shown)}
            <ul class="notes">{each(move || waiting.get(), move |id| decision(shown, id, twins))}</ul>
            {none}
            {several}
        </section>
    }
    .into_any()
}

/// Publishes all that waits, shows no sign that somebody should look at it and is read by nobody else, each as it was read.
fn all(shown: Shown) -> AnyView {
    let cards = Memo::new(move |_| {
        shown.data.with(|data| {
            let harmless = data.view.cards.iter().filter(|card| {
                let is_new = card.waits() && card.standing == Standing::Waiting;
                is_new && !is_with_another(card) && !signs::looks_like(&card.text)
            });
            harmless.map(as_read).take(CARDS_AT_ONCE_MAX).collect::<Vec<_>>()
        })
    });
    let answers = shown.deeds;
    changing(move || {
        let cards = cards.get();
        if cards.len() < 2 {
            return ().into_any();
        }
        let label = format!("Alle {} ohne Hinweis veröffentlichen", cards.len());
        view! {
            <PostForm to={address::<ApproveCards>()} answers class="form form-tight no-print">
                {shown.hidden()}
                <input type="hidden" name="cards" value=cards.join(" ") />
                <SubmitButton label quiet=true answers />
            </PostForm>
        }
        .into_any()
    })
    .into_any()
}

/// Whether there is a sign in its words, or somebody has reported it.
fn is_flagged(card: &CardView) -> bool {
    signs::looks_like(&card.text) || card.desk.is_some_and(|desk| desk.reports > 0)
}

/// Whether another moderator is at it.
fn is_with_another(card: &CardView) -> bool {
    card.desk.is_some_and(|desk| desk.claimed == Some(false))
}

/// A card and the version of it that is on the screen.
fn as_read(card: &CardView) -> String {
    format!("{}:{}", card.id, card.version)
}

/// Publishes the cards that are chosen, or refuses them for one reason.
fn several(shown: Shown) -> AnyView {
    let answers = shown.deeds;
    view! {
        <details class="note-erase no-print">
            <summary>"Ausgewählte Karten entscheiden"</summary>
            <PostForm to={address::<DecideCards>()} answers id=SEVERAL class="form form-tight">
                {shown.hidden()}
                <SubmitButton label="Ausgewählte veröffentlichen" deed=PUBLISH answers />
                {rule(shown, "regel-mehrere".to_owned())}
                <SubmitButton label="Ausgewählte ablehnen" danger=true answers />
            </PostForm>
        </details>
    }
    .into_any()
}

/// The rule for which something is refused. Its author reads the whole of it.
fn rule(shown: Shown, id: String) -> AnyView {
    let option = |(index, rule): (usize, &'static str)| {
        view! { <option value=index.to_string()>{rule}</option> }.into_any()
    };
    let last = words::POLICY.len();
    let rules = words::POLICY_IN_SHORT.into_iter().enumerate();
    let rules = rules.take(last).map(option);
    let own = shown.rules();
    let own = changing(move || {
        if own.get().is_empty() {
            ().into_any()
        } else {
            option((last, words::POLICY_IN_SHORT[last]))
        }
    });
    view! {
        <div class="field">
            <label for=id.clone()>"Grund der Ablehnung"</label>
            <select id=id name="rule">{rules.collect::<Vec<_>>()}{own}</select>
        </div>
    }
    .into_any()
}

/// The box that chooses a card, as it was read: another version has to be chosen again.
fn choice(card: &CardView) -> AnyView {
    let (number, read, about) = (card.number, as_read(card), card::about(card));
    let id = format!("auswahl-{number}");
    view! {
        <div class="choice no-print">
            <input type="checkbox" id=id.clone() name="cards[]" value=read form=SEVERAL />
            <label for=id>"Auswählen"<span class="visually-hidden">{format!(" von {about}")}</span></label>
        </div>
    }
    .into_any()
}

/// A card that waits.
fn decision(shown: Shown, id: u128, twins: Memo<Twins>) -> AnyView {
    let card = shown.card(id);
    let Some(CardView { number, .. }) = card.get_untracked() else {
        return ().into_any();
    };
    let heard = changing(move || {
        card.get()
            .map_or_else(|| ().into_any(), |card| heard(shown, card))
    });
    let deeds = changing(move || {
        card.get()
            .map_or_else(|| ().into_any(), |card| answers(shown, &card))
    });
    let alike = changing(move || alike(id, twins));
    let choice = changing(move || {
        let version = card.get().map_or(0, |card| card.version);
        anew(version.into(), move || {
            card.get_untracked()
                .map_or_else(|| ().into_any(), |card| choice(&card))
        })
    });
    view! {
        <li class="note" tabindex="-1" id=format!("wartet-{number}")>
            {heard}
            {alike}
            {choice}
            {deeds}
        </li>
    }
    .into_any()
}

/// "zu Karte 3: Der Bus fährt": what a comment is about, without which nobody can decide.
fn topic(shown: Shown, comment: &CardView) -> Option<String> {
    let about = shown.card(comment.on?.0.as_u128()).get()?;
    Some(format!("zu {}: {}", card::about(&about), card::start(&about)))
}

/// What the card says, and what speaks for looking twice.
fn heard(shown: Shown, card: CardView) -> AnyView {
    let topic = topic(shown, &card).map(|topic| view! { <p class="note-standing">{topic}</p> });
    let flag = signs::sign(&card.text);
    let flag = flag.map(|sign| view! { <p><Badge text=words::flag(sign) kind="bad" /></p> });
    let reports = card.desk.map_or(0, |desk| desk.reports);
    let reports = (reports > 0).then(|| {
        let count = domain::german::count(u32::try_from(reports).unwrap_or(u32::MAX), "Person", "Personen");
        view! { <p><Badge text=format!("Gemeldet von {count}") kind="bad" /></p> }
    });
    let other = is_with_another(&card);
    let other = other.then(|| view! { <p><Badge text="Jemand anderes prüft sie gerade" kind="warm" /></p> });
    let card = if card.standing == Standing::Waiting {
        // That it waits stands above the list.
        CardView {
            standing: Standing::Published,
            mine: false,
            ..card
        }
    } else {
        card
    };
    view! { {topic}{said(card)}{flag}{reports}{other} }.into_any()
}

/// Cards that may say the same.
fn alike(id: u128, twins: Memo<Twins>) -> AnyView {
    let found = twins.with(|twins| {
        let found = twins.iter().find(|(card, _)| *card == id);
        found.map(|(_, twins)| twins.clone()).unwrap_or_default()
    });
    if found.is_empty() {
        return ().into_any();
    }
    let found = found.into_iter().map(|twin| {
        let waits = twin.waits.then_some(" (wartet auch)");
        view! { <li><strong>{twin.number}</strong>" "{twin.text}{waits}</li> }.into_any()
    });
    view! {
        <div class="note-standing">
            <p>"Vielleicht dasselbe wie:"</p>
            <ul>{found.collect::<Vec<_>>()}</ul>
        </div>
    }
    .into_any()
}

/// Yes, no, and "I am at it".
fn answers(shown: Shown, card: &CardView) -> AnyView {
    let CardView {
        id, number, version, ..
    } = *card;
    let about = card::about(card);
    let claimed = card.desk.is_some_and(|desk| desk.claimed == Some(true));
    let publish = Operation::Stand {
        card: id,
        standing: Standing::Published,
        version: Some(version),
    };
    let publish = deed(shown, &publish, &about, "Veröffentlichen", Look::Main, None);
    let claim = Operation::Claim {
        card: id,
        claimed: !claimed,
    };
    let claim = deed(
        shown,
        &claim,
        &about,
        "Ich prüfe sie gerade",
        Look::Quiet,
        Some(claimed),
    );
    let answers = shown.deeds;
    let tools = format!("/themen/{}/moderation?karte={number}", shown.slug());
    view! {
        <div class="note-deeds">
            {publish}{claim}
            <a class="button button-quiet button-small" href=tools>"Werkbank"<span class="visually-hidden">{format!(" für {about}")}</span></a>
            <details class="note-erase">
                <summary>"Ablehnen"<span class="visually-hidden">{format!(" von {about}")}</span></summary>
                <PostForm to={address::<RefuseCard>()} answers class="form form-tight">
                    {shown.hidden()}
                    <input type="hidden" name="card" value=id.to_string() />
                    <input type="hidden" name="version" value=version.to_string() />
                    {rule(shown, format!("regel-{number}"))}
                    <SubmitButton label="Ablehnen" danger=true answers />
                </PostForm>
            </details>
        </div>
    }
    .into_any()
}
