//! The key `z` of a link: what is too large for readable keys, as canonical bytes, deflated, base64url.
//!
//! The bytes are sections of (tag: u8, length: u32 little-endian, content), tags rising.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use miniz_oxide::{
    deflate::compress_to_vec,
    inflate::{TINFLStatus, decompress_to_vec_with_limit},
};

use super::Message;

/// Longest `z` that is looked at, in characters.
pub const MAX_ENCODED: usize = 32 * 1024;
/// Longest content it may unpack to, in bytes: a bomb is refused before it fills the memory.
pub const MAX_UNPACKED: usize = 256 * 1024;
/// Cells of a painted picture.
pub const PIXELS: usize = 64;
/// The darkest ink level of a cell.
pub const INK_LEVELS: u8 = 16;

const TAG_PIXELS: u8 = 1;
const COMPRESSION: u8 = 9;

/// `z` for a painted picture.
pub fn pack(pixels: &[u8]) -> String {
    let mut bytes = vec![TAG_PIXELS];
    bytes.extend((pixels.len() as u32).to_le_bytes());
    bytes.extend(pixels);
    BASE64_URL_SAFE_NO_PAD.encode(compress_to_vec(&bytes, COMPRESSION))
}

/// The painted picture in `z`, or what is wrong with it.
pub fn unpack(z: &str) -> Result<Vec<u8>, Message> {
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
            _ => refuse("is damaged or cut off", "已损坏或被截断"),
        })?;
    let [TAG_PIXELS, a, b, c, d, content @ ..] = bytes.as_slice() else {
        return Err(refuse("holds nothing that this version knows", "其中没有本版本认识的内容"));
    };
    if u32::from_le_bytes([*a, *b, *c, *d]) as usize != content.len() {
        return Err(refuse("is damaged or cut off", "已损坏或被截断"));
    }
    pixels_from(content)
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

fn refuse(why_en: &str, why_zh: &str) -> Message {
    Message::new(
        "z",
        format!("The painted picture in the link {why_en}; it was left out."),
        format!("链接中的手绘图{why_zh}，已略去。"),
    )
}
