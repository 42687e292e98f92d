//! The binary, as an operator types it.

use std::process::{Command, Output};

fn lafast(arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lafast"));
    command.args(arguments).env_clear().envs(settings.iter().copied());
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_wrong_setting_stops_the_start_with_one_line() {
    let output = lafast(&["serve"], &[("LAFAST_ADDR", "überall")]);
    let line = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(line.lines().count(), 1, "{line}");
    assert!(
        line.contains("LAFAST_ADDR") && line.contains("überall") && line.contains("127.0.0.1:3000"),
        "{line}"
    );
}

#[test]
fn the_help_names_every_flag_with_its_variable() {
    let help = text(&lafast(&["--help"], &[]).stdout);
    for variable in [
        "DATABASE_URL",
        "LAFAST_ADDR",
        "LAFAST_PUBLIC_URL",
        "LAFAST_SITE_ROOT",
        "LAFAST_SMTP_URL",
        "LAFAST_MAIL_FROM",
        "LAFAST_TRUSTED_PROXIES",
        "LAFAST_METRICS_ADDR",
        "LAFAST_OIDC_ISSUER",
        "LAFAST_OIDC_CLIENT_ID",
        "LAFAST_OIDC_CLIENT_SECRET",
        "LAFAST_OIDC_ORGANISATION",
        "LAFAST_LOG",
        "LAFAST_LOG_FORMAT",
    ] {
        assert!(help.contains(&format!("[env: {variable}")), "{variable}: {help}");
    }
}

#[test]
fn the_help_shows_no_password() {
    let help = text(&lafast(&["--help"], &[("DATABASE_URL", "postgres://a:geheim@b/c")]).stdout);
    assert!(!help.contains("geheim"));
}

#[test]
fn the_first_account_backup_and_restore() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("lafast.db").display());
    let settings = [("DATABASE_URL", url.as_str())];
    let copy = folder.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    for arguments in [
        &["admin", "add", "buero@lafast.example", "--role", "staff"][..],
        &["backup", copy],
        &["restore", copy],
    ] {
        let output = lafast(arguments, &settings);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    }
    let wrong = lafast(&["admin", "add", "niemand", "--role", "staff"], &settings);
    assert_eq!(wrong.status.code(), Some(1));
    assert_eq!(text(&wrong.stderr).lines().count(), 1);
}

#[test]
fn check_says_one_line_for_each_thing() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("lafast.db").display());
    let root = folder.path().to_str().unwrap();
    std::fs::create_dir(folder.path().join("pkg")).unwrap();
    let output = lafast(&["check"], &[("DATABASE_URL", &url), ("LAFAST_SITE_ROOT", root)]);
    let lines = text(&output.stdout);
    assert!(output.status.success(), "{lines}");
    assert_eq!(lines.lines().count(), 5, "{lines}");

    let output = lafast(
        &["check"],
        &[("DATABASE_URL", &url), ("LAFAST_SITE_ROOT", "/nirgends")],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("FAIL  configuration"));
}
