//! The files in `demo/`, compiled into the binary. Their shape is described in `demo/README.md`.

use std::collections::BTreeMap;

use domain::access_need::AccessNeeds;
use domain::account::Role;
use domain::board::{Anonymity, CardKind, Finding, Level, Phase};
use domain::contact::EmailAddress;
use domain::district::District;
use domain::module::review::State;
use domain::module::{Field, ModuleCode};
use domain::organisation::{OrganisationKind, OrganisationName};
use domain::person::PersonName;
use domain::workshop::{Kind, Status, Venue};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::DemoError;
use super::recognition::Recognition;

const ORGANISATIONS: &str = include_str!("../../../demo/organisations.json");
const PEOPLE: &str = include_str!("../../../demo/people.json");
const BOARDS: &str = include_str!("../../../demo/boards.json");
const MODULES: &str = include_str!("../../../demo/modules.json");
const RECOGNITIONS: &str = include_str!("../../../demo/recognitions.json");
const PROGRAMMES: &str = include_str!("../../../demo/programmes.json");
const TEMPLATES: &str = include_str!("../../../demo/templates.json");
const WORKSHOPS: &str = include_str!("../../../demo/workshops.json");

/// Everything in the files.
#[derive(Debug)]
pub struct Content {
    /// Träger, public bodies, universities.
    pub organisations: Vec<Organisation>,
    /// Who signs in and who signs up.
    pub people: People,
    /// Veranstaltungen.
    pub workshops: Vec<Workshop>,
    /// Boards.
    pub boards: Vec<Board>,
    /// Templates with their boards.
    pub templates: Vec<Template>,
    /// Modules with their versions.
    pub modules: Vec<Module>,
    /// Certificates.
    pub programmes: Vec<Programme>,
    /// What people can do already.
    pub recognitions: Vec<Recognition>,
}

/// A certificate.
#[derive(Debug, Deserialize)]
pub struct Programme {
    pub(super) code: ModuleCode,
    #[serde(flatten)]
    pub(super) content: domain::plan::Programme,
}

/// A module, with what stands in the fields of its versions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    pub(super) code: String,
    /// The key of the institution.
    pub(super) owner: String,
    pub(super) fields: BTreeMap<Field, String>,
    /// What stood otherwise in a version before.
    #[serde(default)]
    pub(super) earlier: BTreeMap<Field, String>,
    /// How far its version is.
    #[serde(default = "published")]
    pub(super) state: State,
    /// A version that is being written.
    #[serde(default)]
    pub(super) draft: Option<ModuleDraft>,
    /// What was said about a field of its newest version.
    #[serde(default)]
    pub(super) comment: Option<(Field, String)>,
}

/// A version that is being written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModuleDraft {
    pub(super) fields: BTreeMap<Field, String>,
    pub(super) state: State,
    #[serde(default)]
    pub(super) comment: Option<(Field, String)>,
}

fn published() -> State {
    State::Published
}

/// A board with what stands on it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Board {
    /// Its name inside the files.
    pub key: String,
    /// The key of the Veranstaltung to which it belongs.
    #[serde(default)]
    pub workshop: Option<String>,
    /// Of which district it speaks, if it is one of several.
    #[serde(default)]
    pub(super) district: Option<District>,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) anonymity: Anonymity,
    pub(super) level: Level,
    pub(super) phase: Phase,
    #[serde(default)]
    pub(super) frozen: bool,
    pub(super) people: usize,
    pub(super) columns: Vec<BoardColumn>,
}

/// What boards of several districts are made of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its name inside the files.
    pub key: String,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) anonymity: Anonymity,
    pub(super) level: Level,
    pub(super) columns: Vec<String>,
    pub(super) boards: Vec<Board>,
}

/// A column with its cards.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardColumn {
    pub(super) title: String,
    pub(super) cards: Vec<BoardCard>,
}

/// A card.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardCard {
    pub(super) kind: CardKind,
    pub(super) text: String,
    #[serde(default)]
    pub(super) same: usize,
    #[serde(default)]
    pub(super) votes: usize,
    #[serde(default)]
    pub(super) standing: CardStanding,
    /// How many have tried it, by what became of it.
    #[serde(default)]
    pub(super) tried: [usize; 3],
    #[serde(default)]
    pub(super) comments: Vec<String>,
    #[serde(default)]
    pub(super) finding: Option<Finding>,
}

/// Whether a card is read by everybody or by the moderator first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardStanding {
    /// Everybody sees it.
    #[default]
    Published,
    /// It waits for the moderator.
    Waiting,
}

/// An organisation.
#[derive(Debug, Deserialize)]
pub struct Organisation {
    /// Its name inside the files.
    pub key: String,
    /// What kind it is.
    pub kind: OrganisationKind,
    name: String,
    district: String,
}

/// Who signs in and who signs up.
#[derive(Debug, Deserialize)]
pub struct People {
    /// People who can sign in.
    pub accounts: Vec<Account>,
    /// What some of those who sign up need.
    pub access_needs: Vec<Needs>,
    /// People in the order in which they sign up.
    pub people: Vec<Person>,
}

