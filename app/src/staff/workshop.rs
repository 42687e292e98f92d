//! `/verwaltung/veranstaltungen/{id}`: one Veranstaltung with its sign-ups.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::actions::{
    CancelWorkshop, DiscardDraft, MessageGroup, PublishWorkshop, RemoveTopic, StaffAdd, staff_workshop,
};
use super::dto::{StaffWorkshopView, TopicView};
use super::duty::Duty;
use super::people_filter::PeopleFilter;
use super::person::person;
use super::way_back::to_office;
use crate::form_reply::{Answers, FormReply, address};
use crate::told::Told;
use crate::ui::changing::{entries, entry};
use crate::ui::{
    badge::Badge,
    button::SubmitButton,
    dialog::Dialog,
    empty::EmptyState,
    field::{RadioGroup, SelectField, TextArea, TextField},
    fold::Fold,
    form::Answered,
    found::answering,
    page::Page,
    post_form::PostForm,
};

/// One Veranstaltung with its sign-ups.
#[component]
pub fn WorkshopPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let query = query.read();
        let narrowed = ["stand", "form", "suche"].map(|name| query.get(name).unwrap_or_default());
        (params.read().get("id").unwrap_or_default(), narrowed)
    };
    let told = Told::new();
    answering(
        "Veranstaltung",
        asked,
        |(id, [state, mode, text])| staff_workshop(id, state, mode, text),
        move |data, reply, answers| view! { <Workshop data reply=reply.clone() answers told /> }.into_any(),
    )
}

