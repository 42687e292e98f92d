//! The catalogue in memory, ready to be asked: read and indexed once per change of what is published.

use std::sync::{Arc, Mutex, PoisonError};

use domain::module::field::Field;
use domain::module::graph::Requirements;
use domain::module::search::{Document, Index, Place};
use domain::module::{Content, ModuleCode};
use leptos::prelude::*;
use store::Store;
use store::modules::Listed;

use crate::loading::unavailable;

/// Everything that counts now.
#[derive(Debug)]
pub struct Shelf {
    /// The modules, by short name.
    pub modules: Vec<Listed>,
    /// Ready to be asked; its documents are [`Shelf::modules`].
    pub index: Index,
}

impl Shelf {
    /// The module of this short name.
    #[must_use]
    pub fn find(&self, code: &ModuleCode) -> Option<&Listed> {
        self.modules.iter().find(|listed| listed.module.code == *code)
    }

    /// What each module requires.
    #[must_use]
    pub fn requirements(&self) -> Requirements {
        let one = |listed: &Listed| (listed.module.code.clone(), listed.version.content.requirement());
        self.modules.iter().map(one).collect()
    }
}

/// The shelf that was read last: of which database, and when something was published there.
type Kept = Option<(String, String, Arc<Shelf>)>;
static KEPT: Mutex<Kept> = Mutex::new(None);

/// The catalogue as it is now.
pub async fn shelf(store: &Store) -> Result<Arc<Shelf>, ServerFnError> {
    let stamp = store.catalogue_stamp().await.map_err(unavailable)?;
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((url, at, shelf)) = kept
        && url == store.url()
        && at == stamp
    {
        return Ok(shelf);
    }
    let modules = store.catalogue().await.map_err(unavailable)?;
    let documents: Vec<Document> = modules.iter().map(document).collect();
    let shelf = Arc::new(Shelf {
        index: Index::of(&documents),
        modules,
    });
    *KEPT.lock().unwrap_or_else(PoisonError::into_inner) =
        Some((store.url().to_owned(), stamp, Arc::clone(&shelf)));
    Ok(shelf)
}

fn document(listed: &Listed) -> Document {
    document_of(&listed.module.code, &listed.version.content)
}

/// What of a module is searched.
#[must_use]
pub fn document_of(code: &ModuleCode, content: &Content) -> Document {
    let mut document = vec![(Place::Code, code.to_string())];
    for (place, field) in [
        (Place::Title, Field::Title),
        (Place::Keyword, Field::Keywords),
        (Place::Situation, Field::Situations),
        (Place::Lead, Field::Lead),
        (Place::Contents, Field::Contents),
    ] {
        document.push((place, content.get(field).to_owned()));
    }
    let outcomes = content
        .outcomes()
        .into_iter()
        .map(|outcome| (Place::Outcome, outcome.text));
    document.extend(outcomes);
    document
}
