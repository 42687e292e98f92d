//! Who arranges what people need: said to everybody in the office, while what it is only they see.

use leptos::prelude::*;

use super::actions::AccessDuty;
use super::dto::DutyView;
use crate::form_reply::{Answers, address};
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// How many need something, who arranges it, and the button that takes it on or gives it back.
#[component]
pub fn Duty(
    /// How it stands.
    duty: DutyView,
    /// The Veranstaltung.
    workshop: String,
    /// Where the form's answer goes.
    answers: Answers,
) -> impl IntoView {
    let mine = duty.mine;
    let names = duty.arrangers.join(", ");
    // Where there is nothing to arrange, nobody takes it on; whoever has it can give it back.
    let is_needed = duty.needing > 0;
    let how_many = if is_needed {
        domain::german::count(duty.needing, "Person braucht etwas", "Personen brauchen etwas") + "."
    } else {
        "Noch hat niemand Bedarf gemeldet.".to_owned()
    };
    let who = match duty.arrangers.len() {
        0 if !is_needed => String::new(),
        0 => "Noch kümmert sich niemand darum.".to_owned(),
        1 => format!("Darum kümmert sich: {names}."),
        _ => format!("Darum kümmern sich: {names}."),
    };
    let export = format!("/verwaltung/veranstaltungen/{workshop}/bedarfe.csv");
    let label = if mine {
        "Ich kümmere mich nicht mehr darum"
    } else {
        "Ich kümmere mich um Bedarfe"
    };
    view! {
        <section>
            <h2>"Bedarf an Unterstützung"</h2>
            <p>{how_many} " " {who}</p>
            {(is_needed || mine).then(|| view! {
                <p class="hint">
                    {if mine {
                        "Was jemand braucht, steht oben bei der Person. Das sehen nur Sie und wer sich noch darum kümmert."
                    } else {
                        "Was es ist, sieht nur, wer sich darum kümmert. Im Protokoll steht, wer das wann übernommen hat."
                    }}
                </p>
                <div class="actions no-print">
                    <PostForm to={address::<AccessDuty>()} answers class="">
                        <input type="hidden" name="workshop" value=workshop />
                        <input type="hidden" name="wanted" value=if mine { "0" } else { "1" } />
                        <SubmitButton label=label quiet=true answers />
                    </PostForm>
                    {mine.then(|| view! {
                        <form method="post" action=export>
                            <button type="submit" class="button button-quiet">"Bedarfe als CSV (wird protokolliert)"</button>
                        </form>
                    })}
                </div>
            })}
        </section>
    }
    .into_any()
}
