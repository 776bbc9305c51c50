//! Text in composed form (NFC): é is one character, however a keyboard or a file system wrote it.
//!
//! Natively a crate knows how. Its tables would cost every visitor more than all else that reads links, and a browser
//! has its own: `web` lends `String.prototype.normalize` when the engine starts.

use std::borrow::Cow;

/// What composes text that is not plain ASCII.
pub type Compose = fn(&str) -> String;

#[cfg(target_family = "wasm")]
static LENT: std::sync::OnceLock<Compose> = std::sync::OnceLock::new();

/// Called once, before any text is read. Panics if called again: a bug.
#[cfg(target_family = "wasm")]
pub fn lend(compose: Compose) {
    LENT.set(compose).expect("lent once");
}

/// `text` in composed form.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(compose()(text)) }
}

#[cfg(target_family = "wasm")]
fn compose() -> Compose {
    *LENT.get().expect("the engine has started")
}

#[cfg(not(target_family = "wasm"))]
fn compose() -> Compose {
    |text| unicode_normalization::UnicodeNormalization::nfc(text).collect()
}
