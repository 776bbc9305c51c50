#!/usr/bin/env python3
"""Transformers that differ in what tells places apart, in float64 numpy, written apart from the Rust ones, on weights that both sides draw.

    python3 -m pip install numpy && python3 tests/golden/places.py      writes tests/golden/places.json

The transformer is that of gpt.py, weights too; besides, in the order of names after all others, `l*.places.weight` (ln r1, ln r2 of
each head, KERPLE) and `places.weight` (a table of 8 rows) are drawn at stream 5, steps 100 + i. Schemes: RoPE (Su et al. 2021), ALiBi (Press
et al. 2021), KERPLE-log and Sandwich (Chi et al. 2022, arXiv 2205.09921 and 2212.10356), a table, none, a hard window; stretched RoPE:
position interpolation (Chen et al. 2023), NTK, YaRN (Peng et al. 2023), ReRoPE and log n (Su Jianlin, kexue.fm/archives/9708 and 8823).
Scores are made of complex numbers by the distance, one pair of tokens at a time."""
import json, pathlib
import numpy as np
from gpt import gelu, lin, norm, shapes, weights
from make import normals

C = dict(vocabulary=7, width=16, layers=2, heads=2, mlp=12)
T, TRAINED, STRETCH, WINDOW = 24, 8, 3.0, 5
SEED = 20240607

def frequencies(scheme, pairs):
    plain = 10000.0 ** (-np.arange(pairs) / pairs)
    if scheme == 'pi': return plain / STRETCH
    if scheme == 'ntk': return (10000.0 * STRETCH ** (pairs / (pairs - 1))) ** (-np.arange(pairs) / pairs)
    if scheme == 'yarn':
        kept = np.clip((plain * TRAINED / (2 * np.pi) - 1) / 31, 0, 1)
        return plain * (kept + (1 - kept) / STRETCH)
    return plain

def complexes(x): return x[:len(x) // 2] + 1j * x[len(x) // 2:]

def score(scheme, l, h, q, k, i, j, extra):
    """Of head h for the token at i that looks back at j."""
    d, H, far = len(q), C['heads'], i - j
    plain = q @ k / np.sqrt(d)
    if scheme in ('none', 'learned'): return plain
    if scheme == 'alibi': return plain - 2.0 ** (-8 * (h + 1) / H) * far
    if scheme == 'kerple':
        r1, r2 = np.exp(extra[f'l{l}.places.weight'][:, h])
        return plain - r1 * np.log(1 + r2 * far)
    if scheme == 'sandwich':
        place = lambda at: np.concatenate([f(at / 10000.0 ** (2 * np.arange(64) / 128)) for f in (np.sin, np.cos)])
        return plain + place(i) @ place(j) / (8 * (h + 1) / H)
    if scheme == 'window' and far >= WINDOW: return -np.inf
    if scheme == 'rerope': far = min(far, WINDOW)
    turn = np.exp(1j * far * frequencies(scheme, d // 2))
    turned = (complexes(q) * turn * np.conj(complexes(k))).real.sum() / np.sqrt(d)
    if scheme == 'logn': turned *= max(1.0, np.log(i + 1) / np.log(TRAINED))
    if scheme == 'yarn': turned *= (0.1 * np.log(STRETCH) + 1) ** 2
    return turned

def read(scheme, p, extra, tokens):
    H = C['heads']; dh = C['width'] // H
    stream = [p['emb.weight'][t].copy() for t in tokens]
    if scheme == 'learned': stream = [x + (extra['places.weight'][i] if i < TRAINED else 0) for i, x in enumerate(stream)]
    for l in range(C['layers']):
        qkv = [lin(p, f'l{l}.qkv', norm(p, f'l{l}.ln1', x)).reshape(3, H, dh) for x in stream]
        heard = [np.zeros((H, dh)) for _ in tokens]
        for h in range(H):
            for i in range(len(tokens)):
                s = np.array([score(scheme, l, h, qkv[i][0, h], qkv[j][1, h], i, j, extra) for j in range(i + 1)])
                a = np.exp(s - s.max()); a /= a.sum()
                heard[i][h] = sum(a[j] * qkv[j][2, h] for j in range(i + 1))
        stream = [x + lin(p, f'l{l}.proj', o.ravel()) for x, o in zip(stream, heard)]
        stream = [x + lin(p, f'l{l}.fc2', gelu(lin(p, f'l{l}.fc1', norm(p, f'l{l}.ln2', x)))) for x in stream]
    return np.array([p['head.weight'] @ norm(p, 'lnf', x) for x in stream])

def main():
    p = weights(C, SEED)
    names = {'l0.places.weight': (2, C['heads']), 'l1.places.weight': (2, C['heads']), 'places.weight': (TRAINED, C['width'])}
    extra = {name: normals(SEED, 5, 100 + i, int(np.prod(shape))).astype(np.float64).reshape(shape) for i, (name, shape) in enumerate(names.items())}
    tokens = [(7 * i * i + 3 * i + 1) % C['vocabulary'] for i in range(T)]
    out = dict(seed=SEED, tokens=tokens, trained=TRAINED, stretch=STRETCH, window=WINDOW, logits={})
    for scheme in ['none', 'rope', 'learned', 'alibi', 'kerple', 'sandwich', 'window', 'pi', 'ntk', 'yarn', 'rerope', 'logn']:
        logits = read(scheme, p, extra, tokens)
        out['logits'][scheme] = [float(f'{v:.8g}') for v in logits.ravel()]
        print(scheme, logits.std())
    path = pathlib.Path(__file__).with_name('places.json')
    path.write_text(json.dumps(out, separators=(',', ':')) + '\n')

if __name__ == '__main__':
    main()
