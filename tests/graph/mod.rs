//! The files of the engine as a graph: an arrow for everything that one file names of another.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

/// What each module names, by the paths of modules.
pub type Graph = BTreeMap<String, BTreeSet<String>>;

/// Files below `folder` whose name ends in one of `endings`, by their path; what is built or vendored does not count.
pub fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let (mut found, mut folders) = (Vec::new(), vec![root.join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() && !["pkg", "vendor", "node_modules"].contains(&name.as_str()) {
                folders.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let short = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((short, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "nothing under {folder} ends in {endings:?}");
    found.sort();
    found
}

/// `text` without comments, and without what follows the tests that stand at its end.
pub fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap();
    let comment = |line: &&str| !line.starts_with("//") && !line.starts_with('*') && !line.starts_with("/*");
    let lines = text.lines().map(str::trim).filter(comment);
    lines.map(|line| line.split(" // ").next().unwrap()).collect::<Vec<_>>().join("\n")
}

/// The code of every module of the library, by its path.
pub fn modules() -> BTreeMap<String, String> {
    let name =
        |path: &str| path.strip_prefix("crate/")?.strip_suffix(".rs").map(|path| path.replace('/', "::"));
    let all = files("crate", &[".rs"]).into_iter();
    let all = all.filter_map(|(path, text)| Some((name(&path)?, code(&text))));
    all.filter(|(module, _)| !["lib", "main", "fused::lib"].contains(&module.as_str())).collect()
}

/// Who names whom.
pub fn imports(modules: &BTreeMap<String, String>) -> Graph {
    let of = |module: &String, code: &String| {
        let named = paths(code).into_iter().filter_map(|path| resolved(modules, module, &path));
        named.filter(|other| other != module).collect()
    };
    modules.iter().map(|(module, code)| (module.clone(), of(module, code))).collect()
}

/// The module of the longest part of `path`, as it is seen from `module`.
fn resolved(modules: &BTreeMap<String, String>, module: &str, path: &[String]) -> Option<String> {
    let mut whole: Vec<&str> = module.split("::").collect();
    let mut rest = path.iter().map(String::as_str).peekable();
    match rest.next()? {
        "crate" | "chailou" => whole.clear(),
        "self" => {}
        "super" => {
            whole.pop();
            while rest.next_if_eq(&"super").is_some() {
                whole.pop();
            }
        }
        child => whole.push(child),
    }
    let known = whole.len();
    whole.extend(rest);
    // A path that begins with a name of another crate, or of this file, leads nowhere.
    let least = if ["crate", "chailou", "self", "super"].contains(&path[0].as_str()) { 1 } else { known };
    (least..=whole.len()).rev().map(|n| whole[..n].join("::")).find(|path| modules.contains_key(path))
}

/// Every path of two names or more, those of `use` trees written out.
fn paths(code: &str) -> Vec<Vec<String>> {
    let tokens = tokens(code);
    let (mut found, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        let begins = i == 0 || tokens[i - 1] != "::";
        if tokens[i] == "use" && tokens.get(i + 1).is_some_and(|next| next != "<") {
            i = tree(&tokens, i + 1, &[], &mut found);
        } else if begins && is_name(&tokens[i]) && tokens.get(i + 1).is_some_and(|next| next == "::") {
            let mut path = vec![tokens[i].clone()];
            while tokens.get(i + 1).is_some_and(|t| t == "::")
                && tokens.get(i + 2).is_some_and(|t| is_name(t))
            {
                path.push(tokens[i + 2].clone());
                i += 2;
            }
            found.push(path);
            i += 1;
        } else {
            i += 1;
        }
    }
    found
}

/// Reads the tree at `i`, of which `before` is already known; the answer is where it ends.
fn tree(tokens: &[String], mut i: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    while i < tokens.len() {
        match tokens[i].as_str() {
            "::" => i += 1,
            "{" => {
                i += 1;
                while tokens[i] != "}" {
                    i = tree(tokens, i, &path, found);
                    i += usize::from(tokens[i] == ",");
                }
                return i + 1;
            }
            "as" => i += 2,
            name if is_name(name) => {
                if name != "self" || path.is_empty() {
                    path.push(name.to_owned());
                }
                i += 1;
            }
            "*" => i += 1,
            _ => break,
        }
    }
    found.push(path);
    i
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, `::` and single signs; texts are left out.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let length = if c == '"' {
            text(rest)
        } else if c == 'r' && (rest.starts_with("r\"") || rest.starts_with("r#\"")) {
            let end = if rest.starts_with("r\"") { "\"" } else { "\"#" };
            let begin = 1 + end.len();
            rest[begin..].find(end).map_or(rest.len(), |at| begin + at + end.len())
        } else if c.is_alphanumeric() || c == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(rest[..length].to_owned());
            length
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else if rest.starts_with("'\"'") {
            3
        } else {
            if !c.is_whitespace() {
                tokens.push(c.to_string());
            }
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of the text that `rest` begins with.
fn text(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |(at, _)| at + 1)
}

/// Sets of modules each of which leads to each other one.
pub fn circles(graph: &Graph) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<_, _> = graph.keys().map(|from| (from, reach(graph, from))).collect();
    let mut circles: Vec<BTreeSet<String>> = Vec::new();
    for from in graph.keys().filter(|from| reached[from].contains(*from)) {
        if !circles.iter().any(|circle| circle.contains(from)) {
            let back = |to: &&String| reached[to].contains(from);
            circles.push(reached[from].iter().filter(back).cloned().collect());
        }
    }
    circles
}

/// Everything that `from` leads to.
fn reach(graph: &Graph, from: &str) -> BTreeSet<String> {
    let (mut seen, mut ahead) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(here) = ahead.pop() {
        for to in graph.get(&here).into_iter().flatten() {
            if seen.insert(to.clone()) {
                ahead.push(to.clone());
            }
        }
    }
    seen
}
