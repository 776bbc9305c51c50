"""Chailou in Python: any link of the page, run by the page's own engine.

>>> import chailou
>>> run = chailou.run("lab=ddpm&seed=7&label=8&at=80")
>>> run.frames["x"].shape
(4, 3, 32, 32)
"""

from __future__ import annotations

from importlib.metadata import version

from ._engine import Error
from .many import grid, row, sweep
from .model import Weights, models, weights
from .run import Readout, Run, Session, open, run, schema

__version__ = version("chailou")

__all__ = [
    "Error",
    "Lab",
    "Readout",
    "Run",
    "Session",
    "Weights",
    "__version__",
    "grid",
    "models",
    "open",
    "row",
    "run",
    "schema",
    "sweep",
    "weights",
]


def __getattr__(name: str) -> object:
    # The widget needs anywidget, which nothing else does.
    if name == "Lab":
        from .widget import Lab

        return Lab
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
