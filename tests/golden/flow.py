"""Slowest rates of Fokker-Planck operators by sinc functions, Stein's velocity, proximal steps in the plane by Newton's method, and densities
on cells by whole matrices: the flow, its rates, and a step of L2; with NumPy. Writes flow.json.

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


def plane(window, side, tau, time):
    """On cells: q after `time` of the flow by eigenvectors, its slowest rates, and q' that makes sum (q' - q)^2 / (2 time area) + F(q')
    least at equal mass, by Newton's method in all masses and the multiplier at once."""
    x0, x1, y0, y1 = window
    wide, high = (x1 - x0) / side, (y1 - y0) / side
    i = np.arange(side * side)
    x, y = x0 + (i % side + 0.5) * wide, y0 + (i // side + 0.5) * high
    f = (x**2 - 1) ** 2 + y**2 + x / 5 + np.sin(2 * y)
    q = np.exp(-((x - 0.5) ** 2 + (y + 0.4) ** 2) / 0.7) * (1.2 + np.sin(3 * x))
    q /= q.sum()
    A = np.zeros((len(q), len(q)))
    for a in i:
        for b, size, there in [(a + 1, wide, a % side < side - 1), (a + side, high, a // side < side - 1)]:
            if there:
                z = (f[b] - f[a]) / tau
                on, back = tau / size**2 * z / np.expm1(z), tau / size**2 * -z / np.expm1(-z)
                A[b, a] += on
                A[a, a] -= on
                A[a, b] += back
                A[b, b] -= back
    root = np.exp(-(f - f.min()) / (2 * tau))
    values, vectors = np.linalg.eigh((A * root / root[:, None] + (A * root / root[:, None]).T) / 2)
    flowed = root * (vectors @ (np.exp(values * time) * (vectors.T @ (q / root))))
    area = wide * high
    lifted, c = np.full(len(q), 1 / len(q)), 0.0
    for _ in range(400):
        miss = np.append((lifted - q) / (time * area) + f + tau * np.log(lifted / area) - c, lifted.sum() - 1)
        J = np.zeros((len(q) + 1, len(q) + 1))
        J[i, i] = 1 / (time * area) + tau / lifted
        J[i, -1], J[-1, i] = -1, 1
        step = np.linalg.solve(J, -miss)
        share = min(1.0, 0.9 / max(1e-300, (-step[:-1] / lifted).max()))
        lifted, c = lifted + share * step[:-1], c + share * step[-1]
    assert np.abs(miss).max() < 1e-10
    return {
        **{"window": window, "side": side, "tau": tau, "time": time, "before": q.tolist()},
        **{"flowed": flowed.tolist(), "rates": (-values[::-1][1:3]).tolist(), "lifted": lifted.tolist()},
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
            "plane": [
                plane(window, side, tau, time)
                for window, side, tau, time in [
                    ([-2, 2, -1.5, 1.5], 7, 0.6, 0.3),
                    ([-2.5, 1.8, -2, 2.2], 8, 0.25, 0.05),
                    ([-2, 2, -2, 2], 6, 1.3, 1.0),
                ]
            ],
        },
        indent=1,
    )
    + "\n"
)
