//! Labelled form fields with hint and error, after the German public sector's rules for forms: the label
//! above, the hint under it, the error in words at the field.
//!
//! A field is another one where its id or what the page says of it is another: then it is made anew. Else it stays, with what somebody has
//! typed or chosen, when the page around it is made anew.

use leptos::prelude::*;

use super::changing::{alone, entry_of};

/// The field of which the page says this.
fn stays(says: &[String], make: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    alone(entry_of(says, make))
}

/// Ids of hint and error for `aria-describedby`.
fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    let ids = [(hint, "hint"), (error, "error")]
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, part)| format!("{name}-{part}"))
        .collect::<Vec<_>>();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// Label, hint and error around an input.
#[component]
fn Around(
    name: String,
    label: String,
    hint: Option<String>,
    error: Option<String>,
    required: bool,
    children: Children,
) -> impl IntoView {
    let class = if error.is_some() {
        "field field-wrong"
    } else {
        "field"
    };
    view! {
        <div class=class>
            <label for=name.clone()>
                {label}
                {(!required).then(|| view! { <span class="optional">" (freiwillig)"</span> })}
            </label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            {error.map(|error| view! { <p class="error" id=format!("{name}-error")>{error}</p> })}
            {children()}
        </div>
    }
}

/// One line of text.
#[component]
pub fn TextField(
    /// What it is.
    #[prop(into)]
    label: String,
    /// Its name in the form.
    #[prop(into)]
    name: String,
    /// What helps to fill it in; nothing, if it is empty.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
    /// HTML autofill token.
    #[prop(optional, into)]
    autocomplete: Option<String>,
    /// HTML input type.
    #[prop(default = "text")]
    input_type: &'static str,
    /// Whether something must stand in it.
    #[prop(optional)]
    required: bool,
    /// The most characters.
    #[prop(optional, into)]
    maxlength: Option<u32>,
    /// Its id, if several fields of a page have the name; else the name.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let hint = hint.filter(|hint| !hint.is_empty());
    let described = described_by(&id, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    let inputmode = match input_type {
        "email" => Some("email"),
        "number" => Some("numeric"),
        _ => None,
    };
    let around = id.clone();
    let says = [id.clone(), value.clone(), described.clone().unwrap_or_default()];
    let input = stays(&says, move || {
        view! {
            <input
                type=input_type
                id=id
                name=name
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                required=required
                maxlength=maxlength
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any()
    });
    view! { <Around name=around label hint error required>{input}</Around> }
}

/// Several lines of text. The framework escapes what stands in it, on the server too (tested).
#[component]
pub fn TextArea(
    /// What it is.
    #[prop(into)]
    label: String,
    /// Its name in the form.
    #[prop(into)]
    name: String,
    /// What helps to fill it in; nothing, if it is empty.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// What stands in it.
    #[prop(optional, into)]
    value: String,
    /// Whether something must stand in it.
    #[prop(optional)]
    required: bool,
    /// Lines that are shown.
    #[prop(default = 3)]
    rows: u32,
    /// The fewest characters.
    #[prop(optional, into)]
    minlength: Option<u32>,
    /// The most characters.
    #[prop(optional, into)]
    maxlength: Option<u32>,
    /// Its id, if several fields of a page have the name; else the name.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let hint = hint.filter(|hint| !hint.is_empty());
    let described = described_by(&id, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    let around = id.clone();
    let says = [id.clone(), value.clone(), described.clone().unwrap_or_default()];
    let input = stays(&says, move || {
        view! {
            <textarea
                id=id
                name=name
                rows=rows
                required=required
                minlength=minlength
                maxlength=maxlength
                aria-describedby=described
                aria-invalid=invalid
            >
                {value}
            </textarea>
        }
        .into_any()
    });
    view! { <Around name=around label hint error required>{input}</Around> }
}

/// One of a list.
#[component]
pub fn SelectField(
    /// What it is.
    #[prop(into)]
    label: String,
    /// Its name in the form.
    #[prop(into)]
    name: String,
    /// Value and words of each choice.
    options: Vec<(String, String)>,
    /// The words of no choice; nothing: there is none.
    #[prop(optional, into)]
    empty: Option<String>,
    /// What helps to choose; nothing, if it is empty.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// What is chosen.
    #[prop(optional, into)]
    value: String,
    /// Whether something must be chosen.
    #[prop(optional)]
    required: bool,
    /// Its id, if several fields of a page have the name; else the name.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let hint = hint.filter(|hint| !hint.is_empty());
    let described = described_by(&id, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    let around = id.clone();
    let mut says = vec![id.clone(), value.clone(), described.clone().unwrap_or_default()];
    for (key, words) in &options {
        says.extend([key.clone(), words.clone()]);
    }
    let input = stays(&says, move || {
        view! {
            <select id=id name=name required=required aria-describedby=described aria-invalid=invalid>
                {empty.map(|words| view! { <option value="">{words}</option> })}
                {options
                    .into_iter()
                    .map(|(key, words)| {
                        let selected = key == value;
                        view! { <option value=key selected=selected>{words}</option> }
                    })
                    .collect_view()}
            </select>
        }
        .into_any()
    });
    view! { <Around name=around label hint error required>{input}</Around> }
}

/// One of a few, all in sight.
#[component]
pub fn RadioGroup(
    /// What it is.
    #[prop(into)]
    label: String,
    /// Its name in the form.
    #[prop(into)]
    name: String,
    /// Value, words, and a line that helps to choose.
    options: Vec<(String, String, String)>,
    /// What is wrong with it.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// What is chosen.
    #[prop(optional, into)]
    value: String,
    /// Whether something must be chosen.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let described = described_by(&name, false, error.is_some());
    let class = if error.is_some() {
        "field field-wrong"
    } else {
        "field"
    };
    let group = name.clone();
    let mut says = vec![name.clone(), value.clone()];
    for (key, words, help) in &options {
        says.extend([key.clone(), words.clone(), help.clone()]);
    }
    let choices = stays(&says, move || {
        options
            .into_iter()
            .map(|(key, words, help)| {
                let id = format!("{group}-{key}");
                let checked = key == value;
                view! {
                    <div class="choice">
                        <input type="radio" id=id.clone() name=group.clone() value=key checked=checked required=required />
                        <label for=id>
                            {words}
                            {(!help.is_empty()).then(|| view! { <span class="hint">{help}</span> })}
                        </label>
                    </div>
                }
            })
            .collect_view()
            .into_any()
    });
    view! {
        // The list of what is wrong leads here.
        <fieldset class=class id=name.clone() tabindex="-1" aria-describedby=described>
            <legend>{label}</legend>
            {error.map(|error| view! { <p class="error" id=format!("{name}-error")>{error}</p> })}
            {choices}
        </fieldset>
    }
}

/// A box to tick.
#[component]
pub fn CheckField(
    /// What ticking it says.
    #[prop(into)]
    label: String,
    /// Its name in the form.
    #[prop(into)]
    name: String,
    /// What is sent when it is ticked.
    #[prop(into)]
    value: String,
    /// Whether it is ticked.
    #[prop(optional)]
    checked: bool,
    /// What is wrong with it.
    #[prop(optional_no_strip, into)]
    error: Option<String>,
    /// Its id, if several fields of a page have the name; else the name.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let described = described_by(&id, false, error.is_some());
    let class = if error.is_some() {
        "field field-wrong"
    } else {
        "field"
    };
    let of = id.clone();
    let said = format!("{id}-error");
    let says = [
        id.clone(),
        value.clone(),
        checked.to_string(),
        described.clone().unwrap_or_default(),
    ];
    let tick = stays(&says, move || {
        view! { <input type="checkbox" id=id name=name value=value checked=checked aria-describedby=described /> }.into_any()
    });
    view! {
        <div class=class>
            {error.map(|error| view! { <p class="error" id=said>{error}</p> })}
            <div class="choice">
                {tick}
                <label for=of>{label}</label>
            </div>
        </div>
    }
}
