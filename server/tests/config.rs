//! Where settings come from, which one wins, and how mistakes are told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something unexpected happens"
)]

use server::config::{Config, ConfigError, ErpChoice, KEYS, LogFormat, Sources, explain};

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn load(file: &str, environment: &[(&str, &str)], flags: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("customer-center.toml");
    std::fs::write(&path, file).unwrap();
    let file = (!file.is_empty()).then_some(path);
    Config::load(&Sources { base: Vec::new(), file, environment: pairs(environment), flags: pairs(flags) })
}

fn refusal(file: &str, environment: &[(&str, &str)], flags: &[(&str, &str)]) -> String {
    match load(file, environment, flags) {
        Ok(_) => panic!("accepted: {file:?} {environment:?} {flags:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn everything_has_a_default_but_the_public_url() {
    let config = load("", &[], &[]).unwrap();
    assert_eq!(config.database_url.reveal(), "sqlite:data/customer-center.sqlite");
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.metrics_listen.unwrap().to_string(), "127.0.0.1:9464");
    assert_eq!((config.erp, config.log_format), (ErpChoice::Embedded, LogFormat::Json));
    assert!(
        config.activation_confirm_email && config.smtp_url.is_none() && config.trusted_proxies.is_empty()
    );
    let missing = config.public().unwrap_err().to_string();
    assert!(missing.contains("CC_PUBLIC_URL") && missing.contains("https://portal.example"), "{missing}");
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let file = "listen = \"127.0.0.1:1\"\nshop_name = \"File\"\ndefault_locale = \"de\"\n";
    let config = load(
        file,
        &[("CC_LISTEN", "127.0.0.1:2"), ("CC_SHOP_NAME", "Environment")],
        &[("listen", "127.0.0.1:3")],
    )
    .unwrap();
    assert_eq!(config.listen.port(), 3);
    assert_eq!(config.shop_name, "Environment");
    assert_eq!(config.default_locale.tag(), "de");
}

#[test]
fn the_file_may_be_named_by_the_environment_and_holds_lists_and_flags() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    std::fs::write(&path, "trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\nactivation_confirm_email = false\nmetrics_listen = \"\"\n").unwrap();
    let environment = vec![("CC_CONFIG".to_owned(), path.display().to_string())];
    let config = Config::load(&Sources { environment, ..Sources::default() }).unwrap();
    assert_eq!(config.trusted_proxies.len(), 2);
    assert!(!config.activation_confirm_email && config.metrics_listen.is_none());
}

#[test]
fn every_mistake_is_named_at_once() {
    let text = refusal(
        "",
        &[
            ("CC_LISTEN", "here"),
            ("CC_PUBLIC_URL", "http://portal.example"),
            ("CC_ERP", "sap"),
            ("CC_TRUSTED_PROXIES", "10.0.0.0/8, x"),
        ],
        &[("default_time_zone", "Mars/Olympus")],
    );
    for part in [
        "CC_LISTEN",
        "“here”",
        "CC_PUBLIC_URL",
        "use https",
        "CC_ERP",
        "“sap”",
        "CC_TRUSTED_PROXIES",
        "“x”",
        "--default-time-zone",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn access_reviews_come_at_most_weekly_or_never() {
    let days = |text: &str| load("", &[("CC_ACCESS_REVIEW_DAYS", text)], &[]).map(|c| c.access_review_days);
    assert_eq!(load("", &[], &[]).unwrap().access_review_days, 90);
    assert_eq!((days("0").unwrap(), days("7").unwrap(), days("3650").unwrap()), (0, 7, 3_650));
    for bad in ["6", "3651", "-1", "quarterly"] {
        assert!(refusal("", &[("CC_ACCESS_REVIEW_DAYS", bad)], &[]).contains(bad), "{bad}");
    }
}

#[test]
fn misspelt_keys_of_the_file_are_told_with_the_right_one() {
    let text = refusal("public-url = \"https://portal.example\"\nlistne = \"x\"\n", &[], &[]);
    assert!(text.contains("did you mean public_url?"), "{text}");
    assert!(text.contains("listne"), "{text}");
}

#[test]
fn misspelt_variables_are_found_but_compilers_are_left_alone() {
    let environment = pairs(&[
        ("CC_PUBLIK_URL", "x"),
        ("CC_x86_64_unknown_linux_gnu", "gcc"),
        ("CC_TEST_POSTGRES_URL", "x"),
        ("CC_CONFIG", ""),
    ]);
    let sources = Sources { environment, ..Sources::default() };
    assert_eq!(sources.unknown_variables(), ["CC_PUBLIK_URL"]);
}

#[test]
fn mail_has_a_server_and_a_sender() {
    let from = ("CC_MAIL_FROM", "portal@shop.example");
    let addresses = [
        "smtp://u:p@mail.shop.example:587",
        "smtp://u:p@mail.shop.example:587?tls=required",
        "smtps://u:p@mail.shop.example",
        "smtp://127.0.0.1:1025",
    ];
    for good in addresses {
        assert!(load("", &[("CC_SMTP_URL", good), from], &[]).is_ok(), "{good}");
    }
    for bad in [
        "smtp://u:hunter2@mail.shop.example?tls=opportunistic",
        "mail.shop.example",
        "smtp://",
        "http://u:hunter2@x",
    ] {
        let text = refusal("", &[("CC_SMTP_URL", bad), from], &[]);
        assert!(text.contains("CC_SMTP_URL") && !text.contains("hunter2"), "{text}");
    }
    assert!(refusal("", &[("CC_SMTP_URL", "smtps://mail.shop.example")], &[]).contains("mail_from"));
    assert!(refusal("", &[("CC_MAIL_FROM", "Shop")], &[]).contains("CC_MAIL_FROM"));
}

#[test]
fn secrets_are_never_printed() {
    let config = load(
        "",
        &[
            ("CC_DATABASE_URL", "postgres://portal:hunter2@db.shop.example/portal"),
            ("CC_SMTP_URL", "smtps://portal:hunter2@mail.shop.example"),
            ("CC_MAIL_FROM", "portal@shop.example"),
        ],
        &[],
    )
    .unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
    assert!(config.database_url.reveal().contains("hunter2"));
    let text = refusal("", &[("CC_DATABASE_URL", "mysql://portal:hunter2@db")], &[]);
    assert!(text.contains("CC_DATABASE_URL") && !text.contains("hunter2"), "{text}");
    let broken = refusal("database_url = \"postgres://portal:hunter2@db\nlisten = 1", &[], &[]);
    assert!(!broken.contains("hunter2"), "{broken}");
}

#[test]
fn secrets_may_stand_in_a_file_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("database-url");
    std::fs::write(&path, "postgres://portal:hunter2@db/portal\n").unwrap();
    let path = path.display().to_string();
    let config = load("", &[("CC_DATABASE_URL_FILE", &path)], &[]).unwrap();
    assert_eq!(config.database_url.reveal(), "postgres://portal:hunter2@db/portal");
    assert!(
        refusal("", &[("CC_DATABASE_URL_FILE", &path), ("CC_DATABASE_URL", "sqlite:x")], &[])
            .contains("both set")
    );
    assert!(refusal("", &[("CC_DATABASE_URL_FILE", "/nowhere")], &[]).contains("/nowhere"));
}

#[test]
fn every_key_is_explained() {
    let text = explain();
    for key in KEYS {
        assert!(
            text.contains(&key.variable()) && text.contains(&format!("--{}", key.flag())),
            "{}",
            key.name
        );
        assert!(key.meaning.ends_with('.') && key.meaning.len() > 20, "{}", key.name);
    }
}
