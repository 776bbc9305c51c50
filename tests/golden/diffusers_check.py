#!/usr/bin/env python3
"""samplers.json beside diffusers' own schedulers, driven by the same denoiser.

    python3 -m pip install numpy torch diffusers && python3 tests/golden/diffusers_check.py

Schedulers have their default settings, but for clipping (off: it is no part of the samplers) and, where the
default differs, the linear betas from 1e-4 to 0.02. They keep sigmas in float32, hence the tolerance."""
import json, pathlib, sys
import numpy as np, torch, diffusers
from diffusers import (DDIMScheduler, DDPMScheduler, DEISMultistepScheduler, DPMSolverMultistepScheduler,
                       DPMSolverSinglestepScheduler, EulerDiscreteScheduler, HeunDiscreteScheduler, UniPCMultistepScheduler)
from diffusers.schedulers import scheduling_ddpm

TOLERANCE = 5e-5
golden = json.loads(pathlib.Path(__file__).with_name("samplers.json").read_text())
start = torch.tensor([golden["start"]], dtype=torch.float64)
noise = torch.tensor(golden["noise"], dtype=torch.float64)
betas = np.linspace(1e-4, 0.02, 1000)
bar = np.cumprod(1 - betas)
common = dict(num_train_timesteps=1000, beta_start=1e-4, beta_end=0.02, beta_schedule="linear")

def eps(x, tau, s=0.3):
    a, b = np.sqrt(bar[tau]), np.sqrt(1 - bar[tau])
    d = a * a * s * s + b * b
    return (x - a * (a * s * s * x + b * b * torch.tanh(a * x / d)) / d) / b

def output(x, tau, kind):
    a, b, e = np.sqrt(bar[tau]), np.sqrt(1 - bar[tau]), eps(x, tau)
    return {"epsilon": e, "sample": (x - b * e) / a, "v_prediction": a * e - b * (x - b * e) / a}[kind]

def make(case, kind):
    settings = dict(common, prediction_type=kind)
    if case["grid"] == "trailing": settings["timestep_spacing"] = "trailing"
    variance = {"beta": "fixed_large", "tilde": "fixed_small", "zero": "fixed_small"}.get(case.get("sigma"))
    return {"ddpm": lambda: DDPMScheduler(**settings, variance_type=variance, clip_sample=False),
            "ddim": lambda: DDIMScheduler(**settings, clip_sample=False),
            "euler": lambda: EulerDiscreteScheduler(**settings), "heun": lambda: HeunDiscreteScheduler(**settings),
            "dpmpp2m": lambda: DPMSolverMultistepScheduler(**settings),
            "dpmpp2s": lambda: DPMSolverSinglestepScheduler(**settings),
            "unipc": lambda: UniPCMultistepScheduler(**settings),
            "deis": lambda: DEISMultistepScheduler(**settings)}[case["method"]]()

def run(case, kind):
    """States in our variables after each step, and the timesteps that diffusers chose."""
    scheduler, method, count = make(case, kind), case["method"], len(case["states"])
    scheduler.set_timesteps(count)
    # Euler and Heun carry y = x/A, the others x itself.
    scaled = method in ("euler", "heun")
    at = lambda tau: np.sqrt(bar[tau]) if tau >= 0 else 1.0
    x = start / at(case["times"][0] - 1) if scaled else start.clone()
    states, taus, turn = [], [], -1
    for tau in scheduler.timesteps:
        whole = int(tau); assert whole == float(tau), f"{method} asks between whole times: {tau}"
        if not (method == "heun" and taus and whole == taus[-1]): turn += 1
        view = scheduler.scale_model_input(x, tau) if scaled else x
        if method == "heun": fresh = scheduler.state_in_first_order
        answer, more = output(view, whole, kind), {}
        if method == "ddpm":
            z = noise[len(states)] * (0 if case["sigma"] == "zero" else 1)
            scheduling_ddpm.randn_tensor = lambda *a, **k: z
        if method == "ddim": more = dict(eta=case["eta"], variance_noise=noise[len(states)] if case["eta"] else None)
        x = scheduler.step(answer, tau, x, **more).prev_sample
        taus.append(whole)
        if method == "heun" and fresh and whole != int(scheduler.timesteps[-1]): continue
        states.append((x * at(case["times"][len(states) + 1] - 1) if scaled else x).double().numpy())
    return np.concatenate(states), list(dict.fromkeys(taus))

print("diffusers", diffusers.__version__)
worst = 0
for case in golden["cases"]:
    for kind in ("epsilon", "v_prediction", "sample"):
        states, taus = run(case, kind)
        ours = [t - 1 for t in case["times"][:-1]]
        assert taus == ours, (case["method"], taus, ours)
        gap = float(np.abs(states - np.array(case["states"])).max())
        worst = max(worst, gap)
        label = case["method"] + str(case.get("sigma", case.get("eta", "")))
        print(f"{label:12} {case['grid']:14} {len(states):3} steps  {kind:13} largest gap {gap:.1e}")

euler = EulerDiscreteScheduler(**common, use_karras_sigmas=True)
euler.set_timesteps(10)
gap = np.abs(euler.sigmas[:-1].numpy() / np.array(golden["grids"]["karras"]["sigmas"]) - 1).max()
times = np.abs(euler.timesteps.numpy() + 1 - np.array(golden["grids"]["karras"]["times"])).max()
print(f"Karras: sigmas within {gap:.1e} of their size, timesteps within {times:.1e}")
for n in golden["grids"]["trailing"]:
    ddim = DDIMScheduler(**common, timestep_spacing="trailing"); ddim.set_timesteps(int(n))
    assert [t + 1 for t in ddim.timesteps.tolist()] + [0] == golden["grids"]["trailing"][n]
for n in golden["grids"]["linspace"]:
    ddim = DDIMScheduler(**common, timestep_spacing="linspace"); ddim.set_timesteps(int(n))
    assert [t + 1 for t in ddim.timesteps.tolist()] + [0] == golden["grids"]["linspace"][n]
for p in golden["predictions"]:
    v = DDPMScheduler(**common).get_velocity(torch.tensor(p["sample"]), noise[0], torch.tensor([p["t"] - 1]))
    worst = max(worst, float((v - torch.tensor(p["velocity"])).abs().max()))
# The smallest sigma comes from 1 - 0.9999 in float32, which is right to about 3e-4 of itself.
sys.exit(0 if worst < TOLERANCE and gap < 3e-4 and times < 1e-2 else f"a gap of {worst:.1e} is too large")
