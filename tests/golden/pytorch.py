#!/usr/bin/env python3
"""Loads the shipped weights into a PyTorch module by load_state_dict, without any mapping, and compares with the engine.

    cargo run -- run 'journey=rebuild&label=3&guidance=1&samples=4&at=0' --json > report.json
    python3 -m pip install torch safetensors numpy && python3 tests/golden/pytorch.py report.json

The report's frame "eps" is what the engine saw in the pure noise of seed 7; the module sees the same noise here."""
import json, pathlib, sys
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from make import normals
sys.path.append(str(pathlib.Path(__file__).parents[2] / "crate/train"))
from unet import UNet

path = pathlib.Path(__file__).parents[2] / "www/models/digits.safetensors"
with safe_open(path, "pt") as file:
    config = json.loads(file.metadata()["config"])
network = UNet(config)
network.load_state_dict(load_file(path))  # strict: every name and every shape must fit
x = torch.from_numpy(normals(7, 0, 0, 4 * 64)).reshape(4, 1, 8, 8)
with torch.no_grad():
    eps = network(x, torch.full((4,), 1000.0), torch.full((4,), 3))
report = json.load(open(sys.argv[1]))
frame = next(frame for frame in report["frames"] if frame["name"] == "eps")
ours, theirs = (eps.mean().item(), eps.std(correction=0).item()), (frame["mean"], frame["std"])
print("PyTorch mean, std:", ours, " engine:", theirs)
# Single precision on both sides; 2e-5 is about a hundred roundings of numbers of size one.
assert all(abs(a - b) < 2e-5 for a, b in zip(ours, theirs)), "the two networks disagree"
print("The same network.")
