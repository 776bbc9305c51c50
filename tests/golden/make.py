#!/usr/bin/env python3
"""The U-Net in float64 numpy, written apart from the Rust one, on weights that both sides draw themselves.

    python3 -m pip install numpy && python3 tests/golden/make.py      writes tests/golden/unet.json

Architecture: residual U-Net with GroupNorm + SiLU, 3x3 convolutions, time (and label) added in each block,
attention after the down block of one level (Ho et al. 2020, appendix B, https://arxiv.org/abs/2006.11239).
Parameter i in order of names is drawn from Philox 4x32-10 at stream 5 (weights), step i; x at stream 3, step 0."""
import json, pathlib
import numpy as np

# ---- random numbers: Salmon et al. 2011; Box-Muller on 24-bit uniforms, rounded to float32
def philox(counter, key):
    c = [np.asarray(v, np.uint64) for v in counter]
    k = [np.uint64(v) for v in key]
    mask = np.uint64(0xFFFFFFFF)
    for _ in range(10):
        p0, p1 = c[0] * np.uint64(0xD2511F53), c[2] * np.uint64(0xCD9E8D57)
        c = [(p1 >> np.uint64(32)) ^ c[1] ^ k[0], p1 & mask, (p0 >> np.uint64(32)) ^ c[3] ^ k[1], p0 & mask]
        k = [(k[0] + np.uint64(0x9E3779B9)) & mask, (k[1] + np.uint64(0xBB67AE85)) & mask]
    return c

zero = philox([0, 0, 0, 0], [0, 0])
assert [int(v) for v in zero] == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8], zero

