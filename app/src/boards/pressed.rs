//! A button says at once that it was pressed. What it has done is shown when the device has kept it, some frames later.

use leptos::ev::SubmitEvent;

/// A button that was pressed, until it is released.
#[derive(Debug)]
pub struct Pressed {
    #[cfg(feature = "hydrate")]
    button: Option<web_sys::HtmlElement>,
}

impl Pressed {
    /// The button that sent a form.
    #[must_use]
    pub fn of(event: &SubmitEvent) -> Self {
        #[cfg(feature = "hydrate")]
        {
            let button = event.submitter();
            if let Some(button) = &button {
                // One that cannot say so does its deed all the same.
                drop(button.set_attribute("aria-busy", "true"));
            }
            Self { button }
        }
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = event;
            Self {}
        }
    }
    /// Its deed is shown.
    pub fn release(self) {
        #[cfg(feature = "hydrate")]
        if let Some(button) = self.button {
            drop(button.remove_attribute("aria-busy"));
        }
    }
}
