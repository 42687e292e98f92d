//! The forms of a page that has several. Its data is loaded again after each answer; a form stays as it is, with what was typed in it,
//! until it is answered itself.

use std::hash::{DefaultHasher, Hash, Hasher};

use leptos::prelude::*;

use crate::form_reply::{Answers, FormReply};
use crate::ui::changing::{Entry, alone, entry};

/// What each form of a page was told last, by its name; as long as the page lasts.
#[derive(Clone, Copy, Debug)]
pub struct Told(StoredValue<Vec<Last>>);

/// How a form stands.
#[derive(Clone, Debug, Default)]
struct Last {
    /// The name of the form.
    name: String,
    /// What it is about.
    about: u64,
    /// How many answers of the server there were when it was looked at: none is taken twice, and a form that got none stays as it is.
    heard: Option<usize>,
    /// What it was refused with, if it was.
    reply: FormReply,
    /// How often it became another one.
    turn: u32,
}

impl Last {
    /// Looks at what came: `own` is the answer of this form.
    fn looks(&mut self, about: u64, heard: usize, own: Option<&FormReply>) {
        let own = own.filter(|_| self.heard != Some(heard));
        self.heard = Some(heard);
        if own.is_none() && self.about == about {
            return;
        }
        self.about = about;
        self.turn += 1;
        let refused = own.filter(|reply| !reply.errors.is_empty());
        self.reply = refused.cloned().unwrap_or_default();
    }
}

impl Told {
    /// Nothing yet. Made once for a page, and not with its data.
    #[must_use]
    pub fn new() -> Self {
        Self(StoredValue::new(Vec::new()))
    }

    /// A form among others of the page. It is made anew, empty, when what it is `about` is something else: what of the data its success
    /// changes; and when the last answer is its own (`is_own`), with what that says if it was refused.
    pub fn entry(
        self,
        name: &str,
        about: &impl Hash,
        (reply, answers): (&FormReply, Answers),
        is_own: bool,
        make: impl FnOnce(&FormReply) -> AnyView + Send + 'static,
    ) -> Entry {
        let mut hasher = DefaultHasher::new();
        about.hash(&mut hasher);
        let heard = untrack(|| answers.heard());
        let last = self.looks(name, hasher.finish(), heard, is_own.then_some(reply));
        entry(&(name, last.turn), move || make(&last.reply))
    }

    /// As [`Told::entry`], for a form that stands alone in its place.
    pub fn form(
        self,
        name: &str,
        about: &impl Hash,
        answered: (&FormReply, Answers),
        is_own: bool,
        make: impl FnOnce(&FormReply) -> AnyView + Send + 'static,
    ) -> AnyView {
        alone(self.entry(name, about, answered, is_own, make))
    }

    fn looks(self, name: &str, about: u64, heard: usize, own: Option<&FormReply>) -> Last {
        let looks = |all: &mut Vec<Last>| {
            let at = all.iter().position(|last| last.name == name);
            let mut last = at.map(|at| all.swap_remove(at)).unwrap_or_default();
            last.looks(about, heard, own);
            name.clone_into(&mut last.name);
            all.push(last.clone());
            last
        };
        self.0.try_update_value(looks).unwrap_or_default()
    }
}

impl Default for Told {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form_reply::FieldError;

    fn refused(text: &str) -> FormReply {
        let typed = [("name".to_owned(), text.to_owned())];
        FormReply::refused(typed.into(), vec![FieldError::new("name", "Zu kurz.")])
    }

    #[test]
    fn a_form_is_another_one_by_its_own_answer_alone() {
        let mut form = Last::default();
        form.looks(1, 0, None);
        let at_first = form.turn;
        form.looks(1, 1, None);
        assert_eq!(form.turn, at_first, "another form was answered");

        form.looks(1, 2, Some(&refused("B")));
        assert_eq!(
            (form.turn, form.reply.value("name")),
            (at_first + 1, "B".to_owned())
        );
        form.looks(1, 2, Some(&refused("B")));
        form.looks(1, 3, None);
        assert_eq!(form.turn, at_first + 1, "what is typed to mend it stays");
        assert!(form.reply.error("name").is_some());

        form.looks(1, 4, Some(&FormReply::done("Gespeichert.")));
        assert_eq!(
            (form.turn, form.reply.clone()),
            (at_first + 2, FormReply::default())
        );
    }

    #[test]
    fn a_form_is_empty_when_it_is_about_something_else() {
        let mut form = Last::default();
        form.looks(1, 1, Some(&refused("B")));
        // Somebody goes on to the next one: the answer is not about that.
        form.looks(2, 1, Some(&refused("B")));
        assert_eq!((form.turn, form.reply.clone()), (2, FormReply::default()));
        // Another one is there since, and this was refused nevertheless.
        form.looks(3, 2, Some(&refused("C")));
        assert_eq!(form.reply.value("name"), "C");
    }
}
