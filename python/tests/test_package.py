"""The package as it is installed: the same bits as the command line, NumPy, threads, Dask, a notebook."""

import hashlib
import json
import os
import pathlib
import pickle
import subprocess
import tempfile
import threading
import unittest
import urllib.request

import numpy as np

import chailou

#: The command line that was built from the same sources.
CHAILOU = os.environ["CHAILOU"]
LINKS = [
    "lab=ddpm&steps=6&samples=2&at=9",
    "lab=ddpm&data=digits&steps=4&samples=3&colour=red",
    "lab=points&steps=3&particles=200",
    "lab=attention&tokens=12&temperature=0&prompt=JULIET%3A%0A",
    "lab=rank&n=24",
]


def command(*arguments: str) -> bytes:
    return subprocess.run([CHAILOU, *arguments], check=True, stdout=subprocess.PIPE).stdout


def told(link: str) -> dict:
    return json.loads(command("run", link, "--json"))


class Runs(unittest.TestCase):
    def test_a_run_has_the_bits_of_the_command_line(self):
        for link in LINKS:
            with self.subTest(link=link):
                here, there = chailou.run(link), told(link)
                self.assertEqual(here.fingerprint, there["fingerprint"])
                self.assertEqual((here.link, here.step, here.text), (there["link"], there["step"], there.get("text")))
                self.assertEqual(here.warnings, [one["en"] for one in there["warnings"]])
                self.assertEqual(len(here.frames), len(there["frames"]))
                for frame in there["frames"]:
                    array = here.frames[frame["name"]]
                    self.assertEqual((list(array.shape), array.dtype), (frame["shape"], np.float32))
                    self.assertEqual(hashlib.sha256(array.tobytes()).hexdigest(), frame["sha256"])
                for one in there["readouts"]:
                    readout = here.readouts[one["id"]]
                    mine = (readout.value, readout.expected, readout.tolerance, readout.verdict, readout.relation)
                    theirs = tuple(one[key] for key in ["value", "expected", "tolerance", "verdict", "relation"])
                    self.assertEqual(mine, theirs)

    def test_arrays_are_the_engines_memory_and_outlive_it(self):
        session = chailou.open(LINKS[0])
        array = session.frame("x")
        self.assertFalse(array.flags.owndata)
        self.assertTrue(array.flags.writeable and array.flags.c_contiguous)
        before = array.copy()
        del session
        np.testing.assert_array_equal(array, before)

    def test_a_session_goes_both_ways_and_takes_other_settings(self):
        link = "lab=ddpm&data=digits&steps=6&samples=2"
        session = chailou.open(link)
        self.assertEqual((session.at, session.length), (0, chailou.run(link).length))
        forth = session.seek(8).frame("x")
        session.step(3).step(-3)
        np.testing.assert_array_equal(session.frame("x"), forth)
        self.assertEqual(session.at, 8)
        session.set(guidance=2, label=np.int64(3)).measure()
        other = chailou.run(f"{link}&guidance=2&label=3&at=8")
        self.assertEqual(session.now.fingerprint, other.fingerprint)
        self.assertEqual(session.readouts, other.readouts)
        self.assertEqual(session.link, other.link)
        # What cannot be used changes nothing.
        for values, word in [({"guidance": 99}, "guidance"), ({"colour": "red"}, "colour"), ({"label": "nine"}, "label")]:
            with self.assertRaisesRegex(chailou.Error, word):
                session.set(values)
        self.assertEqual(session.now.fingerprint, other.fingerprint)

    def test_what_goes_wrong_is_a_sentence(self):
        with self.assertRaisesRegex(chailou.Error, "no frame called \"moon\""):
            chailou.open("lab=rank").frame("moon")
        with self.assertRaisesRegex(chailou.Error, "no/such"):
            chailou.run("lab=ddpm", models="no/such")
        with self.assertRaisesRegex(ValueError, "there are"):
            chailou.weights("moon")
        with self.assertRaisesRegex(chailou.Error, "there are ddpm"):
            chailou.schema("moon")

    def test_other_threads_run_meanwhile(self):
        turns, over = 0, threading.Event()

        def count():
            nonlocal turns
            while not over.wait(0.001):
                turns += 1

        counter = threading.Thread(target=count)
        counter.start()
        chailou.run("lab=points&steps=20&particles=2000")
        over.set()
        counter.join()
        self.assertGreater(turns, 20)

    def test_the_schema_and_the_weights_are_those_that_ship(self):
        self.assertEqual(chailou.schema(), json.loads(command("schema")))
        self.assertEqual(chailou.schema("points")["id"], "points")
        counts = {"shakespeare": 809_984, "buildings": 788_900, "digits": 158_105, "tang": 1_177_472}
        for name, count in counts.items():
            weights = chailou.weights(name)
            self.assertEqual(sum(array.size for array in weights.values()), count)
            self.assertTrue(all(np.isfinite(array).all() for array in weights.values()))
        self.assertIn("config", chailou.weights("digits").metadata)


