#!/usr/bin/env python3
"""Gamma and its kin to 50 digits by mpmath, which shares nothing with the Rust ones, rounded to doubles.

    python3 -m pip install mpmath==1.3.0 && python3 tests/golden/gamma.py      writes tests/golden/gamma.json

Every argument is a double, taken exactly and written as a text: not every reader of JSON gives the same double back. A value beyond a double's range is left out (null)."""
import json, pathlib, random
from mpmath import mp, mpc, mpf, gamma, loggamma, digamma, rgamma, quad, exp, inf, pi, mpmathify

mp.dps = 50
random.seed(3108)

named = [(0.5, 0), (1 / 3, 0), (0.25, 0), (1.5, 0), (5.5, 0), (1.461632144968362, 0), (0, 1), (1, 1), (0.5, 1), (0, 2), (1, 5),
         (0.5, 100), (-20.5, 0), (170.6, 0), (1e-300, 0), (0.5, 400), (171.6, 0), (-170.3, 0), (-179.5, 1e-9), (100, 1000),
         (-0.5, 0), (-1e-12, 0), (-3, 1e-10), (-5.0000001, 0), (3, -4), (-7.25, -30), (60, 0.001), (12, 0), (23.5, 0), (1, 1e-200),
         (-60.4, 35), (-100, 0.3), (150, 150), (0.5, -0.75), (0.49999999, 11.5), (2, 0), (1 + 1e-15, 0), (-150, 2)]
def cloud(n, x, y):
    return [(random.uniform(*x), random.uniform(*y)) for _ in range(n)]
points = named + cloud(60, (-6, 6), (-6, 6)) + cloud(60, (-40, 60), (-40, 40)) + cloud(60, (-170, 170), (-300, 300)) \
    + cloud(20, (-1, 2), (-1e-3, 1e-3)) + cloud(20, (200, 800), (-3000, 3000))

def both(value):
    re, im = float(mp.re(value)), float(mp.im(value))
    small = 0 < abs(value) < mpf("1e-290")
    return None if small or abs(value) > mpf("1e305") else [re, im]

def row(x, y):
    z = mpc(mpf(x), mpf(y))
    return {"z": [repr(float(x)), repr(float(y))], "gamma": both(gamma(z)), "reciprocal": both(rgamma(z)), "ln": both(loggamma(z)), "psi": both(digamma(z))}

def trapezoid(z, h):
    """The rule for the integral of exp(z w - e^w), minus Gamma(z); z and h are doubles."""
    z, h = mpf(z), mpf(h)
    term = lambda k: exp(z * k * h - exp(k * h))
    total, k = term(0), 1
    while True:
        right, left = term(k), term(-k)
        total += right + left
        if right < mpf(10) ** -60 and left < mpf(10) ** -60:
            return float(h * total - gamma(z))
        k += 1

rules = [(z, h, trapezoid(z, h)) for z in (0.5, 1, 2.25, 5, 11) for h in (2, 1, 0.75, 0.5, 0.25, 0.125)]
out = {"points": [row(x, y) for x, y in points], "trapezoid": rules}
path = pathlib.Path(__file__).with_suffix(".json")
lines = ",\n  ".join(json.dumps(p) for p in out["points"])
path.write_text('{"points": [\n  ' + lines + '\n ],\n "trapezoid": ' + json.dumps(rules) + "}\n")
