//! Many runs into one table: what it holds, what a kill leaves, and what is refused before anything runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;

/// A folder for one test alone, gone with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("chailou-sweep-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn started(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chailou"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn done(arguments: &[&str]) -> Output {
    let output = started(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

fn refused(arguments: &[&str], word: &str) {
    let output = started(arguments).output().unwrap();
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{sentence}");
    assert!(sentence.contains(word), "{sentence}");
}

fn lines(path: &str) -> Vec<String> {
    fs::read_to_string(path).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// The rows of a Parquet file as names and fields.
fn rows(path: &str) -> Vec<Vec<(String, Field)>> {
    let file = SerializedFileReader::new(fs::File::open(Path::new(path)).unwrap()).unwrap();
    let row =
        |row: parquet::record::Row| row.get_column_iter().map(|(n, f)| (n.clone(), f.clone())).collect();
    file.get_row_iter(None).unwrap().map(|one| row(one.unwrap())).collect()
}

fn cell<'a>(row: &'a [(String, Field)], name: &str) -> &'a Field {
    &row.iter().find(|(key, _)| key == name).unwrap_or_else(|| panic!("no column {name}")).1
}

/// A number as it is after it was written as JSON and read, which may move its last bit.
fn reread(field: &Field) -> Value {
    match field {
        Field::Double(number) => serde_json::from_str(&serde_json::to_string(number).unwrap()).unwrap(),
        Field::Null => Value::Null,
        other => panic!("{other:?} is no number"),
    }
}

const LINK: &str = "lab=ddpm&data=digits&steps=2&samples=1";

/// Every row is what `chailou run` says of its link, in columns that have a type.
#[test]
fn a_row_is_a_run() {
    let scratch = Scratch::new("rows");
    let out = scratch.file("a.parquet");
    let over = ["--over", "seed=18446744073709551615,3", "--over", "eta=0..1:0.5", "--over", "sampler=ddim"];
    done(&[&["sweep", LINK, "--out", &out, "--jobs", "2"][..], &over].concat());
    let rows = rows(&out);
    assert_eq!(rows.len(), 6);
    let seeds: Vec<_> = rows.iter().map(|row| cell(row, "seed").clone()).collect();
    assert_eq!(seeds[..3], vec![Field::ULong(u64::MAX); 3]);
    assert_eq!(seeds[3..], vec![Field::ULong(3); 3]);
    let etas: Vec<_> = rows[..3].iter().map(|row| cell(row, "eta").clone()).collect();
    assert_eq!(etas, [Field::Double(0.0), Field::Double(0.5), Field::Double(1.0)]);
    assert_eq!(*cell(&rows[0], "sampler"), Field::Str("ddim".into()));
    let Field::Str(link) = cell(&rows[4], "link") else { panic!("a link is a text") };
    let report: Value = serde_json::from_slice(&done(&["run", link, "--json"]).stdout).unwrap();
    assert_eq!(*cell(&rows[4], "step"), Field::Long(report["step"].as_i64().unwrap()));
    assert_eq!(*cell(&rows[4], "fingerprint"), Field::Str(report["fingerprint"].as_str().unwrap().into()));
    assert_eq!(*cell(&rows[4], "error"), Field::Null);
    let readouts = report["readouts"].as_array().unwrap();
    assert!(readouts.len() > 3);
    for readout in readouts {
        let id = readout["id"].as_str().unwrap();
        for key in ["value", "expected"] {
            assert_eq!(reread(cell(&rows[4], &format!("{id}.{key}"))), readout[key], "{id}.{key}");
        }
        let verdict = Field::Str(readout["verdict"].as_str().unwrap().into());
        assert_eq!(*cell(&rows[4], &format!("{id}.verdict")), verdict, "{id}");
    }
}

