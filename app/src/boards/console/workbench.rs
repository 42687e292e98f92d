//! One card, and everything that a moderator can do with it: `?karte=12`.

use domain::board::state::{CARD_CHARACTERS_MAX, HANDS_MAX, TAKER_CHARACTERS_MAX};
use domain::board::{CardView, Finding, Operation, Progress, Responsibility, Standing};
use domain::ids::CardId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::boards::actions::{ConcludeCard, CountHands, HandOver, MergeCard, SplitCard};
use crate::boards::card::{about, said, start};
use crate::boards::deed::{Look, deed};
#[cfg(feature = "hydrate")]
use crate::boards::focus;
use crate::boards::shown::Shown;
use crate::form_reply::{FormReply, address};
use crate::ui::changing::{changing, each};
use crate::ui::{button::SubmitButton, notice::Notice, post_form::PostForm};

/// The card or comment that the address names, with its tools: as soon as it is on the board. A bench is made once for its card: what is
/// typed into a tool stays while that changes, and goes with it.
pub fn workbench(shown: Shown, kept: FormReply) -> AnyView {
    let query = use_query_map();
    let number = Memo::new(move |_| {
        query
            .read()
            .get("karte")
            .and_then(|number| number.parse::<u32>().ok())
    });
    let found = shown.cards(move |card| number.get() == Some(card.number));
    let none = changing(move || match number.get() {
        Some(number) if found.with(Vec::is_empty) => missing(number),
        _ => ().into_any(),
    });
    let bench = each(
        move || {
            shown.workbench.set(number.get());
            found.get()
        },
        move |id| {
            let card = shown.card(id).get_untracked();
            card.map_or_else(|| ().into_any(), |card| bench(shown, &card, &kept))
        },
    );
    view! { {none}{bench} }.into_any()
}

/// No such card: not yet, or no more.
fn missing(number: u32) -> AnyView {
    let words = format!(
        "Eine Karte {number} gibt es hier nicht oder nicht mehr. Sobald es sie gibt, erscheint hier ihre Werkbank."
    );
    view! { <Notice kind="info">{words}</Notice> }.into_any()
}

fn bench(shown: Shown, first: &CardView, kept: &FormReply) -> AnyView {
    let number = first.number;
    let card = shown.card(first.id.0.as_u128());
    let says = changing(move || card.get().map_or_else(|| ().into_any(), said));
    let switches = changing(move || {
        card.get()
            .map_or_else(|| ().into_any(), |card| switches(shown, &card))
    });
    // What is not published is not brought together with another card: it is decided first.
    let is_published = Memo::new(move |_| {
        card.get()
            .is_some_and(|card| card.standing == Standing::Published)
    });
    let id = first.id;
    let merge = changing(move || {
        if is_published.get() {
            merge(shown, id)
        } else {
            ().into_any()
        }
    });
    // What a comment is: words of somebody, and neither a topic nor a result.
    let tools = first.on.is_none().then(|| {
        view! {
            {merge}
            {split(shown, first)}
            {hands(shown, first)}
            {conclude(shown, first, kept)}
        }
    });
    let close = format!("/themen/{}/moderation", shown.slug());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| focus::go_on_from(&opened_by(number), "werkbank"));
    view! {
        <section class="note workbench no-print" aria-labelledby="werkbank">
            <h2 id="werkbank">{format!("Werkbank: {}", about(first))}</h2>
            {says}
            {switches}
            {tools}
            {hand_over(shown, first)}
            <p class="actions"><a class="button button-quiet" href=close data-noscroll="" on:click=move |_| closes(number)>"Werkbank schließen"</a></p>
        </section>
    }
    .into_any()
}

/// Goes back to the link that has opened it.
fn closes(number: u32) {
    #[cfg(feature = "hydrate")]
    focus::go_back_to(&opened_by(number));
    #[cfg(not(feature = "hydrate"))]
    let _ = number;
}

/// How the addresses of the links end that open it.
#[cfg(feature = "hydrate")]
fn opened_by(number: u32) -> String {
    format!("?karte={number}")
}

