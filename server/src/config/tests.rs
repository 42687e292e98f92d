use clap::{CommandFactory, FromArgMatches};

use super::*;

fn error(change: impl FnOnce(&mut Settings)) -> ConfigError {
    let mut settings = Settings::default();
    change(&mut settings);
    Config::parse(&settings).unwrap_err()
}

#[test]
fn nothing_set_is_a_working_configuration() {
    let config = Config::parse(&Settings::default()).unwrap();
    assert_eq!(config.public_url.origin(), "http://127.0.0.1:3000");
    assert_eq!(config.smtp_url, None);
    assert_eq!(config.metrics_addr, None);
    assert_eq!(config.log_format, LogFormat::Text);
}

/// The settings alone, as flags.
#[derive(clap::Parser)]
struct Flags {
    #[command(flatten)]
    settings: Settings,
}

/// What these flags make, whatever the environment of the test holds.
fn configured(flags: &[String]) -> String {
    let command = Flags::command()
        .no_binary_name(true)
        .mut_args(|flag| flag.env(None::<&'static str>));
    let typed = Flags::from_arg_matches(&command.try_get_matches_from(flags).unwrap()).unwrap();
    format!("{:?}", Config::parse(&typed.settings).unwrap())
}

#[test]
fn each_setting_that_is_set_to_nothing_counts_as_not_set() {
    let command = Flags::command();
    let flags: Vec<_> = command
        .get_arguments()
        .filter(|flag| flag.get_env().is_some())
        .collect();
    assert!(flags.len() >= 15, "{flags:?}");
    for flag in flags {
        for nothing in ["", " "] {
            let flag = format!("--{}={nothing}", flag.get_long().unwrap());
            assert_eq!(configured(std::slice::from_ref(&flag)), configured(&[]), "{flag}");
        }
    }
}

#[test]
fn each_wrong_value_is_named_in_one_line_with_an_example() {
    let some = |text: &str| Some(text.to_owned());
    let errors = [
        ("LAFAST_ADDR", error(|s| s.addr = some("localhost"))),
        (
            "LAFAST_PUBLIC_URL",
            error(|s| s.public_url = some("lafast.example")),
        ),
        (
            "DATABASE_URL",
            error(|s| s.database_url = some("mysql://root@localhost/x")),
        ),
        ("DATABASE_URL", error(|s| s.database_url = some("sqlite:"))),
        ("LAFAST_SMTP_URL", error(|s| s.smtp_url = some("mail.example:25"))),
        (
            "LAFAST_SMTP_URL",
            error(|s| s.smtp_url = some("smtp://mail.example?tls=vielleicht")),
        ),
        (
            "LAFAST_MAIL_FROM",
            error(|s| s.smtp_url = some("smtp://mail.example")),
        ),
        ("LAFAST_MAIL_FROM", error(|s| s.mail_from = some("nobody"))),
        (
            "LAFAST_TRUSTED_PROXIES",
            error(|s| s.trusted_proxies = some("10.0.0.0/99")),
        ),
        ("LAFAST_METRICS_ADDR", error(|s| s.metrics_addr = some("9100"))),
        (
            "LAFAST_OIDC_CLIENT_ID",
            error(|s| s.oidc_issuer = some("https://login.example")),
        ),
        ("LAFAST_LOG", error(|s| s.log = some("info,=,"))),
        ("LAFAST_LOG_FORMAT", error(|s| s.log_format = some("xml"))),
    ];
    for (variable, error) in errors {
        let line = error.to_string();
        assert_eq!(error.variable, variable);
        assert!(line.starts_with(variable) && line.contains("Example: "), "{line}");
        assert!(!line.contains('\n'), "{line}");
    }
}

#[test]
fn a_password_is_never_repeated() {
    let database = error(|s| s.database_url = Some("mysql://root:geheim@localhost/x".into()));
    let smtp = error(|s| s.smtp_url = Some("http://user:geheim@mail.example".into()));
    assert!(!format!("{database} {smtp}").contains("geheim"));
}
