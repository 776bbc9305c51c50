"""Many runs into one table, each of them a link, here or on many machines."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from . import _engine
from ._runs import run

#: More runs than this are to be asked for.
LIMIT = 10_000

Values = str | int | float | Iterable[str | int | float]


def _written(key: str, values: Values) -> str:
    """``KEY=VALUES`` as the command line has it."""
    if isinstance(values, str | int | float):
        values = [values]
    return f"{key}={','.join(str(value) for value in values)}"


def _points(link: str, over: Mapping[str, Values], at: int | None, limit: int) -> list[dict[str, Any]]:
    return _engine.grid(link, [_written(key, values) for key, values in over.items()], at, limit)


def grid(link: str, over: Mapping[str, Values], *, at: int | None = None, limit: int = LIMIT) -> list[str]:
    """The links of all runs that :func:`sweep` does, in its order."""
    return [point["link"] for point in _points(link, over, at, limit)]


def row(link: str, *, models: str | None = None) -> dict[str, Any]:
    """What came out of the run of ``link``, as plain data. A run that fails is a row that says so."""
    try:
        outcome = run(link, models=models, strict=False)
    except (ValueError, RuntimeError) as error:
        return {"link": link, "error": str(error)}
    return {
        "link": outcome.link,
        "step": outcome.at,
        "readouts": [[id, *(one[key] for key in MEASURED)] for id, one in outcome.readouts.items()],
        "text": outcome.text,
        "fingerprint": outcome.fingerprint,
        "warnings": [message["en"] for message in outcome.warnings],
    }


#: The columns of each readout.
MEASURED = ("value", "expected", "verdict")


def _table(points: list[dict[str, Any]], rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    table: dict[str, list[Any]] = {"link": [one["link"] for one in rows]}
    for key in points[0]["values"] if points else ():
        table[key] = [point["values"][key] for point in points]
    table["step"] = [one.get("step") for one in rows]
    measured = [{id: rest for id, *rest in one.get("readouts", ())} for one in rows]
    for id in dict.fromkeys(id for one in measured for id in one):
        for i, name in enumerate(MEASURED):
            table[f"{id}.{name}"] = [one[id][i] if id in one else None for one in measured]
    if any(one.get("text") is not None for one in rows):
        table["text"] = [one.get("text") for one in rows]
    table["fingerprint"] = [one.get("fingerprint") for one in rows]
    said = [
        [message["en"] for message in point["warnings"]] + one.get("warnings", [])
        for point, one in zip(points, rows, strict=True)
    ]
    table["warnings"] = [" ".join(sentences) or None for sentences in said]
    table["error"] = [one.get("error") for one in rows]
    return table


def sweep(
    link: str,
    over: Mapping[str, Values],
    *,
    client: Any = None,
    at: int | None = None,
    models: str | os.PathLike[str] | None = None,
    limit: int = LIMIT,
    part: tuple[int, int] = (0, 1),
) -> dict[str, list[Any]]:
    """Runs ``link`` for many values of its settings: a table as columns by their names, each row of which is a link.

    ``over`` has settings and their values, ``{"seed": range(1, 201), "guidance": [1, 1.3, 2]}``; several are crossed, the last
    one fastest. A value may also be written as for ``chailou sweep``: ``"1..200"``, ``"0..1:0.25"``. The columns are ``link``,
    the settings that vary, ``step``, of each readout ``ID.value``, ``ID.expected`` and ``ID.verdict``, ``text`` where there is
    one, ``fingerprint``, ``warnings`` and ``error``: a run that fails is a row that says why.

    ``client`` does the runs: a Dask ``Client``, or anything whose ``map`` takes a function and links, such as an executor of
    ``concurrent.futures``. Without one they are done here, on all cores. ``part=(k, n)`` does every ``n``-th run from the
    ``k``-th on: one of ``n`` jobs that know nothing of each other.
    """
    which, of = part
    if not 0 <= which < of:
        raise ValueError(f"part=({which}, {of}) is none: it is (k, n) with k from 0 to n - 1")
    points = _points(link, over, at, limit)[which::of]
    links = [point["link"] for point in points]
    do = partial(row, models=None if models is None else os.fspath(models))
    if client is None:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            rows = list(pool.map(do, links))
    else:
        mapped = client.map(do, links)
        rows = list(client.gather(mapped) if hasattr(client, "gather") else mapped)
    return _table(points, rows)
