//! What holds for the whole board, and the emergency brake.

use domain::board::state::TIMER_SECONDS_MAX;
use domain::board::{Level, Operation, Phase};
use leptos::prelude::*;

use crate::boards::actions::SetTimer;
use crate::boards::deed::{Look, deed};
use crate::boards::shown::Shown;
use crate::form_reply::address;
use crate::ui::changing::changing;
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// Stops the board, or lets it go on. It stands on top of the console, within reach of a thumb however much waits below.
pub fn brake(shown: Shown) -> AnyView {
    let brake = changing(move || {
        let frozen = shown.frame.get().frozen;
        let (label, look) = if frozen {
            ("Board weiterlaufen lassen", Look::Main)
        } else {
            ("Board anhalten", Look::Danger)
        };
        deed(
            shown,
            &Operation::Freeze { frozen: !frozen },
            "",
            label,
            look,
            None,
        )
    });
    view! { <div class="actions brake no-print">{brake}</div> }.into_any()
}

/// Curtain, pause, light, time, phases, levels.
pub fn stage(shown: Shown) -> AnyView {
    let switches = changing(move || switches(shown));
    let answers = shown.deeds;
    view! {
        {switches}
        <PostForm to={address::<SetTimer>()} answers class="form form-tight no-print">
            {shown.hidden()}
            <div class="field">
                <label for="minutes">"Zeit für alle, in Minuten"</label>
                <input id="minutes" name="minutes" type="number" inputmode="numeric" min="1" max={(TIMER_SECONDS_MAX / 60).to_string()} value="5" required=true />
            </div>
            <SubmitButton label="Zeit starten" quiet=true answers />
        </PostForm>
    }
    .into_any()
}

fn switches(shown: Shown) -> AnyView {
    let frame = shown.frame.get();
    let stage = frame.stage;
    let press = |operation: Operation, label: &str, pressed: Option<bool>| {
        deed(shown, &operation, "", label, Look::Quiet, pressed)
    };
    let paused = stage.paused_at.is_some();
    let pause = press(
        Operation::Pause { paused: !paused },
        "Neue Karten zurückhalten",
        Some(paused),
    );
    let curtain = Operation::Curtain {
        closed: !stage.curtain,
    };
    let curtain = press(curtain, "Karten verdecken", Some(stage.curtain));
    let hide = Operation::HideVotes {
        hidden: !frame.votes_hidden,
    };
    let votes = press(hide, "Stimmen verdecken", Some(frame.votes_hidden));
    let hide = Operation::HideFindings {
        hidden: !frame.findings_hidden,
    };
    let findings = press(
        hide,
        "Ergebnisse nur für Teilnehmende",
        Some(frame.findings_hidden),
    );
    let archive = Operation::Archive {
        archived: !frame.archived,
    };
    let archive = press(archive, "Ins Archiv legen", Some(frame.archived));
    let light = stage.spotlight.map(|_| {
        press(
            Operation::Spotlight { card: None },
            "Nichts mehr groß zeigen",
            None,
        )
    });
    let timer = stage
        .timer_ends_at
        .map(|_| press(Operation::Timer { seconds: None }, "Zeit anhalten", None));
    let phases = Phase::ALL.iter().map(|phase| {
        let operation = Operation::GoTo { phase: *phase };
        press(operation, phase.label(), Some(*phase == frame.phase))
    });
    let levels = Level::ALL.iter().map(|level| {
        let operation = Operation::Moderate { level: *level };
        press(operation, level.label(), Some(*level == frame.level))
    });
    view! {
        <div class="note-deeds">{pause}{curtain}{votes}{findings}{archive}{light}{timer}</div>
        <h3 id="phase">"Phase"</h3>
        <div class="note-deeds" role="group" aria-labelledby="phase">{phases.collect::<Vec<_>>()}</div>
        <h3 id="freigabe">"Freigabe"</h3>
        <div class="note-deeds" role="group" aria-labelledby="freigabe">{levels.collect::<Vec<_>>()}</div>
    }
    .into_any()
}
