//! `/konto`: my data, my devices, export and deletion.

use leptos::{form::ActionForm, prelude::*};
use leptos_router::{LazyRoute, lazy_route};

use super::actions::{DeleteAccount, EndSession, SaveAccount, SignOut, SignOutEverywhere, account};
use super::dto::{AccountView, SessionView};
use crate::form_reply::{FormReply, use_kept_reply};
use crate::ui::{
    button::SubmitButton,
    field::{CheckField, SelectField, TextField},
    form::ErrorSummary,
    notice::Notice,
    page::Page,
};

/// The signed-in person's own page.
#[derive(Debug)]
pub struct AccountPage {
    account: Resource<Result<Option<AccountView>, ServerFnError>>,
    kept: Resource<FormReply>,
}

#[lazy_route]
impl LazyRoute for AccountPage {
    fn data() -> Self {
        Self {
            account: Resource::new_blocking(|| (), |()| account()),
            kept: use_kept_reply(),
        }
    }

    fn view(this: Self) -> AnyView {
        let AccountPage { account, kept } = this;
        view! {
            <Page title="Mein Konto">
                <Suspense fallback=|| ()>
                    {move || Suspend::new(async move {
                        let kept = kept.await;
                        match account.await {
                            Ok(Some(view)) => view! { <SignedIn view kept /> }.into_any(),
                            _ => view! { <SignedOut /> }.into_any(),
                        }
                    })}
                </Suspense>
            </Page>
        }
        .into_any()
    }
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
fn SignedIn(view: AccountView, kept: FormReply) -> impl IntoView {
    let sign_out = ServerAction::<SignOut>::new();
    let sign_out_everywhere = ServerAction::<SignOutEverywhere>::new();
    let staff = view.is_staff;
    let roles = view.roles.join(", ");
    view! {
        {kept.notice.clone().map(|notice| view! { <Notice kind="success">{notice}</Notice> })}
        <p class="lead">"Angemeldet als " <strong>{view.email.clone()}</strong></p>
        {(!roles.is_empty()).then(|| view! { <p>"Rolle: " {roles}</p> })}
        <p class="actions">
            {staff.then(|| view! { <a class="button" href="/verwaltung">"Zur Verwaltung"</a> })}
        </p>
        <ActionForm action=sign_out>
            <SubmitButton label="Abmelden" quiet=true pending=sign_out.pending() />
        </ActionForm>

        <section aria-labelledby="meine-daten">
            <h2 id="meine-daten">"Meine Angaben"</h2>
            <p>"Damit sind Formulare schon ausgefüllt. Alles ist freiwillig."</p>
            <DataForm view=view.clone() kept=kept.clone() />
        </section>

        <section aria-labelledby="meine-geraete">
            <h2 id="meine-geraete">"Meine Geräte"</h2>
            <ul class="list">
                {view.sessions.into_iter().map(|session| view! { <SessionItem session /> }).collect_view()}
            </ul>
            <ActionForm action=sign_out_everywhere>
                <SubmitButton label="Überall abmelden" quiet=true pending=sign_out_everywhere.pending() />
            </ActionForm>
        </section>

        <section aria-labelledby="auskunft">
            <h2 id="auskunft">"Auskunft und Löschen"</h2>
            <p>
                <a class="button button-quiet" href="/konto/auskunft.json" download="auskunft.json" rel="external">
                    "Meine Daten herunterladen (JSON)"
                </a>
            </p>
            <DeleteForm kept />
        </section>
    }
}

/// Name, Träger and district for forms.
#[component]
fn DataForm(view: AccountView, kept: FormReply) -> impl IntoView {
    let save = ServerAction::<SaveAccount>::new();
    let reply = Memo::new(move |_| match save.value().get() {
        Some(Ok(reply)) => reply,
        _ => kept.clone(),
    });
    let or = |reply: &FormReply, field: &str, saved: &str| {
        if reply.values.contains_key(field) {
            reply.value(field)
        } else {
            saved.to_owned()
        }
    };
    let districts = domain::district::District::ALL
        .iter()
        .map(|district| (district.slug.to_owned(), district.name.to_owned()))
        .collect::<Vec<_>>();
    view! {
        {move || {
            let reply = reply.get();
            let (options, view) = (districts.clone(), view.clone());
            let done = save.value().get().is_some().then(|| reply.notice.clone()).flatten();
            view! {
                <ErrorSummary errors=reply.errors.clone() />
                {done.map(|notice| view! { <Notice kind="success">{notice}</Notice> })}
                <ActionForm action=save attr:class="form">
                    <TextField label="Name" name="name" autocomplete="name"
                        value=or(&reply, "name", &view.name) error=reply.error("name") />
                    <TextField label="Träger oder Dienststelle" name="organisation" autocomplete="organization"
                        value=or(&reply, "organisation", &view.organisation) error=reply.error("organisation") />
                    <SelectField label="Landkreis oder Stadt" name="district" options=options
                        empty="Keine Angabe" value=or(&reply, "district", &view.district)
                        error=reply.error("district") />
                    <SubmitButton label="Speichern" pending=save.pending() />
                </ActionForm>
            }
        }}
    }
}

/// One device, with a button to sign it out.
#[component]
fn SessionItem(session: SessionView) -> impl IntoView {
    let end = ServerAction::<EndSession>::new();
    view! {
        <li class="list-item">
            <div>
                <strong>{session.device}</strong>
                {session.current.then_some(" (dieses Gerät)")}
                <br />
                "seit " {session.since} ", zuletzt " {session.last_used}
            </div>
            {(!session.current).then(|| view! {
                <ActionForm action=end>
                    <input type="hidden" name="session" value=session.id.clone() />
                    <SubmitButton label="Abmelden" quiet=true pending=end.pending() />
                </ActionForm>
            })}
        </li>
    }
}

/// Deletion, behind a disclosure and a tick.
#[component]
fn DeleteForm(kept: FormReply) -> impl IntoView {
    let delete = ServerAction::<DeleteAccount>::new();
    let reply = Memo::new(move |_| match delete.value().get() {
        Some(Ok(reply)) => reply,
        _ => kept.clone(),
    });
    view! {
        <details class="disclosure" open=move || reply.with(|reply| reply.error("sure").is_some())>
            <summary>"Konto löschen"</summary>
            <p>
                "Ihr Konto, Ihre Angaben und Ihre Geräte werden sofort gelöscht. "
                "Plätze bei kommenden Veranstaltungen werden abgesagt. Das lässt sich nicht rückgängig machen."
            </p>
            {move || {
                let reply = reply.get();
                view! {
                    <ErrorSummary errors=reply.errors.clone() />
                    <ActionForm action=delete attr:class="form">
                        <CheckField name="sure" value="yes" label="Ja, mein Konto soll gelöscht werden."
                            error=reply.error("sure") />
                        <SubmitButton label="Konto endgültig löschen" danger=true pending=delete.pending() />
                    </ActionForm>
                }
            }}
        </details>
    }
}
