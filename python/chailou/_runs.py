"""A link, run: to its end at once, or step by step."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from . import _engine

#: A named array of single-precision numbers, row by row; its memory is the engine's.
Array = npt.NDArray[np.float32]
#: A measured number beside what theory expects: ``id``, ``title`` (``en`` and ``zh``), ``value``, ``expected``, ``tolerance``,
#: ``relation``, ``unit``, ``verdict`` (``"holds"``, ``"fails"`` or ``"open"``), ``note`` and ``reference``.
Readout = dict[str, Any]
#: A sentence about a setting: ``key``, ``en`` and ``zh``.
Message = dict[str, str]


@dataclass(frozen=True)
class Outcome:
    """What came out of a run."""

    #: The id of its lab.
    lab: str
    #: The link to this very state, with its fingerprint: behind the ``#`` of the page's address it opens there.
    link: str
    #: The state that was reached, and the last one that there is.
    at: int
    length: int
    #: What was measured there, by its id.
    readouts: dict[str, Readout] = field(repr=False)
    #: The frames that say what the state is, by their names.
    frames: dict[str, Array] = field(repr=False)
    #: What a model that writes has written.
    text: str | None
    fingerprint: str
    #: How far this is from what the link's own fingerprint promises; ``None`` for a link without one.
    comparison: dict[str, Any] | None
    #: What could not be taken as it stood.
    warnings: list[Message]
    #: All that the engine says of the state: ``computed``, ``tasks``, and what its lab adds.
    status: dict[str, Any] = field(repr=False)


class Run:
    """An experiment that runs; :func:`open` makes one. Calls from several threads are done one after another."""

    def __init__(self, session: _engine.Session) -> None:
        self._session = session

    @property
    def experiment(self) -> dict[str, Any]:
        """What the link says: ``lab``, ``values``, ``at``, ``check``, and what was given besides."""
        return self._session.experiment

    @property
    def warnings(self) -> list[Message]:
        """What of the link could not be used as it was."""
        return self._session.warnings + self.status["warnings"]

    @property
    def status(self) -> dict[str, Any]:
        return self._session.status()

    @property
    def at(self) -> int:
        """The state shown, from 0 to :attr:`length`."""
        return self.status["at"]

    @property
    def length(self) -> int:
        return self.status["length"]

    def step(self, n: int = 1) -> dict[str, Any]:
        """Moves ``n`` states on, or to the end; the answer is the status there."""
        self._session.step(n)
        return self.status

    def seek(self, at: int) -> dict[str, Any]:
        """Moves to state ``at``. Back is exact."""
        self._session.seek(at)
        return self.status

    def work(self, task: str, n: int | None = None) -> dict[str, Any]:
        """Goes on with a task beside the timeline, training or measuring: ``n`` of its units, or all that are left."""
        self._session.work(task, n)
        return self.status

    def select(self, **choices: Any) -> dict[str, Any]:
        """What is looked at: another sample, another head, other settings of the view. Nothing of the experiment changes."""
        self._session.select(choices)
        return self.status

    def frames(self, *names: str) -> dict[str, Array]:
        """Frames of this state by their names; without names those that say what the state is."""
        return {name: self._session.frame(name) for name in names or self._session.main_frames}

    def readouts(self) -> dict[str, Readout]:
        """What was measured at this state, beside what theory expects, by its id."""
        return {readout["id"]: readout for readout in self._session.readouts()}

    def text(self) -> str | None:
        """What a model that writes has written up to here."""
        return self._session.text()

    def weights(self) -> dict[str, dict[str, Array]]:
        """The networks that are asked or trained here: tensors with PyTorch's names and shapes, by the names of their networks."""
        return self._session.weights()

    def networks(self) -> dict[str, bytes]:
        """The same as safetensors files."""
        return self._session.networks()

    def bring(self, file: bytes) -> None:
        """Takes the network of a safetensors file in place of the one that is here."""
        self._session.bring(file)

    def link(self) -> str:
        """The link to this state, with the fingerprint of what stands there."""
        return self._session.link()

    def fingerprint(self) -> str:
        return self._session.fingerprint()

    def compare(self, check: str) -> dict[str, Any]:
        """How far what stands here is from what has the fingerprint ``check``."""
        return self._session.compare(check)

    def finish(self, at: int | None = None) -> Outcome:
        """Runs to state ``at``, to the link's own or to the end, with all that is to be measured there."""
        said = self._session.finish(at)
        return Outcome(
            lab=self.experiment["lab"],
            link=self.link(),
            at=said["status"]["at"],
            length=said["status"]["length"],
            readouts={readout["id"]: readout for readout in said["readouts"]},
            frames=said["frames"],
            text=said["text"],
            fingerprint=said["fingerprint"],
            comparison=said["comparison"],
            warnings=self._session.warnings + said["warnings"],
            status=said["status"],
        )

    def close(self) -> None:
        """Gives back what it holds."""
        self._session.close()

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _opened(link: str, models: str | os.PathLike[str] | None, strict: bool) -> Run:
    run = Run(_engine.Session(link, None if models is None else os.fspath(models)))
    wrong = run._session.warnings
    if strict and wrong:
        run.close()
        sentences = " ".join(message["en"] for message in wrong)
        raise ValueError(f"the link is not taken as it stands: {sentences} With strict=False it is run all the same.")
    return run


def open(link: str, *, models: str | os.PathLike[str] | None = None, strict: bool = True) -> Run:
    """Opens a link, whole or its part after ``#``, at the step that it names.

    ``models`` is a folder of other weights than those that the package carries. A link of which anything could not be taken as
    it stands is a :class:`ValueError`; with ``strict=False`` it stands in :attr:`Run.warnings`, as the page does it.
    """
    run = _opened(link, models, strict)
    if run.experiment["at"]:
        run.seek(int(run.experiment["at"]))
    return run


def run(
    link: str, *, at: int | None = None, models: str | os.PathLike[str] | None = None, strict: bool = True
) -> Outcome:
    """Runs a link to state ``at``, to its own step or to the end, with all that is to be measured there; else as :func:`open`."""
    with _opened(link, models, strict) as opened:
        return opened.finish(at)


def schema(lab: str | None = None) -> dict[str, Any]:
    """Every lab with every parameter, its range, default and meaning; with ``lab`` that one whole, as ``lab``, and the heads of all."""
    return _engine.schema(lab)


def models() -> list[str]:
    """The names of the models that the package carries."""
    return _engine.models()


def weights(name: str, *, models: str | os.PathLike[str] | None = None) -> dict[str, Array]:
    """The tensors of a model that the package carries, or of one in the folder ``models``, by PyTorch's names."""
    return _engine.weights(name, None if models is None else os.fspath(models))
