//! Which pages a browser loads together. What everybody comes for, a Veranstaltung with its form, is in the first file;
//! each area here is one small file more: whoever signs up never loads the office, and going from one
//! page of the office to the next loads nothing.

use leptos::{LazyViewError, lazy, prelude::*};
use leptos_router::LazyRoute;

use crate::{
    access, account, boards, catalogue, certificates, coding, home, legal, modules, outcomes, plan,
    recognition, signup, staff, workshops,
};

/// Declares an area: a function that is split off, and one route per page in it.
macro_rules! area {
    ($(#[$doc:meta])* $area:ident, $which:ident, $preload:ident: $($page:ident => $component:path),+ $(,)?) => {
        /// The pages of the area.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum $which {
            $($page),+
        }

        $(#[$doc])*
        #[lazy(fallible)]
        fn $area(which: $which) -> Result<AnyView, LazyViewError> {
            Ok(match which {
                $($which::$page => $component().into_any()),+
            })
        }

        $(
            #[doc = concat!("The route of [`", stringify!($component), "`].")]
            #[derive(Clone, Copy, Debug)]
            pub struct $page;

            impl LazyRoute for $page {
                fn data() -> Self {
                    Self
                }

                async fn view(_this: Self) -> AnyView {
                    $area($which::$page).await.into_any()
                }

                async fn preload() {
                    // A part that could not be fetched is asked for again when the page is shown.
                    #[cfg(feature = "hydrate")]
                    drop($preload().await);
                }
            }
        )+
    };
}

area!(
    /// Where one arrives.
    start, StartPage, __preload_start:
    Home => home::HomePage,
);

area!(
    /// What takes place.
    dates, DatesPage, __preload_dates:
    List => workshops::ListPage,
);

area!(
    /// After signing up, and personal links.
    place, PlacePage, __preload_place:
    SignedUp => workshops::SignedUpPage,
    LinkAgain => signup::LinkAgainPage,
    Place => signup::PlacePage,
);

area!(
    /// The signed-in person.
    person, PersonPage, __preload_person:
    Account => account::AccountPage,
    SignIn => account::SignInPage,
);

area!(
    /// The list of boards, who is in a room, what moderators did, and what staff corrects.
    themes, ThemesPage, __preload_themes:
    Boards => boards::BoardsPage,
    Present => boards::PresentPage,
    BoardLog => boards::LogPage,
    Correct => boards::CorrectPage,
);

area!(
    /// One board, for who takes part.
    board, BoardAreaPage, __preload_board:
    Board => boards::BoardPage,
);

area!(
    /// One board, for who moderates it.
    console, ConsoleAreaPage, __preload_console:
    Console => boards::ConsolePage,
    Screen => boards::ScreenPage,
);

area!(
    /// What comes out of boards.
    outcome, OutcomePage, __preload_outcome:
    Results => outcomes::ResultsPage,
    Findings => outcomes::FindingsPage,
    CardPaper => outcomes::CardPaperPage,
);

area!(
    /// The same questions in several districts.
    compare, ComparePage, __preload_compare:
    Templates => outcomes::TemplatesPage,
    Comparison => outcomes::ComparisonPage,
);

area!(
    /// Codebooks, and where they are used.
    codebooks, CodebooksPage, __preload_codebooks:
    Codings => coding::CodingsPage,
    Codebook => coding::CodebookPage,
);

area!(
    /// Cards, read with a codebook.
    reading, ReadingPage, __preload_reading:
    Coding => coding::CodingPage,
    CodingCard => coding::CardPage,
);

area!(
    /// The catalogue, for everybody.
    shelf, ShelfPage, __preload_shelf:
    Modules => modules::ModulesPage,
    CompareModules => modules::ComparePage,
);

area!(
    /// One module.
    record, RecordPage, __preload_record:
    Module => modules::ModulePage,
    ModuleVersion => modules::VersionPage,
);

area!(
    /// The way to a certificate.
    way, WayPage, __preload_way:
    Plan => plan::PlanPage,
);

area!(
    /// What somebody can do already.
    already, AlreadyPage, __preload_already:
    Recognitions => recognition::RecognitionsPage,
    Application => recognition::ApplicationPage,
);

area!(
    /// Whether a certificate is real.
    check, CheckPages, __preload_check:
    Check => certificates::CheckPage,
    CheckCode => certificates::CodePage,
);

area!(
    /// What others can do, or have passed: decided.
    verdicts, VerdictsPage, __preload_verdicts:
    RecognitionQueue => recognition::QueuePage,
    Decide => recognition::DecidePage,
    RunDesk => certificates::RunPage,
);

area!(
    /// The catalogue, for who curates it: versions.
    curators, CuratorsPage, __preload_curators:
    Catalogue => catalogue::CataloguePage,
    VersionDesk => catalogue::VersionDeskPage,
    FieldDesk => catalogue::FieldPage,
);

area!(
    /// The catalogue as a whole: certificates, demand, semesters, what exports lack.
    upkeep, UpkeepPage, __preload_upkeep:
    Programmes => plan::ProgrammesPage,
    Demand => catalogue::DemandPage,
    Lint => catalogue::LintPage,
    Semester => catalogue::SemesterPage,
);

area!(
    /// In and out: tables, and programs of others.
    doors, DoorsPage, __preload_doors:
    Imports => catalogue::ImportsPage,
    DryRun => catalogue::DryRunPage,
    Access => access::AccessPage,
);

area!(
    /// The office: what there is, and who comes.
    office, OfficePage, __preload_office:
    Overview => staff::OverviewPage,
    Workshop => staff::WorkshopPage,
);

area!(
    /// The office: what was sent and done.
    trail, TrailPage, __preload_trail:
    Course => staff::CoursePage,
    Outbox => staff::OutboxPage,
    MailText => staff::MailTextPage,
    PlaceMails => staff::PlaceMailsPage,
    Audit => staff::AuditPage,
);

area!(
    /// The office's forms for a Veranstaltung.
    editor, EditorPage, __preload_editor:
    Create => staff::CreatePage,
    Edit => staff::EditPage,
    Copy => staff::CopyPage,
);

area!(
    /// Law and access.
    law, LawPage, __preload_law:
    Imprint => legal::ImprintPage,
    Privacy => legal::PrivacyPage,
    Accessibility => legal::AccessibilityPage,
    PlainLanguage => legal::PlainLanguagePage,
);
