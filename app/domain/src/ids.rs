//! Identifiers: UUIDv7, made outside and passed in.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares an identifier type over a UUID.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Reads the canonical text form.
            ///
            /// # Errors
            /// When the text is not a UUID.
            pub fn parse(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

id!(/// A Veranstaltung.
    WorkshopId);
id!(/// One person's sign-up for one Veranstaltung.
    SignUpId);
id!(/// An account.
    PersonId);
id!(/// A Träger, public body or university.
    OrganisationId);
id!(/// A signed-in device.
    SessionId);
id!(/// A topic proposed for a Veranstaltung.
    TopicId);
id!(/// A board.
    BoardId);
id!(/// What boards of several districts are made of.
    TemplateId);
id!(/// The codes with which texts are read.
    CodebookId);
id!(/// One of them.
    CodeId);
id!(/// The reading of some boards with one codebook.
    CodingId);
id!(/// A module of the catalogue.
    ModuleId);
id!(/// A certificate that is made of modules.
    ProgrammeId);
id!(/// What somebody can do already, to be recognised for a module.
    RecognitionId);
id!(/// A file that shows it.
    FileId);
id!(/// A table of modules that somebody brought.
    ImportId);
id!(/// A token of a program.
    TokenId);
id!(/// Where a program is told what happened.
    WebhookId);
id!(/// A certificate of a module that was passed.
    CertificateId);
id!(/// What somebody said about a field of a version.
    CommentId);
id!(/// A card of a board, made on the device that writes it.
    CardId);
id!(/// A column of a board.
    ColumnId);
id!(/// Somebody on one board: without an account, and another one on each board.
    MemberId);
id!(/// What somebody wants to do on a board, made on the device: a repeat is done once.
    OperationId);
id!(/// What the browser makes once per form, so that a repeated request gets the first answer.
    IdempotencyKey);

impl CardId {
    /// The id of a card from a form: the same text from the same form is the same card, however often it is sent;
    /// another text is another one, also when somebody went back to the form.
    #[must_use]
    pub fn of_form(key: Uuid, said: &[&str]) -> Self {
        Self(said_with(key, said))
    }
}

impl IdempotencyKey {
    /// The key of what was typed into the form with this key: sent again it is the same request. Who goes back to the form
    /// and types something else asks for something else.
    #[must_use]
    pub fn with(self, said: &[&str]) -> Self {
        Self(said_with(self.0, said))
    }
}

/// What was said in the form with this key (UUIDv5, RFC 9562).
fn said_with(key: Uuid, said: &[&str]) -> Uuid {
    Uuid::new_v5(&key, said.join("\u{1f}").as_bytes())
}
