//! `lafast backup` and `lafast restore`.

use std::path::Path;

use store::backup::BackupReport;

use crate::config::Config;

/// Writes a consistent copy, also while the server runs.
///
/// # Errors
/// Why there is no copy, in one line.
pub async fn backup(config: &Config, file: &Path) -> Result<(), String> {
    let store = super::look(config).await?;
    let done = store.backup(file).await;
    store.close().await;
    let report = done.map_err(|error| format!("no backup was written: {error}"))?;
    super::say(&sentence(
        &format!("backup written to {}", file.display()),
        &report,
    ));
    Ok(())
}

/// Verifies a copy and puts it in the database's place.
///
/// # Errors
/// Why nothing was restored, in one line.
pub async fn restore(config: &Config, file: &Path) -> Result<(), String> {
    let report = store::backup::restore(&config.database_url, file)
        .await
        .map_err(|error| format!("nothing was restored: {error}"))?;
    super::say(&sentence(&format!("restored from {}", file.display()), &report));
    Ok(())
}

fn sentence(what: &str, report: &BackupReport) -> String {
    let BackupReport {
        workshops,
        sign_ups,
        bytes,
    } = report;
    format!("{what}: verified, {workshops} Veranstaltungen, {sign_ups} sign-ups, {bytes} bytes")
}
