//! Looks at everything that the portal needs, and says how to mend what is wrong.

mod checks;
mod finding;

use super::Failure;
use crate::config::{Config, Sources};
use finding::{Finding, print};

/// Prints a table of findings; fails when one of them keeps the portal from working.
pub(crate) async fn doctor(sources: &Sources) -> Result<(), Failure> {
    let findings = match Config::load(sources) {
        Err(error) => error
            .0
            .into_iter()
            .map(|problem| Finding::bad("settings", problem.setting, problem.text))
            .collect(),
        Ok(config) => {
            let mut findings = checks::settings(&config, sources);
            findings.extend(checks::database(&config).await);
            findings.push(checks::running(&config).await);
            findings.push(checks::mail(&config).await);
            findings.extend(checks::disk(&config));
            findings
        }
    };
    print(&findings);
    if findings.iter().any(Finding::is_bad) { Err(Failure::Told) } else { Ok(()) }
}
