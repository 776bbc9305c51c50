#!/usr/bin/env python3
"""Trains the model of buildings on a CUDA card: what `chailou train buildings` does, many times faster there.

    chailou train buildings --pack pictures.bin --pictures 200000
    python3 crate/train/buildings.py pictures.bin --out www/models --minutes 18

Same network, schedule, loss, optimiser and average of weights as crate/train/trainer.rs; other random numbers.
Needs torch, numpy and safetensors."""
import argparse, json, math, pathlib, time
import numpy as np, torch
from safetensors.torch import load_file, save_file
from unet import UNet

CONFIG = {"image_size": 32, "image_channels": 3, "patch": 2, "predicts": "v", "channels": [40, 64, 56], "attention_level": 1, "attention_heads": 4,
          "groups": 8, "time_frequencies": 16, "time_hidden": 96, "classes": 10}
PIXELS = 3 * 32 * 32

parser = argparse.ArgumentParser()
parser.add_argument("pictures", help="a label and 3·32·32 bytes a picture")
parser.add_argument("--out", default="www/models")
parser.add_argument("--config", help="a JSON of sizes, as in the card")
parser.add_argument("--steps", type=int, default=100_000)
parser.add_argument("--batch", type=int, default=256)
parser.add_argument("--lr", type=float, default=1.5e-3)
parser.add_argument("--warm-up", type=int, default=500)
parser.add_argument("--ema", type=float, default=0.9998)
parser.add_argument("--label-dropout", type=float, default=0.15)
parser.add_argument("--minutes", type=float, default=1e9, help="stop after so many, with a state to go on from")
parser.add_argument("--state", help="go on from this state")
options = parser.parse_args()
config = json.loads(options.config) if options.config else CONFIG
device = "cuda" if torch.cuda.is_available() else "cpu"
torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
torch.manual_seed(1)

raw = np.fromfile(options.pictures, dtype=np.uint8).reshape(-1, 1 + PIXELS)
labels = torch.from_numpy(raw[:, 0].astype(np.int64)).to(device)
pictures = torch.from_numpy(raw[:, 1:].copy()).to(device).reshape(-1, 3, 32, 32)

# a_t² = 1 − 0.02 t/1000; entry t − 1 stands for t.
t = torch.arange(1, 1001, dtype=torch.float64)
level = torch.cumprod(1 - 0.02 * t / 1000, 0)
a_bar, b_bar = level.sqrt().float().to(device), (1 - level).sqrt().float().to(device)

network = UNet(config).to(device).to(memory_format=torch.channels_last)
average = {name: value.detach().clone() for name, value in network.state_dict().items()}
matrices = [p for p in network.parameters() if p.dim() > 1]
others = [p for p in network.parameters() if p.dim() <= 1]
rate = torch.tensor(options.lr, device=device)
extra = {"fused": True, "capturable": True} if device == "cuda" else {}
optimiser = torch.optim.AdamW([{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}],
                              lr=rate if device == "cuda" else options.lr, betas=(0.9, 0.99), eps=1e-8, **extra)
keep = torch.zeros((), device=device)
at, seconds, smooth = 0, 0.0, 0.0
if options.state:
    state = torch.load(options.state, map_location=device)
    network.load_state_dict(state["network"])
    average = state["average"]
    optimiser.load_state_dict(state["optimiser"])
    for group in optimiser.param_groups:
        if device == "cuda": group["lr"] = rate
    at, seconds, smooth = state["at"], state["seconds"], state["loss"]
    torch.manual_seed(1 + at)
forward = torch.compile(network) if device == "cuda" else network

def step():
    """One optimiser step; everything random is drawn on the device."""
    n = options.batch
    index = torch.randint(len(pictures), (n,), device=device)
    x0 = (pictures[index].float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)
    time_index = torch.randint(1000, (n,), device=device)
    eps = torch.randn_like(x0)
    a, b = a_bar[time_index][:, None, None, None], b_bar[time_index][:, None, None, None]
    noisy, v = a * x0 + b * eps, a * eps - b * x0
    label = torch.where(torch.rand(n, device=device) < options.label_dropout, config["classes"], labels[index])
    optimiser.zero_grad(set_to_none=True)
    loss = ((forward(noisy, time_index.float() + 1, label) - v) ** 2).mean()
    loss.backward()
    optimiser.step()
    with torch.no_grad():
        values = list(network.state_dict().values())
        gaps = torch._foreach_sub(values, list(average.values()))
        torch._foreach_mul_(gaps, 1 - keep)
        torch._foreach_add_(list(average.values()), gaps)
    return loss.detach()

def schedule(at):
    done = min(1.0, at / options.steps)
    value = options.lr * at / options.warm_up if at <= options.warm_up else options.lr * 0.5 * (1 + math.cos(math.pi * done))
    rate.fill_(value)
    if device == "cpu":
        for group in optimiser.param_groups: group["lr"] = value
    keep.fill_(min(options.ema, (1 + at) / (10 + at)))

run = step
began, before = time.time(), seconds
if device == "cuda":
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(5):
            at += 1; schedule(at); step()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        captured = step()
    def run():
        graph.replay()
        return captured
total, count = 0.0, 0
while at < options.steps:
    at += 1
    schedule(at)
    loss = run()
    if at % 200 == 0 or at == options.steps:
        value = loss.item()
        smooth = value if smooth == 0 else 0.95 * smooth + 0.05 * value
        seconds = before + time.time() - began
        if not math.isfinite(value): raise SystemExit(f"the loss is not finite any more at step {at}: try a lower --lr")
        if at % 2000 == 0: print(f"step {at} loss {smooth:.4f} {seconds:.0f} s", flush=True)
        if time.time() - began > 60 * options.minutes: break

out = pathlib.Path(options.out)
out.mkdir(parents=True, exist_ok=True)
torch.save({"network": network.state_dict(), "average": average, "optimiser": optimiser.state_dict(), "at": at, "seconds": seconds, "loss": smooth}, out / "buildings.pt")
half = {name: value.detach().half().contiguous().cpu() for name, value in average.items()}
save_file(half, out / "buildings.safetensors", metadata={"config": json.dumps(config)})
load_file(out / "buildings.safetensors")
size = (out / "buildings.safetensors").stat().st_size
card = {"name": "buildings", "what": "Predicts the noise in 32x32 colour pictures of small buildings, by class",
        "command": f"python3 crate/train/buildings.py pictures.bin --steps {options.steps} --batch {options.batch} --lr {options.lr} --warm-up {options.warm_up} --ema {options.ema}",
        "seed": 1, "steps": at, "seconds": round(seconds), "machine": torch.cuda.get_device_name() if device == "cuda" else "CPU", "loss": smooth,
        "data": {"name": "Buildings, drawn by crate/data/buildings.rs", "licence": "MIT OR Apache-2.0", "source": "this project",
                 "pictures": f"{len(pictures)} from index 2^20 on; those below are held out"},
        "licence": "MIT OR Apache-2.0", "parameters": sum(v.numel() for v in average.values()), "bytes": size, "config": config,
        "options": {key: value for key, value in vars(options).items() if key not in ("pictures", "out", "config", "state", "minutes")},
        "schedule": "a_t = sqrt(1 - 0.02 t/1000), t = 1..1000; predicts v", "metrics": None}
(out / "buildings.json").write_text(json.dumps(card, indent=2) + "\n")
print(f"{size} bytes, {at} steps, loss {smooth:.4f}, {seconds:.0f} s")
