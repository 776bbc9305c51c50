"""Runs from Python against numbers that were not made here: closed forms, hashes of what shipped, fingerprints of other builds."""

import hashlib
import json
import math
import pathlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import chailou

ROOT = pathlib.Path(__file__).parents[2]
#: What the page proves itself by: fingerprints made by the engine in wasm, constants with their sources.
PROOF = json.loads((ROOT / "www/ui/proof.json").read_text(encoding="utf-8"))
DIGITS = "lab=ddpm&data=digits&steps=6&samples=2"


@pytest.mark.parametrize("known", PROOF["runs"], ids=lambda known: known["link"])
def test_a_run_is_the_one_of_the_page_bit_for_bit(known):
    outcome = chailou.run(f"{known['link']}&check={known['check']}")
    assert outcome.fingerprint == known["check"]
    assert outcome.comparison["verdict"] == "exact"


@pytest.mark.parametrize("known", PROOF["numbers"], ids=lambda known: known["link"])
def test_measured_numbers_are_the_known_ones(known):
    with chailou.open(known["link"]) as run:
        readouts = run.readouts()
        for one in known["readouts"]:
            assert abs(readouts[one["id"]]["value"] - one["value"]) <= one["tolerance"], one["id"]


def test_a_link_that_has_no_steps_says_what_it_measured():
    outcome = chailou.run("https://host.example/#lab=gamma&n=5")
    assert outcome.lab == "gamma"
    assert outcome.readouts["half_factorial"]["value"] == pytest.approx(math.sqrt(math.pi) / 2, rel=1e-15)
    assert outcome.readouts["ball_volume"]["value"] == pytest.approx(math.pi**2.5 / math.gamma(3.5), rel=1e-13)
    assert outcome.text is None and outcome.comparison is None
    assert all(readout["verdict"] == "holds" for readout in outcome.readouts.values())


def test_the_fingerprint_is_the_hash_of_the_numbers_that_numpy_sees():
    outcome = chailou.run("lab=ddpm&data=digits&steps=6&samples=1")
    picture = outcome.frames["x"]
    assert (picture.dtype, picture.shape) == (np.float32, (1, 1, 8, 8))
    assert outcome.fingerprint.startswith(hashlib.sha256(picture.astype("<f4").tobytes()).hexdigest()[:16])


def test_frames_are_the_engines_memory_and_nobody_elses():
    with chailou.open(DIGITS) as run:
        picture = run.frames("x")["x"]
        holder = picture
        while isinstance(holder.base, np.ndarray):
            holder = holder.base
        # An array that NumPy had allocated, as a copy is, would own its data and have no base.
        assert not holder.flags.owndata
        assert type(holder.base).__name__ == "PySliceContainer"
        assert picture.flags.c_contiguous and picture.flags.writeable
        again = run.frames("x")["x"]
        assert not np.shares_memory(picture, again)
        picture[:] = 7
        assert not (again == 7).any() and not (run.frames("x")["x"] == 7).any()
    # What was handed over outlives the run.
    assert (picture == 7).all()


def test_steps_forth_and_back_and_the_link_to_where_one_stands():
    with chailou.open(f"{DIGITS}&at=4") as run:
        assert (run.at, run.length) == (4, 12)
        there = run.frames()["x"].copy()
        assert run.step(3)["at"] == 7
        assert not np.array_equal(run.frames()["x"], there)
        run.seek(4)
        assert np.array_equal(run.frames()["x"], there)
        link = run.link()
        assert run.step(1000)["at"] == run.length
    outcome = chailou.run(link)
    assert outcome.at == 4 and np.array_equal(outcome.frames["x"], there)
    assert outcome.comparison["verdict"] == "exact" and outcome.link == link


def test_a_state_that_there_is_not_is_said():
    outcome = chailou.run(DIGITS, at=99)
    assert outcome.at == 12
    assert "12" in outcome.warnings[-1]["en"]


def test_a_model_that_writes_gives_its_text():
    outcome = chailou.run("lab=attention&prompt=JULIET%3A%0A&tokens=12&temperature=0")
    assert outcome.text.startswith("JULIET:\n") and len(outcome.text) == 20
    with chailou.open("lab=attention&prompt=JULIET%3A%0A&tokens=12&temperature=0") as run:
        run.step(5)
        assert run.text() == outcome.text[:13]
        [layers, heads, rows, columns] = (maps := run.frames("maps")["maps"]).shape
        assert layers * heads > 1 and rows == columns == 13
        # What a causal head looks at adds up to one, and nothing of it lies ahead.
        assert np.allclose(maps.sum(axis=-1), 1, atol=1e-5)
        assert not np.triu(maps, 1).any()


