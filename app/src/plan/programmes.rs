//! `/katalog/zertifikate`: certificates that are made of modules, and the rules by which they are.

use domain::plan::programme::{AWARD_CHARACTERS_MAX, LEAD_CHARACTERS_MAX, TITLE_CHARACTERS_MAX};
use leptos::prelude::*;

use super::actions::{SaveProgramme, load_programmes};
use super::dto::{ProgrammeDesk, ProgrammeView};
use crate::form_reply::{Answers, FormReply, address};
use crate::told::Told;
use crate::ui::changing::{Entry, entries};
use crate::ui::{
    button::SubmitButton,
    empty::EmptyState,
    field::{TextArea, TextField},
    form::Answered,
    found::answering,
    page::Page,
    post_form::PostForm,
};

/// Certificates and their rules.
#[component]
pub fn ProgrammesPage() -> impl IntoView {
    let told = Told::new();
    answering(
        "Zertifikate",
        || (),
        |()| load_programmes(),
        move |desk, reply, answers| page(desk, told, reply, answers),
    )
}

fn page(desk: ProgrammeDesk, told: Told, reply: &FormReply, answers: Answers) -> AnyView {
    let (none, count) = (desk.programmes.is_empty(), desk.programmes.len());
    let code = reply.value("code");
    let is_new = !code.is_empty() && desk.programmes.iter().all(|one| one.goal.code != code);
    let list = desk.programmes.into_iter();
    let list = entries(list.map(|one| programme(one, told, reply, answers)));
    let form = told.form("new", &count, (reply, answers), is_new, move |reply| {
        fields(Values::typed(reply), true, answers)
    });
    let reply = reply.clone();
    view! {
        <Page title="Zertifikate" lead="Welche Module ein Zertifikat ausmachen. Eine Änderung wird eine neue Fassung; wer plant, sieht sie sofort.">
            <Answered reply />
            {none.then(|| view! {
                <EmptyState title="Noch kein Zertifikat."><p>"Geben Sie unten an, welche Module dazu gehören."</p></EmptyState>
            })}
            {list}
            <section aria-labelledby="neu">
                <h2 id="neu">"Zertifikat anlegen"</h2>
                {form}
            </section>
            <p class="actions no-print"><a class="button button-quiet" href="/katalog">"Zum Katalog"</a></p>
        </Page>
    }
    .into_any()
}

fn programme(view: ProgrammeView, told: Told, reply: &FormReply, answers: Answers) -> Entry {
    let (name, is_own) = (view.goal.code.clone(), reply.value("code") == view.goal.code);
    told.entry(&name, &view.clone(), (reply, answers), is_own, move |reply| {
        shown(view, reply, answers)
    })
}

fn shown(view: ProgrammeView, reply: &FormReply, answers: Answers) -> AnyView {
    let refused = !reply.errors.is_empty();
    let path = format!("/lernweg?ziel={}", view.goal.code);
    let heading = format!("{} {}", view.goal.code, view.goal.title);
    let values = if refused {
        Values::typed(reply)
    } else {
        Values {
            code: view.goal.code,
            title: view.goal.title,
            lead: view.goal.lead,
            rule: view.rule.clone(),
            award: view.goal.award,
            errors: FormReply::default(),
        }
    };
    view! {
        <section>
            <h2>{heading}</h2>
            <p>{view.rule}</p>
            <p class="hint">{view.standing}</p>
            <p><a href=path>"So sieht der Weg aus"</a></p>
            <details class="disclosure" open=refused>
                <summary>"Ändern"</summary>
                {fields(values, false, answers)}
            </details>
        </section>
    }
    .into_any()
}

/// What stands in a form.
struct Values {
    code: String,
    title: String,
    lead: String,
    rule: String,
    award: String,
    errors: FormReply,
}

impl Values {
    fn typed(reply: &FormReply) -> Self {
        let value = |name: &str| reply.value(name);
        Self {
            code: value("code"),
            title: value("title"),
            lead: value("lead"),
            rule: value("rule"),
            award: value("award"),
            errors: reply.clone(),
        }
    }
}

fn fields(values: Values, is_new: bool, answers: Answers) -> AnyView {
    // Several forms on one page: what belongs to one of them has its short name in the id.
    let id = |field: &str| {
        if is_new {
            field.to_owned()
        } else {
            format!("{field}-{}", values.code)
        }
    };
    let [title_id, lead_id, rule_id, award_id] = ["title", "lead", "rule", "award"].map(id);
    let errors = ["code", title_id.as_str(), &lead_id, &rule_id, &award_id];
    let errors = errors.map(|field| values.errors.error(field));
    let [code_error, title_error, lead_error, rule_error, award_error] = errors;
    let most = |characters: usize| u32::try_from(characters).unwrap_or(u32::MAX);
    let [title_most, lead_most, award_most] =
        [TITLE_CHARACTERS_MAX, LEAD_CHARACTERS_MAX, AWARD_CHARACTERS_MAX].map(most);
    let code = if is_new {
        view! {
            <TextField label="Kürzel" name="code" required=true value=values.code error=code_error
                hint="Großbuchstaben, Ziffern, Bindestrich, zum Beispiel FSA-Z1. Es bleibt für immer." />
        }
        .into_any()
    } else {
        view! { <input type="hidden" name="code" value=values.code /> }.into_any()
    };
    let label = if is_new {
        "Zertifikat anlegen"
    } else {
        "Neue Fassung speichern"
    };
    view! {
        <PostForm to={address::<SaveProgramme>()} answers>
            {code}
            <TextField label="Titel" name="title" id=title_id required=true maxlength=title_most
                value=values.title error=title_error />
            <TextArea label="Worum es geht" name="lead" id=lead_id required=true maxlength=lead_most
                value=values.lead error=lead_error />
            <TextField label="Welche Module dazugehören" name="rule" id=rule_id required=true value=values.rule error=rule_error
                hint="Kürzel mit „und“, „oder“, Klammern oder „2 von (…)“, zum Beispiel: FSA-101 und 2 von (FSA-201, FSA-202, FSA-203)" />
            <TextField label="Was man bekommt" name="award" id=award_id required=true maxlength=award_most
                value=values.award error=award_error />
            <SubmitButton label answers />
        </PostForm>
    }
    .into_any()
}
