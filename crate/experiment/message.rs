//! Something that could not be taken as it stood, in both languages.

use serde::Serialize;

use super::mended::shown;

/// What was wrong, and the key that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    pub key: String,
    pub en: String,
    pub zh: String,
}

impl Message {
    pub fn new(key: impl Into<String>, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { key: key.into(), en: en.into(), zh: zh.into() }
    }

    /// What to say of a key that the lab does not have.
    pub fn not_a_setting(key: &str) -> Self {
        Self::new(
            key,
            format!("\"{key}\" is not a setting of this lab and was left out."),
            format!("“{key}”不是本实验的设置，已略去。"),
        )
    }

    /// What to say of a step that cannot be one.
    pub fn not_a_step(written: &str) -> Self {
        let written = shown(written);
        Self::new(
            "at",
            format!("at: \"{written}\" is not a step; the start is shown."),
            format!("at：“{written}”不是步数，从头显示。"),
        )
    }

    /// What to say of a fingerprint that cannot be one.
    pub fn unreadable_fingerprint() -> Self {
        Self::new(
            "check",
            "The fingerprint in the link cannot be read, so the result is not compared.",
            "链接中的指纹无法读取，不作比对。",
        )
    }

    /// What to say of the key `z`, or of a part of it that can have come from nowhere else.
    pub fn of_packed(why_en: &str, why_zh: &str) -> Self {
        Self::new(
            "z",
            format!("What was drawn or edited (z in the link) {why_en}; it was left out."),
            format!("链接中手绘或编辑的内容（z）{why_zh}，已略去。"),
        )
    }
}
