"""Singular values, effective ranks, determinants, towers and orders of small random heads and of heads of a model, with NumPy and mpmath. Writes rank.json.

    python3 tests/golden/rank.py
"""

import json
from pathlib import Path

import mpmath
import numpy as np

WORD = (1 << 64) - 1


class SplitMix64:
    """Steele et al. 2014; normals by Box and Muller, the sine thrown away."""

    def __init__(self, seed):
        self.state = seed

    def word(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & WORD
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
        return z ^ (z >> 31)

    def uniform(self):
        return ((self.word() >> 11) + 0.5) * 2.0**-53

    def normal(self):
        a, b = self.uniform(), self.uniform()
        return np.sqrt(-2 * np.log(a)) * np.cos(2 * np.pi * b)

    def matrix(self, rows, columns):
        return np.array([[self.normal() for _ in range(columns)] for _ in range(rows)])


FEATURES = {
    "elu1": lambda x: np.where(x > 0, x + 1, np.exp(np.minimum(x, 0))),
    "relu": lambda x: np.maximum(x, 0),
    "identity": lambda x: x,
    "exp": np.exp,
}


def seen(mask, n, prefix):
    i, j = np.indices((n, n))
    return {
        "two-way": np.ones((n, n), bool),
        "prefix": (j <= i) | ((i < prefix) & (j < prefix)),
        "causal": j <= i,
        "anti-causal": j >= i,
    }[mask]


def weigh(q, k, kernel, gain, mask, prefix):
    n, d = q.shape
    if kernel == "softmax":
        logits = gain * q @ k.T / np.sqrt(d)
        raw = np.exp(logits - logits.max(axis=1, keepdims=True))
    elif kernel == "uniform":
        raw = np.ones((n, n))
    else:
        raw = FEATURES[kernel](q) @ FEATURES[kernel](k).T
    raw = np.where(seen(mask, n, prefix), raw, 0)
    return raw / raw.sum(axis=1, keepdims=True)


def layer(random, n, d, kernel, gain, mask, prefix):
    """One layer and its heads: one, or one each way."""
    count = 2 if mask == "mixed" else 1
    heads = [(random.matrix(n, d), random.matrix(n, d)) for _ in range(count)]
    return mean(heads, kernel, gain, mask, prefix), heads


def mean(heads, kernel, gain, mask, prefix):
    masks = ["causal", "anti-causal"] if mask == "mixed" else [mask]
    maps = [weigh(q, k, kernel, gain, one, prefix) for (q, k), one in zip(heads, masks)]
    return sum(maps) / len(maps)


def shape(matrix):
    s = np.linalg.svd(matrix, compute_uv=False)
    share = s / s.sum()
    entropy = -(share[share > 0] * np.log(share[share > 0])).sum()
    return {
        "singular": s.tolist(),
        "rank_1e6": int((s > 1e-6 * s[0]).sum()),
        "rank_1e2": int((s > 1e-2 * s[0]).sum()),
        "nuclear": s.sum() / s[0],
        "stable": (s**2).sum() / s[0] ** 2,
        "entropy": np.exp(entropy),
        "participation": s.sum() ** 2 / (s**2).sum(),
    }


def spread(x):
    return np.linalg.norm(x - x.mean(axis=0)) / np.linalg.norm(x)


MASKS = ["two-way", "prefix", "causal", "anti-causal", "mixed"]


def heads():
    """The head of seed 7 under every kernel and mask."""
    rows = []
    for kernel in ["softmax", "elu1", "identity", "exp", "uniform"]:
        for mask in MASKS:
            for gain in [1.0, 2.0] if kernel == "softmax" else [1.0]:
                matrix, _ = layer(SplitMix64(7), 64, 8, kernel, gain, mask, 32)
                row = {"kernel": kernel, "mask": mask, "gain": gain, **shape(matrix)}
                triangle = mask in ["causal", "anti-causal"]
                if triangle or kernel == "softmax" and mask == "two-way":
                    row["log10_det"] = np.linalg.slogdet(matrix)[1] / np.log(10)
                    if triangle:
                        row["log10_det"] = np.log10(np.abs(np.diag(matrix))).sum()
                rows.append(row)
    return rows


def large():
    """512 positions: some of the singular values, and the effective ranks."""
    n, d = 512, 64
    random = SplitMix64(5)
    q, k = random.matrix(n, d), random.matrix(n, d)
    softmax = weigh(q, k, "softmax", 1.0, "two-way", 0)
    causal = weigh(q, k, "softmax", 2.0, "causal", 0)
    scaled = softmax * 10.0 ** (-12 * np.arange(n) / (n - 1))[:, None]
    cases = {
        "uniform": weigh(q, k, "uniform", 1.0, "causal", 0),
        "softmax": softmax,
        "causal": causal,
        "deficient": weigh(q, k, "elu1", 1.0, "two-way", 0),
        "scaled": scaled,
    }
    rows = []
    for name, matrix in cases.items():
        row = shape(matrix)
        row["singular"] = [row["singular"][i] for i in [0, 1, 2, 3, 7, 31, 63, 64, 127, 255, 383, 479, 510, 511]]
        rows.append({"name": name, **row})
    return rows


def towers():
    """Relative spreads of rows, fresh heads in every layer, seed 11."""
    rows = []
    for mask in MASKS:
        for residual in [0.0, 0.5]:
            random, x, found = SplitMix64(11), np.eye(32), []
            for count in range(1, 9):
                a, _ = layer(random, 32, 8, "softmax", 1.0, mask, 16)
                x = residual * x + (1 - residual) * a @ x
                if count in [1, 2, 4, 8]:
                    found.append(spread(x))
            rows.append({"mask": mask, "residual": residual, "spread": found})
    return rows


def dressed():
    """The same with values that are mixed and rows that are normalised."""
    rows = []
    for norm, mixing in [(True, False), (False, True), (True, True)]:
        random, x = SplitMix64(11), np.eye(32)
        for _ in range(4):
            a, _ = layer(random, 32, 8, "softmax", 1.0, "causal", 16)
            read = x @ (random.matrix(32, 32) / np.sqrt(32)) if mixing else x
            x = 0.5 * x + 0.5 * a @ read
            if norm:
                x = x - x.mean(axis=1, keepdims=True)
                x = x / np.linalg.norm(x, axis=1, keepdims=True)
        rows.append({"norm": norm, "mixing": mixing, "spread": spread(x)})
    return rows


def orders():
    """What changes when the first 10 of 24 tokens are read backwards, over two layers."""
    n, prefix = 24, 10
    order = np.array([prefix - 1 - i if i < prefix else i for i in range(n)])
    rows = []
    for mask in MASKS:
        random, before, after = SplitMix64(7), np.eye(n), np.eye(n)
        for _ in range(2):
            a, heads = layer(random, n, 4, "softmax", 1.0, mask, prefix)
            moved = mean([(q[order], k[order]) for q, k in heads], "softmax", 1.0, mask, prefix)
            before, after = a @ before, moved @ after
        back = np.empty_like(after)
        back[np.ix_(order, order)] = after
        change = np.linalg.norm(back - before, axis=1) / np.linalg.norm(before, axis=1)
        rows.append({"mask": mask, "whole": change.max(), "after": change[prefix:].max()})
    return rows


def least():
    """The smallest singular values of triangles that a double cannot see, by exact substitution with 80 digits."""
    mpmath.mp.dps = 80
    rows = []
    for gain in [1.0, 2.0]:
        matrix, _ = layer(SplitMix64(7), 64, 8, "softmax", gain, "causal", 32)
        n = len(matrix)
        a = mpmath.matrix(matrix.tolist())
        v = mpmath.matrix([mpmath.mpf(1 + i % 7) for i in range(n)])
        last = mpmath.mpf(0)
        for _ in range(60):
            u = mpmath.matrix(n, 1)
            for i in reversed(range(n)):
                u[i] = (v[i] - mpmath.fsum(a[j, i] * u[j] for j in range(i + 1, n))) / a[i, i]
            w = mpmath.matrix(n, 1)
            for i in range(n):
                w[i] = (u[i] - mpmath.fsum(a[i, j] * w[j] for j in range(i))) / a[i, i]
            size = mpmath.norm(w)
            v = w / size
            if abs(size - last) < size * mpmath.mpf(10) ** -30:
                break
            last = size
        rows.append({"gain": gain, "least": float(1 / mpmath.sqrt(size))})
    return rows


SHAKESPEARE = Path(__file__).parents[2] / "www/models/shakespeare.safetensors"
READ = "Now is the winter of our discontent"


def tensors(path):
    """A file of half-precision tensors, and the sizes in its header."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    config = json.loads(header.pop("__metadata__")["config"])
    data = raw[8 + size :]
    return config, {
        name: np.frombuffer(data[slice(*one["data_offsets"])], np.float16).reshape(one["shape"]).astype(float)
        for name, one in header.items()
    }


def queries_and_keys(text):
    """Those of every head of the model that ships, positions turned in: [layers][heads] of (q, k)."""
    config, p = tensors(SHAKESPEARE)
    heads, width = config["heads"], config["width"]
    n, dh = len(text), width // heads
    half = dh // 2
    angle = np.arange(n)[:, None] * np.exp(-np.log(1e4) * np.arange(half) / half)
    cos, sin = np.cos(angle), np.sin(angle)

    def linear(name, x):
        return x @ p[f"{name}.weight"].T + p[f"{name}.bias"]

    def norm(name, x):
        x = x - x.mean(axis=1, keepdims=True)
        x = x / np.sqrt((x**2).mean(axis=1, keepdims=True) + 1e-5)
        return x * p[f"{name}.weight"] + p[f"{name}.bias"]

    def turned(x):
        a, b = x[:, :half], x[:, half:]
        return np.hstack([a * cos - b * sin, b * cos + a * sin])

    x = p["emb.weight"][[config["vocabulary"].index(letter) for letter in text]]
    found = []
    for l in range(config["layers"]):
        q, k, v = np.split(linear(f"l{l}.qkv", norm(f"l{l}.ln1", x)), 3, axis=1)
        parts = [slice(h * dh, (h + 1) * dh) for h in range(heads)]
        found.append([(turned(q[:, part]), turned(k[:, part])) for part in parts])
        out = [
            weigh(*pair, "softmax", 1.0, "causal", 0) @ v[:, part] for pair, part in zip(found[-1], parts)
        ]
        x = x + linear(f"l{l}.proj", np.hstack(out))
        y = linear(f"l{l}.fc1", norm(f"l{l}.ln2", x))
        x = x + linear(f"l{l}.fc2", y / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (y + 0.044715 * y**3))))
    return found


def model():
    """Effective ranks of heads of the model that ships, as it reads."""
    found = queries_and_keys(READ)
    return {
        "text": READ,
        "heads": [
            {"layer": l + 1, "head": h + 1, "mask": mask, **shape(weigh(*found[l][h], "softmax", 1.0, mask, 9))}
            for l, h in [(0, 0), (1, 0), (2, 3), (3, 1)]
            for mask in ["causal", "two-way", "prefix"]
        ],
    }


def digits(value):
    """Fourteen digits are more than are compared."""
    if isinstance(value, float):
        return float(f"{value:.13e}")
    if isinstance(value, list):
        return [digits(one) for one in value]
    if isinstance(value, dict):
        return {key: digits(one) for key, one in value.items()}
    return value


everything = {
    "heads": heads(),
    "large": large(),
    "towers": towers(),
    "dressed": dressed(),
    "orders": orders(),
    "least": least(),
    "model": model(),
}
plain = json.loads(json.dumps(everything, default=float))
Path(__file__).with_suffix(".json").write_text(json.dumps(digits(plain), indent=1) + "\n")
