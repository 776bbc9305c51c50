//! What is answered to a request for a file: data in, data out, no network.

use std::borrow::Cow;
use std::ops::Range;

use super::files::{Content, Files};

/// What was asked; headers by their names in lower case.
pub struct Question<'a> {
    pub method: &'a str,
    /// As it stands in the first line: path and what follows `?`.
    pub target: &'a str,
    pub accept_encoding: &'a str,
    pub if_none_match: &'a str,
    pub range: &'a str,
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Cow<'static, [u8]>,
}

const INDEX: &str = "index.html";

/// The answer to `question`; HEAD is answered like GET, and the body left out on the way.
pub fn answer(files: &Files, question: &Question<'_>) -> Answer {
    if !["GET", "HEAD"].contains(&question.method) {
        return said(405, "Only GET and HEAD are answered here.").with("Allow", "GET, HEAD");
    }
    let target = question.target.split(['?', '#']).next().unwrap_or("");
    let Some(path) = path(target) else { return said(400, "This path is none.") };
    let named = if path.is_empty() || target.ends_with('/') { joined(&path, INDEX) } else { path.clone() };
    if !files.has(&named) {
        // A folder that was asked for like a file: relative addresses in it need the stroke at its end.
        if !path.is_empty() && files.has(&joined(&path, INDEX)) {
            let last = path.rsplit('/').next().unwrap_or("");
            return said(301, "It is a folder.").with("Location", &format!("{last}/"));
        }
        return said(404, "There is no such file.");
    }
    let whole = question.range.is_empty();
    let packed = ENCODINGS.iter().filter(|(name, _)| whole && accepts(question.accept_encoding, name));
    let packed =
        packed.filter_map(|(name, ending)| Some((Some(*name), files.get(&format!("{named}.{ending}"))?)));
    let plain = || files.get(&named).map(|content| (None, content));
    let Some((encoding, content)) = packed.map(Some).next().unwrap_or_else(plain) else {
        return said(404, "There is no such file.");
    };
    file(&named, encoding, content, question)
}

/// Of what a file may lie there packed in: the name of the encoding and the ending.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

fn file(
    name: &str,
    encoding: Option<&str>,
    Content { bytes, tag }: Content,
    question: &Question<'_>,
) -> Answer {
    let tag = format!("\"{tag}{}\"", encoding.map_or(String::new(), |encoding| format!("-{encoding}")));
    let mut answer = Answer { status: 200, headers: Vec::new(), body: Cow::Borrowed(&[]) }
        .with("Cache-Control", if hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" })
        .with("ETag", &tag)
        .with("Vary", "Accept-Encoding")
        // A frame without an origin of its own asks for leave, and nothing here is anybody's secret.
        .with("Access-Control-Allow-Origin", "*")
        .with("X-Content-Type-Options", "nosniff");
    let same = |one: &str| one.trim().trim_start_matches("W/") == tag;
    if question.if_none_match.split(',').any(same) {
        answer.status = 304;
        return answer;
    }
    answer = answer.with("Content-Type", media(name)).with("Accept-Ranges", "bytes");
    if let Some(encoding) = encoding {
        answer = answer.with("Content-Encoding", encoding);
    }
    match range(question.range, bytes.len()) {
        None => answer.body = bytes,
        Some(Err(())) => {
            return said(416, "The file has no such part.")
                .with("Content-Range", &format!("bytes */{}", bytes.len()));
        }
        Some(Ok(part)) => {
            answer = answer
                .with("Content-Range", &format!("bytes {}-{}/{}", part.start, part.end - 1, bytes.len()));
            answer.status = 206;
            answer.body = match bytes {
                Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[part]),
                Cow::Owned(bytes) => Cow::Owned(bytes[part].to_vec()),
            };
        }
    }
    answer
}

impl Answer {
    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

fn said(status: u16, sentence: &'static str) -> Answer {
    let body = Cow::Borrowed(sentence.as_bytes());
    Answer { status, headers: Vec::new(), body }
        .with("Content-Type", "text/plain; charset=utf-8")
        .with("Cache-Control", "no-store")
        .with("X-Content-Type-Options", "nosniff")
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The relative path that `target` names; `None` for one that leads elsewhere or that no file system should see.
fn path(target: &str) -> Option<String> {
    let decoded = decoded(target.strip_prefix('/')?)?;
    let parts: Vec<&str> = decoded.split('/').filter(|part| !part.is_empty()).collect();
    let sound = |part: &&str| {
        !part.starts_with('.') && !part.contains(['\\', ':']) && !part.contains(char::is_control)
    };
    parts.iter().all(sound).then(|| parts.join("/"))
}

/// `text` without its %-escapes.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                (16 * digit()? + digit()?) as u8
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Whether `name` has the hash of its content in it, as the bundler writes it: what it stands for never changes.
fn hashed(name: &str) -> bool {
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    let letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let bytes = stem.as_bytes();
    bytes.len() > 9 && bytes[bytes.len() - 9] == b'-' && bytes[bytes.len() - 8..].iter().all(letter)
}

/// Whether `header` takes `encoding`, and not with weight 0.
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let weight = |part: &str| part.strip_prefix("q=").and_then(|q| q.parse::<f64>().ok());
        named && parts.filter_map(weight).all(|weight| weight > 0.0)
    })
}

/// The part of `length` bytes that `header` asks for: none, if it is no range or several; `Err` for one that is not there.
fn range(header: &str, length: usize) -> Option<Result<Range<usize>, ()>> {
    let (first, last) = header.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let part = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Some(first), None) if last.trim().is_empty() => first..length,
        (None, Some(count)) if first.trim().is_empty() => length - count.min(length)..length,
        _ => return None,
    };
    Some(if part.is_empty() { Err(()) } else { Ok(part) })
}

fn media(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "xml" => "application/xml",
        "md" | "txt" | "conf" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out() {
        for (target, meant) in [
            ("/", Some("")),
            ("/a/b.js", Some("a/b.js")),
            ("//a///b.js", Some("a/b.js")),
            ("/a%20b.js", Some("a b.js")),
            ("/../etc/passwd", None),
            ("/a/../../etc/passwd", None),
            ("/%2e%2e/etc/passwd", None),
            ("/..%2fetc%2fpasswd", None),
            ("/..\\etc", None),
            ("/a%5c..%5cb", None),
            ("/c:/windows", None),
            ("/.git/config", None),
            ("/a%00.js", None),
            ("/%zz", None),
            ("/%c3%28", None),
            ("http://elsewhere/a", None),
        ] {
            assert_eq!(path(target).as_deref(), meant, "{target}");
        }
    }

    #[test]
    fn headers_are_read_as_they_are_written() {
        assert!(accepts("gzip, deflate, br", "br") && accepts("br;q=0.5", "br"));
        assert!(!accepts("gzip", "br") && !accepts("br;q=0, gzip", "br") && !accepts("", "gzip"));
        assert!(hashed("index-ClmDT2q2.css") && hashed("models/a-_m-T2q2b.safetensors"));
        assert!(!hashed("index.html") && !hashed("manifest.json") && !hashed("a-short.js"));
        assert_eq!(range("bytes=0-3", 10), Some(Ok(0..4)));
        assert_eq!(range("bytes=4-", 10), Some(Ok(4..10)));
        assert_eq!(range("bytes=-3", 10), Some(Ok(7..10)));
        assert_eq!(range("bytes=2-999", 10), Some(Ok(2..10)));
        assert_eq!(range("bytes=10-", 10), Some(Err(())));
        assert!(
            ["", "bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=-"]
                .iter()
                .all(|header| range(header, 10).is_none())
        );
    }
}
