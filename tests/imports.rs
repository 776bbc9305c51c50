//! Who may name whom: the imports of the engine, read from its files and drawn as a graph, and who names a lab.

mod graph;

use std::collections::{BTreeMap, BTreeSet};

use chailou::labs;
use graph::{Graph, circles, imports, modules};

/// The folder (or lone file) of a module.
fn folder(module: &str) -> &str {
    module.split("::").next().unwrap()
}

/// The lab that a module belongs to.
fn lab_of(module: &str) -> Option<&str> {
    let mut parts = module.split("::");
    let (first, second) = (parts.next(), parts.next()?);
    let known = labs::CATALOGUE.labs.iter().any(|lab| lab.id == second);
    (first == Some("labs") && known).then_some(second)
}

fn described(graph: &Graph, circle: &BTreeSet<String>) -> String {
    let inside =
        |from: &String| graph[from].iter().filter(|to| circle.contains(*to)).cloned().collect::<Vec<_>>();
    circle.iter().map(|from| format!("  {from} -> {}\n", inside(from).join(", "))).collect()
}

#[test]
fn no_folders_import_each_other_in_a_circle() {
    let mut folders = Graph::new();
    let mut because: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (from, all) in imports(&modules()) {
        let known = folders.entry(folder(&from).to_owned()).or_default();
        for to in all.iter().filter(|to| folder(to) != folder(&from)) {
            known.insert(folder(to).to_owned());
            let pair = (folder(&from).to_owned(), folder(to).to_owned());
            because.entry(pair).or_default().push(format!("{from} -> {to}"));
        }
    }
    if let Some(circle) = circles(&folders).first() {
        let inside = because.iter().filter(|((a, b), _)| circle.contains(a) && circle.contains(b));
        let all: Vec<_> = inside.flat_map(|(_, all)| all.clone()).collect();
        panic!("{circle:?} import each other:\n  {}", all.join("\n  "));
    }
}

#[test]
fn no_more_than_five_files_import_each_other_in_a_circle() {
    let graph = imports(&modules());
    let large: Vec<_> = circles(&graph).into_iter().filter(|circle| circle.len() > 5).collect();
    let all: Vec<_> = large.iter().map(|c| format!("{} files:\n{}", c.len(), described(&graph, c))).collect();
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn experiments_know_no_lab_and_no_lab_knows_another() {
    let mut wrong = Vec::new();
    for (from, all) in imports(&modules()) {
        for to in &all {
            let foreign = lab_of(to).is_some_and(|lab| lab_of(&from).is_some_and(|mine| mine != lab));
            if foreign || (folder(&from) == "experiment" && ["labs", "runtime"].contains(&folder(to))) {
                wrong.push(format!("{from} -> {to}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The two lists, each of which names every lab once.
const LISTS: [&str; 2] = ["crate/labs.rs", "www/labs/index.js"];

#[test]
fn nobody_but_the_lists_and_a_labs_own_folders_names_it() {
    let mut wrong = Vec::new();
    let mut all = graph::files("crate", &[".rs"]);
    all.extend(graph::files("www", &[".js", ".mjs", ".css", ".html"]));
    for lab in labs::CATALOGUE.labs {
        let own = ["crate", "www"].map(|side| format!("{side}/labs/{}", lab.id));
        let own = |path: &str| {
            let rest = own.iter().find_map(|own| path.strip_prefix(own.as_str()));
            rest.is_some_and(|rest| rest.starts_with(['/', '.']))
        };
        for (path, text) in all.iter().filter(|(path, _)| !own(path) && !LISTS.contains(&path.as_str())) {
            let beside = path.starts_with("www/labs/");
            let notes = beside && path.ends_with(".html");
            let said = if notes { without_addresses(text) } else { graph::code(text) };
            for line in said.lines().filter(|line| names(line, lab.id, beside)) {
                wrong.push(format!("{path}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} lines name a lab:\n{}", wrong.len(), wrong.join("\n"));
}

/// Notes may lead to another lab, as any page may link to it: the addresses within the page are left out.
fn without_addresses(notes: &str) -> String {
    let mut parts = notes.split("href=\"#");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('"').map_or("", |(_, rest)| rest))
}

/// Whether a line of code names the lab `id`: its module, its folder, or its id as that of a lab.
fn names(line: &str, id: &str, beside: bool) -> bool {
    let whole = |word: String| {
        let ends = |at: usize| !line[at..].starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        line.match_indices(&word).any(|(at, _)| ends(at + word.len()))
    };
    let quoted = ['"', '\'', '`'].iter().any(|quote| line.contains(&format!("{quote}{id}{quote}")));
    let of_a_lab = line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "lab");
    let relative = beside && whole(format!("../{id}"));
    whole(format!("labs::{id}"))
        || whole(format!("labs/{id}"))
        || whole(format!("lab={id}"))
        || relative
        || (quoted && of_a_lab)
}
