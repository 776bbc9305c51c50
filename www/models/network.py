"""Loads a network that was taken home from Chailou into PyTorch and shows that it says what the page said.

    pip install torch safetensors numpy
    python network.py network.safetensors

The file's metadata hold the sizes ("config"), the link to the experiment and an example of what the network was asked and answered."""
import json, math, sys
import torch, torch.nn as nn, torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import load_file

class Mlp(nn.Module):
    """Points of the plane: [x, sines and cosines of the time] -> 128 -> 128 -> 128 -> 2."""
    def __init__(self, config):
        super().__init__()
        sizes, self.last = config["sizes"], config["steps"]
        for i, (a, b) in enumerate(zip(sizes, sizes[1:])): setattr(self, f"l{i}", nn.Linear(a, b))
    def forward(self, x, t):
        angles = (1000 * t.double() / self.last).float().double()[:, None] * 10000 ** (-torch.arange(16).double() / 16)
        h = torch.cat([x, angles.sin().float(), angles.cos().float()], 1)
        for i in range(3): h = F.silu(getattr(self, f"l{i}")(h))
        return self.l3(h)

def rope(x, base=10000.0):
    """Su et al. 2021, eq. 34."""
    half = x.shape[-1] // 2
    angles = torch.arange(x.shape[-2])[:, None] * base ** (-torch.arange(half) / half)
    a, b, c, s = x[..., :half], x[..., half:], angles.cos(), angles.sin()
    return torch.cat([a * c - b * s, b * c + a * s], -1)

def added(position, heads, t, learnt):
    """What is added to the scores at each distance, [heads, t]."""
    k, share = torch.arange(t).float(), 8 * torch.arange(1, heads + 1) / heads
    if position == "alibi": return -(2.0 ** -share)[:, None] * k
    if position == "kerple": return -learnt[0].exp()[:, None] * torch.log1p(learnt[1].exp()[:, None] * k)
    if position == "sandwich":
        turn = 10000.0 ** (-torch.arange(64) / 64)
        return (k[:, None] * turn).cos().sum(1) / share[:, None]
    return torch.zeros(heads, t)

def in_sight(sight, t):
    i, j = torch.arange(t)[:, None], torch.arange(t)
    kind, n = sight[0], (sight[1:] or [0])[0]
    return {"past": j <= i, "later": j >= i, "both": j >= 0 * i, "prefix": (j <= i) | (j < n), "near": (j <= i) & (j > i - n)}[kind]

