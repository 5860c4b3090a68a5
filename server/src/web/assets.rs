//! The site's files: script, wasm, style, fonts. Kept in memory with the compressed forms that
//! the build made, so that an answer costs neither disk nor processor.

mod file;

use std::collections::{BTreeMap, HashMap};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use thiserror::Error;

use super::refusal::Refusal;
use file::File;
pub(super) use file::accepts;

/// Name of the script, the wasm and the style, given in the workspace's settings for the build.
const NAME: &str = "customer-center";
/// Name of the script that loads further parts, and of the list of their files; given by the build.
const PARTS: &str = "__wasm_split";
const PARTS_LIST: &str = "__wasm_split_manifest";
/// The font that every page needs at once.
const FONT: &str = "fonts/instrument-sans-latin-wght-normal.woff2";

/// Where a page finds its files: paths from the root, with the hash of their content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Urls {
    /// The script that loads the wasm.
    pub js: String,
    /// The script that loads further parts of the application.
    pub parts_js: String,
    /// Which files hold a part of the application, by the part's name.
    pub parts: Arc<HashMap<String, Vec<String>>>,
    /// The application.
    pub wasm: String,
    /// The style.
    pub css: String,
    /// The font to fetch ahead of the style that names it.
    pub font: String,
}

/// The site can't be served.
#[derive(Debug, Error)]
pub enum AssetsError {
    /// The folder can't be read.
    #[error("{folder} can't be read ({error}); make site builds it")]
    Unreadable {
        /// Which folder
        folder: PathBuf,
        /// Why
        error: std::io::Error,
    },
    /// A file that every page needs is not there.
    #[error("the site has no {0}; make site builds it")]
    Missing(&'static str),
}

/// The site's files. Clones share them.
#[derive(Clone)]
pub struct Assets(Arc<Site>);

struct Site {
    files: BTreeMap<String, File>,
    /// Where files are read anew for each request, while a developer changes them.
    watched: Option<PathBuf>,
    urls: Urls,
}

impl Assets {
    /// The site inside this binary or, in a build without it, of the folder it was built next to.
    ///
    /// # Errors
    /// [`AssetsError`] when the site was not built.
    pub fn load() -> Result<Self, AssetsError> {
        #[cfg(feature = "embed")]
        return Self::of(embedded::files());
        #[cfg(not(feature = "embed"))]
        {
            let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site"));
            // Set by `cargo leptos watch`, which then writes names without hashes.
            if std::env::var_os("LEPTOS_WATCH").is_some() {
                Self::watching(folder)
            } else {
                Self::of_folder(folder)
            }
        }
    }

    /// The files of a folder as they are now.
    ///
    /// # Errors
    /// [`AssetsError`] when it can't be read or lacks a file that every page needs.
    pub fn of_folder(folder: &Path) -> Result<Self, AssetsError> {
        Self::of(read_folder(folder)?)
    }

    /// Files given by path and content.
    ///
    /// # Errors
    /// [`AssetsError::Missing`] when one that every page needs is not among them.
    pub fn of(files: impl IntoIterator<Item = (String, Bytes)>) -> Result<Self, AssetsError> {
        let mut plain = BTreeMap::new();
        let mut compressed = Vec::new();
        for (path, bytes) in files {
            if path.ends_with(".br") || path.ends_with(".gz") {
                compressed.push((path, bytes));
            } else {
                let file = File::new(&path, bytes);
                plain.insert(path, file);
            }
        }
        for (path, bytes) in compressed {
            let (path, encoding) = path.split_at(path.len() - 3);
            if let Some(file) = plain.get_mut(path) {
                file.add(&encoding[1..], bytes);
            }
        }
        let urls = Urls {
            js: hashed(&plain, NAME, "js").ok_or(AssetsError::Missing("script"))?,
            parts_js: hashed(&plain, PARTS, "js").ok_or(AssetsError::Missing("script of the parts"))?,
            parts: hashed(&plain, PARTS_LIST, "json")
                .and_then(|path| parts(plain.get(&path[1..])?.bytes()))
                .ok_or(AssetsError::Missing("list of the parts"))?,
            wasm: hashed(&plain, NAME, "wasm").ok_or(AssetsError::Missing("wasm"))?,
            css: hashed(&plain, NAME, "css").ok_or(AssetsError::Missing("style"))?,
            font: plain
                .get_key_value(FONT)
                .map(|(path, _)| format!("/{path}"))
                .ok_or(AssetsError::Missing("font"))?,
        };
        Ok(Self(Arc::new(Site { files: plain, watched: None, urls })))
    }

