"""A link from its beginning to its numbers, at once or step by step."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from . import _engine
from ._engine import Error

Folder = str | os.PathLike[str] | None


@dataclass(frozen=True)
class Readout:
    """A measured number beside what theory expects of it."""

    id: str
    title: str
    #: None while it has not been measured.
    value: float | None
    expected: float | None
    tolerance: float | None
    #: "equals", "below" or "above": how the value has to stand to what is expected.
    relation: str
    #: "holds", "fails", or "open" while it has not been measured.
    verdict: str
    unit: str
    note: str


@dataclass(frozen=True)
class Run:
    """What a link shows at a state."""

    link: str
    lab: str
    #: The state shown, of 0 to length.
    step: int
    length: int
    readouts: dict[str, Readout]
    #: Arrays of float32 by their names, in the engine's own memory.
    frames: dict[str, np.ndarray] = field(repr=False)
    #: The exact hash of what is shown and eight numbers, as links carry it in check=.
    fingerprint: str
    #: What a lab that writes has written.
    text: str | None
    #: What of the link could not be taken as it stood.
    warnings: list[str]
    #: Whether the result is the one of the link's fingerprint: verdict, rms, tolerance, message.
    comparison: dict[str, Any] | None = None
    #: What a lab says of the state besides: diffusion time, network calls …
    facts: dict[str, Any] = field(default_factory=dict)


def _run(shown: dict[str, Any]) -> Run:
    readouts = {one["id"]: Readout(**one) for one in shown["readouts"]}
    return Run(**{
        **shown,
        "readouts": readouts,
        "comparison": json.loads(shown["comparison"]),
        "facts": json.loads(shown["facts"]),
    })


def _folder(models: Folder) -> str | None:
    return None if models is None else os.fspath(models)


def run(link: str, *, at: int | None = None, models: Folder = None) -> Run:
    """Runs a link to state ``at``, to its own step or to the end, and measures there.

    ``models`` names a folder of other weights than those that come with the package.
    """
    return _run(_engine.run(link, at, _folder(models)))


def _written(value: object) -> str:
    """A value as a link holds it."""
    if isinstance(value, (bool, np.bool_)):
        raise Error(f"{value} is neither a number nor a word")
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        # A whole number without its point, as links have it.
        return str(int(value)) if float(value).is_integer() and abs(value) < 2**53 else repr(float(value))
    return str(value)


class Session:
    """An experiment under way. Any thread may use it; requests are answered one at a time."""

    def __init__(self, link: str, *, models: Folder = None) -> None:
        self._session = _engine.Session(link, _folder(models))

    def step(self, n: int = 1) -> Session:
        """Moves ``n`` states on, or back; stops at either end."""
        self._session.step(n)
        return self

    def seek(self, at: int) -> Session:
        """Moves to state ``at``; what is behind is not computed again."""
        if at < 0:
            raise Error(f"there is no state {at}; the first one is 0")
        self._session.seek(at)
        return self

    def set(self, values: Mapping[str, object] | None = None, **more: object) -> Session:
        """Other values of settings; what was computed and is still true is kept. A value that cannot be used changes nothing."""
        every = {**(values or {}), **more}
        self._session.set([(key, _written(value)) for key, value in every.items()])
        return self

    def measure(self) -> Session:
        """Measures what waits to be measured at this state; until then such readouts are open."""
        self._session.measure()
        return self

    def frame(self, name: str) -> np.ndarray:
        """Any array of this state by its name, also those that the page asks for beside the usual ones."""
        return self._session.frame(name)

    @property
    def now(self) -> Run:
        """All that is shown at this state."""
        return _run(self._session.look())

    @property
    def at(self) -> int:
        return self._session.at

    @property
    def length(self) -> int:
        return self._session.length

    @property
    def link(self) -> str:
        """The link to this state."""
        return self._session.link

    @property
    def warnings(self) -> list[str]:
        """What of the link could not be taken as it stood."""
        return self._session.warnings

    @property
    def readouts(self) -> dict[str, Readout]:
        return self.now.readouts

    @property
    def frames(self) -> dict[str, np.ndarray]:
        return self.now.frames

    @property
    def text(self) -> str | None:
        return self.now.text

    def __repr__(self) -> str:
        return f"<chailou.Session {self.link} · state {self.at} of {self.length}>"


def open(link: str, *, models: Folder = None) -> Session:  # noqa: A001
    """Opens a link at the state that it names, or at its first."""
    return Session(link, models=models)


def schema(lab: str | None = None) -> dict[str, Any]:
    """What all labs say of themselves, or one: settings with range, default and meaning."""
    whole = json.loads(_engine.schema())
    if lab is None:
        return whole
    for one in whole["labs"]:
        if one["id"] == lab:
            return one
    raise Error(f'there is no lab "{lab}"; there are {", ".join(one["id"] for one in whole["labs"])}')
