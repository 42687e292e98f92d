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