    /// A folder whose files change while they are served.
    ///
    /// # Errors
    /// [`AssetsError::Unreadable`]
    pub fn watching(folder: &Path) -> Result<Self, AssetsError> {
        let files = read_folder(folder)?
            .into_iter()
            .map(|(path, _)| (path.clone(), File::new(&path, Bytes::new())))
            .collect();
        let of = |extension: &str| format!("/pkg/{NAME}.{extension}");
        let urls = Urls {
            js: of("js"),
            // The build names it so when it leaves out the hash.
            parts_js: format!("/pkg/{PARTS}.______________________.js"),
            // Nothing is fetched ahead: files of the last build may be gone.
            parts: Arc::default(),
            wasm: of("wasm"),
            css: of("css"),
            font: format!("/{FONT}"),
        };
        Ok(Self(Arc::new(Site { files, watched: Some(folder.to_owned()), urls })))
    }

    /// Where pages find their files.
    pub fn urls(&self) -> &Urls {
        &self.0.urls
    }

    /// The routes of all files. What lies beside them under `/pkg` and `/fonts` is not found.
    pub(super) fn routes(&self) -> Router {
        let loose =
            self.0.files.keys().filter(|path| !path.starts_with("pkg/") && !path.starts_with("fonts/"));
        let router = Router::new().route("/pkg/{*file}", get(answer)).route("/fonts/{*file}", get(answer));
        // Braces would be read as a pattern.
        loose
            .filter(|path| !path.contains(['{', '}']))
            .fold(router, |router, path| router.route(&format!("/{path}"), get(answer)))
            .with_state(self.clone())
    }
}

async fn answer(State(assets): State<Assets>, uri: Uri, request: Request) -> Response {
    let path = uri.path().trim_start_matches('/');
    let site = &assets.0;
    let found = match &site.watched {
        Some(folder) => {
            read_one(folder, path).map(|bytes| File::changing(path, bytes).answer(request.headers()))
        }
        None => site.files.get(path).map(|file| file.answer(request.headers())),
    };
    found.unwrap_or_else(|| Refusal::NotFound.into_response())
}

/// The one file of this kind whose name carries a hash.
fn hashed(files: &BTreeMap<String, File>, name: &str, extension: &str) -> Option<String> {
    let (before, after) = (format!("pkg/{name}."), format!(".{extension}"));
    files
        .keys()
        .find(|path| {
            path.strip_prefix(&before).and_then(|rest| rest.strip_suffix(&after)).is_some_and(file::is_hash)
        })
        .map(|path| format!("/{path}"))
}

/// Reads the list of the parts' files and makes paths of their names.
fn parts(list: &[u8]) -> Option<Arc<HashMap<String, Vec<String>>>> {
    let mut parts: HashMap<String, Vec<String>> = serde_json::from_slice(list).ok()?;
    for file in parts.values_mut().flatten() {
        *file = format!("/pkg/{file}.wasm");
    }
    Some(Arc::new(parts))
}

fn read_one(folder: &Path, path: &str) -> Option<Bytes> {
    let path = Path::new(path);
    let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    if inside { std::fs::read(folder.join(path)).ok().map(Bytes::from) } else { None }
}

fn read_folder(folder: &Path) -> Result<Vec<(String, Bytes)>, AssetsError> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        let unreadable = |error| AssetsError::Unreadable { folder: current.clone(), error };
        for entry in std::fs::read_dir(&current).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(name) = path.strip_prefix(folder).ok().and_then(Path::to_str) {
                let bytes = std::fs::read(&path).map_err(unreadable)?;
                files.push((name.to_owned(), Bytes::from(bytes)));
            }
        }
    }
    Ok(files)
}

#[cfg(feature = "embed")]
mod embedded {
    use std::borrow::Cow;

    use axum::body::Bytes;
    use rust_embed::RustEmbed;

    #[derive(RustEmbed)]
    #[folder = "../target/site"]
    struct Embedded;

    pub(super) fn files() -> impl Iterator<Item = (String, Bytes)> {
        Embedded::iter().filter_map(|path| {
            let bytes = match Embedded::get(&path)?.data {
                Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                Cow::Owned(bytes) => Bytes::from(bytes),
            };
            Some((path.into_owned(), bytes))
        })
    }
}
