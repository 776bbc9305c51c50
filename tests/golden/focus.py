"""Kernels on Gaussian keys with NumPy: rows of weights, entmax by bisection, S by quadrature, means over two keys. Writes focus.json.

    python3 tests/golden/focus.py
"""

import json
from pathlib import Path

import numpy as np

kernels = {
    "exp": np.exp,
    "relu2": lambda x: np.maximum(x, 0) ** 2,
    "relu": lambda x: np.maximum(x, 0),
    "identity": lambda x: x,
    "elu1": lambda x: np.where(x < 0, np.exp(np.minimum(x, 0)), x + 1),
    "softplus": lambda x: np.logaddexp(0, x),
}
kinked = {"relu2", "relu", "identity", "elu1"}
rng = np.random.default_rng(9889)


def row(weights):
    """S, effective tokens, entropy and the largest share of |weights|."""
    a = np.abs(weights)
    p = a / a.sum()
    tokens = 1 / (p**2).sum()
    positive = p[p > 0]
    return [np.sqrt(tokens / len(a)), tokens, -(positive * np.log(positive)).sum(), p.max()]


def entmax(scores):
    """(x/2 - tau)_+^2 that sums to one; tau by bisection, without sorting."""
    half = np.array(scores) / 2
    low, high = half.max() - 1, half.max()
    for _ in range(200):
        tau = (low + high) / 2
        if (np.maximum(half - tau, 0) ** 2).sum() > 1:
            low = tau
        else:
            high = tau
    return (np.maximum(half - tau, 0) ** 2).tolist()


def top_k(scores, k):
    x = np.array(scores)
    seen = np.argsort(-x)[:k]
    weights = np.zeros(len(x))
    weights[seen] = np.exp(x[seen] - x.max())
    return (weights / weights.sum()).tolist()


def normal(kink, points=160, wide=10.0):
    """Places and probabilities of N(0, 1) by Gauss-Legendre, in two pieces if there is a kink."""
    ends = [-wide, kink, wide] if kink is not None and -wide < kink < wide else [-wide, 0.0, wide]
    x, w = np.polynomial.legendre.leggauss(points)
    places, weights = [], []
    for a, b in zip(ends, ends[1:]):
        places.append((b - a) / 2 * x + (a + b) / 2)
        weights.append((b - a) / 2 * w)
    x, w = np.concatenate(places), np.concatenate(weights)
    return x, w * np.exp(-x * x / 2) / np.sqrt(2 * np.pi)


def endless(name, beta, gamma):
    x, q = normal(-beta / gamma if name in kinked else None, 400, 10 + 2 * gamma)
    a = np.abs(kernels[name](beta + gamma * x))
    return float((q * a).sum() / np.sqrt((q * a * a).sum()))


def pair(name, beta, gamma, margin):
    """Means over two keys, where not both weights are zero: S, tokens, entropy; and the share of a needle beside them."""
    f = kernels[name]
    x, q = normal(-beta / gamma if name in kinked else None)
    a = np.abs(f(beta + gamma * x))
    one, other = np.meshgrid(a, a)
    share = np.outer(q, q)
    sums = one + other
    seen = sums > 0
    share, one, other, sums = share[seen], one[seen], other[seen], sums[seen]
    squares = one**2 + other**2
    p = np.stack([one / sums, other / sums])
    logs = np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0).sum(axis=0)
    own = abs(float(f(np.float64(beta + margin))))
    whole = share.sum()
    needle = (share * own / (own + sums)).sum() + (np.outer(q, q).sum() - whole) * (1 if own > 0 else 0)
    return {
        "kernel": name,
        "beta": beta,
        "gamma": gamma,
        "margin": margin,
        "concentration": float((share * sums / np.sqrt(2 * squares)).sum() / whole),
        "tokens": float((share * sums**2 / squares).sum() / whole),
        "entropy": float((share * -logs).sum() / whole),
        "needle": float(needle),
    }


scores = [(rng.normal(size=n) * gamma).round(6).tolist() for n, gamma in [(5, 1.0), (40, 0.2), (40, 2.0), (300, 6.0)]]
settings = [(0.0, 1.0), (0.7, 0.5), (-1.5, 1.0), (2.0, 3.0)]
Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {
            "rows": [
                {"kernel": name, "scores": x, "row": row(f(np.array(x)))}
                for name, f in kernels.items()
                for x in scores[:3]
            ],
            "entmax": [{"scores": x, "weights": entmax(x)} for x in scores],
            "top_k": [{"scores": x, "k": k, "weights": top_k(x, k)} for x in scores for k in (1, 4)],
            "endless": [
                {"kernel": name, "beta": b, "gamma": g, "s": endless(name, b, g)}
                for name in kernels
                for b, g in settings
            ],
            "pairs": [pair(name, b, g, 1.5) for name in kernels for b, g in settings],
        },
        indent=1,
    )
    + "\n"
)
