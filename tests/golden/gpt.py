#!/usr/bin/env python3
"""The causal transformer in float64 numpy, written apart from the Rust one, on weights that both sides draw themselves.

    python3 -m pip install numpy && python3 tests/golden/gpt.py      writes tests/golden/gpt.json

Pre-norm transformer (Radford et al. 2019) with rotary positions in half-split pairs (Su et al. 2021,
https://arxiv.org/abs/2104.09864) and GELU by its tanh (Hendrycks & Gimpel 2016). Weights as in make.py: parameter i in
order of names is drawn from Philox 4x32-10 at stream 5, step i. Written one position, one head, one pair at a time."""
import json, pathlib
import numpy as np
from make import normals

def shapes(c):
    d = c['width']; s = {'emb.weight': (c['vocabulary'], d), 'head.weight': (c['vocabulary'], d)}
    def lin(n, i, o): s[n + '.weight'] = (o, i); s[n + '.bias'] = (o,)
    def norm(n): s[n + '.weight'] = (d,); s[n + '.bias'] = (d,)
    norm('lnf')
    for l in range(c['layers']):
        norm(f'l{l}.ln1'); lin(f'l{l}.qkv', d, 3 * d); lin(f'l{l}.proj', d, d)
        if c['mlp']: norm(f'l{l}.ln2'); lin(f'l{l}.fc1', d, c['mlp']); lin(f'l{l}.fc2', c['mlp'], d)
    return s

def weights(c, seed):
    p = {}
    for step, (name, shape) in enumerate(sorted(shapes(c).items())):
        z = normals(seed, 5, step, int(np.prod(shape))).astype(np.float64)
        if len(shape) == 1: v = (1.0 if name.endswith('.weight') else 0.0) + 0.1 * z
        else: v = z / np.sqrt(shape[1])
        p[name] = v.astype(np.float32).astype(np.float64).reshape(shape)
    return p

def lin(p, n, x): return p[n + '.weight'] @ x + p[n + '.bias']
def norm(p, n, x): return (x - x.mean()) / np.sqrt(x.var() + 1e-5) * p[n + '.weight'] + p[n + '.bias']
def gelu(x): return x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
def turned(x, position):
    """Each pair (i, i + dh/2) is a complex number, turned by position / 10000^(2i/dh)."""
    half = len(x) // 2; z = x[:half] + 1j * x[half:]
    z = z * np.exp(1j * position * 10000.0 ** (-np.arange(half) / half))
    return np.concatenate([z.real, z.imag])

def read(c, p, tokens):
    T, H = len(tokens), c['heads']; dh = c['width'] // H
    stream = [p['emb.weight'][t].copy() for t in tokens]; maps = np.zeros((c['layers'], H, T, T))
    for l in range(c['layers']):
        qkv = [lin(p, f'l{l}.qkv', norm(p, f'l{l}.ln1', x)).reshape(3, H, dh) for x in stream]
        heard = [np.zeros((H, dh)) for _ in tokens]
        for h in range(H):
            keys = [turned(row[1, h], j) for j, row in enumerate(qkv)]
            for i in range(T):
                q = turned(qkv[i][0, h], i)
                e = np.exp([q @ keys[j] / np.sqrt(dh) for j in range(i + 1)]); a = e / e.sum()
                maps[l, h, i, :i + 1] = a
                heard[i][h] = sum(a[j] * qkv[j][2, h] for j in range(i + 1))
        stream = [x + lin(p, f'l{l}.proj', o.ravel()) for x, o in zip(stream, heard)]
        if c['mlp']:
            stream = [x + lin(p, f'l{l}.fc2', gelu(lin(p, f'l{l}.fc1', norm(p, f'l{l}.ln2', x)))) for x in stream]
    return np.array([p['head.weight'] @ norm(p, 'lnf', x) for x in stream]), maps

CASES = {
    'w2': (dict(vocabulary=96, width=128, layers=4, heads=4, mlp=512), 128, [0, 1, 63, 127]),
    'attention only': (dict(vocabulary=7, width=12, layers=2, heads=3, mlp=0), 9, list(range(9))),
}
def main():
    out = {}
    for name, (c, T, rows) in CASES.items():
        seed = 20240607; tokens = [(7 * i * i + 3 * i + 1) % c['vocabulary'] for i in range(T)]
        logits, maps = read(c, weights(c, seed), tokens)
        keep = lambda a: [float(f'{v:.8g}') for v in np.asarray(a).ravel()]
        out[name] = dict(seed=seed, tokens=tokens, rows=rows, logits=keep(logits[rows]), maps=[keep(m[i, :i + 1]) for l in maps for m in l for i in rows])
        print(name, 'logits', logits.shape, 'std', logits.std(), 'parameters', sum(int(np.prod(s)) for s in shapes(c).values()))
    path = pathlib.Path(__file__).with_name('gpt.json')
    path.write_text(json.dumps(out, separators=(',', ':')) + '\n')

if __name__ == '__main__':
    main()
