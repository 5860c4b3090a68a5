use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{ConfigError, KEYS, Key, Problem, Refused};

/// Where values come from, weakest first. Given explicitly so that tests own it.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Values that stand in for the defaults, for the demo.
    pub base: Vec<(&'static str, String)>,
    /// The file named on the command line; else `CC_CONFIG` names it.
    pub file: Option<PathBuf>,
    /// The environment.
    pub environment: Vec<(String, String)>,
    /// The command line: name of the key and value.
    pub flags: Vec<(String, String)>,
}

impl Sources {
    /// The process's environment and this command line.
    pub fn of_process(file: Option<PathBuf>, flags: Vec<(String, String)>) -> Self {
        // A variable that is no Unicode can't be one of ours in good order; it is left out, and a
        // needed key is then reported as missing.
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self { base: Vec::new(), file, environment, flags }
    }

    /// Variables that begin like ours but are none: likely misspelt.
    pub fn unknown_variables(&self) -> Vec<&str> {
        let known = |name: &str| {
            name == "CC_CONFIG"
                || KEYS
                    .iter()
                    .any(|k| name == k.variable() || (k.secret && name == format!("{}_FILE", k.variable())))
        };
        self.environment
            .iter()
            .map(|(name, _)| name.as_str())
            // Compilers are configured by variables such as CC_x86_64-unknown-linux-gnu.
            .filter(|name| {
                name.strip_prefix("CC_")
                    .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
            })
            .filter(|name| !name.starts_with("CC_TEST_") && !known(name))
            .collect()
    }

    fn variable(&self, name: &str) -> Option<&str> {
        self.environment.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Lays the sources over each other.
    pub(super) fn read(&self) -> Result<Values, ConfigError> {
        let mut values = Values { found: BTreeMap::new(), problems: Vec::new() };
        for key in KEYS {
            let base = self.base.iter().find(|(name, _)| *name == key.name).map(|(_, value)| value.clone());
            values.put(
                key,
                base.unwrap_or_else(|| key.default.to_owned()),
                format!("{} (default)", key.name),
            );
        }
        let named = self
            .file
            .clone()
            .or_else(|| self.variable("CC_CONFIG").filter(|path| !path.is_empty()).map(PathBuf::from));
        if let Some(path) = named {
            self.read_file(&path, &mut values);
        }
        for key in KEYS {
            let variable = key.variable();
            if let Some(value) = self.variable(&variable) {
                values.put(key, value.to_owned(), format!("{} ({variable})", key.name));
            }
            if key.secret {
                self.read_secret_file(key, &format!("{variable}_FILE"), &mut values);
            }
        }
        for (name, value) in &self.flags {
            match KEYS.iter().find(|k| k.name == name) {
                Some(key) => values.put(key, value.clone(), format!("{} (--{})", key.name, key.flag())),
                None => values.refuse(format!("--{name}"), "is no setting".to_owned()),
            }
        }
        if values.problems.is_empty() { Ok(values) } else { Err(ConfigError(values.problems)) }
    }

    fn read_secret_file(&self, key: &'static Key, variable: &str, values: &mut Values) {
        let Some(path) = self.variable(variable) else { return };
        if self.variable(&key.variable()).is_some() {
            values.refuse(variable.to_owned(), format!("and {} are both set; keep one", key.variable()));
            return;
        }
        match std::fs::read_to_string(path) {
            Ok(text) => values.put(
                key,
                text.trim_end_matches(['\r', '\n']).to_owned(),
                format!("{} ({variable})", key.name),
            ),
            Err(error) => {
                values.refuse(variable.to_owned(), format!("names {path}, which can't be read: {error}"))
            }
        }
    }

    fn read_file(&self, path: &std::path::Path, values: &mut Values) {
        let place = path.display();
        let table = match std::fs::read_to_string(path).map(|text| text.parse::<toml::Table>()) {
            Ok(Ok(table)) => table,
            // The parser's own message shows the line, which may hold a password.
            Ok(Err(error)) => {
                values.refuse(place.to_string(), format!("is not in TOML: {}", error.message()));
                return;
            }
            Err(error) => {
                values.refuse(place.to_string(), format!("can't be read: {error}"));
                return;
            }
        };
        for (name, value) in table {
            let Some(key) = KEYS.iter().find(|k| k.name == name) else {
                let text = match nearest(&name) {
                    Some(near) => format!("is no setting; did you mean {near}?"),
                    None => "is no setting; customer-center config --explain lists them all".to_owned(),
                };
                values.refuse(format!("{name} in {place}"), text);
                continue;
            };
            let setting = format!("{name} in {place}");
            match plain(&value) {
                Some(text) => values.put(key, text, setting),
                None => values
                    .refuse(setting, "has to be a text, a number, true, false or a list of texts".to_owned()),
            }
        }
    }
}

fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(flag) => Some(flag.to_string()),
        toml::Value::Array(list) => {
            list.iter().map(|v| v.as_str()).collect::<Option<Vec<_>>>().map(|l| l.join(","))
        }
        _ => None,
    }
}

