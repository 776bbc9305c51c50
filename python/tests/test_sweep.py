"""Many runs: one table, whoever does them."""

import concurrent.futures
import math

import pytest

import chailou

LINK = "lab=ddpm&data=digits&steps=2&samples=1"
OVER = {"seed": range(1, 4), "sampler": ["ddim", "ddpm"]}


@pytest.fixture(scope="module")
def table():
    return chailou.sweep(LINK, OVER)


def test_every_row_is_the_run_of_its_link(table):
    assert list(zip(table["seed"], table["sampler"], strict=True)) == [
        (seed, sampler) for seed in (1, 2, 3) for sampler in ("ddim", "ddpm")
    ]
    assert set(map(len, table.values())) == {6}
    assert not any(table["error"]) and "text" not in table
    for i, link in enumerate(table["link"]):
        outcome = chailou.run(link)
        assert outcome.comparison["verdict"] == "exact"
        assert (outcome.at, outcome.fingerprint) == (table["step"][i], table["fingerprint"][i])
        for id, readout in outcome.readouts.items():
            assert table[f"{id}.value"][i] == readout["value"], id
            assert table[f"{id}.verdict"][i] == readout["verdict"], id
    assert len(set(table["fingerprint"])) == 6


def test_ranges_are_those_of_the_command_line(table):
    assert chailou.sweep(LINK, {"seed": "1..3", "sampler": "ddim,ddpm"}) == table
    assert chailou.grid("lab=gamma", {"n": "1..7:2"}) == chailou.grid("lab=gamma", {"n": [1, 3, 5, 7]})


def test_closed_forms_along_a_sweep():
    table = chailou.sweep("lab=gamma", {"n": range(1, 8)})
    for n, volume in zip(table["n"], table["ball_volume.value"], strict=True):
        assert volume == pytest.approx(math.pi ** (n / 2) / math.gamma(n / 2 + 1), rel=1e-12)


def test_processes_of_dask_give_the_same_table(table):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        client.wait_for_workers(2, timeout=60)
        assert chailou.sweep(LINK, OVER, client=client) == table
        did = client.run(lambda dask_worker: dask_worker.state.executed_count)
        assert len(did) == 2 and sum(did.values()) == 6


def test_executors_and_parts_give_the_same_table(table):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        assert chailou.sweep(LINK, OVER, client=pool) == table
    parts = [chailou.sweep(LINK, OVER, part=(k, 4)) for k in range(4)]
    for name, column in table.items():
        assert [parts[i % 4][name][i // 4] for i in range(6)] == column


def test_a_table_is_one_of_pandas(table):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(table)
    assert frame.shape == (6, len(table)) and frame["seed"].dtype.kind == "i"


def test_a_run_that_fails_is_a_row_that_says_why(tmp_path):
    table = chailou.sweep(LINK, {"seed": [1, 2]}, models=tmp_path)
    assert all("cannot read the model" in error for error in table["error"])
    assert table["fingerprint"] == [None, None] and all(table["link"])


@pytest.mark.parametrize(
    ("over", "options", "sentence"),
    [
        ({"colour": ["red"]}, {}, '"colour" is not a setting of the lab ddpm'),
        ({"seed": "5..1"}, {}, "ends before it begins"),
        ({"seed": range(9)}, {"limit": 8}, "this grid has 9 runs, more than 8; .*limit=9"),
        ({"guidance": [1e9]}, {}, "a value cannot be used as it stands"),
        ({"seed": [1]}, {"part": (2, 2)}, "part="),
    ],
)
def test_what_is_no_sweep_is_refused_before_anything_runs(over, options, sentence):
    with pytest.raises(ValueError, match=sentence):
        chailou.sweep(LINK, over, **options)
