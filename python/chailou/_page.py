"""The page, from this package."""

from __future__ import annotations

import os
from functools import cache

from . import _engine


class Page:
    """The page, served until it is closed: its files and nothing else; nothing is logged, nobody is asked."""

    def __init__(self, page: _engine.Page) -> None:
        self._page = page

    @property
    def url(self) -> str:
        """The address that a browser on this machine opens."""
        return self._page.url

    def open(self, link: str) -> str:
        """The address of a link, or of its part after ``#``, on this page."""
        return f"{self.url}#{link.split('#', 1)[-1]}"

    def close(self) -> None:
        self._page.close()

    def __enter__(self) -> Page:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def serve(*, port: int = 0, address: str = "127.0.0.1", folder: str | os.PathLike[str] | None = None) -> Page:
    """Serves the page that the package carries, or that of ``folder``, as ``chailou serve`` does; port 0 is any that is free."""
    return Page(_engine.Page(None if folder is None else os.fspath(folder), address, port))


@cache
def own() -> Page:
    """The page for figures in notebooks, served once, until the program ends."""
    return serve()