/// What is on or off.
fn switches(shown: Shown, card: &CardView) -> AnyView {
    let about = about(card);
    let id = card.id;
    // Publishing a comment is the queue's, and the board's.
    let (operation, label, pressed) = if card.on.is_none() {
        let locked = !card.locked;
        (
            Operation::Lock { card: id, locked },
            "Karte sperren",
            Some(card.locked),
        )
    } else {
        let hide = Operation::Stand {
            card: id,
            standing: Standing::Hidden,
            version: Some(card.version),
        };
        (hide, "Ausblenden", None)
    };
    let is_there = card.on.is_none() || matches!(card.standing, Standing::Published | Standing::Waiting);
    let first = is_there.then(|| deed(shown, &operation, &about, label, Look::Quiet, pressed));
    let removed = card.desk.is_some_and(|desk| desk.removed);
    let remove = Operation::Remove {
        card: id,
        removed: !removed,
    };
    let label = if removed {
        "Autor*in wieder zulassen"
    } else {
        "Autor*in vom Board nehmen"
    };
    let remove = (!card.mine).then(|| {
        let look = if removed { Look::Quiet } else { Look::Danger };
        deed(shown, &remove, &about, label, look, None)
    });
    let apart = card.sources.iter().map(|source| {
        let operation = Operation::Merge {
            card: source.id,
            into: None,
        };
        let label = format!("Karte {} wieder trennen", source.number);
        deed(shown, &operation, &about, &label, Look::Quiet, None)
    });
    view! { <div class="note-deeds">{first}{remove}{apart.collect::<Vec<_>>()}</div> }.into_any()
}

/// A tool behind its name: a form about a card. The label is what its button says.
fn tool(shown: Shown, id: CardId, to: &'static str, words: [&'static str; 2], fields: AnyView) -> AnyView {
    tool_or_open(shown, id, to, words, fields, false)
}

