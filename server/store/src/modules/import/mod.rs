//! Modules from a file: looked at first, then written as drafts, all of them or none, and taken back if that was a mistake.
//! Decisions of people are never written over.
//!
//! - [`upload`]: a file that somebody brought
//! - [`write`]: writing it in
//! - [`undo`]: taking it back

pub mod undo;
pub mod upload;
pub mod write;

use domain::module::sheet::Line;
use domain::module::sheet::dry_run::{Bearer, Catalogue, DryRun, Known};

pub use undo::Undone;
pub use upload::ImportRow;

use crate::{Store, StoreError};

impl Store {
    /// What lines of a table would do to the catalogue.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dry_run(&self, lines: &[Line], bearer: &Bearer) -> Result<DryRun, StoreError> {
        let known = self.modules().await?.into_iter().map(|listed| {
            let known = Known {
                state: listed.version.state,
                owners: listed.module.owner_ids(),
                content: listed.version.content,
            };
            (listed.module.code, known)
        });
        let catalogue: Catalogue = known.collect();
        Ok(DryRun::of(lines, &catalogue, bearer))
    }
}
