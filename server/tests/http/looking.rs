//! Commands that only read make no database, and bring none up to date.

use std::path::Path;

use store::{Ambient, Store, migrate};
use store_testing::run_sql;

use crate::support::{lafast, text};

/// What whoever only reads is told, in one line; no file is written.
fn refused(url: &str, folder: &Path) -> String {
    let (all, new) = (folder.join("alle.csv"), folder.join("neu.csv"));
    std::fs::write(&new, "code;title\nFSA-101;Recht\n").unwrap();
    let (all, new) = (all.to_str().unwrap(), new.to_str().unwrap());
    let commands = [
        &["modules", "export", all][..],
        &["modules", "import", new, "--dry-run"],
    ];
    let [exported, imported] = commands.map(|command| {
        let refused = lafast(command, &[("DATABASE_URL", url)]);
        let said = text(&refused.stderr);
        assert_eq!(refused.status.code(), Some(1), "{command:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{command:?}: {said}");
        said
    });
    assert!(!Path::new(all).exists());
    assert_eq!(exported, imported);
    exported
}

async fn standing(url: &str) -> migrate::Standing {
    let store = Store::open_existing(url, Ambient::system()).await.unwrap();
    let standing = store.migrations().await.unwrap();
    store.close().await;
    standing
}

store_testing::on_both_engines! {
    async fn where_no_database_is_none_is_made(database: TestDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = format!("{}_nirgends", database.url);
        let said = refused(&nowhere, folder.path());
        assert!(said.starts_with("lafast: DATABASE_URL cannot be opened: "), "{said}");
        assert!(said.contains("there is no file") || said.contains("does not exist"), "{said}");
        assert!(Store::open_existing(&nowhere, Ambient::system()).await.is_err());
    }

    async fn a_database_of_an_older_version_is_told_and_stays_as_it_is(database: TestDatabase) {
        let folder = tempfile::tempdir().unwrap();
        Store::open(&database.url, Ambient::system()).await.unwrap().close().await;
        let last = migrate::names().last().unwrap();
        run_sql(&database.url, "DELETE FROM migration WHERE name = (SELECT MAX(name) FROM migration)").await.unwrap();
        let said = refused(&database.url, folder.path());
        assert!(
            said.contains(&format!("migrations: missing, “lafast serve” applies them: {last}")),
            "{said}"
        );
        assert_eq!(standing(&database.url).await.missing, [last]);

        run_sql(&database.url, "DROP TABLE migration").await.unwrap();
        let said = refused(&database.url, folder.path());
        assert!(said.contains("migrations: none is applied"), "{said}");
        assert!(standing(&database.url).await.is_empty());
    }

    async fn a_database_of_this_version_is_read(database: TestDatabase) {
        let folder = tempfile::tempdir().unwrap();
        Store::open(&database.url, Ambient::system()).await.unwrap().close().await;
        let file = folder.path().join("alle.json");
        let file = file.to_str().unwrap();
        let settings = [("DATABASE_URL", database.url.as_str())];
        let exported = lafast(&["modules", "export", file], &settings);
        assert_eq!(text(&exported.stdout), format!("0 modules in {file}\n"), "{}", text(&exported.stderr));
    }
}
