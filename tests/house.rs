//! House rules: what may know what, read from the files themselves.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use chailou::experiment::{
    COMMON,
    catalogue::Needs,
    inputs::{Input, form::Place},
    parameter::{Affects::Page, Kind},
};
use chailou::labs;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Files below `folder` whose name ends in one of `endings`; what is built or vendored does not count.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_string();
            if path.is_dir() {
                if !["pkg", "node_modules"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((relative(&path), text));
            }
        }
    }
    assert!(!found.is_empty(), "nothing under {folder} ends in {endings:?}");
    found
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/")
}

/// Lines of `text` that are code: comments may speak of anything.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.starts_with("//") && !line.starts_with('*'))
}

/// Asserts that no file of `list` has a code line with one of `words`, except the files in `but`.
fn nowhere(list: &[(String, String)], words: &[&str], but: &[&str]) {
    for (path, text) in list.iter().filter(|(path, _)| !but.iter().any(|b| path.starts_with(b))) {
        for line in code(text) {
            for word in words {
                assert!(!line.contains(word), "{path} may not use `{word}`: {line}");
            }
        }
    }
}

fn below(list: &[(String, String)], folders: &[&str]) -> Vec<(String, String)> {
    let chosen: Vec<_> = list
        .iter()
        .filter(|(path, _)| folders.iter().any(|folder| path.starts_with(folder)))
        .cloned()
        .collect();
    assert!(!chosen.is_empty(), "no file in {folders:?}");
    chosen
}

#[test]
fn every_file_begins_with_its_caption() {
    for (folder, ending, mark) in [
        ("crate", ".rs", "//! "),
        ("tests", ".rs", "//! "),
        ("www", ".js", "// "),
        ("bundle", ".js", "// "),
        ("tests", ".js", "// "),
        ("www", ".css", "/* "),
    ] {
        for (path, text) in files(folder, &[ending]) {
            let first = text.lines().next().unwrap_or("");
            assert!(first.starts_with(mark) && first.len() > mark.len() + 10, "{path} begins with: {first}");
        }
    }
}

#[test]
fn only_the_boundaries_know_javascript_and_python_and_only_the_command_line_is_native() {
    let engine = files("crate", &[".rs"]);
    nowhere(&engine, &["wasm_bindgen", "js_sys", "web_sys"], &["crate/web.rs", "crate/web/"]);
    let native = ["clap", "indicatif", "png::", "std::process", "parquet::", "open::that"];
    nowhere(&engine, &native, &["crate/main.rs", "crate/cli"]);
    // What native programs share runs links on threads and serves the page; the engine names none of it.
    let shared =
        ["pollster", "std::thread", "std::net", "tiny_http", "rust_embed", "crate::native", "crate::cli"];
    nowhere(&engine, &shared, &["crate/main.rs", "crate/cli", "crate/native", "crate/python"]);
    // What Python is given is made of what native programs share; it starts, waits and listens nowhere itself.
    let python = below(&engine, &["crate/python"]);
    nowhere(
        &python,
        &["pollster", "std::thread", "std::net::T", "tiny_http", "rust_embed", "crate::cli"],
        &[],
    );
    nowhere(&engine, &["pyo3", "pythonize", "numpy::"], &["crate/python"]);
    nowhere(&engine, &["wgpu::"], &["crate/gpu/executor.rs"]);
}

/// A closure is compiled with whoever passes it, for bytes instead of speed.
#[test]
fn fused_operators_take_no_closures() {
    for (path, text) in files("crate/fused", &[".rs"]) {
        for part in text.split("pub fn ").skip(1) {
            let signature = part.split(" {\n").next().unwrap();
            let generic = ["impl Fn", "dyn Fn", "where"].iter().any(|word| signature.contains(word));
            assert!(!generic, "{path}: a public operator takes a closure: {signature}");
        }
    }
}

