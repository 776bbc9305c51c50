#!/usr/bin/env python3
"""Trains the model of Shakespeare's letters on a CUDA card: what `chailou train shakespeare` does, many times faster there.

    python3 crate/train/shakespeare.py --data tinyshakespeare.txt --out www/models
    torchrun --nproc-per-node 2 crate/train/shakespeare.py --data tinyshakespeare.txt --out www/models    # on two cards

Same network, loss, optimiser, schedule and average of weights; other random numbers, and dropout.
Needs torch, numpy and safetensors."""
import argparse, hashlib, json, math, pathlib, time
import torch, torch.nn.functional as F
from safetensors.torch import load_file, save_file
from gpt import Gpt
from loop import Group, Learner

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True, help="the text")
parser.add_argument("--out", default="www/models")
parser.add_argument("--steps", type=int, default=16_000)
parser.add_argument("--batch", type=int, default=64, help="of all processes together")
parser.add_argument("--lr", type=float, default=2e-3)
parser.add_argument("--warm-up", type=int, default=400)
parser.add_argument("--decay", type=float, default=0.1)
parser.add_argument("--dropout", type=float, default=0.2)
parser.add_argument("--ema", type=float, default=0.999)
parser.add_argument("--context", type=int, default=256)
parser.add_argument("--minutes", type=float, default=1e9, help="stop after so many")
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
torch.backends.cuda.matmul.allow_tf32 = True
group = Group(options.seed)
device, batch = group.device, group.share(options.batch)

text = pathlib.Path(options.data).read_text(encoding="utf-8")
vocabulary = "".join(sorted(set(text)))
config = {"vocabulary": vocabulary, "context": options.context, "width": 128, "layers": 4, "heads": 4, "mlp": 512}
place = {letter: i for i, letter in enumerate(vocabulary)}
tokens = torch.tensor([place[letter] for letter in text], device=device)
cut = len(tokens) * 9 // 10
training, held_out = tokens[:cut], tokens[cut:]

network = Gpt(config, options.dropout).to(device)
for name, value in network.named_parameters():
    if value.dim() > 1: torch.nn.init.normal_(value, std=0.02 / (math.sqrt(2 * config["layers"]) if name.endswith(("proj.weight", "fc2.weight")) else 1))
    elif name.endswith("bias"): torch.nn.init.zeros_(value)
reach = torch.arange(options.context + 1, device=device)

def loss(forward):
    starts = torch.randint(len(training) - options.context, (batch, 1), device=device)
    windows = training[starts + reach]
    with torch.autocast(device, dtype=torch.bfloat16):
        logits = forward(windows[:, :-1])
    return F.cross_entropy(logits.float().flatten(0, 1), windows[:, 1:].flatten())

@torch.no_grad()
def measure(weights, text):
    """Mean nats per character over windows of the context that follow each other, every position counted."""
    judge = Gpt(config).to(device).eval()
    judge.load_state_dict(weights)
    n = (len(text) - 1) // options.context
    inputs = text[:n * options.context].reshape(n, -1)
    targets = text[1:n * options.context + 1].reshape(n, -1)
    total = sum(F.cross_entropy(judge(i).flatten(0, 1), t.flatten(), reduction="sum").item() for i, t in zip(inputs.split(128), targets.split(128)))
    return total / (n * options.context)

learner = Learner(group, network, loss, steps=options.steps, lr=options.lr, warm_up=options.warm_up, decay=options.decay,
                  averages=[options.ema], floor=0.02, clip=1.0)
average = learner.named()[0]
for at, value in learner.run():
    if at % 1000 == 0 or at == options.steps:
        held, value = group.told(measure(average, held_out) if group.first else None), group.mean(value).item()
        learner.finite(held)
        group.say(f"step {at} loss {value:.4f} held out {held:.4f} {time.time() - learner.began:.0f} s")
        if group.told(time.time() - learner.began > 60 * options.minutes): break
group.end()

half = {name: value.detach().half().contiguous().cpu() for name, value in average.items()}
out = pathlib.Path(options.out)
out.mkdir(parents=True, exist_ok=True)
save_file(half, out / "shakespeare.safetensors", metadata={"config": json.dumps(config)})
shipped = {name: value.float().to(device) for name, value in load_file(out / "shakespeare.safetensors").items()}
size = (out / "shakespeare.safetensors").stat().st_size
card = {"name": "shakespeare", "what": "Continues text in the manner of Shakespeare's plays, character by character",
        "command": f"{group.launcher} crate/train/shakespeare.py --data tinyshakespeare.txt --steps {options.steps} --batch {options.batch} --lr {options.lr} --warm-up {options.warm_up} --decay {options.decay} --dropout {options.dropout} --ema {options.ema} --context {options.context} --seed {options.seed}",
        "seed": options.seed, "steps": learner.at, "seconds": round(time.time() - learner.began), "machine": group.machine, "loss": measure(shipped, training),
        "data": {"name": "tinyshakespeare", "licence": "public domain", "source": "https://github.com/karpathy/char-rnn/blob/master/data/tinyshakespeare/input.txt",
                 "sha256": hashlib.sha256(text.encode()).hexdigest(), "characters": len(text), "held_out": "the last 10 %"},
        "licence": "MIT OR Apache-2.0", "parameters": sum(v.numel() for v in average.values()), "bytes": size, "config": config,
        "options": {key: value for key, value in vars(options).items() if key not in ("data", "out", "minutes")},
        "schedule": "warm-up, then a cosine to 2 % of the rate; the average of weights at the last step",
        "metrics": {"validation_loss": measure(shipped, held_out), "training_loss": measure(shipped, training),
                    "unit": "nats per character, windows of the context that follow each other, every position counted"}}
(out / "shakespeare.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
print(f"{size} bytes, step {learner.at}, held out {card['metrics']['validation_loss']:.4f}, training {card['metrics']['training_loss']:.4f}, {time.time() - learner.began:.0f} s")