def normals(seed, stream, step, n):
    block = np.arange(-(-n // 4), dtype=np.uint64)
    same = lambda v: np.full(block.shape, v, np.uint64)
    words = philox([block, same(step), same(stream), same(0)], [seed & 0xFFFFFFFF, seed >> 32])
    u = [((w >> np.uint64(8)).astype(np.float64) + 0.5) / 2**24 for w in words]
    z = []
    for a, b in ((u[0], u[1]), (u[2], u[3])):
        r = np.sqrt(-2 * np.log(a)); z += [r * np.cos(2 * np.pi * b), r * np.sin(2 * np.pi * b)]
    return np.stack(z, 1).ravel()[:n].astype(np.float32)

# ---- parameters
def shapes(c):
    s = {}
    def conv(n, i, o, k): s[n + '.weight'] = (o, i, k, k); s[n + '.bias'] = (o,)
    def lin(n, i, o): s[n + '.weight'] = (o, i); s[n + '.bias'] = (o,)
    def norm(n, i): s[n + '.weight'] = (i,); s[n + '.bias'] = (i,)
    def res(n, i, o):
        norm(n + '.gn1', i); conv(n + '.conv1', i, o, 3); lin(n + '.temb', c['hidden'], o * (2 if c.get('scales') else 1))
        norm(n + '.gn2', o); conv(n + '.conv2', o, o, 3)
        if i != o: conv(n + '.skip', i, o, 1)
    ch = c['channels']; last = len(ch) - 1
    lin('time1', 2 * c['frequencies'], c['hidden']); lin('time2', c['hidden'], c['hidden'])
    if c['classes']: s['label.weight'] = (c['classes'] + 1, c['hidden'])
    conv('conv_in', 1, ch[0], 3); norm('out_gn', ch[0]); conv('conv_out', ch[0], 1, 3)
    a = ch[c['attention']]; norm('attn.gn', a); conv('attn.qkv', a, 3 * a, 1); conv('attn.proj', a, a, 1)
    for i, n in enumerate(ch):
        res(f'd{i}', n, n); res(f'u{i}', n if i == last else 2 * n, n)
        if i < last: conv(f'down{i}', n, ch[i + 1], 3); conv(f'up{i}', ch[i + 1], n, 3)
    return s

def weights(c, seed):
    p = {}
    for step, (name, shape) in enumerate(sorted(shapes(c).items())):
        z = normals(seed, 5, step, int(np.prod(shape))).astype(np.float64)
        if len(shape) == 1: v = (1.0 if name.endswith('.weight') else 0.0) + 0.1 * z
        elif name == 'label.weight': v = z
        else: v = z / np.sqrt(np.prod(shape[1:]))
        p[name] = v.astype(np.float32).astype(np.float64).reshape(shape)
    return p

# ---- layers
def conv(p, n, x, stride=1):
    w, b = p[n + '.weight'], p[n + '.bias']; k = w.shape[-1]; r = k // 2
    B, C, H, W = x.shape; x = np.pad(x, ((0, 0), (0, 0), (r, r), (r, r))); out = 0
    for dy in range(k):
        for dx in range(k):
            out = out + np.einsum('oc,bchw->bohw', w[:, :, dy, dx], x[:, :, dy:dy + H:stride, dx:dx + W:stride])
    return out + b[:, None, None]
def lin(p, n, x): return x @ p[n + '.weight'].T + p[n + '.bias']
def silu(x): return x / (1 + np.exp(-x))
def norm(p, n, x, groups):
    B, C, H, W = x.shape; g = x.reshape(B, groups, C // groups, H, W); ax = (2, 3, 4)
    g = (g - g.mean(ax, keepdims=True)) / np.sqrt(g.var(ax, keepdims=True) + 1e-5)
    return g.reshape(x.shape) * p[n + '.weight'][:, None, None] + p[n + '.bias'][:, None, None]
def res(p, n, x, s, G):
    h, told = conv(p, n + '.conv1', silu(norm(p, n + '.gn1', x, G))), lin(p, n + '.temb', s)[:, :, None, None]
    if told.shape[1] == h.shape[1]: h = norm(p, n + '.gn2', h + told, G)
    else:  # the time scales, too: Dhariwal & Nichol 2021, section 3
        scale, shift = np.split(told, 2, 1); h = (1 + scale) * norm(p, n + '.gn2', h, G) + shift
    h = conv(p, n + '.conv2', silu(h))
    return h + (conv(p, n + '.skip', x) if n + '.skip.weight' in p else x)
def attention(p, x, heads, G):
    B, C, H, W = x.shape; d = C // heads
    qkv = conv(p, 'attn.qkv', norm(p, 'attn.gn', x, G)).reshape(B, 3, heads, d, H * W)
    e = np.einsum('bhdi,bhdj->bhij', qkv[:, 0], qkv[:, 1]) / np.sqrt(d)
    e = np.exp(e - e.max(-1, keepdims=True)); a = e / e.sum(-1, keepdims=True)
    return x + conv(p, 'attn.proj', np.einsum('bhij,bhdj->bhdi', a, qkv[:, 2]).reshape(x.shape))
def forward(c, p, x, t, labels):
    f = 10000.0 ** (-np.arange(c['frequencies']) / c['frequencies']); a = np.outer(t, f)
    e = lin(p, 'time2', silu(lin(p, 'time1', np.concatenate([np.sin(a), np.cos(a)], 1))))
    s = silu(e + p['label.weight'][labels] if c['classes'] else e)
    G, last = c['groups'], len(c['channels']) - 1
    h = conv(p, 'conv_in', x); bridge = []
    for i in range(last + 1):
        h = res(p, f'd{i}', h, s, G)
        if i == c['attention']: h = attention(p, h, c['heads'], G)
        if i < last: bridge.append(h); h = conv(p, f'down{i}', h, 2)
    h = res(p, f'u{last}', h, s, G)
    for i in reversed(range(last)):
        h = conv(p, f'up{i}', h.repeat(2, 2).repeat(2, 3))
        h = res(p, f'u{i}', np.concatenate([h, bridge[i]], 1), s, G)
    return conv(p, 'conv_out', silu(norm(p, 'out_gn', h, G)))

CASES = {
    'w1': (dict(size=32, channels=[32, 64, 128], attention=2, heads=4, groups=8, frequencies=16, hidden=128,
                classes=None), [263.0], [0]),
    'digits': (dict(size=8, channels=[24, 48], attention=1, heads=4, groups=8, frequencies=16, hidden=64,
                    classes=10), [1.0, 263.5, 1000.0], [3, 10, 0]),
    'wide': (dict(size=16, channels=[8, 16, 8], attention=0, heads=2, groups=4, frequencies=5, hidden=12,
                  classes=3), [0.25, 77.0], [2, 3]),
    'scaled': (dict(size=16, channels=[8, 16, 8], attention=1, heads=2, groups=4, frequencies=5, hidden=12,
                    classes=3, scales=True), [3.5, 640.0], [1, 3]),
}
def main():
    out = {}
    for name, (c, t, labels) in CASES.items():
        seed = 20240607; shape = (len(t), 1, c['size'], c['size'])
        x = normals(seed, 3, 0, int(np.prod(shape))).astype(np.float64).reshape(shape)
        eps = forward(c, weights(c, seed), x, np.array(t), np.array(labels))
        out[name] = dict(seed=seed, times=t, labels=labels if c['classes'] else [], eps=[float(f'{v:.8g}') for v in eps.ravel()])
        print(name, eps.shape, 'std', eps.std(), 'parameters', sum(int(np.prod(s)) for s in shapes(c).values()))
    path = pathlib.Path(__file__).with_name('unet.json')
    path.write_text(json.dumps(out, separators=(',', ':')) + '\n')

if __name__ == '__main__':
    main()
