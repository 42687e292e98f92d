//! A form whose words go into the outbox: kept on the device before anything is said to be done.

use domain::board::Operation;
use domain::board::state::CARD_CHARACTERS_MAX;
use domain::ids::CardId;
use leptos::ev::SubmitEvent;

use crate::boards::shown::Shown;

/// The fields of a form that was sent.
#[derive(Debug)]
pub struct Fields {
    #[cfg(feature = "hydrate")]
    data: web_sys::FormData,
}

impl Fields {
    /// What stands in a form.
    #[cfg(feature = "hydrate")]
    pub fn of(form: &web_sys::HtmlFormElement) -> Option<Self> {
        let data = web_sys::FormData::new_with_form(form).ok()?;
        Some(Self { data })
    }

    /// What stands in a field. Nothing: it is for the server to say what is wrong with it.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        let text = self.get(name)?;
        let length = text.trim().chars().count();
        (1..=CARD_CHARACTERS_MAX).contains(&length).then_some(text)
    }

    /// What was chosen.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        #[cfg(feature = "hydrate")]
        return self.data.get(name).as_string();
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = name;
            None
        }
    }

    /// An id for a new card.
    #[must_use]
    pub fn new_card(&self) -> CardId {
        #[cfg(feature = "hydrate")]
        return super::new_card();
        #[cfg(not(feature = "hydrate"))]
        CardId(uuid::Uuid::nil())
    }
}

/// What to do when a form is sent, ahead of the form itself: what `wants` makes of its fields goes into the outbox, and as soon as
/// the device has kept it the form is empty again, also if it was made anew meanwhile. What it makes nothing of goes the way of every form, and is answered by the server.
pub fn takes(
    shown: Shown,
    wants: impl Fn(&Fields) -> Option<Operation> + 'static,
) -> impl FnMut(SubmitEvent) + 'static {
    move |event: SubmitEvent| {
        #[cfg(feature = "hydrate")]
        browser::take(&event, shown, &wants);
        #[cfg(not(feature = "hydrate"))]
        let _ = (&event, shown, &wants);
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use domain::board::Operation;
    use leptos::ev::SubmitEvent;
    use wasm_bindgen::JsCast;
    use web_sys::{Event, HtmlFormElement, HtmlTextAreaElement};

    use super::{Fields, Shown};
    use crate::boards::typed::text_area;

    /// What the device is keeping of a form.
    const KEEPING: &str = "data-keeping";

    pub fn take(event: &SubmitEvent, shown: Shown, wants: &dyn Fn(&Fields) -> Option<Operation>) {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form else {
            return;
        };
        let field = form.query_selector("textarea").ok().flatten();
        let field = field.and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
        let (id, sent) = field.map(|field| (field.id(), field.value())).unwrap_or_default();
        // Pressed twice, it is one thing.
        let is_kept = form.get_attribute(KEEPING).as_ref() == Some(&sent);
        let operation = if is_kept {
            None
        } else {
            Fields::of(&form).and_then(|fields| wants(&fields))
        };
        if operation.is_none() && !is_kept {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        if let Some(operation) = operation {
            drop(form.set_attribute(KEEPING, &sent));
            let board = shown.id();
            let kept = move || {
                drop(form.remove_attribute(KEEPING));
                shown.forget_sent(&board, &id, &sent);
                // The form may have been made anew meanwhile, with the words in it.
                match text_area(&id) {
                    Some(field) => empty(&field, &sent),
                    None => form.reset(),
                }
            };
            shown.want_then(operation, Box::new(kept));
        }
    }

    /// Takes what was sent out of its field. What was typed behind it meanwhile stays.
    fn empty(field: &HtmlTextAreaElement, sent: &str) {
        let now = field.value();
        let Some(rest) = now.strip_prefix(sent) else {
            return;
        };
        if rest.is_empty()
            && let Some(form) = field.form()
        {
            form.reset();
        }
        // Emptied like by hand: whoever listens to the field learns of it.
        if let Ok(event) = Event::new("input") {
            field.set_value(rest);
            drop(field.dispatch_event(&event));
        }
    }
}
