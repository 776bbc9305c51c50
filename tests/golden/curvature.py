"""Random metrics: Christoffel symbols and K from SymPy's own derivatives, in 30 digits. Writes curvature.json.

    python3 tests/golden/curvature.py
"""

import json
import random
from pathlib import Path

import mpmath as mp
import sympy as sp

u, v, a, b = sp.symbols("u v a b")
names = {"u": u, "v": v, "a": a, "b": b}


def tree(rng, depth):
    """A random formula as we write it."""
    if depth == 0 or rng.random() < 0.2:
        return rng.choice(["u", "v", "a", "b", str(rng.randint(1, 4)), f"{rng.uniform(0.2, 2):.3f}"])
    kind = rng.choice(["+", "-", "*", "/", "^", "sin", "cos", "exp", "tanh", "atan", "sqrt", "ln"])
    one = lambda: tree(rng, depth - 1)
    if kind in "+-*":
        return f"({one()} {kind} {one()})"
    if kind == "/":
        return f"({one()} / (2 + ({one()})^2))"
    if kind == "^":
        return f"({one()})^{rng.choice([2, 3])}"
    if kind == "exp":
        return f"exp(-({one()})^2 / 8)"
    if kind in ("sqrt", "ln"):
        return f"{kind}(1.5 + ({one()})^2)"
    return f"{kind}({one()})"


def read(text):
    # Decimals as fractions, so that no digit is lost.
    return sp.sympify(text.replace("^", "**").replace("ln(", "log("), locals=names, rational=True)


def geometry(parts, place):
    """Symbols and K at a place: SymPy differentiates E, F, G, and their numbers are put together in 30 digits."""
    arguments = (u, v, a, b)
    number = lambda expression: sp.lambdify(arguments, expression, "mpmath")(*place)
    matrix = lambda by: mp.matrix([[number(by(parts[i])) for i in row] for row in ((0, 1), (1, 2))])
    x = (u, v)
    metric = matrix(lambda p: p)
    first = [matrix(lambda p: p.diff(x[i])) for i in (0, 1)]
    second = [[matrix(lambda p: p.diff(x[i], x[j])) for j in (0, 1)] for i in (0, 1)]
    inverse = metric**-1
    lower = lambda n, i, j, d: (d[j][n, i] + d[i][n, j] - d[n][i, j]) / 2
    gamma = lambda m, i, j: sum(inverse[m, n] * lower(n, i, j, first) for n in (0, 1))
    # The inverse changes by minus inverse times change times inverse.
    change = lambda k: -inverse * first[k] * inverse
    slope = lambda m, i, j, k: sum(
        change(k)[m, n] * lower(n, i, j, first) + inverse[m, n] * lower(n, i, j, second[k]) for n in (0, 1)
    )
    riemann = lambda m: (
        slope(m, 1, 1, 0) - slope(m, 1, 0, 1)
        + sum(gamma(m, n, 0) * gamma(n, 1, 1) - gamma(m, n, 1) * gamma(n, 1, 0) for n in (0, 1))
    )
    lowered = metric[0, 0] * riemann(0) + metric[0, 1] * riemann(1)
    return [gamma(m, i, j) for m in (0, 1) for i, j in ((0, 0), (0, 1), (1, 1))], lowered / mp.det(metric)


def main():
    mp.mp.dps = 30
    rng = random.Random(11)
    cases = []
    while len(cases) < 24:
        kind = ["metric", "conformal", "embedding"][len(cases) % 3]
        depth = 2 if kind == "embedding" else 3
        parts = [tree(rng, depth) for _ in range(1 if kind == "conformal" else 3)]
        if kind == "metric":
            # Positive whatever is drawn.
            p, q, r = parts
            parts = [f"1 + ({p})^2", f"({q}) / (1 + ({q})^2)", f"1.2 + ({r})^2"]
        if kind == "conformal":
            parts = [f"0.3 + ({parts[0]})^2"]
        if kind == "embedding":
            p, q, r = parts
            parts = [f"u + ({p}) / 9", f"v + ({q}) / 9", r]
        read_parts = [read(part) for part in parts]
        if kind == "metric":
            e, f, g = read_parts
        elif kind == "conformal":
            e, f, g = read_parts[0], sp.Integer(0), read_parts[0]
        else:
            du, dv = ([part.diff(w) for part in read_parts] for w in (u, v))
            dot = lambda x, y: sum(s * t for s, t in zip(x, y))
            e, f, g = dot(du, du), dot(du, dv), dot(dv, dv)
        place = [mp.mpf(rng.randint(-15, 15)) / 10, mp.mpf(rng.randint(-15, 15)) / 10, mp.mpf(15) / 10, mp.mpf(7) / 10]
        gamma, curvature = geometry((e, f, g), place)
        values, k = [float(x) for x in gamma], float(curvature)
        if abs(k) < 1e-6 or max(map(abs, values)) > 1e3:
            continue
        cases.append({"kind": kind, "formulas": parts, "at": [float(place[0]), float(place[1])], "sliders": [1.5, 0.7], "christoffel": values, "curvature": k})
        print(len(cases), kind, k)
    Path(__file__).with_name("curvature.json").write_text(json.dumps(cases, indent=1) + "\n")


main()
