//! `/konto`: my data, my devices, export and deletion.

use leptos::prelude::*;

use super::actions::{DeleteAccount, EndSession, SaveAccount, SignOut, SignOutEverywhere, account};
use super::dto::{AccountView, PlaceItem, SessionView, VisitorView};
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::changing::{entries, entry};
use crate::ui::{
    badge::Badge,
    button::SubmitButton,
    dialog::Dialog,
    field::{CheckField, SelectField, TextField},
    form::Answered,
    found::answering,
    page::Page,
    post_form::PostForm,
};

/// The signed-in person's own page.
#[component]
pub fn AccountPage() -> impl IntoView {
    let load = |()| async {
        let account = account().await?;
        Ok(Some(VisitorView { account }))
    };
    answering(TITLE, || (), load, page)
}

const TITLE: &str = "Mein Konto";

fn page(visitor: VisitorView, reply: &FormReply, answers: Answers) -> AnyView {
    let reply = reply.clone();
    let content = match visitor.account {
        Some(view) => view! { <SignedIn view reply answers /> }.into_any(),
        None => view! { <SignedOut /> }.into_any(),
    };
    view! { <Page title=TITLE>{content}</Page> }.into_any()
}

/// What a visitor without a session sees.
#[component]
fn SignedOut() -> impl IntoView {
    view! {
        <p class="lead">"Sie sind nicht angemeldet."</p>
        <p>
            "Für die Anmeldung zu einer Veranstaltung brauchen Sie kein Konto. "
            "Mit Konto sind Ihre Angaben schon eingetragen, und Ihr Platz ist sofort bestätigt."
        </p>
        <p class="actions">
            <a class="button" href="/konto/anmelden">"Anmelden oder Konto anlegen"</a>
            <a class="button button-quiet" href="/anmeldung">"Link zu meinem Platz erneut senden"</a>
        </p>
    }
}

/// Everything the person can see and do.
#[component]
fn SignedIn(view: AccountView, reply: FormReply, answers: Answers) -> impl IntoView {
    let (staff, curator) = (view.is_staff, view.is_curator);
    let roles = view.roles.join(", ");
    let sessions = view.sessions.iter().cloned();
    let sessions = entries(sessions.map(|session| {
        entry(&session.clone(), move || {
            view! { <SessionItem session answers /> }.into_any()
        })
    }));
    view! {
        <Answered reply=reply.clone() />
        <p class="lead">"Angemeldet als " <strong>{view.email.clone()}</strong></p>
        {(!roles.is_empty()).then(|| view! { <p>"Rolle: " {roles}</p> })}
        <p class="actions">
            {staff.then(|| view! { <a class="button" href="/verwaltung">"Zur Verwaltung"</a> })}
            {curator.then(|| view! { <a class="button" href="/katalog">"Zum Modulkatalog"</a> })}
        </p>
        <PostForm to={address::<SignOut>()} answers class="">
            <SubmitButton label="Abmelden" quiet=true answers />
        </PostForm>

        <section aria-labelledby="meine-plaetze">
            <h2 id="meine-plaetze">"Meine Veranstaltungen"</h2>
            <Places places=view.places.clone() />
        </section>

        <section aria-labelledby="meine-daten">
            <h2 id="meine-daten">"Meine Angaben"</h2>
            <p>"Was Sie hier speichern, steht in Formularen schon da. Alles ist freiwillig."</p>
            <DataForm view=view.clone() reply=reply.clone() answers />
        </section>

        <section aria-labelledby="meine-geraete">
            <h2 id="meine-geraete">"Meine Geräte"</h2>
            <ul class="list">
                {sessions}
            </ul>
            <PostForm to={address::<SignOutEverywhere>()} answers class="">
                <SubmitButton label="Überall abmelden" quiet=true answers />
            </PostForm>
        </section>

        <section aria-labelledby="auskunft">
            <h2 id="auskunft">"Auskunft und Löschen"</h2>
            <p>
                <a class="button button-quiet" href="/konto/auskunft.json" download="auskunft.json" rel="external">
                    "Meine Daten herunterladen (JSON)"
                </a>
            </p>
            <DeleteForm reply answers />
        </section>
    }
}

/// Where this person goes, or what to do about going nowhere.
#[component]
fn Places(places: Vec<PlaceItem>) -> impl IntoView {
    if places.is_empty() {
        return view! {
            <p>"Unter dieser Adresse gibt es noch keine Anmeldung. " <a href="/veranstaltungen">"Veranstaltungen ansehen"</a></p>
        }
        .into_any();
    }
    view! {
        <ul class="list">
            {places
                .into_iter()
                .map(|place| view! {
                    <li>
                        <a href=place.link>{place.title}</a>
                        <br />
                        <span class="hint">{place.when}</span>
                        " "
                        <Badge text=place.state kind=place.tone.key() />
                    </li>
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

/// Name, Träger and district for forms.
#[component]
fn DataForm(view: AccountView, reply: FormReply, answers: Answers) -> impl IntoView {
    let typed = reply.values.clone();
    let or = move |field: &str, saved: &str| typed.get(field).cloned().unwrap_or_else(|| saved.to_owned());
    let districts = domain::district::District::ALL
        .iter()
        .map(|district| (district.slug.to_owned(), district.name.to_owned()))
        .collect::<Vec<_>>();
    view! {
        <PostForm to={address::<SaveAccount>()} answers class="form form-free">
            <TextField label="Name" name="name" autocomplete="name"
                value=or("name", &view.name) error=reply.error("name") />
            <TextField label="Träger oder Dienststelle" name="organisation" autocomplete="organization"
                value=or("organisation", &view.organisation) error=reply.error("organisation") />
            <SelectField label="Landkreis oder Stadt" name="district" options=districts
                empty="Keine Angabe" value=or("district", &view.district)
                error=reply.error("district") />
            <SubmitButton label="Speichern" answers />
        </PostForm>
    }
}

/// One device, with a button to sign it out.
#[component]
fn SessionItem(session: SessionView, answers: Answers) -> impl IntoView {
    view! {
        <li class="list-item">
            <div>
                <strong>{session.device}</strong>
                {session.current.then_some(" (dieses Gerät)")}
                <br />
                "seit " {session.since} ", zuletzt " {session.last_used}
            </div>
            {(!session.current).then(|| view! {
                <PostForm to={address::<EndSession>()} answers class="">
                    <input type="hidden" name="session" value=session.id.clone() />
                    <SubmitButton label="Abmelden" quiet=true answers />
                </PostForm>
            })}
        </li>
    }
}

/// Deletion, behind a disclosure and a tick.
#[component]
fn DeleteForm(reply: FormReply, answers: Answers) -> impl IntoView {
    let wrong = reply.error("sure");
    let open = wrong.is_some();
    view! {
        <Dialog id="loeschen" opens="Konto löschen" title="Das Konto wirklich löschen?" open=open>
            <p>
                "Ihr Konto, Ihre Angaben und Ihre Geräte werden sofort gelöscht. "
                "Plätze bei kommenden Veranstaltungen werden abgesagt. Das lässt sich nicht rückgängig machen."
            </p>
            <PostForm to={address::<DeleteAccount>()} answers>
                <CheckField name="sure" value="yes" label="Ja, mein Konto soll gelöscht werden."
                    error=wrong />
                <SubmitButton label="Konto endgültig löschen" danger=true answers />
            </PostForm>
        </Dialog>
    }
}
