#!/usr/bin/env python3
"""Trains the model of Tang poems on a CUDA card: what `chailou train tang` does, many times faster there.

    python3 crate/train/tang.py --data tang.txt --out www/models
    torchrun --nproc-per-node 2 crate/train/tang.py --data tang.txt --out www/models    # on two cards

Same network, loss, optimiser, schedule and average of weights; other random numbers, and dropout.
Needs torch, numpy and safetensors."""
import argparse, hashlib, json, math, pathlib, time
import torch, torch.nn.functional as F
from safetensors.torch import load_file, save_file
from gpt import Gpt
from loop import Group, Learner

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True, help="the poems, one a line")
parser.add_argument("--out", default="www/models")
parser.add_argument("--steps", type=int, default=8_000)
parser.add_argument("--batch", type=int, default=64, help="of all processes together")
parser.add_argument("--lr", type=float, default=2e-3)
parser.add_argument("--warm-up", type=int, default=400)
parser.add_argument("--decay", type=float, default=0.1)
parser.add_argument("--dropout", type=float, default=0.3)
parser.add_argument("--ema", type=float, default=0.999)
parser.add_argument("--context", type=int, default=256)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--sizes", default="{}", help="a JSON of other sizes")
options = parser.parse_args()
torch.backends.cuda.matmul.allow_tf32 = True
group = Group(options.seed)
device, batch = group.device, group.share(options.batch)

text = pathlib.Path(options.data).read_text(encoding="utf-8")
vocabulary = "".join(sorted(set(text)))
config = {"vocabulary": vocabulary, "context": options.context, "width": 128, "layers": 4, "heads": 4, "mlp": 512, "tied": True} | json.loads(options.sizes)
place = {letter: i for i, letter in enumerate(vocabulary)}
poems = text.split()
# Every tenth poem is held out.
parts = [[poem for i, poem in enumerate(poems) if (i % 10 == 9) == held] for held in (False, True)]
# Each with the line feed before it.
flat = torch.tensor([place[letter] for poem in parts[0] for letter in "\n" + poem], device=device)
lengths = torch.tensor([1 + len(poem) for poem in parts[0]], device=device)
begins = lengths.cumsum(0) - lengths
tokens, starts = flat.clone(), begins.clone()

def shuffle():
    """The poems one after another in another order."""
    order = torch.randperm(len(lengths), device=device)
    long = lengths[order]
    starts.copy_(long.cumsum(0) - long)
    tokens.copy_(flat[torch.repeat_interleave(begins[order] - starts, long) + torch.arange(len(flat), device=device)])
# So many poems from the end a window would reach beyond it.
least = int(lengths.min())
usable = len(lengths) - (options.context + 1) // least - 2

network = Gpt(config, options.dropout).to(device)
for name, value in network.named_parameters():
    if value.dim() > 1: torch.nn.init.normal_(value, std=0.02 / (math.sqrt(2 * config["layers"]) if name.endswith(("proj.weight", "fc2.weight")) else 1))
    elif name.endswith("bias"): torch.nn.init.zeros_(value)
reach = torch.arange(options.context + 1, device=device)

def loss(forward):
    # A window begins at the line feed before a poem, or after it.
    at = starts[torch.randint(usable, (batch, 1), device=device)] + torch.randint(2, (batch, 1), device=device)
    windows = tokens[at + reach]
    with torch.autocast(device, dtype=torch.bfloat16):
        logits = forward(windows[:, :-1])
    return F.cross_entropy(logits.float().flatten(0, 1), windows[:, 1:].flatten())

def judge_of(weights):
    judge = Gpt(config).to(device).eval()
    judge.load_state_dict(weights)
    return judge

@torch.no_grad()
def measure(weights, poems):
    """Mean nats per character of poems, each read by itself after a line feed; the line feed that ends it counts."""
    judge, total, count = judge_of(weights), 0.0, 0
    for length in sorted(set(map(len, poems))):
        rows = torch.tensor([[place[letter] for letter in f"\n{poem}\n"] for poem in poems if len(poem) == length], device=device)
        for part in rows.split(512):
            total += F.cross_entropy(judge(part[:, :-1]).flatten(0, 1), part[:, 1:].flatten(), reduction="sum").item()
            count += part[:, 1:].numel()
    return total / count

