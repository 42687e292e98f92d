//! A form that a browser sends with and without WebAssembly: the same fields to the same address.

use leptos::{ev::SubmitEvent, prelude::*};

use crate::form_reply::Answers;

/// A form that posts to a server function answering with a
/// [`FormReply`](crate::form_reply::FormReply). With WebAssembly the page stays and `answers` takes the reply;
/// without it the browser goes where the server sends it. If the network fails, what was typed stays, and a
/// sentence says so.
#[component]
pub fn PostForm(
    /// The address, from [`address`](crate::form_reply::address).
    to: &'static str,
    /// Where the reply goes.
    answers: Answers,
    /// Id of the form, for buttons that stand outside of it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Class of the form.
    #[prop(default = "form")]
    class: &'static str,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let go = browser::navigation();
    let submit = move |event: SubmitEvent| browser::submit(&event, to, answers, &go);
    view! { <form id=id method="post" action=to class=class on:submit=submit>{children()}</form> }
}

/// The half that runs in the browser.
#[cfg(feature = "hydrate")]
mod browser {
    use std::collections::BTreeMap;
    use std::rc::Rc;

    use gloo_net::http::Request;
    use leptos::ev::SubmitEvent;
    use leptos::prelude::document;
    use leptos::task::spawn_local;
    use leptos_router::{NavigateOptions, hooks::use_navigate};
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{FormData, HtmlDialogElement, HtmlFormElement, UrlSearchParams};

    use crate::form_reply::{Answers, FieldError, FormReply};
    use crate::ui::focus::{catch, go, here};
    use crate::ui::text::{NO_NETWORK, NOT_HERE, TOO_MANY, TRY_AGAIN};

    /// Goes to a path of the application.
    pub type Navigation = Rc<dyn Fn(&str)>;

    /// The navigation of this page.
    pub fn navigation() -> Navigation {
        let navigate = use_navigate();
        Rc::new(move |path| navigate(path, NavigateOptions::default()))
    }

    /// Sends the form in place of the browser.
    pub fn submit(event: &SubmitEvent, to: &'static str, answers: Answers, goes: &Navigation) {
        let Some(form) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        // A button that sends files sends them itself.
        let submitter = event.submitter();
        if submitter
            .as_ref()
            .is_some_and(|button| button.has_attribute("formaction"))
        {
            return;
        }
        // Enter on a box that stands elsewhere would press the first button here. It only chooses.
        if here().is_some_and(|here| here.matches("input[form]").unwrap_or_default()) {
            event.prevent_default();
            return;
        }
        let data = FormData::new_with_form(&form);
        // Without its data the form goes the browser's own way.
        let Ok(fields) = data.and_then(|data| UrlSearchParams::new_with_str_sequence_sequence(&data)) else {
            return;
        };
        // What the button says goes along, as the browser does it.
        let says = |name: &str| submitter.as_ref()?.get_attribute(name);
        if let (Some(name), Some(value)) = (says("name"), says("value")) {
            fields.append(&name, &value);
        }
        event.prevent_default();
        // It is on its way already.
        if says("aria-busy").is_some_and(|busy| busy == "true") || !answers.start() {
            return;
        }
        let goes = Rc::clone(goes);
        spawn_local(async move {
            let reply = match post(to, &fields).await {
                Ok(reply) => reply,
                Err(sentence) => {
                    let error = FieldError::new("", sentence);
                    answers.give_up(FormReply::refused(typed(&fields), vec![error]));
                    return close_dialog(&form, &[]);
                }
            };
            let (next, notice) = (reply.next.clone(), reply.notice.clone());
            close_dialog(&form, &reply.errors);
            answers.finish(to, reply);
            if let Some(next) = next {
                goes(&next);
            } else if let Some(notice) = notice {
                catch_focus(notice);
            }
        });
    }

    /// A dialog asks once. It stays where something in it is wrong, and the focus goes there; any other answer is read on the page behind
    /// it.
    fn close_dialog(form: &HtmlFormElement, errors: &[FieldError]) {
        let dialog = form.closest("dialog").ok().flatten();
        let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) else {
            return;
        };
        let inside = |error: &&FieldError| {
            let field = document().get_element_by_id(&error.field);
            field.is_some_and(|field| dialog.contains(Some(&field)))
        };
        let Some(FieldError { field, .. }) = errors.iter().find(inside).cloned() else {
            return dialog.close();
        };
        // As soon as the page says what is wrong with it.
        go(Rc::new(move || {
            let [field, said] =
                [field.clone(), format!("{field}-error")].map(|id| document().get_element_by_id(&id));
            field.filter(|_| said.is_some()).into_iter().collect()
        }));
    }

    /// An answer may take the pressed button away with what it changes. The focus then goes to what happened, and is not
    /// lost; whoever has moved it meanwhile keeps it.
    fn catch_focus(notice: String) {
        let said = move || {
            let said = document().query_selector(".notice-success").ok().flatten();
            said.filter(|said| said.text_content().as_ref() == Some(&notice))
        };
        catch(false, Rc::new(move || said().into_iter().collect()));
    }

    /// Posts the fields; an error is a sentence for the person.
    async fn post(to: &str, fields: &UrlSearchParams) -> Result<FormReply, &'static str> {
        let response = Request::post(to)
            .header("Accept", "application/json")
            .body(JsValue::from(fields))
            .map_err(|_| TRY_AGAIN)?
            .send()
            .await
            .map_err(|_| NO_NETWORK)?;
        match response.status() {
            200 => {
                let bytes = response.binary().await.map_err(|_| NO_NETWORK)?;
                crate::json::read(&bytes).map_err(|_| TRY_AGAIN)
            }
            404 => Err(NOT_HERE),
            429 => Err(TOO_MANY),
            _ => Err(TRY_AGAIN),
        }
    }

    /// What was typed, to show again.
    fn typed(fields: &UrlSearchParams) -> BTreeMap<String, String> {
        fields
            .entries()
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let pair = entry.unchecked_into::<web_sys::js_sys::Array>();
                Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
            })
            .collect()
    }
}

/// On the server no form is ever sent.
#[cfg(not(feature = "hydrate"))]
mod browser {
    use leptos::ev::SubmitEvent;

    use crate::form_reply::Answers;

    /// Nowhere to go.
    #[derive(Clone, Copy)]
    pub struct Navigation;

    pub fn navigation() -> Navigation {
        Navigation
    }

    pub fn submit(_: &SubmitEvent, _: &'static str, _: Answers, _: &Navigation) {}
}