def test_training_is_a_task_and_its_weights_are_arrays():
    with chailou.open("lab=points&denoiser=learned&particles=100&trained=40") as run:
        task = "train"
        assert run.status["tasks"][task] == {"done": 0, "total": 40}
        run.work(task, 20)
        first = run.weights()
        assert run.work(task)["tasks"][task] == {"done": 40, "total": 40}
        second = run.weights()
        [(name, tensors)] = first.items()
        assert tensors.keys() == second[name].keys() and {"l0.weight", "l0.bias"} <= tensors.keys()
        assert all(not np.array_equal(tensors[key], second[name][key]) for key in tensors)
        # Brought back, the earlier network is the one that is there.
        file = run.networks()[name]
        run.work(task, 20)
        run.bring(file)
        assert all(np.array_equal(run.weights()[name][key], second[name][key]) for key in tensors)
        with pytest.raises(ValueError, match='no task "dance" here: .*train'):
            run.work("dance")


def test_shipped_weights_are_those_that_the_seal_is_of():
    for name, seal in PROOF["weights"].items():
        file = (ROOT / f"www/models/{name}.safetensors").read_bytes()
        assert hashlib.sha256(file).hexdigest() == seal
        # Read here by the format's own definition: a length, a header in JSON, the numbers.
        length = int.from_bytes(file[:8], "little")
        header = json.loads(file[8 : 8 + length])
        header.pop("__metadata__", None)
        tensors = chailou.weights(name)
        assert tensors.keys() == header.keys() and name in chailou.models()
        for key, about in header.items():
            first, last = about["data_offsets"]
            kind = {"F32": "<f4", "F16": "<f2"}[about["dtype"]]
            wanted = np.frombuffer(file[8 + length :][first:last], kind).reshape(about["shape"])
            assert np.array_equal(tensors[key], wanted), key


def test_the_schema_says_what_a_link_may_hold():
    labs = {lab["id"]: lab for lab in chailou.schema()["labs"]}
    assert {"ddpm", "points", "attention", "gamma", "flow", "stretch"} <= labs.keys()
    steps = next(one for one in labs["ddpm"]["parameters"] if one["key"] == "steps")
    with chailou.open("lab=ddpm") as run:
        assert run.experiment["values"]["steps"] == steps["default"]
    assert chailou.schema("gamma")["lab"] == labs["gamma"]
    with pytest.raises(ValueError, match='no lab "hill"; there are ddpm'):
        chailou.schema("hill")


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("lab=ddpm&colour=red", '"colour" is not a setting of this lab'),
        ("lab=hill", 'There is no lab "hill" here'),
        ("lab=ddpm&steps=a%20few", "steps"),
        ("lab=ddpm&at=soon", '"soon" is not a step'),
    ],
)
def test_a_wrong_link_is_refused_in_the_words_of_the_engine(link, sentence):
    with pytest.raises(ValueError, match="not taken as it stands") as refused:
        chailou.run(link)
    assert sentence in str(refused.value) and "strict=False" in str(refused.value)
    with chailou.open(link, strict=False) as run:
        assert any(sentence in message["en"] for message in run.warnings)


def test_what_cannot_be_done_is_said(tmp_path):
    with pytest.raises(ValueError, match="cannot read the model .*models="):
        chailou.run("lab=ddpm", models=tmp_path)
    with pytest.raises(ValueError, match='no model called "house" ships; there are buildings'):
        chailou.weights("house")
    with chailou.open(DIGITS) as run:
        with pytest.raises(ValueError, match='no frame called "roof"'):
            run.frames("roof")
        with pytest.raises(ValueError, match="."):
            run.bring(b"nothing")
    with pytest.raises(RuntimeError, match="this run is closed"):
        run.step()


def test_other_threads_go_on_while_a_run_is_under_way():
    ticks, over = 0, threading.Event()

    def tick():
        nonlocal ticks
        while not over.wait(0.005):
            ticks += 1

    clock = threading.Thread(target=tick)
    clock.start()
    before = time.monotonic()
    chailou.run("lab=ddpm&data=digits&steps=50&samples=16")
    took = time.monotonic() - before
    counted = ticks
    over.set()
    clock.join()
    # With the lock held not one tick would fall between its beginning and its end; a busy machine may lose many.
    assert took > 0.1 and counted > took / 0.005 / 10, (took, counted)


def test_runs_in_threads_do_not_disturb_each_other():
    links = [f"{DIGITS}&seed={seed}" for seed in range(8)]
    alone = [chailou.run(link).fingerprint for link in links]
    with ThreadPoolExecutor(8) as pool:
        together = [outcome.fingerprint for outcome in pool.map(chailou.run, links)]
    assert alone == together and len(set(alone)) == 8
    # One run, asked from many threads.
    with chailou.open(DIGITS) as run, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: run.step(), range(6)))
        assert run.at == 6
