#!/usr/bin/env python3
"""Trains the model of buildings on a CUDA card: what `chailou train buildings` does, many times faster there.

    chailou train buildings --pack pictures.bin --pictures 2000000
    chailou train buildings --pack held-out.bin --from 1000 --pictures 1000
    python3 crate/train/buildings.py pictures.bin --held-out held-out.bin --out www/models --minutes 8
    torchrun --nproc-per-node 2 crate/train/buildings.py pictures.bin --held-out held-out.bin --out www/models    # on two cards

Same network, schedule, loss, optimiser and average of weights as crate/train/shipped; other random numbers, and times spread evenly
over each batch.
Needs torch, numpy and safetensors."""
import argparse, json, math, pathlib, time
import numpy as np, torch
from safetensors.torch import load_file, save_file
from loop import Group, Learner
from unet import UNet

CONFIG = {"image_size": 32, "image_channels": 3, "patch": 2, "predicts": "v", "channels": [48, 64, 80], "attention_level": 1, "attention_heads": 4,
          "groups": 8, "time_frequencies": 16, "time_hidden": 88, "scales": True, "classes": 10}
PIXELS = 3 * 32 * 32

parser = argparse.ArgumentParser()
parser.add_argument("pictures", help="a label and 3·32·32 bytes a picture")
parser.add_argument("--held-out", help="pictures to measure the network against, in the same form")
parser.add_argument("--out", default="www/models")
parser.add_argument("--config", help="a JSON of sizes, as in the card")
parser.add_argument("--steps", type=int, default=165_000)
parser.add_argument("--batch", type=int, default=512, help="of all processes together")
parser.add_argument("--lr", type=float, default=2.2e-3)
parser.add_argument("--warm-up", type=int, default=1000)
parser.add_argument("--averages", type=float, nargs="+", default=[0.9995, 0.9999], help="shares of the averaged weights that a step keeps; the one with the least loss on what is held out ships")
parser.add_argument("--label-dropout", type=float, default=0.1)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--single", action="store_true", help="matrix products in 32 bits instead of bfloat16")
parser.add_argument("--minutes", type=float, help="instead of --steps: as many as fit")
parser.add_argument("--stop", type=float, help="stop after so many minutes, with a state to go on from")
parser.add_argument("--state", help="go on from this state")
parser.add_argument("--measure", help="train nothing: measure these weights")
options = parser.parse_args()
config = CONFIG | (json.loads(options.config) if options.config else {})
torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
group = Group(options.seed)
device, batch = group.device, group.share(options.batch)

def load(path):
    raw = np.fromfile(path, dtype=np.uint8).reshape(-1, 1 + PIXELS)
    return torch.from_numpy(raw[:, 1:].copy()).to(device).reshape(-1, 3, 32, 32), torch.from_numpy(raw[:, 0].astype(np.int64)).to(device)

pictures, labels = load(options.pictures)
held_out = load(options.held_out) if options.held_out else None
as_floats = lambda bytes: bytes.float() / 127.5 - 1

# a_t² = 1 − 0.02 t/1000; entry t stands for t.
t = torch.arange(0, 1001, dtype=torch.float64)
level = torch.cumprod(1 - 0.02 * t / 1000, 0)
A, B = level.sqrt(), (1 - level).sqrt()
a_bar, b_bar = A.float().to(device), B.float().to(device)

def loss_of(network, x0, times, eps, label):
    a, b = a_bar[times][:, None, None, None], b_bar[times][:, None, None, None]
    with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda" and not options.single):
        guess = network(a * x0 + b * eps, times.float(), label)
    gap = guess.float() - (a * eps - b * x0)
    return (gap**2).mean()

