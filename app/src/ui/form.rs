//! What a form answered, in one place above it.

use leptos::{html, prelude::*};

use super::notice::Notice;
use crate::form_reply::{FieldError, FormReply};

/// What a form answered: what is wrong, or what happened.
#[component]
pub fn Answered(
    /// The answer.
    reply: FormReply,
) -> impl IntoView {
    view! {
        <ErrorSummary errors=reply.errors />
        {reply.notice.map(|notice| view! { <Notice kind="success">{notice}</Notice> })}
    }
}

/// A list of what is wrong, each a link to its field. Takes the focus when it appears.
#[component]
fn ErrorSummary(
    /// What is wrong, in the order of the form.
    errors: Vec<FieldError>,
) -> impl IntoView {
    let node: NodeRef<html::Div> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            // An element that cannot take the focus is still announced by its role.
            drop(element.focus());
        }
    });
    (!errors.is_empty()).then(|| {
        let heading = match errors.iter().filter(|error| !error.field.is_empty()).count() {
            0 => "Das ging nicht.",
            1 => "Eine Angabe fehlt noch oder stimmt nicht.",
            _ => "Einige Angaben fehlen noch oder stimmen nicht.",
        };
        view! {
            <div class="notice notice-error" role="alert" tabindex="-1" node_ref=node>
                <p class="notice-title">{heading}</p>
                <ul>
                    {errors
                        .into_iter()
                        .map(|error| {
                            if error.field.is_empty() {
                                view! { <li>{error.sentence}</li> }.into_any()
                            } else {
                                view! { <li><a href=format!("#{}", error.field) rel="external">{error.sentence}</a></li> }.into_any()
                            }
                        })
                        .collect_view()}
                </ul>
            </div>
        }
    })
}
