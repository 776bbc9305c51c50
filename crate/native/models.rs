//! The weights that ship, carried by the program itself, or others from a folder.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use rust_embed::Embed;

/// A development build reads them where they lie.
#[derive(Embed)]
#[folder = "www/models"]
#[include = "*.safetensors"]
struct Shipped;

const ENDING: &str = "safetensors";

/// Where weights come from.
#[derive(Clone, Debug)]
pub enum Models {
    Shipped,
    Folder(PathBuf),
}

impl Models {
    /// Those of `folder`, if one is named.
    pub fn of(folder: Option<&Path>) -> Self {
        folder.map_or(Self::Shipped, |folder| Self::Folder(folder.to_owned()))
    }

    /// The file of the model called `name`.
    pub fn read(&self, name: &str) -> Result<Cow<'static, [u8]>, String> {
        match self {
            Self::Shipped => Shipped::get(&format!("{name}.{ENDING}"))
                .map(|file| file.data)
                .ok_or_else(|| format!("no model called \"{name}\" ships; there are {}", names().join(", "))),
            Self::Folder(folder) => {
                let path = folder.join(name).with_extension(ENDING);
                std::fs::read(&path).map(Cow::Owned).map_err(|error| {
                    format!(
                        "cannot read the model {}: {error}; name its folder: --models, in Python models=",
                        path.display()
                    )
                })
            }
        }
    }

    /// The files of `names`, which have spaces between them, one after another.
    pub fn read_all(&self, names: &str) -> Result<Cow<'static, [u8]>, String> {
        match names.split_once(' ') {
            None => self.read(names),
            Some(_) => {
                let files = names.split(' ').map(|name| self.read(name)).collect::<Result<Vec<_>, _>>()?;
                Ok(Cow::Owned(files.concat()))
            }
        }
    }
}

/// The names of all models that ship, in order.
pub fn names() -> Vec<String> {
    let name = |file: Cow<'static, str>| file.strip_suffix(&format!(".{ENDING}")).map(str::to_owned);
    let mut names: Vec<_> = Shipped::iter().filter_map(name).collect();
    names.sort();
    names
}
