//! What several pages of a board show.

use domain::board::{CardKind, CardView, Column, Operation, Phase};
use domain::ids::{CardId, ColumnId};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::card::{about, card, drag};
use super::clock::timer;
use super::deed::{Look, deed};
use super::eyes::Eyes;
use super::filter::Filter;
use super::shown::Shown;
use crate::ui::badge::Badge;
use crate::ui::changing::{changing, each};
use crate::ui::notice::Notice;

/// The columns with their cards: side by side where there is room, one at a time on phones.
pub fn columns(shown: Shown) -> AnyView {
    let columns = shown.columns();
    // Each is made once: one that comes, goes, moves or is called otherwise leaves the others as they are.
    let columns = each(
        move || columns.get().iter().map(|column| column.id.0.as_u128()).collect(),
        move |id| column(shown, ColumnId(uuid::Uuid::from_u128(id))),
    );
    view! { <div class="columns">{columns}</div> }.into_any()
}

/// The kinds of cards to choose from and, while the room discusses, what it has not discussed yet. They are links of the page: an
/// address says what is shown.
pub fn kinds(shown: Shown) -> AnyView {
    let search = use_location().search;
    let kinds = changing(move || {
        let chosen = shown.filter.get();
        let search = search.get();
        let way = |filter: Option<Filter>| {
            let query = with_filter(&search, filter);
            let words = filter.map_or("Alle", Filter::label);
            let current = (filter == chosen).then_some("true");
            view! { <li><a class="chip" href=format!("/themen/{}{query}", shown.slug()) data-noscroll="" aria-current=current>{words}</a></li> }
                .into_any()
        };
        let open = Some(Filter::Open);
        let discusses = shown.frame.get().phase == Phase::Discuss || chosen == open;
        let kinds = CardKind::ALL.iter().map(|kind| Some(Filter::Kind(*kind)));
        let ways = std::iter::once(None)
            .chain(kinds)
            .chain(discusses.then_some(open));
        ways.map(way).collect::<Vec<_>>().into_any()
    });
    view! { <nav class="no-print" aria-label="Welche Karten gezeigt werden"><ul class="chips">{kinds}</ul></nav> }.into_any()
}

/// What an address asks for, with these cards instead: with whose eyes one looks stays. What a form was answered is said once.
fn with_filter(search: &str, filter: Option<Filter>) -> String {
    let parts = search.split('&');
    let mut query: String = parts
        .filter(|part| !["art", "antwort", ""].contains(&part.split('=').next().unwrap_or_default()))
        .flat_map(|part| ["&", part])
        .collect();
    if let Some(filter) = filter {
        query.push_str("&art=");
        query.push_str(filter.key());
    }
    query.replacen('&', "?", 1)
}

/// A column.
fn column(shown: Shown, id: ColumnId) -> AnyView {
    let heading = anchor(id);
    let named = heading.clone();
    let is_chosen = move |card: &CardView| shown.filter.get().is_none_or(|filter| filter.takes(card));
    let cards = shown.cards(move |card| card.column == id && card.on.is_none() && is_chosen(card));
    let is_locked = Memo::new(move |_| {
        shown.data.with(|data| {
            let mut columns = data.view.columns.iter();
            columns.any(|column| column.id == id && column.locked)
        })
    });
    let all = shown.columns();
    let title = changing(move || {
        let columns = all.get().into_iter();
        let title = columns
            .filter(|column| column.id == id)
            .map(|column| column.title);
        title.collect::<String>().into_any()
    });
    let turn = changing(move || turn(&all.get(), id));
    let next = changing(move || next(&all.get(), id));
    let locked = changing(move || {
        let locked = is_locked.get();
        let badge = locked.then(|| view! { <Badge text="Gesperrt" /> });
        let frame = shown.frame.get();
        let lock = (frame.me.moderates && !frame.emptied && !shown.page.is_empty()).then(|| {
            let operation = Operation::LockColumn {
                column: id,
                locked: !locked,
            };
            deed(shown, &operation, "", "Spalte sperren", Look::Quiet, Some(locked))
        });
        view! { {badge}{lock} }.into_any()
    });
    let count = changing(move || cards.with(Vec::len).to_string().into_any());
    let empty = changing(move || {
        if !cards.with(Vec::is_empty) {
            return ().into_any();
        }
        let words = match shown.filter.get() {
            None => "Hier steht noch nichts.",
            Some(_) => "Hier steht nichts davon.",
        };
        view! { <p class="hint">{words}</p> }.into_any()
    });
    view! {
        <section class="column" aria-labelledby=named on:dragover=move |event| drag::over(shown, &event) on:drop=move |event| drag::put(shown, id, &event)>
            <h2 id=heading tabindex="-1">{title} " " <span class="column-count">{count}</span></h2>
            {turn}
            {locked}
            <ul class="notes">{each(move || cards.get(), move |id| card(shown, id))}</ul>
            {empty}
            {next}
        </section>
    }
    .into_any()
}

fn anchor(column: ColumnId) -> String {
    format!("spalte-{column}")
}

