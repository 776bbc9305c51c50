//! The page served by the program: real requests over a socket.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

struct Served {
    child: Child,
    port: u16,
    folder: PathBuf,
}

fn started(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chailou"));
    command.arg("serve").args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

impl Served {
    /// A small page beside something that nobody may see.
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("chailou-serve-{}", std::process::id()));
        let page = folder.join("page");
        fs::create_dir_all(page.join("sub")).unwrap();
        fs::write(folder.join("secret.txt"), "secret").unwrap();
        for (name, content) in [
            ("index.html", "<!doctype html>"),
            ("sub/index.html", "below"),
            ("a-12345678.js", "export const a = 0;"),
            ("a-12345678.js.gz", "packed"),
            ("a-12345678.js.br", "better"),
            ("a.wasm", "\0asm"),
            (".hidden", "secret"),
        ] {
            fs::write(page.join(name), content).unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.join("secret.txt"), page.join("out.txt")).unwrap();
        let mut child = started(&["--port", "0", "--dir", page.to_str().unwrap()]).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("localhost:").nth(1).unwrap_or_else(|| panic!("{line}"));
        let port = address.split('/').next().unwrap().parse().unwrap();
        Self { child, port, folder }
    }

    /// Status, head in lower case, body.
    fn ask(&self, method: &str, target: &str, headers: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head.to_lowercase(), body.to_owned())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        fs::remove_dir_all(&self.folder).unwrap();
    }
}

#[test]
fn files_come_with_their_types_and_nothing_else_comes() {
    let served = Served::new();
    let (status, head, body) = served.ask("GET", "/?a=b", "");
    assert_eq!((status, body.as_str()), (200, "<!doctype html>"));
    assert!(
        head.contains("content-type: text/html; charset=utf-8") && head.contains("cache-control: no-cache"),
        "{head}"
    );
    let tag =
        head.lines().find(|line| line.starts_with("etag: ")).unwrap().replace("etag: ", "If-None-Match: ");
    assert_eq!(served.ask("GET", "/", &format!("{tag}\r\n")).0, 304);

    let (status, head, body) = served.ask("GET", "/a-12345678.js", "Accept-Encoding: gzip, br\r\n");
    assert_eq!((status, body.as_str()), (200, "better"));
    assert!(head.contains("content-encoding: br") && head.contains("immutable"), "{head}");
    assert!(head.contains("text/javascript") && head.contains("vary: accept-encoding"), "{head}");
    assert_eq!(served.ask("GET", "/a-12345678.js", "Accept-Encoding: gzip\r\n").2, "packed");
    assert_eq!(served.ask("GET", "/a-12345678.js", "").2, "export const a = 0;");
    assert!(served.ask("GET", "/a.wasm", "").1.contains("content-type: application/wasm"));

    let (status, head, body) = served.ask("HEAD", "/a-12345678.js", "");
    assert_eq!((status, body.as_str()), (200, ""));
    assert!(head.contains("content-length: 19"), "{head}");
    let (status, head, body) =
        served.ask("GET", "/a-12345678.js", "Range: bytes=7-11\r\nAccept-Encoding: br\r\n");
    assert_eq!((status, body.as_str()), (206, "const"));
    assert!(head.contains("content-range: bytes 7-11/19"), "{head}");
    assert_eq!(served.ask("GET", "/a-12345678.js", "Range: bytes=19-\r\n").0, 416);

    let (status, head, _) = served.ask("GET", "/sub", "");
    assert!(status == 301 && head.contains("location: sub/"), "{head}");
    assert_eq!(served.ask("GET", "/sub/", "").2, "below");
    assert_eq!(served.ask("POST", "/", "Content-Length: 0\r\n").0, 405);
    for outside in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/.hidden",
        "/out.txt",
        "/none",
        "/sub/none/",
    ] {
        let (status, _, body) = served.ask("GET", outside, "");
        assert!(status >= 400 && !body.contains("secret"), "{outside}: {status} {body}");
    }

    // The same port again, a folder without a page.
    for (arguments, word) in [
        (&["--port", &served.port.to_string()][..], "choose another --port"),
        (&["--port", "0", "--dir", served.folder.to_str().unwrap()], "index.html"),
        (&["--port", "0", "--dir", "no/such/folder"], "no/such/folder"),
    ] {
        let page = served.folder.join("page");
        let here = if arguments.contains(&"--dir") { vec![] } else { vec!["--dir", page.to_str().unwrap()] };
        let output = started(&[arguments, &here].concat()).output().unwrap();
        let sentence = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && sentence.contains(word), "{sentence}");
    }
}