@torch.no_grad()
def write(weights, count, temperature):
    judge = judge_of(weights)
    rows = torch.full((count, 1), place["\n"], device=device)
    for _ in range(66):
        logits = judge(rows)[:, -1] / temperature
        rows = torch.cat([rows, torch.multinomial(logits.softmax(-1), 1)], 1)
    return ["".join(vocabulary[i] for i in row[1:]).split("\n")[0] for row in rows.tolist()]

def keeps_form(poem):
    return any(poem[half - 1::2 * half] == "，" * (n // 2) and poem[2 * half - 1::2 * half] == "。" * (n // 2) and len(poem) == n * half
               and sum(letter in "，。" for letter in poem) == n for half in (6, 8) for n in (4, 8))

learner = Learner(group, network, loss, steps=options.steps, lr=options.lr, warm_up=options.warm_up, decay=options.decay,
                  averages=[options.ema], floor=0.02, clip=1.0)
average = learner.named()[0]
for at, value in learner.run():
    if at % 1000 == 0 or at == options.steps:
        held, value = group.told(measure(average, parts[1]) if group.first else None), group.mean(value).item()
        learner.finite(held)
        group.say(f"step {at} loss {value:.4f} held out {held:.4f} {time.time() - learner.began:.0f} s")
    if (at + 1) % 40 == 0 and at < options.steps: shuffle()
group.end()

half = {name: value.detach().half().contiguous().cpu() for name, value in average.items()}
out = pathlib.Path(options.out)
out.mkdir(parents=True, exist_ok=True)
save_file(half, out / "tang.safetensors", metadata={"config": json.dumps(config, ensure_ascii=False)})
shipped = {name: value.float().to(device) for name, value in load_file(out / "tang.safetensors").items()}
size = (out / "tang.safetensors").stat().st_size
held, learnt = measure(shipped, parts[1]), measure(shipped, parts[0])
card = {"name": "tang", "what": "Writes regular poems in the manner of the Tang, character by character",
        "command": f"{group.launcher} crate/train/tang.py --data tang.txt --steps {options.steps} --batch {options.batch} --lr {options.lr} --warm-up {options.warm_up} --decay {options.decay} --dropout {options.dropout} --ema {options.ema} --context {options.context} --seed {options.seed}",
        "seed": options.seed, "steps": learner.at, "seconds": round(time.time() - learner.began), "machine": group.machine, "loss": learnt,
        "data": {"name": "16,390 regular poems of the Tang in simplified characters", "licence": "public domain; the digital text MIT",
                 "source": "npm package chinese-poetry 2.0.1, converted with OpenCC",
                 "sha256": hashlib.sha256(text.encode()).hexdigest(), "characters": len(text), "held_out": "every tenth poem"},
        "licence": "MIT OR Apache-2.0", "parameters": sum(v.numel() for v in average.values()), "bytes": size, "config": config,
        "options": {key: value for key, value in vars(options).items() if key not in ("data", "out", "sizes")},
        "schedule": "warm-up, then a cosine to 2 % of the rate; the average of weights at the last step",
        "metrics": {"validation_loss": held, "training_loss": learnt,
                    "unit": "nats per character of poems, each read by itself after a line feed; the line feed that ends it counts"}}
(out / "tang.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")
print(f"{size} bytes, {card['parameters']} parameters, step {learner.at}, held out {held:.4f}, training {learnt:.4f}, {time.time() - learner.began:.0f} s")
for temperature in (0.8, 1.0):
    written = write(shipped, 1000, temperature)
    print(f"temperature {temperature}: {sum(map(keeps_form, written))} of 1000 keep their form, {len(set(written))} different")
    print("\n".join(written[:6]))
