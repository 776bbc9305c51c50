"""What the scripts that train the models that ship have in common, in one process or in several that torchrun started, a card each or all
on the CPU.

Of several, each draws its even part of every batch and DistributedDataParallel averages the gradients, so that all hold the same weights;
the first alone measures, prints and writes. On a card one process replays its step as a CUDA graph; several capture nothing."""
import math, os, sys, time
import torch, torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

class Group:
    """The processes of a run and this one's place among them. Seeds all alike, so that they begin with the same weights."""
    def __init__(self, seed):
        place = {"RANK": 0, "WORLD_SIZE": 1, "LOCAL_RANK": 0, "LOCAL_WORLD_SIZE": 1}
        if dist.is_torchelastic_launched(): place = {name: int(os.environ[name]) for name in place}
        self.rank, self.count, local, here = place.values()
        self.seed, self.first, self.device = seed, self.rank == 0, "cuda" if torch.cuda.is_available() else "cpu"
        if self.device == "cuda":
            cards = torch.cuda.device_count()
            if here > cards:
                self.refuse(f"--nproc-per-node {here} asks for more cards than the {cards} here: say {cards}, or CUDA_VISIBLE_DEVICES= for the CPU")
            torch.cuda.set_device(local)
        if self.count > 1: dist.init_process_group("nccl" if self.device == "cuda" else "gloo")
        torch.manual_seed(seed)

    def draw_from(self, seed):
        """From here on every process draws numbers of its own."""
        torch.manual_seed(seed + 1_000_003 * self.rank)

    def share(self, batch):
        """How many of a batch are this process's."""
        if batch % self.count:
            near = max(1, batch // self.count) * self.count
            self.refuse(f"--batch {batch} does not divide over {self.count} processes: say {near} or another multiple of {self.count}")
        return batch // self.count

    def told(self, value):
        """What the first process says, in every process."""
        if self.count > 1:
            told = [value]
            dist.broadcast_object_list(told, src=0)
            value = told[0]
        return value

    def mean(self, value):
        """The mean of a tensor over the processes."""
        if self.count > 1:
            value = value.clone()
            dist.all_reduce(value)
            value /= self.count
        return value

    def say(self, *what):
        if self.first: print(*what, flush=True)

    def end(self):
        """The other processes end here; the first goes on alone."""
        if dist.is_initialized(): dist.destroy_process_group()
        if not self.first: raise SystemExit

    def refuse(self, message):
        """Ends every process, and the first says why; all of them do before they have met."""
        met = dist.is_initialized()
        if self.first or not met: print(message, file=sys.stderr, flush=True)
        # torchrun ends the others as soon as one has failed: none does before it is said.
        if met: dist.barrier(); dist.destroy_process_group()
        raise SystemExit(1)

    @property
    def launcher(self):
        return f"torchrun --nproc-per-node {self.count}" if self.count > 1 else "python3"

    @property
    def machine(self):
        return (f"{self.count} × " if self.count > 1 else "") + torch.cuda.get_device_name() if self.device == "cuda" else "CPU"

class Learner:
    """AdamW, with decay for matrices alone, under a warm-up and then a cosine from lr to floor · lr; averages of the weights, one for each
    of averages, the share of it that a step keeps; clip: the norm that gradients are cut to. loss(forward) draws this process's part of a
    batch and gives its mean loss; all that is random is drawn on the device, for a step may be captured."""
    def __init__(self, group, network, loss, *, steps, lr, warm_up, decay, averages, floor=0.0, clip=None):
        self.group, self.network, self.loss = group, network, loss
        self.steps, self.lr, self.warm_up, self.floor, self.clip, self.most, self.at = steps, lr, warm_up, floor, clip, averages, 0
        cuda = group.device == "cuda"
        self.forward = torch.compile(network) if cuda else network
        # Hands the first one's weights to all.
        if group.count > 1: self.forward = DistributedDataParallel(self.forward, device_ids=[torch.cuda.current_device()] if cuda else None)
        self.values = list(network.state_dict().values())
        self.averages = [[value.detach().clone() for value in self.values] for _ in averages]
        self.keeps = [torch.zeros((), device=group.device) for _ in averages]
        matrices = [p for p in network.parameters() if p.dim() > 1]
        others = [p for p in network.parameters() if p.dim() <= 1]
        self.rate = torch.tensor(lr, dtype=torch.float32, device=group.device)
        extra = {"fused": True, "capturable": True} if cuda else {}
        self.optimiser = torch.optim.AdamW([{"params": matrices, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}],
                                           lr=self.rate if cuda else lr, betas=(0.9, 0.99), eps=1e-8, **extra)
        # The first, or one alone, draws on.
        if not group.first: group.draw_from(group.seed)

    def named(self):
        """Every average as a checkpoint."""
        return [dict(zip(self.network.state_dict(), average)) for average in self.averages]

    def schedule(self):
        at, cosine = self.at, 0.5 * (1 + math.cos(math.pi * min(1.0, self.at / self.steps)))
        value = self.lr * at / self.warm_up if at <= self.warm_up else self.lr * (self.floor + (1 - self.floor) * cosine)
        self.rate.fill_(value)
        if self.group.device == "cpu":
            for group in self.optimiser.param_groups: group["lr"] = value
        for keep, most in zip(self.keeps, self.most): keep.fill_(min(most, (1 + at) / (10 + at)))

    def step(self):
        self.optimiser.zero_grad(set_to_none=True)
        loss = self.loss(self.forward)
        loss.backward()
        if self.clip: torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.clip, foreach=True)
        self.optimiser.step()
        with torch.no_grad():
            for average, keep in zip(self.averages, self.keeps):
                gaps = torch._foreach_sub(self.values, average)
                torch._foreach_mul_(gaps, 1 - keep)
                torch._foreach_add_(average, gaps)
        return loss.detach()

    def next(self, run):
        self.at += 1
        self.schedule()
        return run()

    def run(self):
        """Steps up to self.steps, which may change on the way; gives each one's number and the loss of this process's part. The first five
        of a card are told of to nobody: they compile."""
        run, self.began = self.step, time.time()
        if self.group.device == "cuda":
            # Capture wants its warm-up on another stream.
            stream = torch.cuda.Stream() if self.group.count == 1 else torch.cuda.current_stream()
            stream.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(stream):
                for _ in range(5): self.next(self.step)
            torch.cuda.current_stream().wait_stream(stream)
            if self.group.count == 1:
                graph = torch.cuda.CUDAGraph()
                with torch.cuda.graph(graph): captured = self.step()
                def replay():
                    graph.replay()
                    return captured
                run = replay
            self.group.say(f"compiled after {time.time() - self.began:.0f} s")
        self.started, self.start = time.time(), self.at
        while self.at < self.steps:
            loss = self.next(run)
            yield self.at, loss

    def finite(self, loss):
        if not math.isfinite(loss): self.group.refuse(f"the loss is not finite any more at step {self.at}: try a lower --lr")
