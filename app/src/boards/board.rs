//! `/themen/{slug}`: one board for everybody who takes part.

use domain::board::state::{CARD_CHARACTERS_MAX, MEMBER_NAME_CHARACTERS_MAX};
use domain::board::{Anonymity, CardKind, MemberRole, Operation, Phase, Refusal};
use domain::district::District;
use domain::ids::ColumnId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::actions::{JoinBoard, WriteCard};
use super::announce::announce;
use super::dto::BoardData;
use super::eyes::Eyes;
use super::outbox::draft::Draft;
use super::outbox::{list, typing};
use super::parts::{columns, kinds, mine, spotlight, state};
use super::shown::{Shown, page};
use super::typed::{Chosen, fill, left, sign};
use super::undo::{beside, undo};
use super::waiting;
use super::words;
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::changing::changing;
use crate::ui::{
    button::SubmitButton,
    field::{RadioGroup, SelectField, TextField},
    form::Answered,
    notice::Notice,
    page::Page,
    post_form::PostForm,
    text::NO_CLIENT_DATA,
};

/// The page.
#[component]
pub fn BoardPage() -> impl IntoView {
    page("Themen", board)
}

fn board(data: BoardData, kept: FormReply) -> AnyView {
    let (title, workshop) = (data.title.clone(), data.workshop.clone());
    let shown = Shown::new(data, "", &kept);
    let stays = shown.stays();
    let stays = changing(move || stays.get().into_any());
    let (heading, lead) = (shown.title(), shown.lead());
    let heading = changing(move || heading.get().into_any()).into_any();
    let lead = changing(move || lead.get().into_any());
    waiting::in_title(shown, "");
    let (joining, writing) = (Answers::new(), Answers::new());
    shown.look_again_after(joining);
    shown.look_again_after(writing);
    let kept_above = kept.clone();
    let answered =
        changing(move || view! { <Answered reply=beside(shown.deeds.last_or(&kept_above)) /> }.into_any());
    let moderates = Memo::new(move |_| shown.frame.get().me.moderates);
    let undo = changing(move || {
        if moderates.get() {
            undo(shown)
        } else {
            ().into_any()
        }
    });
    let workshop = workshop.map(|(title, path)| view! { <p><a href=path>{title}</a></p> });
    let standing = changing(move || standing(shown));
    // Made when it becomes possible to take part or to write, and not again while somebody types.
    let may = Memo::new(move |_| {
        let frame = shown.frame.get();
        (frame.is_open() && !frame.me.joined, frame.takes_part())
    });
    // What the form of a card was answered belongs there.
    let kept = if kept.values.contains_key("number") {
        FormReply::default()
    } else {
        kept
    };
    // The code of the room leads here with this in the address.
    let query = use_query_map();
    let has_come_in = untrack(|| query.read().get("mitmachen").is_some());
    let entry = changing(move || match may.get() {
        (true, _) => join(shown, joining, kept.clone(), has_come_in),
        (_, true) => write(shown, writing, joining, kept.clone()),
        _ => ().into_any(),
    });
    let rules = words::POLICY.map(|rule| view! { <li>{rule}</li> }.into_any());
    view! {
        <Page title heading>
            <p class="lead">{lead}</p>
            {answered}
            {undo}
            {state(shown)}
            {spotlight(shown)}
            {standing}
            {workshop}
            {results(shown)}
            <p class="hint">{stays}</p>
            {entry}
            {list::list(shown)}
            {mine(shown)}
            {kinds(shown)}
            {columns(shown)}
            {announce(shown)}
            <details class="disclosure">
                <summary>"Nach welchen Regeln Karten abgelehnt werden"</summary>
                <ul>{rules.into_iter().collect::<Vec<_>>()}</ul>
                {own_rules(shown)}
                <p>"Wer die Karte geschrieben hat, sieht an ihr, gegen welche Regel sie verstößt. Jede Entscheidung steht in einem Protokoll."</p>
            </details>
        </Page>
    }
    .into_any()
}