/// The key that begins or ends alike, for a hint.
fn nearest(name: &str) -> Option<&'static str> {
    let plain = |text: &str| text.replace(['_', '-', '.'], "").to_ascii_lowercase();
    let wanted = plain(name);
    KEYS.iter().map(|k| k.name).find(|known| {
        let known = plain(known);
        known == wanted
            || (wanted.len() >= 4
                && (known.starts_with(&wanted) || wanted.starts_with(&known) || known.ends_with(&wanted)))
    })
}

/// The winning values, taken out one by one. What can't be used is gathered and told at the end.
#[derive(Debug)]
pub struct Values {
    found: BTreeMap<&'static str, (String, String)>,
    problems: Vec<Problem>,
}

impl Values {
    fn put(&mut self, key: &'static Key, value: String, setting: String) {
        self.found.insert(key.name, (value, setting));
    }

    fn refuse(&mut self, setting: String, text: String) {
        self.problems.push(Problem { setting, text });
    }

    fn take(&mut self, name: &str) -> (String, String) {
        self.found.remove(name).unwrap_or_default()
    }

    /// The text, if the check lets it pass.
    pub(super) fn checked(&mut self, name: &str, check: impl FnOnce(&str) -> Result<(), Refused>) -> String {
        let (value, setting) = self.take(name);
        if let Err(text) = check(&value) {
            self.refuse(setting, text);
        }
        value
    }

    /// The text, read; the default's reading when it can't be used, which is never seen.
    pub(super) fn parsed<T>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, Refused>) -> T
    where
        T: Fallback,
    {
        let (value, setting) = self.take(name);
        parse(&value).unwrap_or_else(|text| {
            self.refuse(setting, text);
            T::fallback()
        })
    }

    /// As [`Values::parsed`]; an empty text is `None`.
    pub(super) fn optional<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, Refused>,
    ) -> Option<T> {
        let (value, setting) = self.take(name);
        if value.trim().is_empty() {
            return None;
        }
        parse(&value).map_err(|text| self.refuse(setting, text)).ok()
    }

    /// As [`Values::optional`], but an empty text is a mistake.
    pub(super) fn needed<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, Refused>,
    ) -> Option<T> {
        let (value, setting) = self.take(name);
        parse(&value).map_err(|text| self.refuse(setting, text)).ok()
    }

    /// A list separated by commas.
    pub(super) fn list<T>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, Refused>) -> Vec<T> {
        let (value, setting) = self.take(name);
        let mut list = Vec::new();
        for part in value.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            match parse(part) {
                Ok(item) => list.push(item),
                Err(text) => self.refuse(setting.clone(), text),
            }
        }
        list
    }

    /// All problems at once.
    pub(super) fn finish(self) -> Result<(), ConfigError> {
        if self.problems.is_empty() { Ok(()) } else { Err(ConfigError(self.problems)) }
    }
}

/// Stands in for a value that was refused until [`Values::finish`] reports it.
pub(super) trait Fallback {
    fn fallback() -> Self;
}

impl Fallback for bool {
    fn fallback() -> Self {
        false
    }
}

impl Fallback for u32 {
    fn fallback() -> Self {
        0
    }
}

impl Fallback for std::net::SocketAddr {
    fn fallback() -> Self {
        Self::from(([127, 0, 0, 1], 0))
    }
}

impl Fallback for model::Locale {
    fn fallback() -> Self {
        Self::default()
    }
}

impl Fallback for super::ErpChoice {
    fn fallback() -> Self {
        Self::Maintenance
    }
}

impl Fallback for super::LogFormat {
    fn fallback() -> Self {
        Self::Json
    }
}
