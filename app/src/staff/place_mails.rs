//! `/verwaltung/veranstaltungen/{id}/anmeldungen/{place}/mails`: what was mailed to one person, and what became of it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{MailAgain, MailBounced, place_mails};
use super::dto::{PlaceMailView, PlaceMailsView};
use super::way_back::to_workshop;
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::{
    badge::Badge, button::SubmitButton, empty::EmptyState, form::Answered, found::answering, page::Page,
    post_form::PostForm,
};

/// Every mail to one sign-up.
#[component]
pub fn PlaceMailsPage() -> impl IntoView {
    let params = use_params_map();
    let asked = move || {
        let params = params.read();
        let get = |name: &str| params.get(name).unwrap_or_default();
        (get("id"), get("place"))
    };
    answering("E-Mails", asked, |(id, place)| place_mails(id, place), page)
}

fn page(data: PlaceMailsView, reply: &FormReply, answers: Answers) -> AnyView {
    let reply = reply.clone();
    let none = data.mails.is_empty();
    let mails = data
        .mails
        .iter()
        .map(|mail| entry(&data, mail, answers))
        .collect::<Vec<_>>();
    view! {
        {to_workshop(&data.workshop)}
        <Page title=format!("E-Mails an {}", data.name) lead=data.title.clone()>
            <Answered reply />
            <p class="hint">"Hier stehen die E-Mails der letzten 30 Tage, die neueste zuerst. Ältere sind gelöscht."</p>
            {data.bounces_to.map(|mailbox| view! {
                <p class="hint">"„Gesendet“ heißt: Der Mailserver hat die E-Mail angenommen. Kommt sie später zurück, steht das im Postfach " {mailbox} ". Bitte vermerken Sie es dann hier."</p>
            })}
            <ul class="list">{mails}</ul>
            {none.then(|| view! { <EmptyState title="Keine E-Mail."><p>"In den letzten 30 Tagen ging keine E-Mail an diese Person."</p></EmptyState> })}
        </Page>
    }
    .into_any()
}

fn entry(data: &PlaceMailsView, entry: &PlaceMailView, answers: Answers) -> AnyView {
    let PlaceMailView {
        mail,
        again,
        why_not,
        note,
    } = entry.clone();
    let has_reason = !why_not.is_empty();
    let read = data.readable.then(|| {
        let href = format!("/verwaltung/postausgang/{}", mail.id);
        view! { <p><a href=href>"E-Mail lesen"</a></p> }
    });
    let form = |to: &'static str, name: &'static str, value: String, label: String| {
        let (workshop, place) = (data.workshop.clone(), data.place.clone());
        let id = mail.id.clone();
        view! {
            <PostForm to answers class="">
                <input type="hidden" name="workshop" value=workshop />
                <input type="hidden" name="place" value=place />
                <input type="hidden" name="mail" value=id />
                <input type="hidden" name=name value=value />
                <SubmitButton label quiet=true answers />
            </PostForm>
        }
        .into_any()
    };
    let again = again.then(|| {
        let label = "Noch einmal senden".to_owned();
        form(address::<MailAgain>(), "key", data.key.clone(), label)
    });
    let note = note.map(|(bounced, label)| form(address::<MailBounced>(), "bounced", bounced, label));
    let has_deeds = again.is_some() || note.is_some();
    view! {
        <li class="list-item">
            <div>
                <p><strong>{mail.occasion}</strong> " " <Badge text=mail.state /> " " <span class="hint">{mail.detail}</span></p>
                <p class="hint">"An " {mail.recipient} ", geschrieben am " {mail.at}</p>
                {has_reason.then(|| view! { <p class="hint">{why_not}</p> })}
                {read}
            </div>
            {has_deeds.then(|| view! { <div class="actions">{again} {note}</div> })}
        </li>
    }
    .into_any()
}