#[component]
fn Workshop(data: StaffWorkshopView, reply: FormReply, answers: Answers, told: Told) -> impl IntoView {
    let id = data.id.clone();
    let base = format!("/verwaltung/veranstaltungen/{id}");
    let draft = data.status == "draft";
    let published = data.status == "published";
    let count = data.sign_ups.len();
    let cancel_open = reply.error("reason").is_some();
    let discard_id = id.clone();
    let (publish_id, cancel_id, people_id, duty_id) = (id.clone(), id.clone(), id.clone(), id.clone());
    let topics_id = id.clone();
    let can_cancel = !data.is_over;
    let nobody = (count == 0).then(|| nobody(&base));
    let no_topics = data.topics.is_empty();
    let is_adding = reply.values.contains_key("add_reason");
    let (workshop, key) = (id.clone(), data.key.clone());
    let added = (id.clone(), answers.done(address::<StaffAdd>()));
    let add = told.form("add", &added, (&reply, answers), is_adding, move |reply| {
        let (key_, reply) = (reply.value_or("key", &key), reply.clone());
        view! { <AddPerson workshop key_ reply answers /> }.into_any()
    });
    let is_writing = reply.values.contains_key("subject");
    let (workshop, key) = (id.clone(), data.key.clone());
    let written = (id.clone(), answers.done(address::<MessageGroup>()));
    let message = told.form("message", &written, (&reply, answers), is_writing, move |reply| {
        let (key_, reply) = (reply.value_or("key", &key), reply.clone());
        view! { <Message workshop key_ reply answers /> }.into_any()
    });
    let kept_back = data.kept_back.clone();
    let people = data.sign_ups.into_iter();
    let people = entries(people.map(|one| person(one, people_id.clone(), &reply, answers)));
    let topics = data.topics.into_iter();
    let topics = entries(topics.map(|topic| {
        let workshop = topics_id.clone();
        entry(&topic.clone(), move || {
            view! { <Topic topic workshop answers /> }.into_any()
        })
    }));
    view! {
        {to_office()}
        <Page title=data.title.clone() lead=data.when.clone()>
            <Answered reply=reply.clone() />
            <p>{data.seats.clone()}</p>
            <p class="actions no-print">
                <a class=if draft { "button button-quiet" } else { "button" } href=format!("{base}/bearbeiten")>"Bearbeiten"</a>
                <a class="button button-quiet" href=format!("{base}/kopieren")>"Kopieren"</a>
                <a class="button button-quiet" href=format!("/veranstaltungen/{}", data.slug)>"Ansehen"</a>
            </p>
            {draft.then(|| view! {
                <PostForm to={address::<PublishWorkshop>()} answers class="form no-print">
                    <input type="hidden" name="id" value=publish_id />
                    <SubmitButton label="Veröffentlichen" answers />
                </PostForm>
            })}
            <section>
                <h2>"Anmeldungen"</h2>
                <PeopleFilter />
                <p>
                    {domain::german::count(u32::try_from(count).unwrap_or(u32::MAX), "Person", "Personen")}
                    " · "
                    <a href=format!("{base}/anmeldungen.xlsx") rel="external">"XLSX"</a>
                    " · "
                    <a href=format!("{base}/anmeldungen.csv") rel="external">"CSV"</a>
                </p>
                <ul class="list">
                    {people}
                </ul>
                {nobody}
            </section>
            <Duty duty=data.duty.clone() workshop=duty_id answers />
            <section>
                <h2>"Themenvorschläge"</h2>
                <ol class="list">
                    {topics}
                </ol>
                {no_topics.then(|| view! { <p class="hint">"Noch keine. Wer sich anmeldet, kann eines vorschlagen."</p> })}
            </section>
            {published.then(|| view! {
                <section class="no-print">
                    <h2>"Eintragen und schreiben"</h2>
                    <Fold summary="Person eintragen" open=is_adding>
                        <p class="hint">"Das geht auch, wenn alles belegt ist."</p>
                        {(!kept_back.is_empty()).then(|| view! { <p>{kept_back}</p> })}
                        {add}
                    </Fold>
                    {message}
                </section>
                {can_cancel.then(|| view! { <section class="no-print">
                    <h2>"Absagen"</h2>
                    <Dialog id="absagen" opens="Veranstaltung absagen" title="Die Veranstaltung wirklich absagen?"
                        back="Nicht absagen" open=cancel_open>
                        <p>{data.cancelling.clone()}</p>
                        <PostForm to={address::<CancelWorkshop>()} answers>
                            <input type="hidden" name="id" value=cancel_id />
                            <TextField label="Grund" name="reason" required=true value=reply.value("reason") error=reply.error("reason") />
                            <SubmitButton label="Absagen und alle benachrichtigen" danger=true answers />
                        </PostForm>
                    </Dialog>
                </section> })}
            })}
            {draft.then(|| view! {
                <section class="no-print">
                    <h2>"Entwurf löschen"</h2>
                    <Dialog id="loeschen" opens="Entwurf löschen" title="Den Entwurf wirklich löschen?">
                        <p>"Niemand außer der Geschäftsstelle hat ihn gesehen. Das lässt sich nicht rückgängig machen."</p>
                        <PostForm to={address::<DiscardDraft>()} answers>
                            <input type="hidden" name="id" value=discard_id />
                            <SubmitButton label="Endgültig löschen" danger=true answers />
                        </PostForm>
                    </Dialog>
                </section>
            })}
            <section>
                <h2>"Protokoll"</h2>
                <ol class="history">
                    {data.log.iter().cloned().map(|(at, what)| view! { <li><span class="hint">{at}</span><br />{what}</li> }).collect_view()}
                </ol>
            </section>
        </Page>
    }
}

/// Where nobody is in the list: because of its filter, or because nobody has signed up.
fn nobody(base: &str) -> AnyView {
    let narrowed = use_query_map().with_untracked(|query| {
        let mut values = ["stand", "form", "suche"]
            .into_iter()
            .filter_map(|name| query.get(name));
        values.any(|value| !value.is_empty())
    });
    if narrowed {
        let all = base.to_owned();
        view! {
            <EmptyState title="Zu diesem Filter passt niemand.">
                <p class="actions"><a class="button button-quiet" href=all>"Alle Anmeldungen zeigen"</a></p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <EmptyState title="Noch niemand."><p>"Sobald sich jemand anmeldet, steht die Person hier."</p></EmptyState> }.into_any()
    }
}