/// The same, open where what was typed into it has come back.
fn tool_or_open(
    shown: Shown,
    id: CardId,
    to: &'static str,
    [name, label]: [&'static str; 2],
    fields: AnyView,
    open: bool,
) -> AnyView {
    let answers = shown.deeds;
    view! {
        <details class="note-more" open=open>
            <summary>{name}</summary>
            <PostForm to answers class="form form-tight">
                {shown.hidden()}
                <input type="hidden" name="card" value=id.to_string() />
                {fields}
                <SubmitButton label quiet=true answers />
            </PostForm>
        </details>
    }
    .into_any()
}

/// Whether a card is one that everybody sees: no other can stand for a second one.
fn stands_for_others(card: &CardView) -> bool {
    let is_gone = card.desk.is_some_and(|desk| desk.removed);
    card.on.is_none() && card.standing == Standing::Published && !is_gone
}

fn merge(shown: Shown, id: CardId) -> AnyView {
    let options = changing(move || {
        let option = |other: &CardView| {
            let label = format!("{} · {}", other.number, start(other));
            view! { <option value=other.id.to_string()>{label}</option> }.into_any()
        };
        let options = shown.data.with(|data| {
            let others = data.view.cards.iter();
            let others = others.filter(|other| other.id != id && stands_for_others(other));
            others.map(option).collect::<Vec<_>>()
        });
        options.into_any()
    });
    let fields = view! {
        <div class="field">
            <label for="zusammen">"Welche Karte soll auch für diese stehen?"</label>
            <select id="zusammen" name="into">{options}</select>
        </div>
    };
    let words = ["Zusammenführen", "Zusammenführen"];
    tool(shown, id, address::<MergeCard>(), words, fields.into_any())
}

fn split(shown: Shown, card: &CardView) -> AnyView {
    let text = card.text.clone();
    let fields = view! {
        {shown.key()}
        <div class="field">
            <label for="teil">"Was soll auf einer eigenen Karte stehen?"</label>
            <textarea id="teil" name="part" rows="3" required=true maxlength=CARD_CHARACTERS_MAX.to_string()>{text}</textarea>
        </div>
    };
    let words = ["Teilen", "Teil als Karte anlegen"];
    tool(shown, card.id, address::<SplitCard>(), words, fields.into_any())
}

fn hands(shown: Shown, card: &CardView) -> AnyView {
    let count = card.hands.map(|hands| hands.to_string()).unwrap_or_default();
    let fields = view! {
        <div class="field">
            <label for="count">"Wie viele Hände? Leer: keine Zählung."</label>
            <input id="count" name="count" type="number" inputmode="numeric" min="0" max=HANDS_MAX.to_string() value=count />
        </div>
    };
    let words = ["Handzeichen notieren", "Notieren"];
    tool(shown, card.id, address::<CountHands>(), words, fields.into_any())
}

/// An entry of a list.
fn entry(key: &'static str, words: &'static str, chosen: &str) -> AnyView {
    view! { <option value=key selected={key == chosen}>{words}</option> }.into_any()
}

/// What was found. It is not written over what somebody else has written down meanwhile: the form says what it was made of.
fn conclude(shown: Shown, card: &CardView, kept: &FormReply) -> AnyView {
    let (id, answers) = (card.id.to_string(), shown.deeds);
    let now = card.finding.as_ref().map(Finding::parts).unwrap_or_default();
    let first = Finding::as_read(now);
    // What was refused without WebAssembly stands there again; a browser that wakes later finds it there, and leaves it.
    let is_back = cfg!(feature = "ssr") && !kept.errors.is_empty() && kept.value("card") == id;
    let or = |field: &str, now: &str| {
        if is_back {
            kept.value(field)
        } else {
            now.to_owned()
        }
    };
    let [level, progress, taker, text] = now;
    let (level, progress) = (or("level", level), or("progress", progress));
    let (taker, text, mut seen) = (or("taker", taker), or("finding", text), or("seen", &first));
    // Once it is answered, what is known by then; an answer from before was to another form.
    let mut is_made = false;
    let seen = changing(move || {
        let answer = answers.last_or(&FormReply::default());
        let is_mine = std::mem::replace(&mut is_made, true) && answer.value("card") == id;
        if let Some(now) = answer.values.get("seen").filter(|_| is_mine) {
            seen.clone_from(now);
        }
        view! { <input type="hidden" name="seen" value=seen.clone() /> }.into_any()
    });
    let levels = Responsibility::ALL.iter();
    let levels = levels.map(|one| entry(one.key(), one.label(), &level));
    let steps = Progress::ALL.iter();
    let steps = steps.map(|one| entry(one.key(), one.label(), &progress));
    let fields = view! {
        {seen}
        <div class="field">
            <label for="finding">"Was ist das Ergebnis, oder was ist offen?"</label>
            <textarea id="finding" name="finding" rows="3" maxlength=CARD_CHARACTERS_MAX.to_string()>{text}</textarea>
        </div>
        <div class="field">
            <label for="taker">"Wer übernimmt es? Stelle oder Aufgabe, kein Name."</label>
            <input id="taker" name="taker" type="text" maxlength=TAKER_CHARACTERS_MAX.to_string() value=taker />
        </div>
        <div class="field">
            <label for="level">"Wer ist zuständig?"</label>
            <select id="level" name="level">{levels.collect::<Vec<_>>()}</select>
        </div>
        <div class="field">
            <label for="progress">"Wie weit ist es?"</label>
            <select id="progress" name="progress">{steps.collect::<Vec<_>>()}</select>
        </div>
    };
    let words = ["Ergebnis festhalten", "Festhalten"];
    let to = address::<ConcludeCard>();
    tool_or_open(shown, card.id, to, words, fields.into_any(), is_back)
}

fn hand_over(shown: Shown, card: &CardView) -> AnyView {
    // Who told something without a name is not told so either.
    if card.mine || card.told.is_some() {
        return ().into_any();
    }
    let fields = view! {
        <p>"Wer das geschrieben hat, kann danach am selben Gerät mitmoderieren; dort die Seite neu laden. Beenden lässt es sich unter „Wer da ist“."</p>
        <input type="hidden" name="given" value="1" />
    };
    let words = ["Moderation teilen", "Mitmoderieren lassen"];
    tool(shown, card.id, address::<HandOver>(), words, fields.into_any())
}
