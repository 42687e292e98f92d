//! What is done less often with a card.

use domain::board::{CardView, Level, Operation, Phase, Standing, signs};
use leptos::prelude::*;

use super::drag::handle;
use super::edit::{earlier, edit};
use super::place::place;
use crate::boards::deed::{Look, deed};
use crate::boards::frame::Frame;
use crate::boards::pieces::Piece;
use crate::boards::shown::Shown;
use crate::boards::words;
use crate::ui::changing::changing;

/// What the viewer may do with a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rights {
    edit: bool,
    place: bool,
    take_back: bool,
    erase: bool,
    report: bool,
    moderate: bool,
}

impl Rights {
    fn of(frame: Frame, card: &CardView) -> Self {
        let (moderate, mine) = (frame.me.moderates, card.mine);
        let writes = frame.may_write();
        // What the moderator has refused or hidden is not the author's to put anywhere.
        let is_out = matches!(card.standing, Standing::Refused { .. } | Standing::Hidden);
        Self {
            // Who writes other words goes on while the board has stopped; they are taken when it goes on.
            edit: moderate || (mine && frame.takes_part() && !card.locked && !keeps_its_words(frame, card)),
            // A sheet that is open stays while the board has stopped, too.
            place: card.on.is_none()
                && (moderate
                    || (frame.takes_part()
                        && !card.locked
                        && !is_out
                        && (mine || frame.phase == Phase::Sort))),
            take_back: mine && writes && !is_out,
            erase: moderate || (mine && frame.me.joined),
            report: writes && !mine && !moderate && card.standing == Standing::Published,
            moderate,
        }
    }

    /// Where a column is closed nothing in it is changed or put elsewhere.
    fn closed(self, closed: bool) -> Self {
        Self {
            edit: self.edit && !closed,
            place: self.place && !closed,
            ..self
        }
    }
}

/// Whether the room votes on what a card says. What was taken back may be kept, too: that is the server's word.
fn keeps_its_words(frame: Frame, card: &CardView) -> bool {
    let is_weighed = frame.phase.keeps_words() && card.standing == Standing::Published;
    card.on.is_none() && (is_weighed || card.votes.unwrap_or(0) > 0)
}

/// What is done less often. The forms are made when they become possible, and not again while somebody types.
pub fn more(shown: Shown, card: Piece<Option<CardView>>) -> AnyView {
    let rights = move || {
        let card = card.get()?;
        Some(Rights::of(shown.frame.get(), &card).closed(shown.is_closed(card.column)))
    };
    let number = card.get_untracked().map_or(0, |card| card.number);
    let can = Memo::new(move |_| rights().map(|rights| (rights.edit, rights.place)));
    changing(move || {
        let Some((edits, places)) = can.get() else {
            return ().into_any();
        };
        let first = card.get_untracked();
        let edit = first
            .clone()
            .filter(|_| edits)
            .map(|first| edit(shown, card, first));
        let place = first
            .filter(|_| places)
            .map(|first| (handle(shown, &first), place(shown, &first)));
        let (handle, place) = place.unzip();
        let is_begun = shown.base(number).is_some();
        let hands = changing(move || card.get().map_or_else(|| ().into_any(), |card| own(shown, &card)));
        let before = edits.then(|| {
            changing(move || {
                card.get()
                    .map_or_else(|| ().into_any(), |card| earlier(shown, &card))
            })
        });
        view! {
            {handle}{place}
            <details class="note-more no-print" open=is_begun>
                <summary>"Mehr"<span class="visually-hidden">{format!(" zu Karte {number}")}</span></summary>
                {edit}{before}{hands}
            </details>
        }
        .into_any()
    })
    .into_any()
}

/// Buttons for who wrote the card, for who reads it, and for the moderator.
pub fn own(shown: Shown, card: &CardView) -> AnyView {
    let frame = shown.frame.get();
    let rights = Rights::of(frame, card);
    let about = super::about(card);
    let id = card.id;
    let act = |operation: &Operation, label: &str, look: Look, pressed: Option<bool>| {
        deed(shown, operation, &about, label, look, pressed)
    };
    let stand = |standing: Standing, label: &str, look: Look| {
        let version = card.desk.map(|_| card.version);
        let operation = Operation::Stand {
            card: id,
            standing,
            version,
        };
        act(&operation, label, look, None)
    };
    let mut parts = Vec::new();
    if frame.may_write() && card.on.is_none() && card.standing == Standing::Published {
        let follow = Operation::Follow {
            card: id,
            given: !card.followed,
        };
        parts.push(act(&follow, "Merken", Look::Quiet, Some(card.followed)));
    }
    if rights.report {
        let report = Operation::Report {
            card: id,
            given: !card.my_report,
        };
        parts.push(act(&report, "Melden", Look::Quiet, Some(card.my_report)));
    }
    if rights.take_back {
        parts.push(if card.standing == Standing::Withdrawn {
            let waits = match frame.level {
                Level::Off => false,
                Level::Flagged => signs::looks_like(&card.text),
                Level::All => true,
            };
            let again = if waits {
                Standing::Waiting
            } else {
                Standing::Published
            };
            stand(again, "Wieder einreichen", Look::Quiet)
        } else {
            stand(Standing::Withdrawn, "Zurückziehen", Look::Quiet)
        });
    }
    if rights.moderate {
        match card.standing {
            Standing::Published => parts.push(stand(Standing::Hidden, "Ausblenden", Look::Quiet)),
            Standing::Withdrawn => {}
            _ => parts.push(stand(Standing::Published, "Veröffentlichen", Look::Main)),
        }
        if card.on.is_none() && card.standing == Standing::Published {
            let pin = Operation::Pin {
                card: id,
                pinned: !card.pinned,
            };
            parts.push(act(&pin, "Oben halten", Look::Quiet, Some(card.pinned)));
            let lit = frame.stage.spotlight == Some(id);
            let light = Operation::Spotlight {
                card: (!lit).then_some(id),
            };
            parts.push(act(&light, "Groß zeigen", Look::Quiet, Some(lit)));
            let discuss = Operation::Discuss {
                card: id,
                discussed: !card.discussed,
            };
            parts.push(act(&discuss, words::DISCUSSED, Look::Quiet, Some(card.discussed)));
        }
    }
    let path = |page: &str| format!("/themen/{}/{page}{}", shown.slug(), card.number);
    let way = |path: String, label: &'static str| {
        view! { <a class="button button-quiet button-small" href=path>{label}<span class="visually-hidden">{format!(" für {about}")}</span></a> }
            .into_any()
    };
    if rights.moderate {
        parts.push(way(path("moderation?karte="), "Werkbank"));
    }
    if card.on.is_none() {
        let label = if rights.moderate {
            "Dokument und Notiz"
        } else {
            "Als Dokument"
        };
        parts.push(way(path("karten/"), label));
    }
    if rights.erase {
        let erase = act(
            &Operation::Erase { card: id },
            "Endgültig löschen",
            Look::Danger,
            None,
        );
        parts.push(
            view! {
                <details class="note-erase">
                    <summary>"Text löschen"</summary>
                    <p>"Der Text verschwindet für immer: vom Board, aus dem Verlauf und aus jedem Export. Das lässt sich nicht zurücknehmen."</p>
                    {erase}
                </details>
            }
            .into_any(),
        );
    }
    view! { <div class="note-deeds">{parts}</div> }.into_any()
}