#[test]
fn what_runs_in_pages_knows_no_tensors_and_models_know_no_lab() {
    let engine = files("crate", &[".rs"]);
    let plain = below(
        &engine,
        &[
            "crate/math",
            "crate/fused",
            "crate/gpu",
            "crate/models/fused_",
            "crate/attention",
            "crate/geometry",
            "crate/downhill",
            "crate/maps",
            "crate/signal",
        ],
    );
    nowhere(&plain, &["burn", "crate::labs", "crate::experiment"], &[]);
    let pages = [
        "crate/diffusion",
        "crate/device.rs",
        "crate/experiment",
        "crate/labs",
        "crate/networks",
        "crate/runtime",
        "crate/train/tab",
        "crate/train/learner.rs",
        "crate/web",
        "crate/workloads",
    ];
    nowhere(&below(&engine, &pages), &["burn", "crate::nn"], &[]);
    let models = below(&engine, &["crate/nn", "crate/models", "crate/diffusion", "crate/attention"]);
    nowhere(&models, &["crate::labs", "crate::experiment", "crate::web", "crate::cli"], &[]);
    nowhere(&below(&engine, &["crate/labs", "crate/experiment"]), &["crate::web", "crate::cli"], &[]);
}

/// Noise is an argument: only sessions, trainers and the command line draw.
#[test]
fn the_mathematics_draws_nothing() {
    let engine = files("crate", &[".rs"]);
    let models = below(&engine, &["crate/nn", "crate/models", "crate/diffusion", "crate/attention"]);
    nowhere(&models, &["normals(", "uniforms(", "Stream::", "Distribution::", "Tensor::random"], &[]);
}

#[test]
fn the_engine_starts_nothing_by_itself() {
    let engine = files("crate", &[".rs"]);
    nowhere(
        &engine,
        &["spawn", "set_timeout", "setTimeout", "request_animation_frame"],
        // Threads of native programs: runs side by side, the page served.
        &["crate/cli", "crate/native"],
    );
    // What a pull reads back is looked at where it is mapped, once.
    nowhere(&engine, &["Closure::"], &["crate/web/backend.rs"]);
}

#[test]
fn a_view_draws_from_its_arguments_alone() {
    for (path, text) in files("www/views", &[".js"]) {
        for line in text.lines().filter(|line| line.starts_with("import ") || line.contains("from \"")) {
            let inside =
                line.contains("from \"./") || line.contains("import(\"./") || line.contains("@import");
            assert!(inside, "{path} imports from outside the views: {line}");
        }
    }
}

#[test]
fn one_file_talks_to_the_worker_and_one_to_the_address_bar() {
    let page = files("www", &[".js"]);
    nowhere(&page, &["new Worker("], &["www/engine/"]);
    let pages = below(&page, &["www/ui", "www/views", "www/labs", "www/engine", "www/embed", "www/offline"]);
    // The start looks at the link, to ask for the weights before the engine is there.
    nowhere(&pages, &["history.", "window.location", "location.href ="], &[]);
    nowhere(&pages, &["location.hash"], &["www/start.js"]);
}

#[test]
fn every_lab_of_the_engine_is_a_lab_of_the_page() {
    let list = fs::read_to_string(root().join("www/labs/index.js")).unwrap();
    for lab in labs::CATALOGUE.labs {
        // The fixture's page lies with the tests, which put it into the list.
        if root().join(format!("tests/{}/page/lab.js", lab.id)).exists() {
            continue;
        }
        assert!(list.contains(&format!("./{}/lab.js", lab.id)), "www/labs/index.js lacks {}", lab.id);
        // The page asks for its first engine before any engine can say which.
        let entry = list.split("\n  {").find(|entry| entry.contains(&format!("id: \"{}\"", lab.id))).unwrap();
        assert_eq!(entry.contains("engine: \"maths\""), lab.engine == Needs::Maths, "{}", lab.id);
        for language in ["en", "zh"] {
            let notes = root().join(format!("www/labs/{}/notes.{language}.html", lab.id));
            let text =
                fs::read_to_string(&notes).unwrap_or_else(|error| panic!("{}: {error}", notes.display()));
            assert!(text.contains(lab.article.href), "{} does not link the article", notes.display());
        }
    }
}

