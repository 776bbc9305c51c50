//! The files of the page: carried by the program, where it was built with them, or those of a folder.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use rust_embed::Embed;

/// What `./build.sh build` left in dist/ when the program was built; a development build reads it there. Weights hardly shrink, and
/// who asks a program on the same machine or in the same room has gzip.
#[derive(Embed)]
#[folder = "dist"]
#[allow_missing = true]
#[exclude = "*.br"]
#[exclude = "*.safetensors.gz"]
struct Carried;

/// Where the page's files are.
#[derive(Clone, Debug)]
pub enum Files {
    Carried,
    /// A folder, by its real path.
    Folder(PathBuf),
}

/// A file as it is sent.
pub struct Content {
    pub bytes: Cow<'static, [u8]>,
    /// What changes with its content.
    pub tag: String,
}

/// What a page begins with.
const INDEX: &str = "index.html";

impl Files {
    /// Those of `folder`, if one is named, else those that the program carries; an `Err` is one sentence.
    pub fn of(folder: Option<&Path>) -> Result<Self, String> {
        // Named here, so that cargo builds this anew where the page within has become another (./build.sh binary).
        let _ = option_env!("CHAILOU_PAGE");
        let Some(folder) = folder else {
            return Carried::get(INDEX).map(|_| Self::Carried).ok_or_else(|| {
                "this program was built without the page; build the page (./build.sh build) and name its folder, \
                 --dir dist, or build the program again once dist/ is there"
                    .to_owned()
            });
        };
        let real =
            folder.canonicalize().map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
        if !real.join(INDEX).is_file() {
            return Err(format!(
                "{} holds no {INDEX}; name the folder that ./build.sh build makes, dist",
                folder.display()
            ));
        }
        Ok(Self::Folder(real))
    }

    /// The file at `path`, a relative one without dots.
    pub fn get(&self, path: &str) -> Option<Content> {
        match self {
            Self::Carried => {
                let file = Carried::get(path)?;
                let tag = file.metadata.sha256_hash()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
                Some(Content { bytes: file.data, tag })
            }
            Self::Folder(root) => {
                // A link within the folder that leads out of it is not followed.
                let real = root
                    .join(path)
                    .canonicalize()
                    .ok()
                    .filter(|real| real.starts_with(root) && real.is_file())?;
                let about = real.metadata().ok()?;
                let changed = about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?.as_nanos();
                Some(Content {
                    tag: format!("{:x}-{changed:x}", about.len()),
                    bytes: std::fs::read(&real).ok()?.into(),
                })
            }
        }
    }

    /// Whether there is a file at `path`.
    pub fn has(&self, path: &str) -> bool {
        match self {
            Self::Carried => Carried::get(path).is_some(),
            Self::Folder(root) => root.join(path).is_file(),
        }
    }
}
