//! The key `z` of a link: what is too large for readable keys, as canonical bytes, deflated, base64url.
//!
//! The bytes are sections of (tag: u8, length: u32 little-endian, content), tags rising; each is one of the inputs.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use miniz_oxide::{
    deflate::compress_to_vec,
    inflate::{TINFLStatus, decompress_to_vec_with_limit},
};

use super::{
    inputs::{Draft, Input, form::Place},
    message::Message,
};

/// Longest `z` that is looked at, in characters.
pub const MAX_ENCODED: usize = 32 * 1024;
/// Longest content it may unpack to, in bytes: a bomb is refused before it fills the memory.
pub const MAX_UNPACKED: usize = 256 * 1024;

const COMPRESSION: u8 = 9;

/// `z` for the inputs in `draft` that travel in it; `None` if there are none.
pub fn pack(draft: &Draft) -> Option<String> {
    let tagged = |(input, content): (Input, Vec<u8>)| match input.place() {
        Place::Packed(tag) => Some((tag, content)),
        Place::Readable => None,
    };
    let mut sections: Vec<_> = draft.given().into_iter().filter_map(tagged).collect();
    sections.sort_by_key(|(tag, _)| *tag);
    let mut bytes = Vec::new();
    for (tag, content) in &sections {
        bytes.push(*tag);
        bytes.extend((content.len() as u32).to_le_bytes());
        bytes.extend(content);
    }
    let encode = |bytes| BASE64_URL_SAFE_NO_PAD.encode(compress_to_vec(bytes, COMPRESSION));
    (!bytes.is_empty()).then(|| encode(&bytes))
}

/// Whether [`unpack`] would read what [`pack`] makes of `draft`.
pub fn fits(draft: &Draft) -> bool {
    pack(draft).is_none_or(|z| z.len() <= MAX_ENCODED)
}

/// Puts what `z` holds into `draft`, or says what is wrong with it and changes nothing.
pub fn unpack(z: &str, draft: &mut Draft) -> Result<(), Message> {
    if z.len() > MAX_ENCODED {
        return Err(Message::of_packed(
            &format!("is {} characters long; at most {MAX_ENCODED} are read", z.len()),
            &format!("有 {} 个字符，最多读取 {MAX_ENCODED} 个", z.len()),
        ));
    }
    let deflated = BASE64_URL_SAFE_NO_PAD.decode(z).map_err(|_| {
        Message::of_packed(
            "is not base64url; part of the link may be missing",
            "不是 base64url 编码，链接可能不完整",
        )
    })?;
    let bytes =
        decompress_to_vec_with_limit(&deflated, MAX_UNPACKED).map_err(|error| match error.status {
            TINFLStatus::HasMoreOutput => Message::of_packed(
                &format!("unpacks to more than {MAX_UNPACKED} bytes"),
                &format!("解压后超过 {MAX_UNPACKED} 字节"),
            ),
            _ => damaged(),
        })?;
    let mut whole = draft.clone();
    read(&bytes, &mut whole)?;
    *draft = whole;
    Ok(())
}

fn read(mut bytes: &[u8], draft: &mut Draft) -> Result<(), Message> {
    let mut last = 0;
    if bytes.is_empty() {
        return Err(unknown());
    }
    while let [tag, a, b, c, d, rest @ ..] = bytes {
        let length = u32::from_le_bytes([*a, *b, *c, *d]) as usize;
        let (content, after) = rest.split_at_checked(length).ok_or_else(damaged)?;
        if *tag <= last {
            return Err(damaged());
        }
        let input = Input::ALL.iter().find(|input| input.place() == Place::Packed(*tag));
        draft.take(*input.ok_or_else(unknown)?, content).ok_or_else(damaged)?;
        (last, bytes) = (*tag, after);
    }
    if bytes.is_empty() { Ok(()) } else { Err(damaged()) }
}

fn unknown() -> Message {
    Message::of_packed("holds nothing that this version knows", "其中没有本版本认识的内容")
}

fn damaged() -> Message {
    Message::of_packed("is damaged or cut off", "已损坏或被截断")
}