/// Killed in mid-run, with a line half written, it goes on where it was; the table is the one of an undisturbed run, to the byte.
#[test]
fn a_kill_costs_nothing_that_was_done() {
    let scratch = Scratch::new("kill");
    let (whole, cut) = (scratch.file("whole.parquet"), scratch.file("cut.parquet"));
    let sweep = |out: &str| {
        ["sweep", "lab=init", "--over", "seed=1..12", "--jobs", "2", "--out", out].map(str::to_owned)
    };
    let journal = format!("{cut}.journal");
    let arguments = sweep(&cut);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut child = started(&arguments).stderr(Stdio::null()).spawn().unwrap();
    let begin = Instant::now();
    while lines(&journal).len() < 4 {
        assert!(begin.elapsed() < Duration::from_secs(60), "no rows came");
        assert!(child.try_wait().unwrap().is_none(), "it was over before it could be killed");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!Path::new(&cut).exists(), "there is no table before all is done");
    let text = fs::read_to_string(&journal).unwrap();
    let before: Vec<String> = text[..=text.rfind('\n').unwrap()].lines().map(str::to_owned).collect();
    assert!(before.len() < 13, "{} lines", before.len());
    // What a kill in the middle of a line leaves.
    fs::write(&journal, format!("{}\n{}", before.join("\n"), &before[1][..40])).unwrap();
    done(&arguments);
    let after = lines(&journal);
    assert_eq!(after[..before.len()], before, "what was done is not done again");
    assert_eq!(after.len(), 13);
    let arguments = sweep(&whole);
    done(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(fs::read(&whole).unwrap() == fs::read(&cut).unwrap());

    // A wider grid computes what is new.
    let wider = ["sweep", "lab=init", "--over", "seed=3..14", "--out", &cut];
    done(&wider);
    assert_eq!(lines(&journal)[..13], after);
    assert_eq!(lines(&journal).len(), 15);
    assert_eq!(rows(&cut).len(), 12);
    // And nothing is new to the same command.
    done(&wider);
    assert_eq!(lines(&journal).len(), 15);
}

/// As CSV, with the readouts that were asked for, and a text with a comma in it in one cell.
#[test]
fn a_csv_has_what_was_asked_for() {
    let scratch = Scratch::new("csv");
    let out = scratch.file("a.csv");
    let link = "lab=attention&prompt=JULIET%2C%0A&tokens=6";
    let over = ["--over", "temperature=0,0.5", "--at", "3", "--readouts"];
    let sweep = |wanted| [&["sweep", link, "--out", &out][..], &over, &[wanted]].concat();
    refused(&sweep("rows,moon"), "no readout is called \"moon\"; there are ");
    done(&sweep("rows"));
    let text = fs::read_to_string(&out).unwrap();
    let head =
        "link,temperature,step,rows.value,rows.expected,rows.verdict,text,fingerprint,warnings,error\r\n";
    assert!(text.starts_with(head), "{text}");
    assert_eq!(text.matches("\r\n").count(), 3);
    assert!(text.contains("\"JULIET,\n") && text.contains("&at=3") && text.contains(",0.0,3,"), "{text}");
}

#[test]
fn what_cannot_be_run_is_named_before_anything_runs() {
    let scratch = Scratch::new("refused");
    let out = scratch.file("a.parquet");
    let sweep =
        |link: &str, over: &str, word: &str| refused(&["sweep", link, "--over", over, "--out", &out], word);
    sweep(LINK, "colour=1,2", "it has");
    sweep(LINK, "lang=en,zh", "lang");
    sweep(LINK, "particles", "KEY=VALUES");
    sweep(LINK, "sampler=ddim,magic", "magic");
    sweep(LINK, "eta=0..9:1", "outside 0 to 1");
    sweep(LINK, "seed=1,2,1", "twice");
    sweep(LINK, "seed=1..1000000", "--limit 1000000");
    sweep(LINK, "seed=0..18446744073709551615", "18446744073709551616 runs");
    sweep("lab=nowhere", "seed=1,2", "nowhere");
    sweep("lab=points&eta=7", "seed=1,2", "eta");
    refused(&["sweep", LINK, "--over", "seed=1,2", "--over", "seed=3", "--out", &out], "twice");
    refused(&["sweep", LINK, "--over", "seed=1,2", "--out", "a.xlsx"], ".parquet");
    refused(&["sweep", LINK, "--out", &out], "--over");
    refused(&["sweep", LINK, "--over", "seed=1", "--out", "no/such/a.csv"], "no/such/a.csv.journal");
    assert!(fs::read_dir(&scratch.0).unwrap().next().is_none(), "a refusal leaves nothing behind");
    fs::write(&out, "mine").unwrap();
    sweep(LINK, "seed=1", "is there already");
    assert_eq!(fs::read(&out).unwrap(), b"mine");
}

/// A run that fails is a row that says why; the others are there. Weights that are not there are named before anything runs.
#[test]
fn a_failing_run_is_a_row() {
    let scratch = Scratch::new("failing");
    let (out, models) = (scratch.file("a.parquet"), scratch.file("models"));
    fs::create_dir(&models).unwrap();
    let damaged = PathBuf::from(&models).join("digits.safetensors");
    fs::write(&damaged, "no weights").unwrap();
    let link = "lab=ddpm&data=digits&steps=2&samples=1";
    let arguments = ["sweep", link, "--over", "data=digits,buildings", "--models", &models, "--out", &out];
    refused(&arguments, "buildings.safetensors");
    fs::copy("www/models/buildings.safetensors", damaged.with_file_name("buildings.safetensors")).unwrap();
    let output = done(&arguments);
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 of 2 runs failed"));
    let rows = rows(&out);
    let Field::Str(error) = cell(&rows[0], "error") else { panic!("no error in {:?}", rows[0]) };
    assert!(error.contains("weights"), "{error}");
    assert_eq!((cell(&rows[0], "step"), cell(&rows[0], "fingerprint")), (&Field::Null, &Field::Null));
    assert_eq!(*cell(&rows[1], "error"), Field::Null);
    assert!(matches!(cell(&rows[1], "fingerprint"), Field::Str(_)));
}
