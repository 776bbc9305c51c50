"""Slowest rates of Fokker-Planck operators by sinc functions, and Stein's velocity, with NumPy. Writes flow.json.

    python3 tests/golden/flow.py
"""

import json
from pathlib import Path

import numpy as np


def slopes(x, half, s):
    """V' and V'' of half N(-half, s^2), half N(half, s^2)."""
    logs = np.stack([-((x - m) ** 2) / (2 * s * s) for m in (half, -half)])
    share = np.exp(logs - logs.max(axis=0))
    share /= share.sum(axis=0)
    push = np.stack([(x - m) / s**2 for m in (half, -half)])
    first = (share * push).sum(axis=0)
    return first, 1 / s**2 - ((share * push**2).sum(axis=0) - first**2)


def rates(half, s, n=500):
    """Eigenvalues of -d^2/dx^2 + V'^2/4 - V''/2, which are those of the flow to e^-V."""
    x = np.linspace(-half - 9.5 * s, half + 9.5 * s, n)
    step = x[1] - x[0]
    d = np.subtract.outer(np.arange(n), np.arange(n))
    with np.errstate(divide="ignore"):
        second = np.where(d == 0, np.pi**2 / 3, 2 * (-1.0) ** d / np.where(d == 0, 1, d) ** 2) / step**2
    first, bend = slopes(x, half, s)
    return np.linalg.eigvalsh(second + np.diag(first**2 / 4 - bend / 2))[1:3].tolist()


def stein(x, half, s):
    """mean over y of k(y, x) (-V'(y)) + dk/dy, k = exp(-(y - x)^2 / w), w = median^2 / ln n."""
    x = np.array(x)
    gaps = np.sort(np.abs(np.subtract.outer(x, x))[np.triu_indices(len(x), 1)])
    w = gaps[len(gaps) // 2] ** 2 / np.log(len(x))
    gap = x[:, None] - x[None, :]
    k = np.exp(-(gap**2) / w)
    return ((k * (-slopes(x, half, s)[0])[:, None] - 2 * gap / w * k).mean(axis=0)).tolist()


places = [[-1.2, -0.3, 0.1, 0.4, 2.0], [0.0, 0.7], [-2.0, -1.9, -0.4, 0.3, 0.5, 1.1, 1.4]]
Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {
            "rates": [
                {"half": h, "sd": s, "rates": rates(h, s)}
                for h, s in [(1, 0.5), (1.5, 0.5), (2, 0.5), (0.8, 0.7), (1.3, 0.35), (0, 0.9)]
            ],
            "stein": [{"half": 1.0, "sd": 0.5, "places": x, "velocity": stein(x, 1.0, 0.5)} for x in places],
        },
        indent=1,
    )
    + "\n"
)
