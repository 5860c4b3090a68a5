use std::borrow::Cow;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::PathBuf;

use super::{ImportError, ImportFile};

/// Where the three files come from.
#[derive(Clone, Debug)]
pub enum ImportSource {
    /// A folder that holds them.
    Folder(PathBuf),
    /// Their bytes, such as those built into the program.
    Bytes {
        /// `customers.csv`
        customers: Cow<'static, [u8]>,
        /// `contacts.csv`
        contacts: Cow<'static, [u8]>,
        /// `invoices.csv`
        invoices: Cow<'static, [u8]>,
    },
}

/// An open file.
pub(crate) struct ImportInput {
    /// What it holds
    pub(crate) reader: Box<dyn Read + Send>,
    /// For messages.
    pub(crate) name: String,
    /// How much that is.
    pub(crate) bytes: u64,
}

impl ImportSource {
    /// Opens all of them, in the order of [`ImportFile::ALL`].
    ///
    /// # Errors
    /// [`ImportError::File`]
    pub(crate) fn inputs(&self) -> Result<Vec<ImportInput>, ImportError> {
        ImportFile::ALL.into_iter().map(|file| self.open(file)).collect()
    }

    fn open(&self, file: ImportFile) -> Result<ImportInput, ImportError> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(file.name());
                let name = path.display().to_string();
                let opened = File::open(&path).and_then(|opened| Ok((opened.metadata()?.len(), opened)));
                match opened {
                    Ok((bytes, opened)) => Ok(ImportInput { reader: Box::new(opened), name, bytes }),
                    Err(reason) => Err(ImportError::File { file: name, reason }),
                }
            }
            Self::Bytes { customers, contacts, invoices } => {
                let content = match file {
                    ImportFile::Customers => customers,
                    ImportFile::Contacts => contacts,
                    ImportFile::Invoices => invoices,
                }
                .clone();
                let bytes = content.len() as u64;
                Ok(ImportInput {
                    reader: Box::new(Cursor::new(content)),
                    name: file.name().to_owned(),
                    bytes,
                })
            }
        }
    }
}