class Many(unittest.TestCase):
    LINK = "lab=points&steps=3&particles=100"
    OVER = {"seed": range(1, 4), "sampler": ["ddim", "ddpm"]}

    def test_rows_are_runs_and_bad_values_are_named_first(self):
        rows = chailou.sweep(self.LINK, self.OVER, jobs=2)
        self.assertEqual([row["seed"] for row in rows], [1, 1, 2, 2, 3, 3])
        for row in rows:
            run = chailou.run(row["link"])
            self.assertEqual((row["fingerprint"], row["error"]), (run.fingerprint, None))
            self.assertEqual({id: row[f"{id}.value"] for id in run.readouts}, {id: one.value for id, one in run.readouts.items()})
        for over, word in [({"seed": "1..1000000"}, "1000000 runs"), ({"moon": [1]}, "moon"), ({"steps": [3, 10**9]}, "steps")]:
            with self.assertRaisesRegex(chailou.Error, word):
                chailou.sweep(self.LINK, over)

    def test_dask_maps_over_processes(self):
        from distributed import Client, LocalCluster

        with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, Client(cluster) as client:
            self.assertNotIn(os.getpid(), client.run(os.getpid).values())
            self.assertEqual(chailou.sweep(self.LINK, self.OVER, client=client), chailou.sweep(self.LINK, self.OVER))
        self.assertIs(pickle.loads(pickle.dumps(chailou.row)), chailou.row)

    def test_the_table_of_the_command_line_is_read_by_another_program(self):
        import pyarrow.parquet

        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "runs.parquet")
            command("sweep", self.LINK, "--over", "seed=1..3", "--over", "sampler=ddim,ddpm", "--out", out)
            table = pyarrow.parquet.read_table(out)
        types = {field.name: str(field.type) for field in table.schema}
        self.assertEqual((types["seed"], types["sampler"], types["step"]), ("uint64", "string", "int64"))
        theirs = table.to_pylist()
        for mine, row in zip(chailou.sweep(self.LINK, self.OVER), theirs, strict=True):
            self.assertEqual(mine, {key: row[key] for key in mine})


class Notebook(unittest.TestCase):
    def test_a_lab_is_shown_and_its_page_is_served(self):
        import nbformat
        from nbclient import NotebookClient

        cells = [
            'import chailou\nlab = chailou.Lab("lab=points&steps=3&particles=100")\nlab',
            "lab.at = 3\nprint(lab.run().fingerprint)\nprint(lab._port)",
            "lab.step(); lab.set(eta=0.5); lab.pause()",
        ]
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        client = NotebookClient(notebook, timeout=60)
        with client.setup_kernel():
            for index, cell in enumerate(notebook.cells):
                client.execute_cell(cell, index)
            shown = notebook.cells[0].outputs[0]["data"]
            self.assertIn("application/vnd.jupyter.widget-view+json", shown)
            state = client.widget_state[shown["application/vnd.jupyter.widget-view+json"]["model_id"]]
            self.assertEqual(state["link"], "lab=points&steps=3&particles=100")
            self.assertIn("postMessage", state["_esm"])
            fingerprint, port = notebook.cells[1].outputs[0]["text"].split()
            self.assertEqual(fingerprint, chailou.run(f"{state['link']}&at=3").fingerprint)
            page = urllib.request.urlopen(f"http://localhost:{port}/", timeout=10).read().decode()
            self.assertIn("<title>", page)

    def test_types_travel_with_it(self):
        folder = pathlib.Path(chailou.__file__).parent
        self.assertTrue({"py.typed", "_engine.pyi", "widget.js"} <= {path.name for path in folder.iterdir()})


if __name__ == "__main__":
    unittest.main()
