"""Slowest rates of Fokker-Planck operators by sinc functions, Stein's velocity, and proximal steps in the plane by Newton's method, with
NumPy. Writes flow.json.

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


def entropic(window, side, a, epsilon, tau):
    """The plan from q that makes <|x - y|^2 / 2a, G> + eps sum G ln G + <f, p> + tau int p ln p least, p what arrives: Newton's method in
    u, where G = e^(u_i + v_j) K_ij and p is the best for what u sends."""
    x0, x1, y0, y1 = window
    wide, high = (x1 - x0) / side, (y1 - y0) / side
    i = np.arange(side * side)
    at = np.stack([x0 + (i % side + 0.5) * wide, y0 + (i // side + 0.5) * high], axis=1)
    x, y = at.T
    f = (x**2 - 1) ** 2 + y**2 + x / 5 + np.sin(2 * y)
    q = np.exp(-((x - 0.5) ** 2 + (y + 0.4) ** 2) / 0.7) * (1.2 + np.sin(3 * x))
    q /= q.sum()
    cost = ((at[:, None] - at[None]) ** 2).sum(axis=2) / (2 * a)
    K = np.exp(-cost / epsilon)
    u = np.zeros(len(q))
    for _ in range(60):
        s = K.T @ np.exp(u)
        v = -(tau * np.log(s) + f) / (tau + epsilon)
        r = K @ np.exp(v)
        miss = u + np.log(r) - np.log(q)
        to = K * np.exp(v) / r[:, None]
        back = K * np.exp(u)[:, None] / s
        u -= np.linalg.solve(np.eye(len(q)) - tau / (tau + epsilon) * to @ back.T, miss)
    v = -(tau * np.log(K.T @ np.exp(u)) + f) / (tau + epsilon)
    plan = np.exp(u)[:, None] * K * np.exp(v)
    assert np.abs(plan.sum(axis=1) - q).max() < 1e-13

    def value(plan):
        p = plan.sum(axis=0)
        return (plan * (cost + epsilon * np.log(plan))).sum() + p @ f + tau * p @ np.log(p / (wide * high))

    stays = K / K.sum(axis=1)[:, None] * q[:, None]
    return {
        **{"window": window, "side": side, "a": a, "epsilon": epsilon, "tau": tau},
        **{"before": q.tolist(), "heights": f.tolist(), "after": plan.sum(axis=0).tolist()},
        **{"arrives": (plan @ at / q[:, None]).ravel().tolist(), "value": value(plan), "stays": value(stays)},
    }


places = [[-1.2, -0.3, 0.1, 0.4, 2.0], [0.0, 0.7], [-2.0, -1.9, -0.4, 0.3, 0.5, 1.1, 1.4]]
Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {
            "rates": [
                {"half": h, "sd": s, "rates": rates(h, s)}
                for h, s in [(1, 0.5), (1.5, 0.5), (2, 0.5), (0.8, 0.7), (1.3, 0.35), (0, 0.9)]
            ],
            "stein": [{"half": 1.0, "sd": 0.5, "places": x, "velocity": stein(x, 1.0, 0.5)} for x in places],
            "entropic": [
                entropic(window, 6, a, epsilon, tau)
                for window, a, epsilon, tau in [
                    ([-2, 2, -1.5, 1.5], 0.5, 0.4, 0.6),
                    ([-2.5, 1.5, -1, 2], 2.0, 0.15, 0.2),
                    ([-2, 2, -2, 2], 0.3, 1.0, 0.0),
                ]
            ],
        },
        indent=1,
    )
    + "\n"
)
