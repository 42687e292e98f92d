//! The binary, as an operator types it.

use std::path::Path;

use clap::CommandFactory;
use lafast::commands::Cli;
use store_testing::run_sql;

use crate::support::{Process, lafast, text};

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

/// Flags of a command and of all commands below it.
fn flags(command: &clap::Command) -> Vec<String> {
    let own = command.get_arguments().filter_map(clap::Arg::get_long);
    let below = command.get_subcommands().flat_map(flags);
    own.map(|name| format!("--{name}")).chain(below).collect()
}

#[test]
fn the_help_has_a_line_for_every_flag_of_every_command() {
    let flags = flags(&Cli::command());
    for flag in [
        "--database-url",
        "--demo",
        "--role",
        "--organisation",
        "--dry-run",
    ] {
        assert!(flags.iter().any(|other| other == flag), "{flag}: {flags:?}");
    }
    let help = text(&lafast(&["--help"], &[]).stdout);
    for flag in flags {
        let is_explained = help
            .lines()
            .any(|line| line.split_whitespace().next() == Some(flag.as_str()));
        assert!(is_explained, "{flag}: {help}");
    }
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
        "LAFAST_WEBHOOK_PRIVATE",
        "LAFAST_LOG",
        "LAFAST_LOG_FORMAT",
    ] {
        assert!(help.contains(&format!("[env: {variable}")), "{variable}: {help}");
    }
}

#[test]
fn who_sets_a_sign_in_that_nothing_uses_yet_is_told() {
    let help = text(&lafast(&["--help"], &[]).stdout);
    assert_eq!(help.matches("Not used yet").count(), 4, "{help}");
    let folder = tempfile::tempdir().unwrap();
    let (url, root) = installed(folder.path());
    let mut settings = vec![
        ("DATABASE_URL", url.as_str()),
        ("LAFAST_SITE_ROOT", root.as_str()),
        ("LAFAST_ADDR", "127.0.0.1:0"),
    ];
    let warns = "LAFAST_OIDC_… is set, but this version does not use it";
    let before = text(&lafast(&["check"], &settings).stdout);
    assert!(!before.contains(warns), "{before}");
    settings.extend([
        ("LAFAST_OIDC_ISSUER", "https://login.hochschule.example"),
        ("LAFAST_OIDC_CLIENT_ID", "lafast"),
        ("LAFAST_OIDC_CLIENT_SECRET", "geheim"),
        ("LAFAST_OIDC_ORGANISATION", "Hochschule am Bach"),
    ]);
    let checked = lafast(&["check"], &settings);
    let said = text(&checked.stdout);
    assert!(checked.status.success(), "{said}");
    assert!(said.contains(&format!("warn  configuration: {warns}")), "{said}");
    assert_eq!(said.lines().count(), before.lines().count() + 1, "{said}");
    // Without a site the start ends; the warning comes before.
    settings[1].1 = "/nirgends";
    let served = text(&lafast(&["serve"], &settings).stderr);
    assert!(
        served.contains(warns) && served.contains("LAFAST_SITE_ROOT"),
        "{served}"
    );
    assert!(!served.contains("geheim"), "{served}");
}

