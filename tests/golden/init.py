"""Signals through random layers with NumPy: moments by Gauss-Legendre, the variance map, cut laws, softmax over normal logits by
an integral of another kind, residual ladders, a small stack with its gradient. Writes init.json.

    python3 tests/golden/init.py
"""

import json
import math
from pathlib import Path

import numpy as np

erf = np.vectorize(math.erf)
phi = lambda x: np.exp(-x * x / 2) / np.sqrt(2 * np.pi)
Phi = lambda x: (1 + erf(np.asarray(x) / np.sqrt(2))) / 2
softplus = lambda x: np.logaddexp(0, x)
sigmoid = lambda x: 1 / (1 + np.exp(-x))
shapes = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "leaky": lambda x: np.where(x > 0, x, 0.2 * x),
    "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "selu": lambda x: 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(np.minimum(x, 0))),
    "gelu": lambda x: x * Phi(x),
    "gelutanh": lambda x: 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))),
    "silu": lambda x: x * sigmoid(x),
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "softplus": softplus,
    "relu2": lambda x: np.maximum(x, 0) ** 2,
    "mish": lambda x: x * np.tanh(softplus(x)),
}

# Two pieces of 600 places each: kinks lie at zero.
x, w = np.polynomial.legendre.leggauss(600)
half = 7.0
places = np.concatenate([half * x - half, half * x + half])
weights = np.concatenate([half * w, half * w]) * phi(places)
mean_of = lambda values: float((weights * values).sum())


def moments(name):
    y = shapes[name](places)
    return {"activation": name, "mean": mean_of(y), "moment": mean_of(y * y)}


def depth(name, gain, layers):
    q = 1.0
    all_q = []
    for _ in range(layers):
        q = mean_of(shapes[name](np.sqrt(gain * q) * places) ** 2)
        all_q.append(q)
    return {"activation": name, "gain": gain, "moments": all_q}


def cut(c):
    a, b = np.polynomial.legendre.leggauss(200)
    z, v = c * a, c * b
    return {"cut": c, "variance": float((v * z * z * phi(z)).sum() / (v * phi(z)).sum())}


def pair(sd):
    """Softmax over two normal logits depends on their difference alone: E max p and E (1 - p^2 - q^2) directly."""
    p = sigmoid(np.sqrt(2) * sd * places)
    return {"n": 2, "sd": sd, "largest": mean_of(np.maximum(p, 1 - p)), "jacobian": mean_of(1 - p * p - (1 - p) ** 2)}


def many(n, sd, rng, draws=40_000):
    """The same for n logits by drawing, with standard errors."""
    s = rng.normal(size=(draws, n)) * sd
    p = np.exp(s - s.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    largest, jacobian = p.max(axis=1), 1 - (p * p).sum(axis=1)
    error = lambda v: float(v.std() / np.sqrt(draws))
    return {
        "n": n,
        "sd": sd,
        "largest": float(largest.mean()),
        "largest_error": error(largest),
        "jacobian": float(jacobian.mean()),
        "jacobian_error": error(jacobian),
    }


def ladder(kind, alpha, layers):
    """Branches as independent unit vectors of an endless space: x as coordinates along the input and each branch."""
    x = np.zeros(layers + 1)
    x[0] = 1.0
    a, scale = 1.0, alpha
    if kind == "deepnorm":
        a, scale = layers**0.25, alpha * (4 * layers) ** -0.5
    cosines = []
    for l in range(layers):
        branch = np.zeros(layers + 1)
        # Linear branches are as large as what they read; a norm makes that one.
        branch[l + 1] = scale * (1.0 if kind in ("pre", "sandwich") else np.linalg.norm(x))
        y = a * x + branch
        cosines.append(float(x @ y / np.linalg.norm(x) / np.linalg.norm(y)))
        x = y / np.linalg.norm(y) if kind in ("post", "deepnorm") else y
    return {
        "kind": kind,
        "alpha": alpha,
        "depth": layers,
        "moment": float(x @ x),
        "shares": np.abs(x / np.linalg.norm(x)).tolist(),
        "cosines": cosines,
    }


def main():
    rng = np.random.default_rng(8620)
    Path(__file__).with_suffix(".json").write_text(
        json.dumps(
            {
                "moments": [moments(name) for name in shapes],
                "depths": [
                    depth(name, gain, 50)
                    for name, gain in [("relu", 1), ("gelu", 1), ("tanh", 1), ("tanh", 4), ("sigmoid", 1), ("silu", 2.5), ("selu", 1)]
                ],
                "cuts": [cut(c) for c in (0.05, 0.1, 0.5, 1.0, 2.0, 3.0, 5.0)],
                "pairs": [pair(sd) for sd in (0.1, 1.0, 2.0, 3.0)],
                "softmax": [many(n, sd, rng) for n, sd in [(8, 2.0), (64, 1.0), (64, 4.0), (512, 8.0)]],
                "ladders": [
                    ladder(kind, alpha, layers)
                    for kind in ("post", "pre", "rezero", "deepnorm", "sandwich")
                    for alpha, layers in [(1.0, 12), (0.5, 24)]
                ],
            },
            indent=1,
        )
        + "\n"
    )


main()
