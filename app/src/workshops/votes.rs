//! Boxes for the topics that matter to somebody, in the sign-up form.

use leptos::prelude::*;

use crate::form_reply::FormReply;
use crate::ui::field::CheckField;

/// Every topic that can be seen, with its votes; nothing if there is none.
#[component]
pub fn VotesFields(
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
            view! {
                // The list of what is wrong leads here.
                <fieldset class=class id="votes" tabindex="-1" aria-describedby=described>
                    <legend>"Welche Themen sind Ihnen wichtig?"</legend>
                    <p class="hint" id="votes-hint">"Bis zu drei. Sie können das später über Ihren persönlichen Link ändern. " {more}</p>
                    {error.map(|error| view! { <p class="error" id="votes-error">{error}</p> })}
                    {topics
                        .into_iter()
                        .map(|(name, text, votes)| {
                            let checked = !reply.value(&name).is_empty();
                            view! { <CheckField label=format!("{text} ({votes})") name value="1" checked /> }
                        })
                        .collect_view()}
                </fieldset>
            }
        })
        .into_any()
}