#[test]
fn variables_that_are_set_to_nothing_are_as_if_they_were_not_set() {
    let command = Cli::command();
    let variables: Vec<_> = command
        .get_arguments()
        .filter_map(|flag| flag.get_env()?.to_str())
        .collect();
    assert!(variables.len() >= 15, "{variables:?}");
    let empty: Vec<_> = variables.into_iter().map(|variable| (variable, "")).collect();
    // The clock goes on between the two.
    let said = |settings: &[(&str, &str)]| {
        let said = text(&lafast(&["check"], settings).stdout);
        let lines = said.lines().filter(|line| !line.contains("clock"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let unset = said(&[]);
    assert_eq!(unset.len(), 4, "{unset:?}");
    assert_eq!(said(&empty), unset);
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
fn roles_are_given_and_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("lafast.db").display());
    let settings = [("DATABASE_URL", url.as_str())];
    let admin = |deed: &str, email: &str, rest: &[&str]| {
        let arguments = [&["admin", deed, email, "--role"][..], rest].concat();
        let output = lafast(&arguments, &settings);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert_eq!(said.lines().count(), 1, "{said}");
        (output.status.code(), said)
    };
    // Without an institution there is nothing that a curator could see.
    let (code, said) = admin("add", "pflegt@hochschule.example", &["curator"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("--role curator needs --organisation NAME"),
        "{said}"
    );
    assert_eq!(names(folder.path()), Vec::<String>::new());

    let (code, said) = admin("add", "buero@lafast.example", &["staff"]);
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = admin("remove", "Buero@LaFaSt.example", &["staff"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("is no longer staff"), "{said}");
    for email in ["buero@lafast.example", "niemand@lafast.example"] {
        let (code, said) = admin("remove", email, &["staff"]);
        assert_eq!(code, Some(1), "{said}");
        assert!(
            said.contains("does not have the role staff: nothing was changed"),
            "{said}"
        );
    }

    let school = ["curator", "--organisation", "Hochschule am Bach"];
    let (code, said) = admin("add", "pflegt@hochschule.example", &school);
    assert_eq!(code, Some(0), "{said}");
    let other = ["curator", "--organisation", "Hochschule am Berg"];
    let (code, said) = admin("remove", "pflegt@hochschule.example", &other);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("role curator at Hochschule am Berg"), "{said}");
    let (code, said) = admin("remove", "pflegt@hochschule.example", &school);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn check_says_one_line_for_each_thing() {
    let folder = tempfile::tempdir().unwrap();
    let (url, root) = installed(folder.path());
    let output = lafast(&["check"], &[("DATABASE_URL", &url), ("LAFAST_SITE_ROOT", &root)]);
    let lines = text(&output.stdout);
    assert!(output.status.success(), "{lines}");
    assert_eq!(lines.lines().count(), 5, "{lines}");
    assert!(lines.contains(", audit log complete, file ok\n"), "{lines}");

    let output = lafast(
        &["check"],
        &[("DATABASE_URL", &url), ("LAFAST_SITE_ROOT", "/nirgends")],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("FAIL  configuration: LAFAST_SITE_ROOT is “/nirgends”"));

    let output = lafast(&["check"], &[("DATABASE_URL", &url), ("LAFAST_ADDR", "überall")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("FAIL  configuration: LAFAST_ADDR is “überall”"));
}

/// A database with an account, and a built site: their URL and folder.
pub fn installed(folder: &Path) -> (String, String) {
    let url = format!("sqlite:{}", folder.join("lafast.db").display());
    let made = lafast(
        &["admin", "add", "buero@lafast.example", "--role", "staff"],
        &[("DATABASE_URL", &url)],
    );
    assert!(made.status.success(), "{}", text(&made.stderr));
    std::fs::create_dir(folder.join("pkg")).unwrap();
    (url, folder.to_str().unwrap().to_owned())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn who_only_looks_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("daten/lafast.db").display());
    let copy = folder.path().join("copy.db");
    let settings = [("DATABASE_URL", url.as_str())];
    let checked = lafast(&["check"], &settings);
    assert_eq!(checked.status.code(), Some(1));
    let said = text(&checked.stdout);
    assert!(
        said.contains("FAIL  database: DATABASE_URL cannot be opened: there is no file"),
        "{said}"
    );
    assert!(said.contains("FAIL  migrations"), "{said}");
    let copied = lafast(&["backup", copy.to_str().unwrap()], &settings);
    assert_eq!(copied.status.code(), Some(1));
    let said = text(&copied.stderr);
    assert!(
        said.contains("there is no file") && said.lines().count() == 1,
        "{said}"
    );
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn a_file_of_somebody_else_is_neither_changed_nor_backed_up() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("leer.db");
    std::fs::write(&file, "").unwrap();
    let url = format!("sqlite:{}", file.display());
    let settings = [("DATABASE_URL", url.as_str())];
    let said = text(&lafast(&["check"], &settings).stdout);
    assert!(
        said.contains("FAIL  database: it holds no tables of the platform"),
        "{said}"
    );
    assert!(said.contains("FAIL  migrations: none is applied"), "{said}");
    let copy = folder.path().join("copy.db");
    let copied = lafast(&["backup", copy.to_str().unwrap()], &settings);
    assert_eq!(copied.status.code(), Some(1));
    assert!(text(&copied.stderr).contains("it holds no tables of the platform"));
    assert_eq!(names(folder.path()), ["leer.db"]);
    assert_eq!(std::fs::metadata(&file).unwrap().len(), 0);
}

#[tokio::test]
async fn check_tells_of_migrations_and_applies_none() {
    let folder = tempfile::tempdir().unwrap();
    let (url, root) = installed(folder.path());
    let last = store::migrate::names().last().unwrap();
    run_sql(
        &url,
        "DELETE FROM migration WHERE name = (SELECT MAX(name) FROM migration)",
    )
    .await
    .unwrap();
    let settings = [
        ("DATABASE_URL", url.as_str()),
        ("LAFAST_SITE_ROOT", root.as_str()),
    ];
    for _ in 0..2 {
        let checked = lafast(&["check"], &settings);
        assert_eq!(checked.status.code(), Some(1));
        let said = text(&checked.stdout);
        assert!(said.contains("FAIL  migrations: missing"), "{said}");
        assert!(said.contains(last), "{said}");
    }
}

/// As after an update that was taken back: the tables are of a version that this one does not know.
#[tokio::test]
async fn a_database_of_a_newer_version_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let (url, root) = installed(folder.path());
    run_sql(
        &url,
        "INSERT INTO migration (name, checksum) VALUES ('9999_later', 'x')",
    )
    .await
    .unwrap();
    let settings = [
        ("DATABASE_URL", url.as_str()),
        ("LAFAST_SITE_ROOT", root.as_str()),
        ("LAFAST_ADDR", "127.0.0.1:0"),
    ];
    let served = lafast(&["serve"], &settings);
    assert_eq!(served.status.code(), Some(1));
    assert!(
        text(&served.stderr).contains("migration 9999_later is not known to this version"),
        "{}",
        text(&served.stderr)
    );
    let said = text(&lafast(&["check"], &settings).stdout);
    assert!(
        said.contains("FAIL  migrations: unknown to this version"),
        "{said}"
    );
    let copy = folder.path().join("copy.db");
    let copied = lafast(&["backup", copy.to_str().unwrap()], &settings);
    assert!(
        text(&copied.stderr).contains("9999_later"),
        "{}",
        text(&copied.stderr)
    );
    assert!(!copy.exists());
}

#[test]
fn without_a_built_site_nothing_is_served_and_nothing_made() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("lafast.db").display());
    let root = folder.path().to_str().unwrap();
    let served = lafast(
        &["serve", "--demo"],
        &[
            ("DATABASE_URL", &url),
            ("LAFAST_SITE_ROOT", root),
            ("LAFAST_ADDR", "127.0.0.1:0"),
        ],
    );
    let said = text(&served.stderr);
    assert_eq!(served.status.code(), Some(1), "{said}");
    assert!(said.contains("LAFAST_SITE_ROOT") && said.contains(root), "{said}");
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

/// What a server says it has kept, it has kept in the file that is there under this name.
#[test]
fn restore_is_refused_while_a_server_runs() {
    let mut server = Process::start();
    let url = server.database.clone();
    let file = Path::new(url.strip_prefix("sqlite:").unwrap());
    let settings = [("DATABASE_URL", url.as_str())];
    let copy = file.with_file_name("copy.db");
    let copy = copy.to_str().unwrap();
    assert!(lafast(&["backup", copy], &settings).status.success());
    let before = names(file.parent().unwrap());
    let refused = lafast(&["restore", copy], &settings);
    assert_eq!(refused.status.code(), Some(1));
    let said = text(&refused.stderr);
    assert!(said.contains("is in use; stop the server first"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(names(file.parent().unwrap()), before);

    // Also if its file is damaged: that is when somebody is in a hurry.
    damage(file);
    let said = text(&lafast(&["restore", copy], &settings).stderr);
    assert!(said.contains("is in use; stop the server first"), "{said}");

    server.child.kill().unwrap();
    server.child.wait().unwrap();
    let restored = lafast(&["restore", copy], &settings);
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    let after = names(file.parent().unwrap());
    assert!(after.contains(&"lafast.before-restore".to_owned()), "{after:?}");
    assert!(!after.contains(&"lafast.restoring".to_owned()), "{after:?}");
    assert!(!after.contains(&"lafast.db-wal".to_owned()), "{after:?}");
    let root = file.parent().unwrap().to_str().unwrap();
    let checked = lafast(&["check"], &[("DATABASE_URL", &url), ("LAFAST_SITE_ROOT", root)]);
    assert!(checked.status.success(), "{}", text(&checked.stdout));
}

/// Overwrites the head of a database.
fn damage(file: &Path) {
    use std::io::Write;
    let mut opened = std::fs::OpenOptions::new().write(true).open(file).unwrap();
    opened.write_all(&[0xff; 100]).unwrap();
}

/// Export, edit, import: what a file says is told cell by cell before it is written, and nothing drifts on the way.
#[test]
fn modules_go_out_to_a_file_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let url = format!("sqlite:{}", path("lafast.db"));
    let settings = [("DATABASE_URL", url.as_str())];
    let runs = |arguments: &[&str]| {
        let output = lafast(arguments, &settings);
        (
            output.status.success(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    runs(&[
        "admin",
        "add",
        "c@h.example",
        "--role",
        "curator",
        "--organisation",
        "Hochschule am Bach",
    ]);
    let first = "Kürzel;institution;Titel;weeks;ects;Orte;Bemerkung\r\n\
        fsa-101;Hochschule am Bach;Übergänge begleiten;12;7,50;Dresden;x\r\n\
        FSA-102;Hochschule am Bach;=Recht(1);;;\r\n";
    std::fs::write(path("neu.csv"), first).unwrap();
    let (done, said, _) = runs(&["modules", "import", &path("neu.csv"), "--dry-run"]);
    assert!(done && said.contains("column “Bemerkung”: not known"), "{said}");
    assert!(
        said.contains("row 2 FSA-101 ects: new: \"7,5\"") && said.contains("nothing was written"),
        "{said}"
    );
    let (done, said, wrong) = runs(&["modules", "import", &path("neu.csv")]);
    assert!(
        done && said.contains("5 new, 0 changed, 0 unchanged, 0 wrong cells; 2 modules"),
        "{said}{wrong}"
    );

    for kind in ["csv", "xlsx", "json"] {
        let file = path(&format!("alle.{kind}"));
        let (done, _, wrong) = runs(&["modules", "export", &file]);
        assert!(done, "{wrong}");
        let (done, said, _) = runs(&["modules", "import", &file, "--dry-run"]);
        assert!(
            done && said.contains("0 new, 0 changed, 5 unchanged, 0 wrong cells; 0 modules"),
            "{kind}: {said}"
        );
        assert!(
            !runs(&["modules", "export", &file]).0,
            "a file that is there is not written over"
        );
    }
    // No program takes the title for a formula.
    assert!(
        std::fs::read_to_string(path("alle.csv"))
            .unwrap()
            .contains("\"'=Recht(1)\"")
    );

    // Anything wrong: nothing is written. What is not in the file stays.
    std::fs::write(
        path("halb.csv"),
        "code,title,weeks\nFSA-101,Anderer Titel,zwölf\n",
    )
    .unwrap();
    let (done, said, wrong) = runs(&["modules", "import", &path("halb.csv")]);
    assert!(!done && wrong.contains("nothing was written"), "{said}{wrong}");
    assert!(
        said.contains("row 2 FSA-101 title: changed: \"Übergänge begleiten\" → \"Anderer Titel\""),
        "{said}"
    );
    assert!(
        said.contains("row 2 FSA-101 weeks: wrong: not a number"),
        "{said}"
    );
    assert!(
        said.contains("not in the file, left as they are: FSA-102"),
        "{said}"
    );
    let (_, said, _) = runs(&["modules", "import", &path("alle.csv"), "--dry-run"]);
    assert!(said.contains("5 unchanged"), "{said}");
}