class Block(nn.Module):
    def __init__(self, config, mixing):
        super().__init__()
        d, m, self.heads, self.mixing = config["width"], config["mlp"], config["heads"], mixing
        self.ln1, self.qkv, self.proj = nn.LayerNorm(d), nn.Linear(d, 3 * d), nn.Linear(d, d)
        if m: self.ln2, self.fc1, self.fc2 = nn.LayerNorm(d), nn.Linear(d, m), nn.Linear(m, d)
        if mixing["position"] == "kerple": self.places = nn.Embedding(2, self.heads)
    def weights(self, q, k):
        t, kernel, sights = q.shape[-2], self.mixing["kernel"], self.mixing["sights"]
        seen = torch.stack([in_sight(sights[h % len(sights)], t) for h in range(self.heads)])
        distance = (torch.arange(t)[:, None] - torch.arange(t)).abs()
        s = q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5
        if kernel == "softmax":
            s = s + added(self.mixing["position"], self.heads, t, getattr(self, "places", nn.Embedding(1, 1)).weight)[:, distance]
            return s.masked_fill(~seen, -torch.inf).softmax(-1)
        if kernel == "elu1": a = (F.elu(q) + 1) @ (F.elu(k) + 1).transpose(-1, -2)
        if kernel == "relu2": a = F.relu(s) ** 2
        if kernel == "decay": a = (self.mixing["lambda"] ** distance).expand_as(s)
        a = a * seen
        return a / (a.sum(-1, keepdim=True) + 1e-9)
    def forward(self, x):
        b, t, d = x.shape
        q, k, v = self.qkv(self.ln1(x)).reshape(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        if self.mixing["position"] == "rotary": q, k = rope(q), rope(k)
        x = x + self.proj((self.weights(q, k) @ v).transpose(1, 2).reshape(b, t, d))
        return x + self.fc2(F.gelu(self.fc1(self.ln2(x)), approximate="tanh")) if hasattr(self, "fc1") else x

class Gpt(nn.Module):
    def __init__(self, config, mixing):
        super().__init__()
        d, v = config["width"], len(config["vocabulary"])
        self.config, self.emb, self.lnf = config, nn.Embedding(v, d), nn.LayerNorm(d)
        for i in range(config["layers"]): setattr(self, f"l{i}", Block(config, mixing))
        if mixing["position"] == "learned": self.places = nn.Embedding(config["context"], d)
        if not config.get("tied"): self.head = nn.Linear(d, v, bias=False)
    def forward(self, tokens):
        x = self.emb(tokens)
        if hasattr(self, "places"): x = x + self.places.weight[: tokens.shape[-1]]
        for i in range(self.config["layers"]): x = getattr(self, f"l{i}")(x)
        return F.linear(self.lnf(x), self.emb.weight if self.config.get("tied") else self.head.weight)

class Sublayer(nn.Module):
    def __init__(self, config, attends):
        super().__init__()
        d, m, self.config = config["width"], config["mlp"], config
        self.norm, self.alpha = nn.LayerNorm(d), nn.Parameter(torch.zeros(1))
        if attends: self.qkv, self.proj = nn.Linear(d, 3 * d, bias=False), nn.Linear(d, d, bias=False)
        else: self.fc1, self.fc2 = nn.Linear(d, m, bias=False), nn.Linear(m, d, bias=False)
    def branch(self, x):
        if hasattr(self, "fc1"): return self.fc2(F.gelu(self.fc1(x), approximate="tanh"))
        b, t, d = x.shape
        heads = self.config["heads"]
        q, k, v = self.qkv(x).reshape(b, t, 3, heads, d // heads).permute(2, 0, 3, 1, 4)
        s = self.config["scale"] * rope(q) @ rope(k).transpose(-1, -2)
        w = s.masked_fill(~in_sight(["past"], t), -torch.inf).softmax(-1)
        return self.proj((w @ v).transpose(1, 2).reshape(b, t, d))
    def forward(self, x):
        kind = self.config["residual"]
        if kind == "pre": return x + self.branch(self.norm(x))
        if kind == "rezero": return x + self.alpha * self.branch(x)
        keeps = self.config["depth"] ** 0.25 if kind == "deepnorm" else 1.0
        return self.norm(keeps * x + self.branch(x))

class Sublayers(nn.Module):
    def __init__(self, config):
        super().__init__()
        d, v, self.config = config["width"], len(config["vocabulary"]), config
        self.emb, self.norm, self.head = nn.Embedding(v, d), nn.LayerNorm(d), nn.Linear(d, v, bias=False)
        for i in range(config["depth"]): setattr(self, f"s{i}", Sublayer(config, i % 2 == 0))
    def forward(self, tokens):
        x = self.emb(tokens)
        for i in range(self.config["depth"]): x = getattr(self, f"s{i}")(x)
        return self.head(self.norm(x) if self.config["residual"] == "pre" else x)

def mixing_of(said, config):
    """How heads mix: as the file says, by the name of a scheme of positions, or as those do that write."""
    if "mixing" in said: return json.loads(said["mixing"])
    scheme = said.get("scheme", "rope")
    position = {"rope": "rotary", "bias": "rotary", "window": "rotary", "nope": "none"}.get(scheme, scheme)
    return {"kernel": "softmax", "sights": [["near", config["context"] // 4] if scheme == "window" else ["past"]], "position": position}

def load(path):
    """The network of a file, and what its metadata say."""
    with safe_open(path, "pt") as file: said = {k: v for k, v in file.metadata().items()}
    config = json.loads(said["config"])
    kind = said.get("network") or ("unet" if "channels" in config else "gpt")
    if kind == "unet":
        from unet import UNet  # beside this file
        network = UNet(config)
    elif kind == "mlp": network = Mlp(config)
    elif kind == "sublayers": network = Sublayers(config)
    else: network = Gpt(config, mixing_of(said, config))
    network.load_state_dict({k: v.float() for k, v in load_file(path).items()})  # strict: every name and every shape must fit
    return network.eval(), {**said, "network": kind}

@torch.no_grad()
def asked_again(network, said):
    """What the page's network answered to the example, and what this one answers."""
    example, tensor = json.loads(said["example"]), torch.tensor
    if said["network"] == "mlp": return tensor(example["answer"]), network(tensor(example["x"]), tensor(example["t"]))
    if said["network"] == "unet":
        x, (a, b), w, none = tensor(example["x"]), example["level"], example["guidance"], network.config["classes"]
        def eps(label):
            out = network(x, torch.full((len(x),), float(example["t"])), torch.full((len(x),), label))
            return b * x + a * out if network.config.get("predicts") == "v" else out
        label = example["label"]
        if label is None or w == 0: return tensor(example["eps"]), eps(none)
        return tensor(example["eps"]), eps(label) if w == 1 else eps(none) + w * (eps(label) - eps(none))
    logits = network(tensor([example["tokens"]]))[0]
    if "next" in example: return tensor(example["next"]).log_softmax(-1), logits[-1].log_softmax(-1)
    return tensor(example["logits"]), logits

@torch.no_grad()
def sample(network, said, count=500):
    """Points of the plane from noise by DDIM (Song et al. 2021), 50 steps."""
    levels, kind = torch.tensor(json.loads(said["levels"])), network_predicts(said)
    x, times = torch.randn(count, 2), torch.linspace(len(levels) - 1, 0, 51).round().long()
    for t, s in zip(times, times[1:]):
        (a, b), y = levels[t], network(x, t.repeat(count))
        eps = {"epsilon": y, "sample": (x - a * y) / b, "velocity": b * x + a * y}[kind]
        x = levels[s][0] * (x - b * eps) / a + levels[s][1] * eps
    return x

def network_predicts(said): return json.loads(said["config"])["predicts"]

if __name__ == "__main__":
    for path in sys.argv[1:]:
        network, said = load(path)
        print(f"{path}: {said['network']}, {sum(p.numel() for p in network.parameters()):,} numbers, from {said.get('link', 'no link')}")
        if "example" in said:
            page, here = asked_again(network, said)
            gap = (page - here).abs().max().item()
            print(f"  largest difference from the page: {gap:.1e} of {page.abs().max().item():.3g}")
            assert gap < 1e-4 * max(1, page.abs().max().item()), "another network than the page's"
        if said["network"] == "mlp":
            x = sample(network, said)
            print(f"  {len(x)} points: mean {x.mean(0).tolist()}, deviation {x.std(0).tolist()}")