/// Where the work stands, and what is to be done.
fn standing(shown: Shown) -> AnyView {
    let frame = shown.frame.get();
    let members = domain::german::count(frame.members, "Person", "Personen");
    let left = frame
        .votes_left
        .filter(|_| frame.phase == Phase::Weigh)
        .map(|left| {
            let left = domain::german::count(left, "Stimme", "Stimmen");
            view! {
                <p><strong>{format!("Sie haben noch {left}.")}</strong>" Wer wofür stimmt, sieht niemand, auch die Moderation nicht."</p>
            }
        });
    let removed = frame
        .me
        .removed
        .then(|| view! { <Notice kind="warning">{words::refusal(Refusal::Removed).1}</Notice> });
    let is_modest = shown.data.with_untracked(|data| data.eyes) == Eyes::Participant;
    let modest = is_modest.then(|| {
        view! { <Notice kind="info">"So sehen es Teilnehmende."</Notice> }
    });
    let console = (frame.me.moderates || modest.is_some()).then(|| {
        view! { <p class="actions no-print"><a class="button button-quiet" href=format!("/themen/{}/moderation", shown.slug())>"Zur Moderation"{waiting::beside(shown)}</a></p> }
    });
    view! {
        <p class="card-kind">{format!("{} · {members}", frame.phase.label())}</p>
        <p>{words::guidance(frame.phase)}</p>
        {modest}{left}{removed}{console}
    }
    .into_any()
}

/// The way to what was found, once there is something.
fn results(shown: Shown) -> AnyView {
    let found = shown.cards(|card| card.finding.is_some());
    changing(move || {
        let found = found.with(Vec::len);
        if found == 0 {
            return ().into_any();
        }
        let found = domain::german::count(u32::try_from(found).unwrap_or(u32::MAX), "Ergebnis", "Ergebnisse");
        view! { <p><a href=format!("/themen/{}/ergebnisse", shown.slug())>{found}</a></p> }.into_any()
    })
    .into_any()
}

/// Takes part, without an account. Says first what others will see. Folded for who has come to read, open for who has come into
/// the room or was answered.
fn join(shown: Shown, answers: Answers, kept: FormReply, has_come_in: bool) -> AnyView {
    let open = has_come_in || !kept.values.is_empty();
    let anonymity = shown.frame.get_untracked().anonymity;
    let form = changing(move || {
        let reply = answers.last_or(&kept);
        let districts = District::ALL
            .iter()
            .map(|district| (district.slug.to_owned(), district.name.to_owned()))
            .collect();
        let (label, autocomplete) = match anonymity {
            Anonymity::Named => ("Name", "name"),
            _ => ("Ausgedachter Name", "off"),
        };
        let name = (anonymity != Anonymity::Anonymous).then(|| {
            view! {
                <TextField label name="name" required=true autocomplete
                    maxlength={u32::try_from(MEMBER_NAME_CHARACTERS_MAX).unwrap_or(u32::MAX)}
                    value=reply.value("name") error=reply.error("name") />
            }
        });
        // Only where it is shown instead of a name.
        let role = (anonymity == Anonymity::Anonymous).then(|| {
            let roles = MemberRole::ALL.iter();
            let roles = roles
                .map(|role| (role.key().to_owned(), role.label().to_owned()))
                .collect();
            view! {
                <SelectField label="Was Sie tun" name="role" options=roles empty="Keine Angabe"
                    value=reply.value("role") error=reply.error("role") />
            }
        });
        let answered = (answers.count() > 0).then(|| view! { <Answered reply=reply.clone() /> });
        view! {
            {answered}
            <PostForm to={address::<JoinBoard>()} answers>
                {shown.hidden()}
                {name}{role}
                <SelectField label="Landkreis oder Stadt" name="district" options=districts empty="Keine Angabe"
                    value=reply.value("district") error=reply.error("district") />
                <SubmitButton label="Mitmachen" answers />
            </PostForm>
        }
        .into_any()
    });
    view! {
        <section id="mitmachen" aria-labelledby="mitmachen-titel" class="no-print">
            <details class="disclosure" open=open>
                <summary><h2 id="mitmachen-titel">"Mitmachen"</h2></summary>
                <p>"Lesen können alle. Zum Schreiben und Stimmen reicht dieses Gerät. " {words::promise(anonymity)}</p>
                {own_rules(shown)}
                {form}
            </details>
        </section>
    }
    .into_any()
}

