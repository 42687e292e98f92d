//! Pages that the law asks for, and the one in Leichte Sprache.

mod accessibility;
mod imprint;
mod plain_language;
mod privacy;

pub use accessibility::AccessibilityPage;
pub use imprint::ImprintPage;
pub use plain_language::PlainLanguagePage;
pub use privacy::PrivacyPage;
