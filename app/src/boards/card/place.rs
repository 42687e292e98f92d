//! Another place without dragging (WCAG 2.2, 2.5.7): a button on the card opens a sheet with column and place. All that dragging
//! reaches is reached so, without WebAssembly one place after the other.

use domain::board::{BoardView, CardView, Operation};
use domain::ids::{CardId, ColumnId};
use leptos::prelude::*;

use crate::boards::actions::MoveCard;
use crate::boards::outbox::typing;
use crate::boards::shown::Shown;
use crate::boards::typed::Chosen;
use crate::form_reply::address;
use crate::ui::changing::changing;
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// The button and its sheet. A browser opens and closes it by itself, with and without a script.
pub fn place(shown: Shown, first: &CardView) -> AnyView {
    let (id, number) = (first.id, first.number);
    let answers = shown.deeds;
    let [sheet, field] = [format!("verschieben-{number}"), format!("ziel-{number}")];
    let [opened, closed, hidden, named] = [sheet.clone(), sheet.clone(), sheet.clone(), field.clone()];
    let (list, chosen) = (field.clone(), Chosen::default());
    let is_open = RwSignal::new(false);
    // The browser says so only after the button did: the same once more would make the list anew under the finger.
    let opens = move |open: bool| {
        if is_open.get_untracked() != open {
            is_open.set(open);
        }
    };
    let targets = changing(move || {
        if is_open.get() {
            // What is chosen stays chosen while others come and go.
            chosen.stays(&list);
            targets(shown, id, true).into_any()
        } else {
            // Nobody sees it: it stays as it is until it is opened, whatever changes on the board.
            untrack(|| targets(shown, id, false)).into_any()
        }
    });
    let submit = typing::takes(shown, move |fields| {
        let chosen = fields.get("target")?;
        let (column, after) = match Step::parse(&chosen) {
            Some(step) => shown.data.with_untracked(|data| step.from(&data.view, id)),
            None => target(&chosen),
        }?;
        hide(&hidden);
        Some(Operation::Move {
            card: id,
            column,
            after,
        })
    });
    view! {
        <button type="button" class="button button-quiet button-small no-print" popovertarget=opened aria-label=format!("Karte {number}: Verschieben")
            disabled=move || shown.stopped.get() on:click=move |_| opens(true)>"Verschieben"</button>
        <div id=sheet popover="auto" role="dialog" aria-label=format!("Karte {number} verschieben") class="sheet no-print"
            on:toggle=move |event| opens(event.new_state() == "open")>
            <div on:submit:capture=submit>
                <PostForm to={address::<MoveCard>()} answers class="form form-tight">
                    {shown.hidden()}
                    <input type="hidden" name="card" value=id.to_string() />
                    <div class="field">
                        <label for=named>{format!("Karte {number} verschieben nach")}</label>
                        <select id=field name="target">{targets}</select>
                    </div>
                    <p class="actions">
                        <SubmitButton label="Verschieben" answers shut=shown.stopped />
                        <button type="button" class="button button-quiet" popovertarget=closed popovertargetaction="hide">"Abbrechen"</button>
                    </p>
                </PostForm>
            </div>
        </div>
    }
    .into_any()
}

/// One place further, up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nearer to the top of the column.
    Up,
    /// Nearer to its bottom.
    Down,
}

impl Step {
    const ALL: [Self; 2] = [Self::Up, Self::Down];

    /// As it stands in a form.
    fn key(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Up => "Eine Stelle höher",
            Self::Down => "Eine Stelle tiefer",
        }
    }

    /// The step that an entry of the list says.
    #[must_use]
    pub fn parse(chosen: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.key() == chosen)
    }

    /// The place that is so much further, from where a card stands on the screen. Nothing: there is none.
    #[must_use]
    pub fn from(self, view: &BoardView, card: CardId) -> Option<(ColumnId, Option<CardId>)> {
        let mut cards = view.cards.iter();
        let moved = cards.find(|one| one.id == card)?;
        let stands: Vec<&CardView> = beside(view, moved.column, moved.pinned).collect();
        let at = stands.iter().position(|one| one.id == card)?;
        let after = match self {
            Self::Up => at.checked_sub(1)?.checked_sub(1).map(|before| stands[before].id),
            Self::Down => Some(stands.get(at + 1)?.id),
        };
        Some((moved.column, after))
    }

    /// Why there is no such place.
    #[must_use]
    pub fn is_at_the_end(self) -> &'static str {
        match self {
            Self::Up => "Die Karte steht schon ganz oben.",
            Self::Down => "Die Karte steht schon ganz unten.",
        }
    }
}

/// The cards of a column among which a card stands: those that are kept on top are for themselves.
fn beside(view: &BoardView, column: ColumnId, pinned: bool) -> impl Iterator<Item = &CardView> {
    let is_beside = move |one: &&CardView| one.column == column && one.on.is_none() && one.pinned == pinned;
    view.cards.iter().filter(is_beside)
}

/// The column, and there the card behind which: without one on top. Nothing: that is no entry of the list.
#[must_use]
pub fn target(chosen: &str) -> Option<(ColumnId, Option<CardId>)> {
    let (column, after) = chosen.split_once(' ').unwrap_or((chosen, ""));
    Some((ColumnId::parse(column).ok()?, CardId::parse(after).ok()))
}

/// One place further, and top and bottom of each column that takes cards; while the sheet is open, what is between these, too: a
/// room has hundreds of cards, and hardly any of them is moved.
fn targets(shown: Shown, card: CardId, is_open: bool) -> Vec<AnyView> {
    let steps = Step::ALL.map(|step| (step.key().to_owned(), step.label().to_owned()));
    let mut targets = Vec::from(steps);
    for end in shown.ends().get() {
        if shown.is_closed(end.column) {
            continue;
        }
        let last = end.last_other_than(card);
        let mut add = |after: Option<CardId>, place: &str| {
            let after = after.map_or_else(String::new, |after| format!(" {after}"));
            targets.push((
                format!("{}{after}", end.column),
                format!("{}, {place}", end.title),
            ));
        };
        add(None, "ganz oben");
        if is_open {
            shown.data.with(|data| {
                let moved = data.view.cards.iter().find(|one| one.id == card);
                let others = moved
                    .into_iter()
                    .flat_map(|moved| beside(&data.view, end.column, moved.pinned));
                for other in others.filter(|other| other.id != card && Some(other.id) != last) {
                    add(Some(other.id), &format!("hinter Karte {}", other.number));
                }
            });
        }
        if last.is_some() {
            add(last, "ganz unten");
        }
    }
    let options = targets.into_iter();
    options
        .map(|(value, words)| view! { <option value=value>{words}</option> }.into_any())
        .collect()
}

/// Closes the sheet: the focus is on the card's button again.
#[cfg(feature = "hydrate")]
fn hide(sheet: &str) {
    use wasm_bindgen::JsCast;
    let sheet = document().get_element_by_id(sheet);
    if let Some(sheet) = sheet.and_then(|sheet| sheet.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A browser that knows no sheets shows the form on the card.
        drop(sheet.hide_popover());
    }
}

#[cfg(not(feature = "hydrate"))]
fn hide(_: &str) {}
