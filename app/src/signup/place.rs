//! `/anmeldung/{token}`: my place. Opening it changes nothing; buttons act.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

use super::actions::{
    AcceptOffer, CancelPlace, ChangeAnswers, ChangeMode, ConfirmPlace, DeclinePlace, HandOver, ProposeTopic,
    VoteTopic, place_view,
};
use super::dto::PlacePageView;
use super::fellows::FellowsSection;
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::changing::{alone, entry};
use crate::ui::{
    badge::Badge,
    button::SubmitButton,
    dialog::Dialog,
    field::{RadioGroup, TextField},
    fold::Fold,
    form::Answered,
    found::answering,
    notice::Notice,
    page::Page,
    post_form::PostForm,
    text::{LISTED, NO_CLIENT_DATA},
    when::When,
};
use crate::workshops::needs::{NeedsFields, ticked_in};

/// The page behind a personal link.
#[component]
pub fn PlacePage() -> impl IntoView {
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    // After each act the place is loaded again.
    let place = answering("Mein Platz", token, place_view, |place, reply, answers| {
        view! { <Place place reply=reply.clone() answers /> }.into_any()
    });
    view! {
        <Meta name="robots" content="noindex" />
        {place}
    }
}

/// How it stands, what can be done, what happened.
#[component]
fn Place(place: PlacePageView, reply: FormReply, answers: Answers) -> impl IntoView {
    let token = place.token.clone();
    let hidden = move || view! { <input type="hidden" name="token" value=token.clone() /> };
    let tone = match place.tone.as_str() {
        "success" => "success",
        "warning" => "warning",
        "error" => "error",
        _ => "info",
    };
    let can = place.can;
    view! {
        <Page title="Mein Platz" lead=place.title.clone()>
            <Answered reply=reply.clone() />
            <Notice kind=tone>
                <strong>{place.headline.clone()}</strong>
                " "
                {place.explanation.clone()}
                // On a phone the button is far below.
                {can.hand_over.then(|| view! { " "<a class="no-print" href="#absage" rel="external">"Zum Absagen"</a> })}
            </Notice>
            {place.signs_up_anew.then(|| view! {
                <p class="actions no-print"><a class="button" href=format!("/veranstaltungen/{}#anmelden", place.slug) rel="external">"Neu anmelden"</a></p>
            })}
            {can.confirm.then({
                let hidden = hidden.clone();
                move || view! {
                    <PostForm to={address::<ConfirmPlace>()} answers>
                        {hidden()}
                        <SubmitButton label="Jetzt bestätigen" answers />
                    </PostForm>
                }
            })}
            {can.answer_offer.then({
                let (first, second) = (hidden.clone(), hidden.clone());
                let anew = place.anew.clone();
                move || view! {
                    <PostForm to={address::<AcceptOffer>()} answers class="form no-print">
                        {first()}
                        <SubmitButton label="Platz annehmen" answers />
                    </PostForm>
                    <Dialog id="ablehnen" opens="Platz ablehnen" title="Den Platz wirklich ablehnen?" back="Noch nicht entscheiden">
                        <p>{anew}</p>
                        <PostForm to={address::<DeclinePlace>()} answers class="">
                            {second()}
                            <SubmitButton label="Endgültig ablehnen" danger=true answers />
                        </PostForm>
                    </Dialog>
                }
            })}
            <dl class="facts">
                <div><dt>"Wann"</dt><dd><When iso=place.starts_iso.clone() text=place.when.clone() /></dd></div>
                <div><dt>"Wo"</dt><dd>{place.place.clone()}</dd></div>
                {place.online_link.clone().map(|link| view! {
                    <div><dt>"Videolink"</dt><dd><a href=link.clone() rel="external noreferrer">{link.clone()}</a><br />{place.online_info.clone()}</dd></div>
                })}
                <div>
                    <dt>"Name"</dt>
                    <dd>{place.name.clone()} ", " {place.organisation.clone()}
                        {place.signed_up_by.clone().map(|by| format!(" (eingetragen von {by})"))}</dd>
                </div>
            </dl>
            <p class="no-print">
                <a href=format!("/veranstaltungen/{}", place.slug)>"Alles zur Veranstaltung"</a>
                {place.calendar.clone().map(|calendar| view! { " · "<a href=calendar rel="external">"In den Kalender"</a> })}
                {place.certificate.clone().map(|certificate| view! { " · "<a href=certificate>"Ihr Nachweis"</a> })}
            </p>
            {can.change.then({
                let (vote_hidden, propose_hidden) = (hidden.clone(), hidden.clone());
                let (topics, votes_left) = (place.topics.clone(), place.votes_left.clone());
                let (value, error) = (reply.value("topic"), reply.error("topic"));
                // Empty again once a topic was taken.
                let shows = (answers.done(address::<ProposeTopic>()), value.clone(), error.clone());
                let proposed = alone(entry(&shows, move || view! {
                    <TextField label="Thema vorschlagen" name="topic" maxlength=140u32 hint=NO_CLIENT_DATA required=true value error />
                }.into_any()));
                move || view! {
                    <section class="no-print">
                        <h2>"Themen für den Tag"</h2>
                        <p class="hint">
                            {votes_left}
                            " Die Themen mit den meisten Stimmen kommen in den Ablauf."
                        </p>
                        <ul class="list">
                            {topics.into_iter().map(|(id, text, votes, mine)| {
                                let hidden = vote_hidden.clone();
                                let words = if mine { "Stimme zurücknehmen" } else { "Dafür stimmen" };
                                view! {
                                    <li class="list-item">
                                        <span>{text} " " <Badge text=domain::german::count(votes, "Stimme", "Stimmen") /></span>
                                        <PostForm to={address::<VoteTopic>()} answers class="">
                                            {hidden()}
                                            <input type="hidden" name="topic" value=id />
                                            <input type="hidden" name="wanted" value=if mine { "0" } else { "1" } />
                                            <SubmitButton label=words quiet=true answers />
                                        </PostForm>
                                    </li>
                                }
                            }).collect_view()}
                        </ul>
                        <PostForm to={address::<ProposeTopic>()} answers>
                            {propose_hidden()}
                            {proposed}
                            <SubmitButton label="Vorschlagen" quiet=true answers />
                        </PostForm>
                    </section>
                }
            })}
            {place.other_mode.clone().map({
                let hidden = hidden.clone();
                move |(key, words)| view! {
                    <section class="no-print">
                        <h2>"Anders teilnehmen"</h2>
                        <PostForm to={address::<ChangeMode>()} answers>
                            {hidden()}
                            <input type="hidden" name="mode" value=key />
                            <p>"Ist "{words.clone()}" ein Platz frei, wechseln Sie sofort. Sonst bleibt alles, wie es ist."</p>
                            <SubmitButton label=format!("Zu „{words}“ wechseln") quiet=true answers />
                        </PostForm>
                    </section>
                }
            })}
            {can.change.then({
                let hidden = hidden.clone();
                let reply = reply.clone();
                // What was refused stands there again; else what is kept.
                let refused = reply.values.contains_key("access_needs");
                let (ticked, typed, listing) = if refused {
                    (ticked_in(&reply), reply.value("access_needs"), reply.value("listing"))
                } else {
                    (place.needs.clone(), place.access_needs.clone(), place.listing.clone())
                };
                move || view! {
                    <section class="no-print">
                        <h2>"Angaben ändern"</h2>
                        <PostForm to={address::<ChangeAnswers>()} answers>
                            {hidden()}
                            <NeedsFields ticked typed error=reply.error("access_needs") />
                            <RadioGroup label="Wer darf sehen, dass Sie teilnehmen?" name="listing" value=listing
                                options=vec![
                                    ("nobody".to_owned(), "Nur die Geschäftsstelle".to_owned(), String::new()),
                                    ("participants".to_owned(), "Auch die anderen Teilnehmenden".to_owned(), LISTED.to_owned()),
                                ] />
                            <SubmitButton label="Änderungen speichern" quiet=true answers />
                        </PostForm>
                    </section>
                }
            })}
            {place.fellows.clone().map({
                let token = place.token.clone();
                let (is_listed, can_leave) = (place.listing == "participants", can.leave_list);
                move |fellows| view! { <FellowsSection fellows token is_listed can_leave answers /> }
            })}
            {can.hand_over.then({
                let hidden = hidden.clone();
                // The key with which it was sent, as long as what became of it is not known.
                let (reply, key) = (reply.clone(), reply.value_or("key", &place.key));
                let wrong = reply.error("name").is_some() || reply.error("email").is_some();
                move || view! {
                    <section class="no-print">
                        <h2>"Platz weitergeben"</h2>
                        <Fold summary="An eine Person aus meinem Träger" open=wrong>
                            <p>"Die Person bekommt eine eigene E-Mail. Ihr Link gilt dann nicht mehr."</p>
                            <PostForm to={address::<HandOver>()} answers>
                                {hidden()}
                                <input type="hidden" name="key" value=key />
                                <TextField label="Name der Person" name="name" required=true autocomplete="off"
                                    value=reply.value("name") error=reply.error("name") />
                                <TextField label="E-Mail-Adresse der Person" name="email" input_type="email" required=true
                                    autocomplete="off" value=reply.value("email") error=reply.error("email") />
                                <SubmitButton label="Platz weitergeben" quiet=true answers />
                            </PostForm>
                        </Fold>
                    </section>
                }
            })}
            {(can.cancel || can.leave).then({
                let hidden = hidden.clone();
                let anew = place.anew.clone();
                move || view! {
                    <section class="no-print" id="absage">
                        <h2>{if can.leave { "Warteliste verlassen" } else { "Absagen" }}</h2>
                        <Dialog id="absagen"
                            opens={if can.leave { "Ich möchte nicht mehr warten" } else { "Ich kann nicht kommen" }}
                            title={if can.leave { "Die Warteliste wirklich verlassen?" } else { "Den Platz wirklich absagen?" }}
                            back={if can.leave { "Auf der Warteliste bleiben" } else { "Platz behalten" }}>
                            <p>{anew}</p>
                            {if can.leave {
                                view! {
                                    <PostForm to={address::<DeclinePlace>()} answers class="">
                                        {hidden()}
                                        <SubmitButton label="Warteliste verlassen" danger=true answers />
                                    </PostForm>
                                }.into_any()
                            } else {
                                view! {
                                    <PostForm to={address::<CancelPlace>()} answers class="">
                                        {hidden()}
                                        <SubmitButton label="Platz absagen" danger=true answers />
                                    </PostForm>
                                }.into_any()
                            }}
                        </Dialog>
                    </section>
                }
            })}
            <section>
                <h2>"Was bisher geschah"</h2>
                <ol class="history">
                    {place.history.iter().cloned().map(|(at, what)| view! { <li><span class="hint">{at}</span><br />{what}</li> }).collect_view()}
                </ol>
            </section>
        </Page>
    }
}
