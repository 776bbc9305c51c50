"""A live lab in a notebook: the page's own figure, which hands back what it shows."""

from __future__ import annotations

import pathlib
from typing import Any

import anywidget
import traitlets

from . import _page
from ._runs import Outcome, run


class Lab(anywidget.AnyWidget):
    """The figure of a link, live.

    ``site`` is the address of a page of Chailou that the *browser* reaches; without one it is served by this process, which is
    right where notebook and browser are on one machine. What the figure shows is in :attr:`here`, :attr:`at`, :attr:`length`,
    :attr:`values`, :attr:`readouts` and :attr:`playing`, which change while it does; ``observe`` them as those of any widget.
    """

    _esm = pathlib.Path(__file__).parent / "widget.js"

    #: The link that is opened; a new one is opened in the figure that stands.
    link = traitlets.Unicode("").tag(sync=True)
    site = traitlets.Unicode("").tag(sync=True)
    #: ``en`` or ``zh``.
    lang = traitlets.Unicode("").tag(sync=True)
    #: ``light``, ``dark`` or ``auto``.
    theme = traitlets.Unicode("").tag(sync=True)
    #: ``player``; ``none``: the figure alone; ``settings``: these too.
    controls = traitlets.Enum(["player", "none", "settings"], "player").tag(sync=True)

    #: The link of what the figure shows now, whatever a hand has changed in it; empty until it stands.
    here = traitlets.Unicode("").tag(sync=True)
    at = traitlets.Int(0).tag(sync=True)
    length = traitlets.Int(0).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    #: The settings, by the names of the lab's parameters.
    values = traitlets.Dict().tag(sync=True)
    #: What was measured, beside what theory expects, by its id.
    readouts = traitlets.Dict().tag(sync=True)
    #: What the figure could not do, in one sentence; empty while nothing is wrong.
    problem = traitlets.Unicode("").tag(sync=True)

    def __init__(self, link: str = "", *, site: str | None = None, **looks: Any) -> None:
        site = _page.own().url if site is None else f"{site.rstrip('/')}/"
        super().__init__(link=link, site=site, **looks)

    def set(self, **values: str | int | float) -> None:
        """Other settings, by the names of the lab's parameters; numbers are held within their ranges."""
        self._ask("set", values)

    def step(self, n: int = 1) -> None:
        """``n`` steps on, negative for back."""
        self._ask("step", n)

    def seek(self, at: int) -> None:
        self._ask("seek", at)

    def play(self, speed: float = 1) -> None:
        """Plays, at 0.25 to 8 times the usual pace."""
        self._ask("play", speed)

    def pause(self) -> None:
        self._ask("pause")

    def run(self) -> Outcome:
        """What the figure shows, computed here: frames and all, at its step."""
        return run(self.here or self.link, strict=False)

    def _ask(self, method: str, *arguments: Any) -> None:
        self.send({"method": method, "arguments": arguments})
