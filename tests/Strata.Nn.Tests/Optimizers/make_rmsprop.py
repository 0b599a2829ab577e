"""Reference values of PyTorch's RMSprop for OptimizerTests: p0 = 1, gradients .1, .2, -.3."""
import torch

for centered in (False, True):
    p = torch.nn.Parameter(torch.ones(1, dtype=torch.float64))
    o = torch.optim.RMSprop([p], 2.5e-3, alpha=.95, eps=.01, momentum=.95, centered=centered)
    row = []
    for g in (.1, .2, -.3):
        p.grad = torch.tensor([g], dtype=torch.float64)
        o.step()
        row.append(p.item())
    print(centered, row)
