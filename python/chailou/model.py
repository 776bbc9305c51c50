"""The weights of the models that ship, as NumPy arrays."""

from __future__ import annotations

import json

import numpy as np
from safetensors.numpy import load

from . import _engine


class Weights(dict[str, np.ndarray]):
    """Arrays by PyTorch's names and shapes."""

    #: What the file says of itself: the model's sizes, and how it was made.
    metadata: dict[str, str]


def models() -> list[str]:
    """The names of the models that ship."""
    return _engine.models()


def weights(name: str) -> Weights:
    """The weights of a model that ships: ``chailou.weights("shakespeare")``."""
    file = _engine.weights(name)
    found = Weights(load(file))
    head = json.loads(file[8 : 8 + int.from_bytes(file[:8], "little")])
    found.metadata = head.get("__metadata__", {})
    return found
