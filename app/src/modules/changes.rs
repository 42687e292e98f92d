//! What changed between two versions, word by word: struck out and underlined, and said in words for who does not see it.

use leptos::prelude::*;

use super::dto::ChangeView;

/// Fields with what changed in them.
#[must_use]
pub fn changes(changes: Vec<ChangeView>) -> AnyView {
    let rows = changes
        .into_iter()
        .map(|change| {
            let words = change.words.into_iter().map(words).collect::<Vec<_>>();
            view! { <div><dt>{change.label}</dt><dd class="line">{words}</dd></div> }
        })
        .collect::<Vec<_>>();
    view! { <dl class="record">{rows}</dl> }.into_any()
}

fn words((fate, text): (i8, String)) -> AnyView {
    match fate {
        0 => view! { <span>{text}</span> }.into_any(),
        1 => view! { <ins><span class="visually-hidden">" neu: "</span>{text}</ins> }.into_any(),
        _ => view! { <del><span class="visually-hidden">" bisher: "</span>{text}</del> }.into_any(),
    }
}
