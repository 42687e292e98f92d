//! Which sign-ups the office's list shows: in the address, so that a link and the back button lead to the same list.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::ui::{
    button::SubmitButton,
    field::{SelectField, TextField},
    fold::Fold,
};

/// The form that narrows the list, filled with what narrows it now.
#[component]
pub fn PeopleFilter() -> impl IntoView {
    let states = [
        ("confirmed", "bestätigt"),
        ("held", "noch nicht bestätigt"),
        ("waiting", "Warteliste"),
        ("offered", "Angebot offen"),
        ("cancelled", "abgesagt"),
    ];
    let modes = [("on_site", "vor Ort"), ("online", "online")];
    let options = |words: &[(&str, &str)]| {
        let words = words
            .iter()
            .map(|(key, label)| ((*key).to_owned(), (*label).to_owned()));
        words.collect::<Vec<_>>()
    };
    let query = use_query_map().get_untracked();
    let [state, mode, text] = ["stand", "form", "suche"].map(|name| query.get(name).unwrap_or_default());
    let narrowed = [&state, &mode, &text].iter().any(|value| !value.is_empty());
    view! {
        <Fold summary="Filtern" class="disclosure no-print" open=narrowed>
            <form method="get" class="form form-tight form-row">
                <SelectField label="Stand" name="stand" empty="alle" options=options(&states) value=state />
                <SelectField label="Form" name="form" empty="alle" options=options(&modes) value=mode />
                <TextField label="Name, Adresse oder Träger" name="suche" input_type="search" value=text />
                <SubmitButton label="Anzeigen" quiet=true />
            </form>
        </Fold>
    }
    .into_any()
}
