#!/usr/bin/env python3
"""Every sampler in float64 numpy, written apart from the Rust one, on a denoiser known in closed form.

    python3 -m pip install numpy && python3 tests/golden/samplers.py      writes tests/golden/samplers.json

Schedule: beta from 1e-4 to 0.02 in 1000 steps. Times are ours, 0..1000: 0 is the clean sample, t stands for
tau = t - 1 of diffusers. diffusers_check.py compares the file with diffusers itself."""
import json, pathlib
import numpy as np

betas = np.linspace(1e-4, 0.02, 1000)
bar = np.concatenate([[1.0], np.cumprod(1 - betas)])
level = lambda t: (np.sqrt(bar[t]), np.sqrt(1 - bar[t]))
lam = lambda t: np.log(level(t)[0] / level(t)[1])

def eps(x, t, s=0.3):
    """The noise in x when the data are N(1, s^2) or N(-1, s^2), each half of the time."""
    a, b = level(t)
    d = a * a * s * s + b * b
    return (x - a * (a * s * s * x + b * b * np.tanh(a * x / d)) / d) / b

clean = lambda x, e, t: (x - level(t)[1] * e) / level(t)[0]

# ---- times, highest first, as diffusers' default grids have them, ending at 0 unless said otherwise
def leading(n): return [int(t) + 1 for t in (np.arange(n) * (1000 // n))[::-1]] + [0]
def linspace(n): return [int(t) + 1 for t in np.linspace(0, 999, n)[::-1].round()] + [0]
def without_first(n): return [int(t) + 1 for t in np.linspace(0, 999, n + 1).round()[::-1][:-1]] + [0]
def trailing(n): return [int(t) for t in np.round(np.arange(1000, 0, -1000 / n))] + [0]

def ddpm(x, times, noise, sigma):
    for t, s, z in zip(times, times[1:], noise):
        alpha = bar[t] / bar[s]
        mean = (x - (1 - alpha) / np.sqrt(1 - bar[t]) * eps(x, t)) / np.sqrt(alpha)
        variance = {"beta": 1 - alpha, "tilde": (1 - bar[s]) / (1 - bar[t]) * (1 - alpha), "zero": 0}[sigma]
        x = mean + (np.sqrt(variance) * z if s else 0)
        yield x

def ddim(x, times, noise, eta):
    for t, s, z in zip(times, times[1:], noise):
        e = eps(x, t)
        std = eta * np.sqrt((1 - bar[s]) / (1 - bar[t]) * (1 - bar[t] / bar[s]))
        x = np.sqrt(bar[s]) * clean(x, e, t) + np.sqrt(1 - bar[s] - std**2) * e + std * z
        yield x

def ode(x, times, heun):
    """dy/dsigma = eps for y = x/A."""
    sig = lambda t: level(t)[1] / level(t)[0]
    for t, s in zip(times, times[1:]):
        y, slope = x / level(t)[0], eps(x, t)
        ahead = (y + slope * (sig(s) - sig(t))) * level(s)[0]
        if heun and s:
            slope = (slope + eps(ahead, s)) / 2
        x = (y + slope * (sig(s) - sig(t))) * level(s)[0]
        yield x

def dpmpp(x, times, single):
    begin, outputs = None, []
    for t, s in zip(times, times[1:]):
        outputs.append((t, clean(x, eps(x, t), t)))
        a, b = level(s)
        if s == 0:
            x = outputs[-1][1]; yield x; continue
        second = len(outputs) > 1 and (not single or begin is not None)
        if single and second: base, start = outputs[-2][0], begin
        else: base, start = t, x
        h = lam(s) - lam(base)
        d = outputs[-1][1]
        if second:
            (t1, m1), (t0, m0) = outputs[-2:]
            if single: r = (lam(t0) - lam(t1)) / h; d = m1 + (m0 - m1) / (2 * r)
            else: r = (lam(t0) - lam(t1)) / h; d = m0 + (m0 - m1) / (2 * r)
        begin = x if single and not second else None
        x = b / level(base)[1] * start - a * np.expm1(-h) * d
        yield x

def unipc(x, times):
    """Zhao et al. 2023: the system R rho = b solved as it stands."""
    def move(start, t0, m0, s, h): return level(s)[1] / level(t0)[1] * start - level(s)[0] * np.expm1(-h) * m0
    def system(rks, h):
        phi, factorial, rows, right = np.expm1(-h) / -h - 1, 1, [], []
        for i in range(1, len(rks) + 1):
            rows.append(np.power(rks, i - 1)); right.append(phi * factorial / np.expm1(-h))
            factorial *= i + 1; phi = phi / -h - 1 / factorial
        return np.array(rows), np.array(right)
    seen, before = [], None
    for t, s in zip(times, times[1:]):
        m = clean(x, eps(x, t), t)
        if before is not None:
            (t0, m0), h = seen[-1], lam(t) - lam(seen[-1][0])
            rks = [(lam(t1) - lam(t0)) / h for t1, _ in seen[-2:-1]] + [1.0]
            diff = [(m1 - m0) / r for (_, m1), r in zip(seen[-2:-1], rks)] + [m - m0]
            rho = np.array([0.5]) if len(rks) == 1 else np.linalg.solve(*system(rks, h))
            x = move(before, t0, m0, t, h) - level(t)[0] * np.expm1(-h) * sum(r * d for r, d in zip(rho, diff))
        seen.append((t, m)); before = x
        if s == 0: x = m; yield x; continue
        h = lam(s) - lam(t)
        nxt = move(x, t, m, s, h)
        if len(seen) > 1:
            t1, m1 = seen[-2]
            nxt = nxt - level(s)[0] * np.expm1(-h) * 0.5 * (m1 - m) / ((lam(t1) - lam(t)) / h)
        x = nxt
        yield x

def deis(x, times):
    """The integral of the line through two eps in ln sigma, by Gauss and Legendre's rule."""
    sig = lambda t: level(t)[1] / level(t)[0]
    nodes, weights = np.polynomial.legendre.leggauss(60)
    old = None
    for t, s in zip(times, times[1:]):
        e = eps(x, t)
        if old is None or s == 0: step = e * (sig(s) - sig(t))
        else:
            # in u = ln sigma: d sigma = e^u du
            u = np.log(sig(t)) + (np.log(sig(s)) - np.log(sig(t))) * (nodes + 1) / 2
            w = weights / 2 * (np.log(sig(s)) - np.log(sig(t))) * np.exp(u)
            share = (u - np.log(sig(t))) / (np.log(sig(old[0])) - np.log(sig(t)))
            step = (w * (1 - share)).sum() * e + (w * share).sum() * old[1]
        old = (t, e)
        x = level(s)[0] * (x / level(t)[0] + step)
        yield x

start = np.array([0.3, -1.2, 2.0, -0.05])
noise = np.sin(np.arange(1, 81).reshape(20, 4) ** 2.0) * 1.7
cases = []
def case(method, grid, times, states, **more):
    states = [list(x) for x in states]
    cases.append(dict(method=method, grid=grid, times=times, states=states, **more))
for sigma in ("beta", "tilde", "zero"): case("ddpm", "leading", leading(10), ddpm(start, leading(10), noise, sigma), sigma=sigma)
for eta in (0.0, 0.5, 1.0): case("ddim", "leading", leading(10), ddim(start, leading(10), noise, eta), eta=eta)
case("euler", "linspace", linspace(10), ode(start, linspace(10), False))
case("euler", "trailing", trailing(8), ode(start, trailing(8), False))
case("heun", "linspace", linspace(10), ode(start, linspace(10), True))
for n in (10, 20): case("dpmpp2m", "without_first", without_first(n), dpmpp(start, without_first(n), False))
for n in (10, 11): case("dpmpp2s", "without_first", without_first(n), dpmpp(start, without_first(n), True))
for n in (10, 20): case("unipc", "without_first", without_first(n), unipc(start, without_first(n)))
# diffusers' DEIS ends at the level of tau = 0, and lowers the last order below 15 steps.
case("deis", "without_first", without_first(20)[:-1] + [1], deis(start, without_first(20)[:-1] + [1]))

# ---- grids
sigmas = np.sqrt(1 - bar[1:]) / np.sqrt(bar[1:])
ramp = np.linspace(0, 1, 10)
karras = (sigmas[-1] ** (1 / 7) + ramp * (sigmas[0] ** (1 / 7) - sigmas[-1] ** (1 / 7))) ** 7
karras_times = np.interp(np.log(karras), np.log(sigmas), np.arange(1, 1001))
grids = dict(karras=dict(sigmas=list(karras), times=list(karras_times)),
             trailing={n: trailing(n) for n in (7, 16, 50)}, linspace={n: linspace(n) for n in (7, 10, 50)})

# ---- predictions: x_0 and v of eps = noise[0] at three times, x = start
predictions = [dict(t=t, sample=list(clean(start, noise[0], t)),
                    velocity=list(level(t)[0] * noise[0] - level(t)[1] * clean(start, noise[0], t))) for t in (1, 300, 1000)]

path = pathlib.Path(__file__).with_name("samplers.json")
rows = ",\n  ".join(json.dumps(c) for c in cases)
path.write_text('{"start": %s,\n "noise": %s,\n "grids": %s,\n "predictions": %s,\n "cases": [\n  %s]}\n'
                % (json.dumps(list(start)), json.dumps(noise.tolist()), json.dumps(grids), json.dumps(predictions), rows))
print(len(cases), "cases,", path.stat().st_size, "bytes")
