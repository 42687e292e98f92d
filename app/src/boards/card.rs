//! One card, and what can be done with it.

use domain::board::state::CARD_CHARACTERS_MAX;
use domain::board::{CardView, Operation, Phase, Standing};
use leptos::prelude::*;

use super::actions::{EditCard, MoveCard};
use super::deed::{Look, deed};
use super::shown::{Frame, Shown};
use super::words;
use crate::form_reply::address;
use crate::ui::changing::changing;
use crate::ui::{badge::Badge, button::SubmitButton, post_form::PostForm};

/// A card in its column. What changes on the board changes here, and nothing else does.
pub fn card(shown: Shown, id: u128) -> AnyView {
    let card = shown.card(id);
    let Some(first) = card.get_untracked() else {
        return ().into_any();
    };
    let class = if first.mine { "note note-mine" } else { "note" };
    view! {
        <li class=class id=format!("karte-{}", first.number)>
            {changing(move || card.get().map_or_else(|| ().into_any(), said))}
            {changing(move || card.get().map_or_else(|| ().into_any(), |card| weights(shown, &card)))}
            {more(shown, card)}
        </li>
    }
    .into_any()
}

/// What the card says, from whom, and where it stands.
pub fn said(card: CardView) -> AnyView {
    let standing = words::standing(&card.standing).map(|(word, tone, meaning)| {
        view! { <p class="note-standing"><Badge text=word kind=tone />" "{meaning}</p> }
    });
    let author = card.author.map(|author| view! { <span>{author}</span> });
    let mine = card.mine.then(|| view! { <Badge text="Ihre Karte" /> });
    let pinned = card.pinned.then(|| view! { <Badge text="Oben" kind="good" /> });
    view! {
        <p class="note-head">
            <strong class="note-number"><span class="visually-hidden">"Karte "</span>{card.number}</strong>
            <span>{card.kind.label()}</span>
            {author}{mine}{pinned}
        </p>
        <p class="note-text">{card.text}</p>
        {standing}
    }
    .into_any()
}

/// "Bei uns auch" and votes: numbers for who reads, buttons for who takes part.
fn weights(shown: Shown, card: &CardView) -> AnyView {
    let frame = shown.frame.get();
    let about = format!("Karte {}", card.number);
    let acts = frame.may_write() && card.standing == Standing::Published;
    let mut parts = Vec::new();
    let same = match card.same_here {
        0 => "Bei uns auch".to_owned(),
        count => format!("Bei uns auch · {count}"),
    };
    if acts {
        let operation = Operation::SameHere {
            card: card.id,
            given: !card.my_same_here,
        };
        parts.push(deed(
            shown,
            &operation,
            &about,
            &same,
            Look::Quiet,
            Some(card.my_same_here),
        ));
    } else if card.same_here > 0 {
        parts.push(view! { <span class="hint">{same}</span> }.into_any());
    }
    let votes = card
        .votes
        .map(|count| domain::german::count(u32::try_from(count).unwrap_or(u32::MAX), "Stimme", "Stimmen"));
    if acts && frame.phase == Phase::Weigh {
        let words = if card.my_vote {
            "Meine Stimme"
        } else {
            "Stimme geben"
        };
        let label = votes.map_or_else(|| words.to_owned(), |votes| format!("{words} · {votes}"));
        let operation = Operation::Vote {
            card: card.id,
            given: !card.my_vote,
        };
        parts.push(deed(
            shown,
            &operation,
            &about,
            &label,
            Look::Quiet,
            Some(card.my_vote),
        ));
    } else if matches!(frame.phase, Phase::Weigh | Phase::Discuss)
        && let Some(votes) = votes
    {
        parts.push(view! { <Badge text=votes kind="good" /> }.into_any());
    }
    view! { <div class="note-deeds">{parts}</div> }.into_any()
}

/// What the viewer may do with a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rights {
    edit: bool,
    place: bool,
    take_back: bool,
    erase: bool,
    moderate: bool,
}

impl Rights {
    fn of(frame: Frame, card: &CardView) -> Self {
        let (moderate, mine) = (frame.me.moderates, card.mine);
        let writes = frame.may_write();
        Self {
            edit: moderate || (mine && writes && card.votes.unwrap_or(0) == 0),
            place: moderate || (writes && (mine || frame.phase == Phase::Sort)),
            take_back: mine && writes,
            erase: moderate || (mine && frame.me.joined),
            moderate,
        }
    }

    fn any(self) -> bool {
        self.edit || self.place || self.take_back || self.erase || self.moderate
    }
}