class Judge:
    """The measures of `chailou eval buildings`; crate/cli/eval says what they mean."""
    def __init__(self):
        real, self.labels = as_floats(held_out[0]).flatten(1).double(), held_out[1]
        self.axes = torch.linalg.svd(real - real.mean(0), full_matrices=False)[2][:50].T
        self.real, self.held_out = self.gaussian(real), (real @ self.axes).float()
        self.training = (as_floats(pictures[:4000]).flatten(1).double() @ self.axes).float()
        sets = [self.gaussian(as_floats(pictures[i * 1000:(i + 1) * 1000]).flatten(1).double()) for i in range(20)]
        self.floor = float(np.mean([self.distance(one, self.real) for one in sets]))
        self.many = self.gaussian(as_floats(pictures[:20000]).flatten(1).double())
    def gaussian(self, rows):
        places = rows @ self.axes
        return places.mean(0), places.T.cov()
    def distance(self, one, other):
        (m, c), (n, d) = one, other
        values, vectors = torch.linalg.eigh(c)
        root = vectors * values.clamp(min=0).sqrt() @ vectors.T
        return (((m - n) ** 2).sum() + c.trace() + d.trace() - 2 * torch.linalg.eigvalsh(root @ d @ root).clamp(min=0).sqrt().sum()).item()
    def read(self, places, label):
        nearest = torch.cdist(places, self.training).min(1)
        return (labels[:4000][nearest.indices] == label).float().mean().item(), nearest.values.mean().item()
    def __call__(self, samples):
        rows = samples.flatten(1).double()
        label = torch.arange(len(rows), device=device) % 10
        right, near = self.read((rows @ self.axes).float(), label)
        distance = self.distance(self.gaussian(rows), self.real)
        return {"frechet": distance, "ratio": distance / self.floor, "read": right, "nearest": near / self.read(self.held_out, self.labels)[1]}
    def bias(self, samples):
        """Distance of many samples to many pictures, and where it lies."""
        mean, cov = self.gaussian(samples.flatten(1).double())
        real_mean, real_cov = self.many
        spread = (cov.diag() / real_cov.diag()).sqrt()
        return {"frechet": self.distance((mean, cov), self.many), "first mean": (mean - real_mean)[0].item(), "first spread": spread[0].item(), "other means²": ((mean - real_mean)[1:] ** 2).sum().item(),
                "spread 2-10": spread[1:10].mean().item(), "spread 11-50": spread[10:].mean().item()}