/// What somebody needs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needs {
    /// What is ticked.
    pub ticked: AccessNeeds,
    /// What is typed.
    pub typed: String,
}

/// Somebody who can sign in.
#[derive(Debug, Deserialize)]
pub struct Account {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// What the person may do.
    #[serde(deserialize_with = "role")]
    pub role: Role,
    /// The organisation's key.
    pub organisation: Option<String>,
    district: String,
}

/// Somebody who signs up.
#[derive(Debug, Deserialize)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The organisation's key.
    pub organisation: String,
    /// The district's slug.
    pub district: String,
}

/// A Veranstaltung, its days counted from the day of loading.
#[derive(Debug, Deserialize)]
pub struct Workshop {
    /// Its name inside the files.
    pub key: String,
    pub(super) kind: Kind,
    pub(super) status: Status,
    pub(super) districts: Vec<String>,
    /// The module that it is a run of.
    #[serde(default)]
    pub(super) module: Option<String>,
    /// Further dates, each so many days after the first one.
    #[serde(default)]
    pub(super) more_days: Vec<i64>,
    pub(super) in_days: i64,
    pub(super) weekday_shift: Option<Shift>,
    pub(super) starts: String,
    pub(super) ends: String,
    pub(super) opens_in_days: i64,
    pub(super) closes_days_before: i64,
    pub(super) capacity_on_site: u32,
    pub(super) reserved_on_site: u32,
    pub(super) capacity_online: u32,
    pub(super) reserved_online: u32,
    pub(super) per_organisation_max: Option<u32>,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) audience: String,
    pub(super) agenda: String,
    pub(super) venue: Venue,
    pub(super) access_info: String,
    pub(super) online_link: Option<String>,
    pub(super) online_info: String,
    pub(super) contact: String,
    pub(super) tags: Vec<String>,
    pub(super) cancel_reason: Option<String>,
    /// Sign-ups to make.
    pub filled: Filled,
    /// Proposals of people who signed up.
    pub topics: Vec<Topic>,
}

/// Where a Veranstaltung goes when its day is no working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    /// To the next working day.
    Forward,
    /// To the working day before.
    Back,
}

/// Sign-ups to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Filled {
    /// Seats in the room.
    pub on_site: u32,
    /// Seats online.
    pub online: u32,
    /// People on the waiting list of the mode that is full.
    pub waiting: u32,
}

/// A proposal.
#[derive(Debug, Deserialize)]
pub struct Topic {
    /// What it is about.
    pub text: String,
    /// How many are for it.
    pub votes: u32,
}

impl Content {
    /// Reads the files.
    ///
    /// # Errors
    /// When one does not have the shape of `demo/README.md`.
    pub fn read() -> Result<Self, DemoError> {
        Ok(Self {
            organisations: parse("organisations.json", ORGANISATIONS)?,
            people: parse("people.json", PEOPLE)?,
            workshops: parse("workshops.json", WORKSHOPS)?,
            boards: parse("boards.json", BOARDS)?,
            templates: parse("templates.json", TEMPLATES)?,
            modules: parse("modules.json", MODULES)?,
            programmes: parse("programmes.json", PROGRAMMES)?,
            recognitions: parse("recognitions.json", RECOGNITIONS)?,
        })
    }

    /// The organisation of this key.
    #[must_use]
    pub fn organisation(&self, key: &str) -> Option<&Organisation> {
        self.organisations
            .iter()
            .find(|organisation| organisation.key == key)
    }
}

impl Organisation {
    /// The name.
    ///
    /// # Errors
    /// When it is too short or too long.
    pub fn name(&self) -> Result<OrganisationName, DemoError> {
        OrganisationName::parse(&self.name).map_err(|_| wrong("organisations.json", &self.name))
    }

    /// Where it is.
    #[must_use]
    pub fn district(&self) -> Option<District> {
        District::parse(&self.district)
    }
}

impl Workshop {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }
}

impl Account {
    /// Where the person works.
    #[must_use]
    pub fn district(&self) -> Option<District> {
        District::parse(&self.district)
    }
}

/// An address of the files.
///
/// # Errors
/// When it is none.
pub fn email(text: &str) -> Result<EmailAddress, DemoError> {
    EmailAddress::parse(text).map_err(|_| wrong("people.json", text))
}

/// A name of the files.
///
/// # Errors
/// When it is too short or too long.
pub fn person_name(text: &str) -> Result<PersonName, DemoError> {
    PersonName::parse(text).map_err(|_| wrong("people.json", text))
}

/// A value of the files that does not fit.
#[must_use]
pub fn wrong(file: &'static str, value: &str) -> DemoError {
    DemoError::Content {
        file,
        problem: format!("“{value}” does not fit"),
    }
}

fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, DemoError> {
    serde_json::from_str(text).map_err(|error| DemoError::Content {
        file,
        problem: error.to_string(),
    })
}

fn role<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Role, D::Error> {
    let text = String::deserialize(deserializer)?;
    Role::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("“{text}” is not a role")))
}
