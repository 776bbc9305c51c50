//! The command line: what it prints, and how it refuses.

use std::process::{Command, Output};

use serde_json::Value;

fn started(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chailou"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn chailou(arguments: &[&str]) -> Output {
    started(arguments).output().unwrap()
}

/// A file for this test alone.
fn scratch(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = std::env::temp_dir().join(format!("chailou-{}-{name}", std::process::id()));
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn json(arguments: &[&str]) -> Value {
    let output = chailou(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Exit code 2 and one sentence.
fn refused(arguments: &[&str], word: &str) {
    let output = chailou(arguments);
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{sentence}");
    assert!(sentence.contains(word), "{sentence}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_run_prints_its_readouts_and_frames() {
    let report = json(&["run", "lab=ddpm&steps=6&samples=2&at=9&colour=red", "--json"]);
    assert_eq!((&report["v"], &report["lab"], &report["device"]), (&4.into(), &"ddpm".into(), &"cpu".into()));
    assert_eq!(report["link"], "v=4&lab=ddpm&samples=2&steps=6&at=9");
    assert_eq!(report["step"], 9);
    assert_eq!(report["frames"][0]["shape"], serde_json::json!([2, 3, 32, 32]));
    assert_eq!(report["frames"][0]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(report["warnings"][0]["key"], "colour");
    let ids: Vec<_> =
        report["readouts"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
    for id in
        ["abar_T", "chain_mean", "chain_variance", "merge_identity", "greedy_collapses", "network_calls"]
    {
        assert!(ids.contains(&id), "{id} is missing from {ids:?}");
    }
    for readout in report["readouts"].as_array().unwrap() {
        assert!(["holds", "fails", "open"].contains(&readout["verdict"].as_str().unwrap()));
    }
}

#[test]
fn steps_to_stops_there_and_the_link_is_reproduced() {
    let link = "lab=ddpm&steps=6&samples=1";
    let there = json(&["run", link, "--json", "--steps-to", "8"]);
    assert_eq!(there["step"], 8);
    let shared = format!("https://example.org/#{link}&at=8&check={}", there["fingerprint"].as_str().unwrap());
    let here = json(&["run", &shared, "--json"]);
    assert_eq!(here["comparison"]["verdict"], "exact");
    assert_eq!(here["frames"][0]["sha256"], there["frames"][0]["sha256"]);
}

#[test]
fn a_model_that_writes_prints_its_text() {
    let report = json(&["run", "lab=attention&prompt=JULIET%3A%0A&tokens=12&temperature=0", "--json"]);
    let text = report["text"].as_str().unwrap();
    assert!(text.starts_with("JULIET:\n") && text.chars().count() == 20, "{text}");
    let table = chailou(&["run", "lab=attention&prompt=JULIET%3A%0A&tokens=12&temperature=0"]);
    assert!(String::from_utf8(table.stdout).unwrap().contains("  | JULIET:\n  | "));
    assert_eq!(json(&["run", "lab=points&steps=2&particles=100", "--json"])["text"], Value::Null);
}

#[test]
fn a_picture_carries_its_link() {
    let path = std::env::temp_dir().join(format!("chailou-{}.png", std::process::id()));
    let output = chailou(&["run", "lab=ddpm&steps=3&samples=4", "--png", path.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = std::io::BufReader::new(std::fs::File::open(&path).unwrap());
    let reader = png::Decoder::new(file).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (67 * 4, 67 * 4));
    let chunk = &reader.info().utf8_text[0];
    assert_eq!(
        (chunk.keyword.as_str(), chunk.get_text().unwrap().as_str()),
        ("link", "v=4&lab=ddpm&samples=4&steps=3")
    );
    std::fs::remove_file(path).unwrap();
}

#[test]
fn what_cannot_be_used_is_refused_in_one_sentence() {
    refused(&["run", "lab=ddpm", "--models", "no/such/folder"], "no/such/folder");
    refused(&["run"], "LINK");
    refused(&["dance"], "dance");
    refused(&["run", "lab=ddpm", "--device", "webgpu"], "--device");
}

/// What is finished is printed, and a picture lies where it can.
#[test]
fn what_cannot_be_written_loses_no_result() {
    let link = "lab=ddpm&data=digits&steps=2&samples=1";
    let there = json(&["run", link, "--json"]);
    let output = chailou(&["run", link, "--json", "--png", "no/such/folder/a.png"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap(), there);
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert!(sentence.contains("no/such/folder/a.png"), "{sentence}");
    let (_, aside) = sentence.split_once("it lies in ").unwrap();
    let aside = aside.trim_end().trim_end_matches(" instead");
    assert!(std::fs::read(aside).unwrap().starts_with(b"\x89PNG"));
    std::fs::remove_file(aside).unwrap();
}

/// Whoever reads may stop reading; a full disk is said.
#[cfg(target_os = "linux")]
#[test]
fn a_closed_pipe_ends_quietly_and_a_full_disk_does_not() {
    let data = scratch("pipe.txt", "the house is down, and it was tall.\n".repeat(120));
    let eval = ["eval", "shakespeare", "--data", &data, "--characters", "256"];
    let run = ["run", "lab=ddpm&data=digits&steps=2&samples=1"];
    for arguments in [&["schema"][..], &run, &eval] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = started(arguments).stdout(writer).stderr(std::process::Stdio::piped()).spawn().unwrap();
        let output = output.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = started(arguments).stdout(full).output().unwrap();
        let sentence = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {sentence}");
        assert!(sentence.starts_with("chailou: cannot print"), "{arguments:?}: {sentence}");
    }
    std::fs::remove_file(data).unwrap();
}

/// A `#` in a text is content, and no other lab opens.
#[test]
fn a_number_sign_is_part_of_the_prompt() {
    let report = json(&["run", "lab=attention&tokens=3&prompt=C#", "--json"]);
    assert_eq!((&report["lab"], &report["step"]), (&"attention".into(), &3.into()));
    assert_eq!(report["link"], "lab=attention&model=shakespeare&tokens=3&prompt=C%23&v=4");
}

/// Letters whose accents are apart read as those in one do, and a tiny temperature as none.
#[test]
fn texts_are_composed_and_tiny_temperatures_are_greedy() {
    let text = |link: &str| json(&["run", link, "--json"])["text"].clone();
    let begun = text("lab=attention&tokens=3&prompt=Fiance%CC%81%20nai%CC%88ve");
    assert!(begun.as_str().unwrap().starts_with("Fiance naive"), "{begun}");
    let greedy = text("lab=attention&tokens=12&temperature=0");
    for tiny in ["1e-310", "5e-324", "1e-45"] {
        assert_eq!(text(&format!("lab=attention&tokens=12&temperature={tiny}")), greedy, "{tiny}");
    }
}

#[test]
fn the_schema_is_the_one_the_page_uses() {
    assert_eq!(json(&["schema"]), chailou::labs::CATALOGUE.schema());
}

/// English that is not Shakespeare's, in his characters: better than guessing, and measured the same way each time.
#[test]
fn the_transformer_is_measured_on_a_text_that_is_named() {
    refused(&["eval", "shakespeare"], "--data");
    refused(&["train", "shakespeare"], "--data");
    let verse = "The house is down, my lord, and where it stood\nthe people come to carry off the stones.\n"
        .repeat(60);
    let text = scratch("verse.txt", &verse);
    let measured = json(&["eval", "shakespeare", "--data", &text, "--characters", "512", "--json"]);
    for part in ["validation_loss", "training_loss"] {
        let loss = measured[part].as_f64().unwrap();
        assert!(loss > 0.0 && loss < 65f64.ln(), "{part}: {loss}");
    }
    assert!(measured["unit"].as_str().unwrap().contains("first 512"));
    // Another system's line ends and its mark at the beginning change no number.
    let foreign = scratch("foreign.txt", format!("\u{feff}{}", verse.replace('\n', "\r\n")));
    let again = json(&["eval", "shakespeare", "--data", &foreign, "--characters", "512", "--json"]);
    assert_eq!(again, measured);
    let wide: Vec<u8> = verse.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = scratch("wide.txt", [&[0xff, 0xfe][..], &wide].concat());
    refused(&["eval", "shakespeare", "--data", &wide], "UTF-8");
    let (strange, short) = (scratch("strange.txt", "楼".repeat(4000)), scratch("short.txt", "too short"));
    refused(&["eval", "shakespeare", "--data", &strange], "楼");
    refused(&["eval", "shakespeare", "--data", &short], "9 characters");
    [text, foreign, wide, strange, short].iter().for_each(|path| std::fs::remove_file(path).unwrap());
}

/// The table of digits as a spreadsheet of another system saves it.
#[test]
fn a_table_reads_alike_whoever_saved_it() {
    let table = std::fs::read_to_string("crate/data/digits.csv").unwrap();
    let foreign = scratch("digits.csv", format!("\u{feff}{}", table.replace('\n', "\r\n")));
    let (here, there) = (scratch("here.bin", ""), scratch("there.bin", ""));
    for (data, packed) in [("crate/data/digits.csv", &here), (&foreign, &there)] {
        assert!(chailou(&["train", "digits", "--data", data, "--pack", packed]).status.success(), "{data}");
    }
    assert!(std::fs::read(&here).unwrap() == std::fs::read(&there).unwrap());
    [foreign, here, there].iter().for_each(|path| std::fs::remove_file(path).unwrap());
}

/// A lab without time, seed, model and tasks prints none of these.
#[cfg(feature = "fixture")]
#[test]
fn a_lab_prints_what_it_has_and_nothing_else() {
    let report = json(&["run", "lab=fixture&a=3", "--json"]);
    assert_eq!(report["readouts"][0]["verdict"], "holds");
    assert_eq!(report["frames"][0]["shape"], serde_json::json!([181, 2]));
    for absent in ["t", "calls", "tracks", "phase", "text", "prompt"] {
        assert!(report.get(absent).is_none(), "{absent}: {}", report[absent]);
    }
    let link = report["link"].as_str().unwrap();
    assert_eq!(link, "v=4&lab=fixture&a=3");
    let check = report["fingerprint"].as_str().unwrap();
    let again = json(&["run", &format!("{link}&at=0&check={check}"), "--json"]);
    assert_eq!(again["comparison"]["verdict"], "exact");
}
