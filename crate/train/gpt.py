"""The transformer of models/gpt.rs in PyTorch, with the same names, for whoever wants to train or use the weights there."""
import torch, torch.nn as nn, torch.nn.functional as F

def rope(x, base=10000.0):
    """Turns the pairs (i, i + d/2) of x [..., T, d] by the angle of their position, Su et al. 2021, eq. 34."""
    half = x.shape[-1] // 2
    angles = torch.arange(x.shape[-2], device=x.device)[:, None] * base ** (-torch.arange(half, device=x.device) / half)
    a, b, c, s = x[..., :half], x[..., half:], angles.cos(), angles.sin()
    return torch.cat([a * c - b * s, b * c + a * s], -1).to(x.dtype)

class Block(nn.Module):
    def __init__(self, config, dropout):
        super().__init__()
        d, self.heads, self.dropout = config["width"], config["heads"], dropout
        self.ln1, self.qkv, self.proj = nn.LayerNorm(d), nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.ln2, self.fc1, self.fc2 = nn.LayerNorm(d), nn.Linear(d, config["mlp"]), nn.Linear(config["mlp"], d)
    def forward(self, x):
        b, t, d = x.shape
        q, k, v = self.qkv(self.ln1(x)).reshape(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        drop = self.dropout if self.training else 0.0
        mixed = F.scaled_dot_product_attention(rope(q), rope(k), v, is_causal=True, dropout_p=drop)
        x = x + F.dropout(self.proj(mixed.transpose(1, 2).reshape(b, t, d)), drop)
        return x + F.dropout(self.fc2(F.gelu(self.fc1(self.ln2(x)), approximate="tanh")), drop)

class Gpt(nn.Module):
    """config: vocabulary (a string), width, layers, heads, mlp, context; tied: the head is the embedding."""
    def __init__(self, config, dropout=0.0):
        super().__init__()
        d, v = config["width"], len(config["vocabulary"])
        self.config, self.dropout, self.emb = config, dropout, nn.Embedding(v, d)
        for i in range(config["layers"]): setattr(self, f"l{i}", Block(config, dropout))
        self.lnf = nn.LayerNorm(d)
        if not config.get("tied"): self.head = nn.Linear(d, v, bias=False)
    def forward(self, tokens):
        x = F.dropout(self.emb(tokens), self.dropout if self.training else 0.0)
        for i in range(self.config["layers"]): x = getattr(self, f"l{i}")(x)
        x = self.lnf(x)
        return F.linear(x, self.emb.weight) if self.config.get("tied") else self.head(x)