/// What is done less often. The forms are made when they become possible, and not again while somebody types.
fn more(shown: Shown, card: Memo<Option<CardView>>) -> AnyView {
    let rights = move || card.with(|card| card.as_ref().map(|card| Rights::of(shown.frame.get(), card)));
    let number = card.with_untracked(|card| card.as_ref().map_or(0, |card| card.number));
    let can = Memo::new(move |_| {
        rights().map_or((false, false, false), |rights| {
            (rights.any(), rights.edit, rights.place)
        })
    });
    changing(move || {
        let (any, edits, places) = can.get();
        if !any {
            return ().into_any();
        }
        let first = card.get_untracked();
        let edit = first
            .clone()
            .filter(|_| edits)
            .map(|first| edit(shown, card, first));
        let place = first.filter(|_| places).map(|first| place(shown, &first));
        let hands = changing(move || {
            let rights = rights();
            card.get()
                .zip(rights)
                .map_or_else(|| ().into_any(), |(card, rights)| hands(shown, &card, rights))
        });
        view! {
            <details class="note-more no-print">
                <summary>"Mehr"<span class="visually-hidden">{format!(" zu Karte {number}")}</span></summary>
                {edit}{place}{hands}
            </details>
        }
        .into_any()
    })
    .into_any()
}

/// Says it in other words. What stands in the field is never replaced while somebody types.
fn edit(shown: Shown, card: Memo<Option<CardView>>, first: CardView) -> AnyView {
    let answers = shown.deeds;
    let field = format!("text-{}", first.number);
    let named = field.clone();
    let base = changing(move || {
        let revision = card.with(|card| card.as_ref().map_or(0, |card| card.revision));
        view! { <input type="hidden" name="base" value=revision.to_string() /> }.into_any()
    });
    view! {
        <PostForm to={address::<EditCard>()} answers class="form form-tight">
            {shown.hidden()}
            <input type="hidden" name="card" value=first.id.to_string() />
            {base}
            <div class="field">
                <label for=named>{format!("Text der Karte {}", first.number)}</label>
                <textarea id=field name="text" rows="4" required=true maxlength=CARD_CHARACTERS_MAX.to_string()>{first.text}</textarea>
            </div>
            <SubmitButton label="Text ändern" quiet=true answers />
        </PostForm>
    }
    .into_any()
}

/// Puts the card elsewhere, without dragging.
fn place(shown: Shown, first: &CardView) -> AnyView {
    let (id, number) = (first.id, first.number);
    let answers = shown.deeds;
    let field = format!("ziel-{number}");
    let named = field.clone();
    let targets = changing(move || {
        let targets = shown.data.with(|data| {
            let mut targets = Vec::new();
            for column in &data.view.columns {
                targets.push((column.id.to_string(), format!("{}, ganz oben", column.title)));
                let last = data
                    .view
                    .cards
                    .iter()
                    .rfind(|other| other.column == column.id && other.id != id);
                if let Some(last) = last {
                    targets.push((
                        format!("{} {}", column.id, last.id),
                        format!("{}, ganz unten", column.title),
                    ));
                }
            }
            targets
        });
        let options = targets
            .into_iter()
            .map(|(value, words)| view! { <option value=value>{words}</option> }.into_any());
        options.collect::<Vec<_>>().into_any()
    });
    view! {
        <PostForm to={address::<MoveCard>()} answers class="form form-tight">
            {shown.hidden()}
            <input type="hidden" name="card" value=id.to_string() />
            <div class="field">
                <label for=named>{format!("Karte {number} verschieben nach")}</label>
                <select id=field name="target">{targets}</select>
            </div>
            <SubmitButton label="Verschieben" quiet=true answers />
        </PostForm>
    }
    .into_any()
}

/// Buttons for who wrote the card, and for the moderator.
fn hands(shown: Shown, card: &CardView, rights: Rights) -> AnyView {
    let about = format!("Karte {}", card.number);
    let id = card.id;
    let act =
        |operation: &Operation, label: &str, look: Look| deed(shown, operation, &about, label, look, None);
    let stand = |standing: Standing, label: &str, look: Look| {
        act(&Operation::Stand { card: id, standing }, label, look)
    };
    let mut parts = Vec::new();
    if rights.take_back {
        parts.push(if card.standing == Standing::Withdrawn {
            stand(Standing::Waiting, "Wieder einreichen", Look::Quiet)
        } else {
            stand(Standing::Withdrawn, "Zurückziehen", Look::Quiet)
        });
    }
    if rights.moderate {
        match card.standing {
            Standing::Published => {
                parts.push(stand(Standing::Hidden, "Ausblenden", Look::Quiet));
                let pin = Operation::Pin {
                    card: id,
                    pinned: !card.pinned,
                };
                parts.push(deed(
                    shown,
                    &pin,
                    &about,
                    "Oben halten",
                    Look::Quiet,
                    Some(card.pinned),
                ));
            }
            Standing::Withdrawn => {}
            _ => parts.push(stand(Standing::Published, "Veröffentlichen", Look::Main)),
        }
    }
    if rights.erase {
        let erase = act(&Operation::Erase { card: id }, "Endgültig löschen", Look::Danger);
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
