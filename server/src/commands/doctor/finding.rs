/// What was found about one thing.
pub(super) struct Finding {
    what: &'static str,
    grade: Grade,
    text: String,
    fix: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Grade {
    Good,
    Note,
    Bad,
}

impl Finding {
    pub(super) fn good(what: &'static str, text: impl Into<String>) -> Self {
        Self { what, grade: Grade::Good, text: text.into(), fix: String::new() }
    }

    /// The portal works, but not as well as it could.
    pub(super) fn note(what: &'static str, text: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { what, grade: Grade::Note, text: text.into(), fix: fix.into() }
    }

    /// The portal can't work like this.
    pub(super) fn bad(what: &'static str, text: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { what, grade: Grade::Bad, text: text.into(), fix: fix.into() }
    }

    pub(super) fn is_bad(&self) -> bool {
        self.grade == Grade::Bad
    }
}

/// One line for each, and one for what to do about it.
pub(super) fn print(findings: &[Finding]) {
    for finding in findings {
        let grade = match finding.grade {
            Grade::Good => "good",
            Grade::Note => "note",
            Grade::Bad => "BAD",
        };
        println!("{grade:<5} {:<9} {}", finding.what, finding.text);
        if !finding.fix.is_empty() {
            println!("{:15} → {}", "", finding.fix);
        }
    }
}
