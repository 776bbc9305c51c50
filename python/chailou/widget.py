"""The live lab in a notebook."""

from __future__ import annotations

import os
import pathlib

import anywidget
import traitlets

from . import _engine
from .run import Run, _written, run

#: One server for all labs of this process; it listens on this machine alone.
_server: _engine.PageServer | None = None


def _port() -> int:
    global _server
    if _server is None:
        # A folder with another page than the one within, for those who work on it.
        _server = _engine.PageServer(os.environ.get("CHAILOU_PAGE"))
    return _server.port or 0


class Lab(anywidget.AnyWidget):
    """The page's own lab, live: ``chailou.Lab("lab=ddpm&seed=7")``.

    What is done in it comes back in ``link``, ``at``, ``values`` and ``readouts``; ``link`` may be set, too. It needs
    ``pip install chailou[widget]``. Where the browser is on another machine than Python, name a page that it can reach in
    ``page``, such as ``"https://your.host/chailou/"``.
    """

    _esm = pathlib.Path(__file__).parent / "widget.js"

    #: The experiment; setting it opens another one.
    link = traitlets.Unicode().tag(sync=True)
    #: The state shown, and the last one.
    at = traitlets.Int(0).tag(sync=True)
    length = traitlets.Int(0).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    #: The lab's settings by their names.
    values = traitlets.Dict().tag(sync=True)
    #: ``{id: {"value": …, "expected": …, "verdict": …}}``
    readouts = traitlets.Dict().tag(sync=True)
    #: The last thing that went wrong, in a sentence.
    problem = traitlets.Unicode("").tag(sync=True)
    #: Where the page is; empty: within this package.
    page = traitlets.Unicode("").tag(sync=True)
    _port = traitlets.Int(0).tag(sync=True)

    def __init__(self, link: str = "lab=ddpm", *, page: str = "") -> None:
        super().__init__(link=link, page=page, _port=0 if page else _port())

    def step(self, n: int = 1) -> None:
        """Moves ``n`` states on, or back."""
        self.send({"type": "step", "n": n})

    def seek(self, at: int) -> None:
        """Moves to state ``at``."""
        self.send({"type": "seek", "at": at})

    def play(self, speed: float = 1.0) -> None:
        self.send({"type": "play", "speed": speed})

    def pause(self) -> None:
        self.send({"type": "pause"})

    def set(self, **values: object) -> None:
        """Other values of settings, by their names in links."""
        self.send({"type": "set", "values": {key: _written(value) for key, value in values.items()}})

    def run(self) -> Run:
        """The state shown, computed here: all frames as NumPy arrays, and every readout."""
        return run(self.link, at=self.at)