/// What holds on this board beside the rules that hold on all, if there is something.
fn own_rules(shown: Shown) -> AnyView {
    let rules = shown.rules();
    changing(move || {
        let rules = rules.get();
        if rules.is_empty() {
            return ().into_any();
        }
        view! { <h3>"Regeln für dieses Board"</h3><p class="note-text">{rules}</p> }.into_any()
    })
    .into_any()
}

/// A new card.
fn write(shown: Shown, answers: Answers, joining: Answers, kept: FormReply) -> AnyView {
    let typed = RwSignal::new(kept.value("text"));
    let draft = Draft::of(shown.data.with_untracked(|data| data.id.clone()), typed);
    // Whoever has just joined goes on here.
    let has_just_joined = joining.is_answered();
    #[cfg(feature = "hydrate")]
    if has_just_joined {
        super::focus::begin_at("schreiben-titel");
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = has_just_joined;
    Effect::new(move |_| draft.remember(|text| fill("text", text)));
    let submit = typing::takes(shown, move |fields| {
        Some(Operation::Write {
            card: fields.new_card(),
            column: ColumnId::parse(&fields.get("column")?).ok()?,
            kind: CardKind::parse(&fields.get("kind")?)?,
            text: fields.text("text")?,
        })
    });
    let rule = changing(move || {
        let frame = shown.frame.get();
        let words = if shown.stopped.get() {
            words::STOPPED
        } else if frame.me.moderates {
            words::MARKED
        } else {
            words::moderation(frame.level)
        };
        words.into_any()
    });
    let columns = shown.columns();
    // The form is made anew only when there are other ones to choose from.
    let columns = Memo::new(move |_| {
        let columns = columns.get().into_iter();
        let open = columns.filter(|column| !shown.is_closed(column.id));
        open.collect::<Vec<_>>()
    });
    let chosen = Chosen::default();
    let form = changing(move || {
        let reply = answers.last_or(&kept);
        chosen.stays("column");
        let columns = columns.get().into_iter();
        let columns = columns
            .map(|column| (column.id.to_string(), column.title))
            .collect();
        let kinds = CardKind::ALL
            .iter()
            .map(|kind| (kind.key().to_owned(), kind.label().to_owned(), String::new()))
            .collect();
        let key = shown.key();
        let answered = (answers.count() > 0).then(|| view! { <Answered reply=reply.clone() /> });
        view! {
            {answered}
            <PostForm to={address::<WriteCard>()} answers>
                {shown.hidden()}
                {key}
                {text(&reply, draft, typed)}
                <RadioGroup label="Art der Karte" name="kind" options=kinds required=true
                    value=reply.value("kind") error=reply.error("kind") />
                <SelectField label="Spalte" name="column" options=columns required=true
                    value=reply.value("column") error=reply.error("column") />
                <SubmitButton label="Karte absenden" answers shut=shown.stopped />
            </PostForm>
        }
        .into_any()
    });
    view! {
        <section id="schreiben" aria-labelledby="schreiben-titel" class="no-print">
            <h2 id="schreiben-titel" tabindex="-1">"Karte schreiben"</h2>
            <p class="hint">{rule}</p>
            <div on:submit:capture=submit on:change=move |_| draft.chosen()>{form}</div>
        </section>
    }
    .into_any()
}

/// The text of a new card: counts down, and looks for data of clients, on the device only.
fn text(reply: &FormReply, draft: Draft, typed: RwSignal<String>) -> AnyView {
    let error = reply.error("text");
    let wrong = error.is_some();
    let error = error.map(|error| view! { <p class="error" id="text-error">{error}</p> });
    view! {
        <div class=if wrong { "field field-wrong" } else { "field" }>
            <label for="text">"Ein Gedanke, ein bis drei Sätze"</label>
            <p class="hint" id="text-hint">{NO_CLIENT_DATA}</p>
            {error}
            <textarea id="text" name="text" rows="4" required=true maxlength=CARD_CHARACTERS_MAX.to_string()
                aria-describedby="text-hint text-left" aria-invalid=wrong.then_some("true")
                on:input=move |event| draft.typed(event_target_value(&event))>{reply.value("text")}</textarea>
            {left("text-left".to_owned(), typed, CARD_CHARACTERS_MAX)}
            {sign(typed)}
        </div>
    }
    .into_any()
}
