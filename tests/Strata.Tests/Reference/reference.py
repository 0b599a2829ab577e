"""Makes reference values for the tests with PyTorch.

A family's script imports this, calls `case` for each row and `write` at its end; the tests read the JSON beside it and need no Python.

  python3 make_shaping.py        # writes shaping.json
"""
import json
import torch

torch.manual_seed(0)
cases = {}


def rand(*shape, low=-1.0, high=1.0):
    "Numbers uniform in [low, high), rounded so that float32 holds them exactly."
    return ((torch.rand(*shape, dtype=torch.float64) * (high - low) + low) * 1024).round() / 1024


def numbers(t):
    t = t.detach()
    if t.dtype == torch.bool:
        t = t.to(torch.uint8)
    flat = t.flatten().tolist()
    return {"shape": list(t.shape), "type": str(t.dtype).replace("torch.", ""), "data": [str(v) if v != v or v in (float("inf"), -float("inf")) else v for v in flat]}


def case(name, f, *inputs, gradient=True):
    """One row: f(*inputs) is evaluated in float64; its floating outputs get cotangents cos(1), cos(2), …, and the
    gradients for the floating inputs are kept."""
    assert name not in cases, name
    inputs = [i.clone().requires_grad_(gradient and i.is_floating_point()) for i in inputs]
    outputs = f(*inputs)
    outputs = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
    row = {"inputs": [numbers(i) for i in inputs], "outputs": [numbers(o) for o in outputs], "gradients": []}
    floating = [o for o in outputs if o.is_floating_point() and o.requires_grad]
    if gradient and floating:
        loss = sum((o * torch.cos(torch.arange(1, o.numel() + 1, dtype=torch.float64)).reshape(o.shape)).sum() for o in floating)
        wrt = [i for i in inputs if i.requires_grad]
        grads = iter(torch.autograd.grad(loss, wrt, allow_unused=True))
        for i in inputs:
            if i.requires_grad:
                g = next(grads)
                row["gradients"].append(numbers(torch.zeros_like(i) if g is None else g))
            else:
                row["gradients"].append(None)
    cases[name] = row


def write(path):
    with open(path, "w") as f:
        f.write("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in cases.items()) + "\n}\n")