#[test]
fn every_parameter_is_complete_and_its_default_is_allowed() {
    for lab in labs::CATALOGUE.labs {
        // A lab may have a setting called v: in its links the version is the v that stands first.
        let mut keys = BTreeSet::from(["lab", "at", "prompt", "z", "check"]);
        keys.extend(Input::ALL.iter().filter(|i| i.place() == Place::Readable).map(|i| i.key()));
        for parameter in lab.all_parameters() {
            let key = parameter.key;
            assert!(keys.insert(key), "{key} stands twice");
            for text in [parameter.title, parameter.help] {
                assert!(!text.en.is_empty() && !text.zh.is_empty(), "{key} lacks a language");
            }
            let common = COMMON.iter().any(|c| c.key == key);
            assert!(common || parameter.link.is_some(), "{key} has no link");
            let default = parameter.kind.default_value();
            assert_eq!(parameter.kind.read(key, &default.written()), Ok((default, None)), "{key}");
            if let Kind::Choice { options, .. } = parameter.kind {
                assert!(options.iter().all(|o| !o.title.en.is_empty() && !o.title.zh.is_empty()), "{key}");
            }
            for condition in [parameter.shown_when, parameter.and_when].into_iter().flatten() {
                assert!(lab.all_parameters().any(|p| p.key == condition.key), "{key} depends on nothing");
            }
        }
    }
}

#[test]
fn every_parameter_says_what_it_affects_and_belongs_to_a_group_with_a_title() {
    for lab in labs::CATALOGUE.labs {
        let mut groups = BTreeSet::new();
        for group in lab.groups {
            assert!(groups.insert(group.id), "{}: the group {} stands twice", lab.id, group.id);
            assert!(!group.title.en.is_empty() && !group.title.zh.is_empty(), "{} lacks a title", group.id);
            let used = lab.own_parameters().any(|parameter| parameter.group == group.id);
            assert!(used, "{}: nothing is in the group {}", lab.id, group.id);
        }
        for parameter in lab.own_parameters() {
            let (key, group) = (parameter.key, parameter.group);
            assert!(groups.contains(group), "{}: {key} is in \"{group}\", which has no title", lab.id);
            assert!(!parameter.affects.is_empty(), "{}: {key} affects nothing", lab.id);
        }
        for one in lab.inputs {
            assert!(!one.affects.is_empty(), "{}: {:?} affects nothing", lab.id, one.input);
        }
    }
    assert!(COMMON.iter().all(|parameter| parameter.affects == [Page]));
}

#[test]
fn every_lab_says_what_it_is() {
    for lab in labs::CATALOGUE.labs {
        for text in [lab.title, lab.line, lab.question] {
            assert!(!text.en.is_empty() && !text.zh.is_empty(), "{} lacks a sentence", lab.id);
        }
        assert!(lab.question.en.ends_with('?') && lab.question.zh.ends_with('？'), "{}", lab.id);
        for key in lab.forks {
            assert!(lab.changeable().iter().any(|p| p.key == *key), "{}: no {key} to fork", lab.id);
        }
    }
}

/// What a lab adds to the schema takes no other's place.
#[test]
fn what_one_begins_with_is_there_and_not_much() {
    for lab in labs::CATALOGUE.labs {
        assert!(lab.first.len() <= 12, "{} begins with {} settings", lab.id, lab.first.len());
        for key in lab.first {
            assert!(lab.own_parameters().any(|parameter| parameter.key == *key), "{} has no {key}", lab.id);
        }
    }
}

#[test]
fn a_page_is_told_all_of_one_lab_and_of_others_only_what_a_menu_says() {
    let whole = labs::CATALOGUE.schema();
    for (i, lab) in labs::CATALOGUE.labs.iter().enumerate() {
        let page = labs::CATALOGUE.page(lab.id);
        assert_eq!(page["lab"], whole["labs"][i]);
        assert_eq!(page["common"], whole["common"]);
        for (j, head) in page["labs"].as_array().unwrap().iter().enumerate() {
            for (key, value) in head.as_object().unwrap() {
                assert_eq!(*value, whole["labs"][j][key]);
            }
            assert!(head.get("parameters").is_none(), "the others' parameters are not waited for");
        }
        for name in (lab.extra)().keys() {
            assert_eq!(page[name], whole[name]);
        }
    }
    assert_eq!(labs::CATALOGUE.page("nowhere")["lab"]["id"], labs::CATALOGUE.default.id);
}

#[test]
fn the_schema_has_room_for_what_labs_add() {
    let mut names = BTreeSet::from(["v".to_owned(), "common".to_owned(), "labs".to_owned()]);
    for lab in labs::CATALOGUE.labs {
        for name in (lab.extra)().keys() {
            assert!(names.insert(name.clone()), "{} adds {name}, which is there", lab.id);
        }
    }
    let schema = labs::CATALOGUE.schema();
    assert!(schema.as_object().unwrap().keys().all(|key| names.contains(key)));
}
