//! The catalogue in memory, ready to be asked: read and indexed once per change of what is published.

use std::sync::{Arc, Mutex, PoisonError};

use domain::module::ModuleCode;
use domain::module::graph::Requirements;
use domain::module::search::{Document, Index, document};
use leptos::prelude::*;
use store::Store;
use store::modules::Listed;

use super::said::{at_a_glance, title};
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
    let documents: Vec<Document> = modules
        .iter()
        .map(|listed| document(&listed.module.code, &listed.version.content))
        .collect();
    let shelf = Arc::new(Shelf {
        index: Index::of(&documents),
        modules,
    });
    *KEPT.lock().unwrap_or_else(PoisonError::into_inner) =
        Some((store.url().to_owned(), stamp, Arc::clone(&shelf)));
    Ok(shelf)
}

/// The modules whose version is the newest: title, path, and what they are in words.
pub async fn newest(store: &Store, most: usize) -> Result<Vec<(String, String, String)>, ServerFnError> {
    let shelf = shelf(store).await?;
    let mut modules: Vec<&Listed> = shelf.modules.iter().collect();
    modules.sort_by_key(|listed| std::cmp::Reverse(listed.version.published_at));
    let line = |listed: &&Listed| {
        (
            title(listed),
            format!("/module/{}", listed.module.code),
            at_a_glance(&listed.version.content),
        )
    };
    Ok(modules.iter().take(most).map(line).collect())
}
