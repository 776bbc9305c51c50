"""The U-Net of models/unet.rs in PyTorch, with the same names, for whoever wants to train or use the weights there."""
import math
import torch, torch.nn as nn, torch.nn.functional as F

class ResBlock(nn.Module):
    def __init__(self, inputs, outputs, hidden, groups, scales):
        super().__init__()
        self.scales = scales
        self.gn1, self.conv1 = nn.GroupNorm(groups, inputs), nn.Conv2d(inputs, outputs, 3, padding=1)
        self.temb = nn.Linear(hidden, outputs * (2 if scales else 1))
        self.gn2, self.conv2 = nn.GroupNorm(groups, outputs), nn.Conv2d(outputs, outputs, 3, padding=1)
        if inputs != outputs: self.skip = nn.Conv2d(inputs, outputs, 1)
    def forward(self, x, s):
        h, told = self.conv1(F.silu(self.gn1(x))), self.temb(s)[:, :, None, None]
        if self.scales:
            scale, shift = told.chunk(2, 1)
            h = self.gn2(h) * (1 + scale) + shift
        else:
            h = self.gn2(h + told)
        h = self.conv2(F.silu(h))
        return h + (self.skip(x) if hasattr(self, "skip") else x)

class Attention(nn.Module):
    def __init__(self, c, heads, groups):
        super().__init__()
        self.gn, self.qkv, self.proj, self.heads = nn.GroupNorm(groups, c), nn.Conv2d(c, 3 * c, 1), nn.Conv2d(c, c, 1), heads
    def forward(self, x):
        b, c, h, w = x.shape
        q, k, v = self.qkv(self.gn(x)).reshape(b, 3, self.heads, c // self.heads, h * w).transpose(3, 4).unbind(1)
        mixed = F.scaled_dot_product_attention(q, k, v)  # [B, heads, N, d]
        return x + self.proj(mixed.transpose(2, 3).reshape(b, c, h, w))

class UNet(nn.Module):
    def __init__(self, config):
        super().__init__()
        ch, hidden, g, scales = config["channels"], config["time_hidden"], config["groups"], config.get("scales", False)
        self.config, self.last, self.patch = config, len(ch) - 1, config.get("patch", 1)
        inner = config["image_channels"] * self.patch**2
        self.time1, self.time2 = nn.Linear(2 * config["time_frequencies"], hidden), nn.Linear(hidden, hidden)
        self.label = nn.Embedding(config["classes"] + 1, hidden)
        self.conv_in, self.conv_out = nn.Conv2d(inner, ch[0], 3, padding=1), nn.Conv2d(ch[0], inner, 3, padding=1)
        self.out_gn, self.attn = nn.GroupNorm(g, ch[0]), Attention(ch[config["attention_level"]], config["attention_heads"], g)
        for i, c in enumerate(ch):
            setattr(self, f"d{i}", ResBlock(c, c, hidden, g, scales))
            setattr(self, f"u{i}", ResBlock(c if i == self.last else 2 * c, c, hidden, g, scales))
            if i < self.last:
                setattr(self, f"down{i}", nn.Conv2d(c, ch[i + 1], 3, 2, 1))
                setattr(self, f"up{i}", nn.Conv2d(ch[i + 1], c, 3, padding=1))
    def forward(self, x, t, label):
        f = torch.exp(-math.log(1e4) * torch.arange(self.config["time_frequencies"], device=x.device) / self.config["time_frequencies"])
        angles = t[:, None] * f
        s = F.silu(self.time2(F.silu(self.time1(torch.cat([angles.sin(), angles.cos()], 1)))) + self.label(label))
        h, bridges = self.conv_in(F.pixel_unshuffle(x, self.patch)), []
        for i in range(self.last + 1):
            h = getattr(self, f"d{i}")(h, s)
            if i == self.config["attention_level"]: h = self.attn(h)
            if i < self.last:
                bridges.append(h); h = getattr(self, f"down{i}")(h)
        h = getattr(self, f"u{self.last}")(h, s)
        for i in reversed(range(self.last)):
            h = getattr(self, f"up{i}")(F.interpolate(h, scale_factor=2, mode="nearest"))
            h = getattr(self, f"u{i}")(torch.cat([h, bridges[i]], 1), s)
        return F.pixel_shuffle(self.conv_out(F.silu(self.out_gn(h))), self.patch)