/// A topic that somebody proposed, and the way to take it away.
#[component]
fn Topic(topic: TopicView, workshop: String, answers: Answers) -> impl IntoView {
    view! {
        <li class="list-item">
            <span>{topic.text} " " <Badge text=domain::german::count(topic.votes, "Stimme", "Stimmen") /></span>
            <details class="note-erase no-print">
                <summary>"Entfernen"</summary>
                <p>"Das Thema verschwindet überall, auch von den Boards. Das lässt sich nicht rückgängig machen."</p>
                <PostForm to={address::<RemoveTopic>()} answers class="">
                    <input type="hidden" name="workshop" value=workshop />
                    <input type="hidden" name="topic" value=topic.id />
                    <SubmitButton label="Thema entfernen" danger=true answers />
                </PostForm>
            </details>
        </li>
    }
}

#[component]
fn AddPerson(workshop: String, key_: String, reply: FormReply, answers: Answers) -> impl IntoView {
    let districts = domain::district::District::ALL
        .iter()
        .map(|one| (one.slug.to_owned(), one.name.to_owned()))
        .collect();
    view! {
        <PostForm to={address::<StaffAdd>()} answers>
            <input type="hidden" name="workshop" value=workshop />
            <input type="hidden" name="key" value=key_ />
            <TextField label="Name" name="name" required=true value=reply.value("name") error=reply.error("name") autocomplete="off" />
            <TextField label="E-Mail-Adresse" name="email" input_type="email" required=true value=reply.value("email") error=reply.error("email") autocomplete="off" />
            <TextField label="Träger" name="organisation" required=true value=reply.value("organisation") error=reply.error("organisation") autocomplete="off" />
            <SelectField label="Landkreis oder Stadt" name="district" options=districts empty="Bitte wählen" required=true value=reply.value("district") error=reply.error("district") />
            <RadioGroup label="Form" name="mode" required=true value=reply.value("mode") error=reply.error("mode") options=vec![
                ("on_site".to_owned(), "vor Ort".to_owned(), String::new()),
                ("online".to_owned(), "online".to_owned(), String::new()),
            ] />
            <TextField label="Grund (wird protokolliert)" name="add_reason" required=true value=reply.value("add_reason") error=reply.error("add_reason") />
            <SubmitButton label="Eintragen" quiet=true answers />
        </PostForm>
    }
}

#[component]
fn Message(workshop: String, key_: String, reply: FormReply, answers: Answers) -> impl IntoView {
    let open = reply.values.contains_key("subject");
    let group = reply
        .values
        .get("group")
        .map_or("confirmed", String::as_str)
        .to_owned();
    view! {
        <Fold summary="Nachricht schreiben" open=open>
            <p class="hint">"Jede Person der Gruppe bekommt eine eigene E-Mail."</p>
            <PostForm to={address::<MessageGroup>()} answers>
                <input type="hidden" name="workshop" value=workshop />
                <input type="hidden" name="key" value=key_ />
                <RadioGroup label="An wen?" name="group" required=true value=group error=reply.error("group") options=vec![
                    ("confirmed".to_owned(), "alle mit bestätigtem Platz".to_owned(), String::new()),
                    ("waiting".to_owned(), "alle auf der Warteliste".to_owned(), String::new()),
                    ("all".to_owned(), "alle Angemeldeten und Wartenden".to_owned(), String::new()),
                ] />
                <TextField label="Betreff" name="subject" required=true value=reply.value("subject") error=reply.error("subject") />
                <TextArea label="Nachricht" name="text" rows=6 required=true value=reply.value("text") error=reply.error("text") />
                <SubmitButton label="Senden" quiet=true answers />
            </PostForm>
        </Fold>
    }
}
