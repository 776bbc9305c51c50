"""The engine of Chailou for programs in Python: run a link, step through it, read frames, measurements and weights."""

from ._engine import __version__
from ._page import Page, serve
from ._runs import Outcome, Run, models, open, run, schema, weights
from ._sweep import grid, sweep

__all__ = [
    "Outcome",
    "Page",
    "Run",
    "__version__",
    "grid",
    "models",
    "open",
    "run",
    "schema",
    "serve",
    "sweep",
    "weights",
]
