//! Boxes for the topics that matter to somebody, in the sign-up form.

use leptos::prelude::*;

use crate::form_reply::FormReply;
use crate::ui::field::CheckField;

/// Topics that stand in the form at once, those with the most votes: it stays one screen. The others are one tap away.
const IN_SIGHT_MAX: usize = 5;

/// Every topic that can be seen, with its votes; nothing if there is none.
#[component]
pub fn VotesFields(
    /// What is asked.
    question: &'static str,
    /// Of each topic: the name of its box, its text, its votes in words.
    topics: Vec<(String, String, String)>,
    /// Where the others are, if there are more.
    more: String,
    /// What the form said: what was ticked stays ticked.
    reply: FormReply,
) -> impl IntoView {
    (!topics.is_empty())
        .then(move || {
            let error = reply.error("votes");
            let (class, described) = if error.is_some() {
                ("field field-wrong", "votes-hint votes-error")
            } else {
                ("field", "votes-hint")
            };
            let mut others = topics;
            let first = others.drain(..others.len().min(IN_SIGHT_MAX)).collect();
            let count = others.len();
            // What is ticked, or to be unticked, is in sight.
            let open = error.is_some() || others.iter().any(|(name, ..)| !reply.value(name).is_empty());
            let boxes = |topics: Vec<(String, String, String)>| {
                topics
                    .into_iter()
                    .map(|(name, text, votes)| {
                        let checked = !reply.value(&name).is_empty();
                        view! { <CheckField label=format!("{text} ({votes})") name value="1" checked /> }
                    })
                    .collect_view()
            };
            view! {
                // The list of what is wrong leads here.
                <fieldset class=class id="votes" tabindex="-1" aria-describedby=described>
                    <legend>{question}</legend>
                    <p class="hint" id="votes-hint">"Bis zu drei. Das lässt sich später über den persönlichen Link ändern. " {more}</p>
                    {error.map(|error| view! { <p class="error" id="votes-error">{error}</p> })}
                    {boxes(first)}
                    {(count > 0).then(|| view! {
                        <details class="disclosure" open=open>
                            <summary>{format!("Weitere Themen ({count})")}</summary>
                            {boxes(others)}
                        </details>
                    })}
                </fieldset>
            }
        })
        .into_any()
}
