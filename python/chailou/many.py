"""Many runs: a link, values for some of its settings, and an engine that maps over them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from . import _engine
from .run import _written, run

#: Values of a setting: a list or a range, or a text such as "1..200" or "0..1:0.25".
Values = str | Iterable[object]

LIMIT = 10_000


def grid(link: str, over: Mapping[str, Values], *, limit: int = LIMIT) -> list[str]:
    """The links of all combinations, the last setting fastest; what cannot be used is named before anything runs."""
    return [one for one, _ in _grid(link, over, limit)]


def row(link: str, at: int | None = None) -> dict[str, Any]:
    """One run as a row: link, step, ID.value, ID.expected and ID.verdict of every readout, fingerprint, warnings, error.

    A run that fails is a row that says why. This is what any engine maps over links: Dask, Ray, a job array.
    """
    try:
        done = run(link, at=at)
    except _engine.Error as error:
        return {"link": link, "step": None, "fingerprint": None, "warnings": None, "error": str(error)}
    shown: dict[str, Any] = {"link": done.link, "step": done.step}
    for id, readout in done.readouts.items():
        shown |= {f"{id}.value": readout.value, f"{id}.expected": readout.expected, f"{id}.verdict": readout.verdict}
    if done.text is not None:
        shown["text"] = done.text
    return shown | {"fingerprint": done.fingerprint, "warnings": " ".join(done.warnings) or None, "error": None}


def sweep(
    link: str,
    over: Mapping[str, Values],
    *,
    client: Any = None,
    at: int | None = None,
    jobs: int | None = None,
    limit: int = LIMIT,
) -> list[dict[str, Any]]:
    """Runs all combinations and returns a row each, ready for ``pandas.DataFrame``; see :func:`row`.

    ``client`` is a Dask client (``distributed.Client``), whose workers have this package; without one ``jobs`` threads of this
    process work, by default one a core.
    """
    points = _grid(link, over, limit)
    links = [one for one, _ in points]
    if client is not None:
        rows = client.gather(client.map(row, links, at=at))
    else:
        with ThreadPoolExecutor(jobs or os.cpu_count()) as pool:
            rows = list(pool.map(lambda one: row(one, at), links))
    return [_placed(values, one) for (_, values), one in zip(points, rows, strict=True)]


def _placed(values: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    return {"link": row["link"], **values, **{key: value for key, value in row.items() if key != "link"}}


def _grid(link: str, over: Mapping[str, Values], limit: int) -> list[tuple[str, dict[str, Any]]]:
    points = _engine.grid(link, [f"{key}={_list(values)}" for key, values in over.items()], limit)
    return [(one, {key: _value(value) for key, value in values}) for one, values in points]


def _list(values: Values) -> str:
    return values if isinstance(values, str) else ",".join(_written(value) for value in values)


def _value(written: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(written)
        except ValueError:
            continue
    return written
