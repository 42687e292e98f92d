//! As after an update that was taken back: the tables are of a version that this program does not know. No command touches them
//! (`serve`, `check` and `backup` are in `commands`).

use std::path::Path;

use store_testing::run_sql;

use crate::commands::installed;
use crate::support::{lafast, text};

const NEWER: &str = "INSERT INTO migration (name, checksum) VALUES ('9999_later', 'x')";

/// What a command says, and that it fails with that.
fn refuses(arguments: &[&str], url: &str) {
    let output = lafast(arguments, &[("DATABASE_URL", url)]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    assert!(
        said.contains("9999_later") && said.contains("this version") && said.lines().count() == 1,
        "{arguments:?}: {said}"
    );
}

fn bytes(file: &Path) -> Vec<u8> {
    std::fs::read(file).unwrap()
}

#[tokio::test]
async fn a_copy_that_a_newer_version_wrote_takes_no_place() {
    let folder = tempfile::tempdir().unwrap();
    let (url, _) = installed(folder.path());
    let file = folder.path().join("lafast.db");
    let copy = folder.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    assert!(
        lafast(&["backup", copy], &[("DATABASE_URL", &url)])
            .status
            .success()
    );
    run_sql(&format!("sqlite:{copy}"), NEWER).await.unwrap();
    let before = bytes(&file);
    refuses(&["restore", copy], &url);
    assert!(bytes(&file) == before, "nothing is touched");
    assert!(!folder.path().join("lafast.before-restore").exists());
}

#[tokio::test]
async fn whoever_would_write_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (url, _) = installed(folder.path());
    let export = folder.path().join("alle.csv");
    let export = export.to_str().unwrap();
    run_sql(&url, NEWER).await.unwrap();
    let before = bytes(&folder.path().join("lafast.db"));
    refuses(&["admin", "add", "neu@lafast.example", "--role", "admin"], &url);
    refuses(&["modules", "export", export], &url);
    assert!(!Path::new(export).exists());
    assert!(bytes(&folder.path().join("lafast.db")) == before);
    // An older copy may take its place: that is how an update is taken back.
    let older = folder.path().join("older");
    std::fs::create_dir(&older).unwrap();
    let (other, _) = installed(&older);
    let copy = folder.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    assert!(
        lafast(&["backup", copy], &[("DATABASE_URL", &other)])
            .status
            .success()
    );
    let restored = lafast(&["restore", copy], &[("DATABASE_URL", &url)]);
    assert!(restored.status.success(), "{}", text(&restored.stderr));
}
