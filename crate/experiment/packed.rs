//! The key `z` of a link: what is too large for readable keys, as canonical bytes, deflated, base64url.
//!
//! The bytes are sections of (tag: u8, length: u32 little-endian, content), tags rising.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use miniz_oxide::{
    deflate::compress_to_vec,
    inflate::{TINFLStatus, decompress_to_vec_with_limit},
};

use serde_json::Value as Json;

use super::{Message, branch::BranchDraft, points};

/// Longest `z` that is looked at, in characters.
pub const MAX_ENCODED: usize = 32 * 1024;
/// Longest content it may unpack to, in bytes: a bomb is refused before it fills the memory.
pub const MAX_UNPACKED: usize = 256 * 1024;
/// Cells of a painted picture.
pub const PIXELS: usize = 64;
/// The darkest ink level of a cell.
pub const INK_LEVELS: u8 = 16;

const TAG_PIXELS: u8 = 1;
const TAG_POINTS: u8 = 2;
const TAG_BRANCHES: u8 = 3;
const TAG_SURGERY: u8 = 4;
const TAG_TEXT: u8 = 5;
const COMPRESSION: u8 = 9;

/// What `z` holds, as it was written; nothing in it is trusted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Packed {
    /// A painted picture, see [`pixels_from`].
    pub pixels: Option<Vec<u8>>,
    /// Points of the plane, see [`points::accepted`].
    pub points: Option<Vec<[f32; 2]>>,
    /// Forks of the trajectory.
    pub branches: Vec<BranchDraft>,
    /// What a language model is to learn from.
    pub text: Option<String>,
    /// What is done to a model.
    pub surgery: Vec<Json>,
}

/// `z` for `packed`; `None` if there is nothing to pack.
pub fn pack(packed: &Packed) -> Option<String> {
    let mut bytes = Vec::new();
    let mut section = |tag: u8, content: &[u8]| {
        bytes.push(tag);
        bytes.extend((content.len() as u32).to_le_bytes());
        bytes.extend(content);
    };
    if let Some(pixels) = &packed.pixels {
        section(TAG_PIXELS, pixels);
    }
    if let Some(points) = &packed.points {
        section(TAG_POINTS, &points::to_bytes(points));
    }
    if !packed.branches.is_empty() {
        let written: Vec<_> = packed.branches.iter().map(exactly).collect();
        section(TAG_BRANCHES, &serde_json::to_vec(&written).expect("plain numbers and strings"));
    }
    if !packed.surgery.is_empty() {
        section(TAG_SURGERY, &serde_json::to_vec(&packed.surgery).expect("plain JSON"));
    }
    if let Some(text) = &packed.text {
        section(TAG_TEXT, text.as_bytes());
    }
    let encode = |bytes| BASE64_URL_SAFE_NO_PAD.encode(compress_to_vec(bytes, COMPRESSION));
    (!bytes.is_empty()).then(|| encode(&bytes))
}

/// Whether [`unpack`] would read what [`pack`] makes of `packed`.
pub fn fits(packed: &Packed) -> bool {
    pack(packed).is_none_or(|z| z.len() <= MAX_ENCODED)
}

/// `branch` with its numbers as texts: the reader of JSON numbers may be off by their last bit.
fn exactly(branch: &BranchDraft) -> BranchDraft {
    let mut branch = branch.clone();
    for value in branch.set.values_mut().filter(|value| value.is_number()) {
        *value = value.to_string().into();
    }
    branch
}

/// What `z` holds, or what is wrong with it.
pub fn unpack(z: &str) -> Result<Packed, Message> {
    if z.len() > MAX_ENCODED {
        return Err(refuse(
            &format!("is {} characters long; at most {MAX_ENCODED} are read", z.len()),
            &format!("有 {} 个字符，最多读取 {MAX_ENCODED} 个", z.len()),
        ));
    }
    let deflated = BASE64_URL_SAFE_NO_PAD.decode(z).map_err(|_| {
        refuse("is not base64url; part of the link may be missing", "不是 base64url 编码，链接可能不完整")
    })?;
    let bytes =
        decompress_to_vec_with_limit(&deflated, MAX_UNPACKED).map_err(|error| match error.status {
            TINFLStatus::HasMoreOutput => refuse(
                &format!("unpacks to more than {MAX_UNPACKED} bytes"),
                &format!("解压后超过 {MAX_UNPACKED} 字节"),
            ),
            _ => damaged(),
        })?;
    read(&bytes)
}

fn read(mut bytes: &[u8]) -> Result<Packed, Message> {
    let mut packed = Packed::default();
    let mut last = 0;
    let unknown = || refuse("holds nothing that this version knows", "其中没有本版本认识的内容");
    if bytes.is_empty() {
        return Err(unknown());
    }
    while let [tag, a, b, c, d, rest @ ..] = bytes {
        let length = u32::from_le_bytes([*a, *b, *c, *d]) as usize;
        let (content, after) = rest.split_at_checked(length).ok_or_else(damaged)?;
        match *tag {
            tag if tag <= last => return Err(damaged()),
            TAG_PIXELS => packed.pixels = Some(content.to_vec()),
            TAG_POINTS => packed.points = Some(points::from_bytes(content).ok_or_else(damaged)?),
            TAG_BRANCHES => packed.branches = serde_json::from_slice(content).map_err(|_| damaged())?,
            TAG_SURGERY => packed.surgery = serde_json::from_slice(content).map_err(|_| damaged())?,
            TAG_TEXT => packed.text = Some(String::from_utf8(content.to_vec()).map_err(|_| damaged())?),
            _ => return Err(unknown()),
        }
        (last, bytes) = (*tag, after);
    }
    if bytes.is_empty() { Ok(packed) } else { Err(damaged()) }
}

/// `pixels` if they are a picture of 64 cells with ink levels 0..=16.
pub fn pixels_from(pixels: &[u8]) -> Result<Vec<u8>, Message> {
    if pixels.len() != PIXELS {
        return Err(refuse(
            &format!("holds a picture of {} cells instead of {PIXELS}", pixels.len()),
            &format!("中的图有 {} 格，应为 {PIXELS} 格", pixels.len()),
        ));
    }
    if let Some(level) = pixels.iter().find(|level| **level > INK_LEVELS) {
        return Err(refuse(
            &format!("holds the ink level {level}; 0 to {INK_LEVELS} exist"),
            &format!("中有墨量 {level}，只有 0 到 {INK_LEVELS}"),
        ));
    }
    Ok(pixels.to_vec())
}

fn damaged() -> Message {
    refuse("is damaged or cut off", "已损坏或被截断")
}

fn refuse(why_en: &str, why_zh: &str) -> Message {
    Message::new(
        "z",
        format!("What was drawn or edited (z in the link) {why_en}; it was left out."),
        format!("链接中手绘或编辑的内容（z）{why_zh}，已略去。"),
    )
}