/// Where a column stands among the others, with the ways to those beside it. They are links of the page: the style sheet shows the
/// column that the address names, and the back button leads back.
fn turn(columns: &[Column], id: ColumnId) -> AnyView {
    let Some(at) = columns.iter().position(|column| column.id == id) else {
        return ().into_any();
    };
    let way = |column: Option<&Column>, label: &'static str, arrow: &'static str| {
        column.map(|column| {
            view! {
                <a rel="external" class="button button-quiet" href=format!("#{}", anchor(column.id)) aria-label=format!("{label} Spalte: {}", column.title)>{arrow}</a>
            }
        })
    };
    let before = at.checked_sub(1).and_then(|before| columns.get(before));
    view! {
        <p class="column-turn no-print">
            {way(before, "Vorige", "←")}
            <span>{format!("Spalte {} von {}", at + 1, columns.len())}</span>
            {way(columns.get(at + 1), "Nächste", "→")}
        </p>
    }
    .into_any()
}

/// The way to the next column from the end of this one: on a phone its top is many screens away.
fn next(columns: &[Column], id: ColumnId) -> AnyView {
    let mut rest = columns.iter().skip_while(|column| column.id != id).skip(1);
    let next = rest.next().map(|next| {
        view! { <a rel="external" class="button button-quiet column-next no-print" href=format!("#{}", anchor(next.id))>{format!("Weiter: {}", next.title)}</a> }
    });
    next.into_any()
}

/// Says when the board on the screen may not be what it is in the room, and what holds for all of it.
pub fn state(shown: Shown) -> AnyView {
    // Seen wherever on the board one is.
    let broken = changing(move || {
        if shown.outdated.get() {
            return view! { <Notice kind="warning">"Bitte laden Sie die Seite neu: Es gibt eine neue Fassung. " <a href="" rel="external">"Neu laden"</a></Notice> }.into_any();
        }
        if shown.broken.get() {
            view! { <Notice kind="warning">"Gerade keine Verbindung. Was Sie schreiben, bleibt auf diesem Gerät und wird danach gesendet. Was Sie lesen, kann alt sein."</Notice> }.into_any()
        } else {
            ().into_any()
        }
    });
    let notices = changing(move || {
        let frame = shown.frame.get();
        let archived = frame.archived.then(|| {
            let words = if frame.emptied {
                "Die Frist dieses Boards ist vorbei: Alle Beiträge sind gelöscht, und es nimmt nichts mehr an."
            } else {
                "Dieses Board liegt im Archiv: Alles lässt sich lesen, nur Ergebnisse werden noch gepflegt."
            };
            view! { <Notice kind="info">{words}</Notice> }
        });
        let frozen = (frame.frozen && !frame.archived).then(|| {
            view! { <Notice kind="info">"Dieses Board ist angehalten. Lesen können Sie weiter; senden geht, sobald es weitergeht."</Notice> }
        });
        let curtain = frame.stage.curtain.then(|| {
            view! { <Notice kind="info">"Im Moment sehen alle nur die eigenen Karten. Die Moderation deckt sie gemeinsam auf."</Notice> }
        });
        let paused = frame.stage.paused_at.map(|_| {
            view! { <Notice kind="info">"Neue Karten kommen an und erscheinen, sobald die Moderation sie zeigt."</Notice> }
        });
        // What others wrote is not sent to such a console any more, and would seem to be gone: nothing else is shown there (board.css).
        let over = (shown.page == "moderation" && !frame.me.moderates).then(|| {
            view! { <div class="over"><Notice kind="warning">"Sie moderieren hier nicht mehr."</Notice></div> }
        });
        view! { {over}{archived}{frozen}{curtain}{paused} }.into_any()
    });
    // On the projector the card itself is large.
    let is_screen = shown.data.with_untracked(|data| data.eyes) == Eyes::Everybody;
    let light = (!is_screen).then(|| light(shown));
    view! {
        <div class="board-line">
            <div role="status">{broken}</div>
            <div class="board-now">{light}{timer(shown)}</div>
        </div>
        <div role="status">{notices}</div>
    }
    .into_any()
}

/// The way to the card in the light, wherever on the board one is.
fn light(shown: Shown) -> AnyView {
    changing(move || {
        let lit = shown.frame.get().stage.spotlight;
        let Some(number) = lit.and_then(|card| number(shown, card)) else {
            return ().into_any();
        };
        // Where some cards are chosen this one may not be among those that are shown: its words stand on top.
        let place = match shown.filter.get() {
            None => format!("#karte-{number}"),
            Some(_) => "#im-blick".to_owned(),
        };
        view! { <a rel="external" href=place>{format!("Im Blick: Karte {number}")}</a> }.into_any()
    })
    .into_any()
}

/// The number of a card, if it is there.
pub fn number(shown: Shown, id: CardId) -> Option<u32> {
    shown.data.with_untracked(|data| {
        let mut cards = data.view.cards.iter();
        Some(cards.find(|card| card.id == id)?.number)
    })
}

