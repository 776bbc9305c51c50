"""Schemes of position on small random queries and keys, frequencies that are stretched, windows, and integrals, with NumPy. Rotations are
products of complex numbers, integrals Gauss and Legendre's. Writes stretch.json.

    python3 tests/golden/stretch.py
"""

import json
from pathlib import Path

import numpy as np

D, BASE, TRAINED, STRETCH, WIDTH = 16, 300.0, 64, 4.0, 6
C, ANGLE, SLOPE = 5.0, 0.7, 0.11
PLACES = [0, 1, 2, 5, 9, 30, 63, 200]


def frequencies(trick):
    i = np.arange(D // 2)
    theta = BASE ** (-2 * i / D)
    if trick == "pi":
        return theta / STRETCH
    if trick == "ntk":
        return (BASE * STRETCH ** (D / (D - 2))) ** (-2 * i / D)
    if trick == "yarn":
        turns = TRAINED * theta / (2 * np.pi)
        keep = np.clip((turns - 1) / (32 - 1), 0, 1)
        return keep * theta + (1 - keep) * theta / STRETCH
    return theta


def pairs(x):
    return x[..., 0::2] + 1j * x[..., 1::2]


def turned(x, place, theta):
    return pairs(x) * np.exp(1j * place * theta)


def inner(x, y):
    return float((x * y.conj()).real.sum())


def score(scheme, trick, q, k, m, n):
    far, root = m - n, np.sqrt(D)
    plain = float(q @ k) / root
    theta = frequencies("none")
    if scheme == "bias":
        each = np.sqrt(C * np.sqrt(D)) * np.sqrt(2 / D)
        a = np.full(D // 2, each + 0j)
        b = a * np.exp(1j * ANGLE)
        used = min(far, WIDTH) if trick == "rerope" else far
        turn = np.exp(1j * used * frequencies(trick))
        return inner((pairs(q) + a) * turn, pairs(k) + b) / root
    if scheme == "alibi":
        return plain - SLOPE * far
    if scheme == "kerple":
        return plain - C / np.log(BASE) * np.log(1 + far)
    if scheme == "sandwich":
        return plain + C * 2 / D * float((np.sin(m * theta) * np.sin(n * theta) + np.cos(m * theta) * np.cos(n * theta)).sum())
    if scheme == "window":
        return plain if far < WIDTH else None
    return plain


def window(c, length, near, d=128, base=1e4):
    theta = base ** (-2 * np.arange(d // 2) / d)
    s = c * np.cos(np.outer(np.arange(length), theta)).mean(axis=1)
    p = np.exp(s - s.max())
    p /= p.sum()
    return {"c": c, "n": length, "near": near, "mass": p[:near].sum(), "entropy": -(p * np.log(p)).sum()}


def continuum(base, phase, k):
    """The integral of cos(k base^-u - phase) over u from 0 to 1, in pieces that turn but little."""
    x, w = np.polynomial.legendre.leggauss(40)
    edges = np.linspace(0, 1, 1 + int(40 + 2 * k))
    middle, half = (edges[1:] + edges[:-1]) / 2, (edges[1:] - edges[:-1]) / 2
    u = middle[:, None] + half[:, None] * x
    return float((np.cos(k * base**-u - phase) * w * half[:, None]).sum())


def main():
    rng = np.random.default_rng(9577)
    q, k = rng.normal(size=D), rng.normal(size=(len(PLACES), D))
    newest = PLACES[-1]
    ways = [("bias", t) for t in ("none", "pi", "ntk", "yarn", "rerope")]
    ways += [(s, "none") for s in ("alibi", "kerple", "sandwich", "window", "nope")]
    scores = [
        {"scheme": s, "trick": t, "scores": [score(s, t, q, k[i], newest, n) for i, n in enumerate(PLACES)]}
        for s, t in ways
    ]
    out = {
        "settings": {"d": D, "base": BASE, "trained": TRAINED, "stretch": STRETCH, "width": WIDTH, "c": C, "angle": ANGLE, "slope": SLOPE},
        "query": q.tolist(),
        "places": PLACES,
        "keys": k.tolist(),
        "scores": scores,
        "frequencies": [{"trick": t, "theta": frequencies(t).tolist()} for t in ("none", "pi", "ntk", "yarn")],
        "windows": [window(c, n, 512) for c in (0.0, 2.0, 4.0, 8.0, 9.2103, 16.0) for n in (512, 4096)],
        "continuum": [
            {"base": b, "phase": f, "k": far, "value": continuum(b, f, far)}
            for b, f, far in [(1e4, 0, 0.3), (1e4, 0, 8), (1e4, 0, 512), (1e4, 0, 4096), (500, 1.1, 40), (1e6, -2.0, 3), (1e4, 1.5707963, 64)]
        ],
    }
    Path(__file__).with_suffix(".json").write_text(json.dumps(out, indent=1) + "\n")


main()
