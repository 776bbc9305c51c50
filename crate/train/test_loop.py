"""What loop.py promises of several processes, in a few seconds. Needs torch.

    torchrun --nproc-per-node 2 crate/train/test_loop.py

In 64 bits: AdamW divides a gradient by its own size, so that 32 would show in which order sums were taken and little else."""
import contextlib, copy, io
import torch, torch.distributed as dist, torch.nn.functional as F
from gpt import Gpt
from loop import Group, Learner

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
CONFIG = {"vocabulary": "abcdefgh", "context": 12, "width": 16, "layers": 2, "heads": 2, "mlp": 32, "tied": True}
STEPS = 20

group = Group(3)
if group.count == 1: raise SystemExit("one process has nobody to agree with: torchrun --nproc-per-node 2 crate/train/test_loop.py")
batch = 4 * group.count
alone = copy.copy(group)
alone.rank, alone.count, alone.first = 0, 1, True

def everywhere(value):
    """The value of every process."""
    values = [None] * group.count
    dist.all_gather_object(values, value)
    return values

def learn(group, rows, clip, seed=3, dropout=0.0):
    """Learns from those rows of every batch: gradients, weights and loss of every step, averages after the last."""
    torch.manual_seed(seed)
    network = Gpt(CONFIG, dropout).to(group.device)
    draw = torch.Generator(group.device).manual_seed(5)
    batches = torch.randint(len(CONFIG["vocabulary"]), (STEPS + 1, batch, CONFIG["context"] + 1), generator=draw, device=group.device)
    at = torch.zeros((), dtype=torch.long, device=group.device)
    def loss(forward):
        at.add_(1)
        mine = batches.index_select(0, at.view(1))[0, rows]
        return F.cross_entropy(forward(mine[:, :-1]).flatten(0, 1), mine[:, 1:].flatten())
    learner = Learner(group, network, loss, steps=STEPS, lr=2e-3, warm_up=5, decay=0.1, averages=[0.9, 0.99], floor=0.02, clip=clip)
    gradients, weights, losses = [], [], []
    for _, value in learner.run():
        losses.append(value.clone())
        gradients.append(torch.cat([p.grad.flatten() for p in network.parameters()]))
        weights.append(torch.cat([p.detach().flatten() for p in network.parameters()]))
    assert learner.at == STEPS and len(losses) in (STEPS, STEPS - 5)
    averages = torch.cat([value.flatten() for average in learner.averages for value in average])
    return torch.stack(gradients), torch.stack(weights), averages, torch.stack(losses)

same = lambda tensor: len({value.cpu().numpy().tobytes() for value in everywhere(tensor)}) == 1

# A part of the batch each is the whole batch of one process, whatever the gradients are cut to. First all
# that one process does, for a card must have nothing to wait for while it captures.
ones = {clip: learn(alone, slice(None), clip) for clip in (None, 0.1)}
for clip, one in ones.items():
    parts = learn(group, slice(group.rank, None, group.count), clip)
    for what, whole, part in zip(("gradients", "weights", "averages"), one, parts):
        gap = (whole - part).abs().max().item()
        assert gap < 1e-6 * whole.abs().max().item(), f"{what} are {gap} from those of one process"
        assert same(part), f"{what} differ between processes"
        group.say(f"clip {clip}: {what} within {gap:.1e} of one process's, the same to the bit in all")
    assert not same(parts[3]), "all processes had the same part"
    assert (group.mean(parts[3]) - one[3]).abs().max() < 1e-6
    # Seeded alike by learn(), apart by Learner.
    assert len(set(everywhere(torch.rand(()).item()))) == group.count, "two processes draw the same numbers"
    assert (one[1][0] - one[1][-1]).abs().max() > 1e-3, "nothing was learnt"

# Begun differently, and with dropout of their own, they still hold the same weights.
_, weights, averages, _ = learn(group, slice(None), None, seed=10 + group.rank, dropout=0.2)
assert same(weights) and same(averages), "weights differ between processes"
assert group.told(group.rank) == 0 and everywhere(group.rank) == list(range(group.count))

heard = io.StringIO()
with contextlib.redirect_stdout(heard): group.say("heard")
assert heard.getvalue() == ("heard\n" if group.first else "")

assert group.share(batch) == 4
heard, refused = io.StringIO(), None
with contextlib.redirect_stderr(heard):
    try: group.share(batch + 1)
    except SystemExit as end: refused = end.code
assert refused == 1 and not dist.is_initialized()
expected = f"--batch {batch + 1} does not divide over {group.count} processes: say {batch} or another multiple of {group.count}\n"
# Torch may warn there, too.
assert heard.getvalue().count(expected) == (1 if group.first else 0), heard.getvalue()

# What comes after the end, such as what is written, is the first one's alone.
try: group.end(); goes_on = True
except SystemExit as end: goes_on = end.code
assert goes_on is (True if group.first else None)
group.say("all that loop.py promises was kept")
