//! `lafast serve`.

use store::Ambient;

use crate::config::Config;
use crate::startup::{Application, told_to_stop};
use crate::telemetry;

/// Serves until SIGTERM or Ctrl-C.
///
/// # Errors
/// Why the server did not start, in one line.
pub async fn run(config: Config) -> Result<(), String> {
    telemetry::start_log(&config);
    if let Some(warning) = config.warning() {
        tracing::warn!("{warning}");
    }
    let application = Application::build(config, Ambient::system())
        .await
        .map_err(|error| error.to_string())?;
    application.serve(told_to_stop()).await;
    Ok(())
}