/// A part that is there until all that was written is gone: from then on nothing is done on a board.
pub fn until_emptied(shown: Shown, part: fn(Shown) -> AnyView) -> AnyView {
    let is_emptied = Memo::new(move |_| shown.frame.get().emptied);
    changing(move || {
        if is_emptied.get() {
            ().into_any()
        } else {
            part(shown)
        }
    })
    .into_any()
}

/// The card on which the moderator has put the light. Whoever wants to read something else closes it.
pub fn spotlight(shown: Shown) -> AnyView {
    let lit = shown.cards(move |card| Some(card.id) == shown.frame.get().stage.spotlight);
    // Made when the light goes to another card, and not again: what was closed stays closed.
    each(
        move || lit.get(),
        move |id| {
            let card = shown.card(id);
            let number = card.get_untracked().map(|card| card.number);
            let text = changing(move || card.get().map(|card| card.text).into_any());
            let discuss = changing(move || {
                card.get()
                    .map_or_else(|| ().into_any(), |card| discuss(shown, &card))
            });
            view! {
                <details class="spotlight" id="im-blick" open=true>
                    <summary>{format!("Karte {} im Wortlaut", number.unwrap_or_default())}</summary>
                    <p class="note-text">{text}</p>
                    {discuss}
                </details>
            }
            .into_any()
        },
    )
}

/// For the moderator: marks the card in the light as discussed, with the tap with which the room goes on.
fn discuss(shown: Shown, card: &CardView) -> AnyView {
    let frame = shown.frame.get();
    if !frame.me.moderates || frame.archived {
        return ().into_any();
    }
    let operation = Operation::Discuss {
        card: card.id,
        discussed: !card.discussed,
    };
    let (about, label) = (about(card), super::words::DISCUSSED);
    let press = deed(
        shown,
        &operation,
        &about,
        label,
        Look::Quiet,
        Some(card.discussed),
    );
    view! { <div class="note-deeds no-print">{press}</div> }.into_any()
}

/// The card that is shown large.
pub fn lit(shown: Shown) -> Option<CardView> {
    let id = shown.frame.get().stage.spotlight?;
    shown.data.with(|data| {
        let mut cards = data.view.cards.iter();
        cards.find(|card| card.id == id).cloned()
    })
}

/// One's own cards and those that one follows, with what became of them.
pub fn mine(shown: Shown) -> AnyView {
    let cards = shown.cards(|card| card.mine || card.followed);
    let any = Memo::new(move |_| !cards.with(Vec::is_empty));
    changing(move || {
        if !any.get() {
            return ().into_any();
        }
        let count = changing(move || cards.with(Vec::len).to_string().into_any());
        let list = each(
            move || cards.get(),
            move |id| {
                let card = shown.card(id);
                changing(move || {
                    card.get()
                        .map_or_else(|| ().into_any(), |card| became(shown, &card))
                })
                .into_any()
            },
        );
        view! {
            <details class="disclosure">
                <summary>"Meine Karten und was ich mir gemerkt habe ("{count}")"</summary>
                <ul>{list}</ul>
            </details>
        }
        .into_any()
    })
    .into_any()
}

/// What became of a card; of one for which another stands, what became of that one.
fn became(shown: Shown, card: &CardView) -> AnyView {
    let way = |number: u32| {
        view! { <a href=format!("#karte-{number}") rel="external">{format!("Karte {number}")}</a> }
    };
    let root = card.merged_into.and_then(|number| shown.numbered(number));
    let root = root.and_then(|root| shown.card(root.id.0.as_u128()).get());
    let finding = root
        .and_then(|root| root.finding)
        .or_else(|| card.finding.clone());
    let finding =
        finding.map(|finding| format!(" Ergebnis ({}): {}", finding.progress.label(), finding.text));
    let standing = match card.merged_into {
        Some(number) => view! { "steht bei "{way(number)} }.into_any(),
        None => super::words::standing(card)
            .map_or("Veröffentlicht", |(word, ..)| word)
            .into_any(),
    };
    view! { <li>{way(card.number)}": "{standing}"."{finding}</li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_choice_leaves_the_rest_of_the_address_as_it_is() {
        let topic = Some(Filter::Kind(CardKind::Topic));
        for (search, filter, address) in [
            ("", None, ""),
            ("", topic, "?art=topic"),
            ("art=quote", None, ""),
            ("art=quote", Some(Filter::Open), "?art=offen"),
            ("art=offen", topic, "?art=topic"),
            ("als=teilnehmende", None, "?als=teilnehmende"),
            ("als=teilnehmende", topic, "?als=teilnehmende&art=topic"),
            (
                "art=quote&als=teilnehmende&artig=1",
                topic,
                "?als=teilnehmende&artig=1&art=topic",
            ),
            (
                "a=%26&als=teilnehmende&art=quote",
                None,
                "?a=%26&als=teilnehmende",
            ),
            ("antwort=0190&art=quote", topic, "?art=topic"),
        ] {
            assert_eq!(with_filter(search, filter), address, "{search}");
        }
    }
}