@torch.no_grad()
def sample(network, count, seed, steps=50, guidance=1.3):
    """DDPM with β̃, as the page does by default."""
    draw = torch.Generator(device).manual_seed(seed)
    x = torch.randn(count, 3, 32, 32, device=device, generator=draw)
    label = torch.arange(count, device=device) % 10
    nothing = torch.full_like(label, config["classes"])
    grid = [(2 * j * 1000 + steps) // (2 * steps) for j in range(steps + 1)]
    for s, t in reversed(list(zip(grid, grid[1:]))):
        times = torch.full((count,), float(t), device=device)
        to_eps = lambda v: B[t].item() * x + A[t].item() * v
        eps = to_eps(network(x, times, label))
        if guidance != 1: eps = eps * guidance + (1 - guidance) * to_eps(network(x, times, nothing))
        a = (A[t] / A[s]).item()
        b2 = 1 - a * a
        x = (x - b2 / B[t].item() * eps) / a
        if s: x += (B[s] * math.sqrt(b2) / B[t]).item() * torch.randn(x.shape, device=device, generator=draw)
    return x

def measure(weights, judge, many=10):
    network = UNet(config).to(device).eval()
    network.load_state_dict({name: value.half().float() for name, value in weights.items()})
    if not judge: return
    for seed in (7, 8, 9): print("seed", seed, {key: round(value, 4) for key, value in judge(sample(network, 1000, seed)).items()}, flush=True)
    for steps, guidance in ((50, 1.3), (50, 1.0)):
        samples = torch.cat([sample(network, 1000, 100 + i, steps, guidance) for i in range(many)])
        print("bias", steps, guidance, {key: round(value, 3) for key, value in judge.bias(samples).items()}, flush=True)

@torch.no_grad()
def held_out_loss(weights):
    """The mean error in v of every held-out picture at 64 times."""
    network = UNet(config).to(device).eval()
    network.load_state_dict(weights)
    draw, total = torch.Generator(device).manual_seed(1), 0.0
    x0, label = as_floats(held_out[0]), held_out[1]
    for i in range(64):
        times = (torch.arange(len(x0), device=device) * 7 + i * 1000 // 64) % 1000 + 1
        eps = torch.randn(x0.shape, device=device, generator=draw)
        a, b = a_bar[times][:, None, None, None], b_bar[times][:, None, None, None]
        total += ((network(a * x0 + b * eps, times.float(), label) - (a * eps - b * x0)) ** 2).mean().item()
    return total / 64

judge = Judge() if held_out and group.first else None
if judge: print("as many real ones", round(judge.floor, 3), "held out read", judge.read(judge.held_out, judge.labels)[0], flush=True)
if options.measure:
    group.end()
    measure(load_file(options.measure, device=device), judge)
    raise SystemExit

network = UNet(config).to(device).to(memory_format=torch.channels_last)
with torch.no_grad(): network.conv_out.weight.zero_(); network.conv_out.bias.zero_()
# This process's part of a batch, picture by picture of the whole.
strata = torch.arange(group.rank, options.batch, group.count, device=device)

def loss(forward):
    """The loss of one batch; everything random is drawn on the device."""
    index = torch.randint(len(pictures), (batch,), device=device)
    x0 = as_floats(pictures[index]).contiguous(memory_format=torch.channels_last)
    # One time of each n-th of them all: every batch hears of all levels alike.
    times = (((strata + torch.rand(batch, device=device)) / options.batch * 1000).long() + 1).clamp(max=1000)
    label = torch.where(torch.rand(batch, device=device) < options.label_dropout, config["classes"], labels[index])
    return loss_of(forward, x0, times, torch.randn_like(x0), label)

learner = Learner(group, network, loss, steps=options.steps, lr=options.lr, warm_up=options.warm_up, decay=0.01, averages=options.averages)
before, smooth = 0.0, 0.0
if options.state:
    state = torch.load(options.state, map_location=device)
    network.load_state_dict(state["network"])
    learner.averages = state["averages"]
    learner.optimiser.load_state_dict(state["optimiser"])
    for part in learner.optimiser.param_groups:
        if device == "cuda": part["lr"] = learner.rate
    learner.at, before, smooth = state["at"], state["seconds"], state["loss"]
    group.draw_from(options.seed + learner.at)
for at, value in learner.run():
    if options.minutes and at == learner.start + 200:
        value.item()
        pace = (time.time() - learner.started) / 200
        learner.steps = options.steps = group.told(max(at, int(60 * options.minutes / pace)))
        group.say(f"{options.steps} steps, {1 / pace:.1f} a second")
    if at % 200 == 0 or at == options.steps:
        value = group.mean(value).item()
        smooth = value if smooth == 0 else 0.95 * smooth + 0.05 * value
        learner.finite(value)
        if at % 4000 == 0: group.say(f"step {at} loss {smooth:.5f} {time.time() - learner.began:.0f} s")
        if options.stop and group.told(time.time() - learner.started > 60 * options.stop): break
seconds = before + time.time() - learner.began
group.end()

named = learner.named()
best, losses = 0, None
if held_out:
    losses = [held_out_loss(weights) for weights in named]
    best = losses.index(min(losses))
    print("held out", dict(zip(options.averages, losses)), flush=True)
average = named[best]
out = pathlib.Path(options.out)
out.mkdir(parents=True, exist_ok=True)
torch.save({"network": network.state_dict(), "averages": learner.averages, "optimiser": learner.optimiser.state_dict(), "at": learner.at, "seconds": seconds, "loss": smooth}, out / "buildings.pt")
half = {name: value.detach().half().contiguous().cpu() for name, value in average.items()}
save_file(half, out / "buildings.safetensors", metadata={"config": json.dumps(config)})
load_file(out / "buildings.safetensors")
size = (out / "buildings.safetensors").stat().st_size
keep = options.averages[best]
card = {"name": "buildings", "what": "Predicts v, a mixture of noise and picture, in 32x32 colour pictures of small buildings, by class",
        "command": f"{group.launcher} crate/train/buildings.py pictures.bin --held-out held-out.bin --steps {options.steps} --batch {options.batch} --lr {options.lr} --warm-up {options.warm_up} --averages {keep} --seed {options.seed}",
        "seed": options.seed, "steps": learner.at, "seconds": round(seconds), "machine": group.machine, "loss": smooth,
        "held_out_loss": losses and losses[best],
        "data": {"name": "Buildings, drawn by crate/data/buildings.rs", "licence": "MIT OR Apache-2.0", "source": "this project",
                 "pictures": f"{len(pictures)} from index 2^20 on; those below are held out"},
        "licence": "MIT OR Apache-2.0", "parameters": sum(v.numel() for v in average.values()), "bytes": size, "config": config,
        "options": {"steps": options.steps, "batch": options.batch, "lr": options.lr, "warm_up": options.warm_up, "ema": keep,
                    "label_dropout": options.label_dropout},
        "schedule": "a_t = sqrt(1 - 0.02 t/1000), t = 1..1000; predicts v", "metrics": None}
(out / "buildings.json").write_text(json.dumps(card, indent=2) + "\n")
print(f"{size} bytes, {learner.at} steps, loss {smooth:.5f}, {seconds:.0f} s", flush=True)
measure(average, judge)
