"""Writes torchvision's networks with random weights and running statistics, an image and their logits, for `Strata.Bench torchvision FOLDER NETWORK`:
python3 torchvision_nets.py FOLDER [NETWORK ...]"""
import os
import sys

import numpy as np
import torch
import torchvision

folder = sys.argv[1]
names = sys.argv[2:] or [
    "alexnet", "vgg16", "vgg19", "googlenet", "inception_v3", "resnet18", "resnet34", "resnet50", "resnet101", "resnet152",
    "densenet121", "densenet161", "densenet169", "densenet201", "mobilenet_v2",
]
os.makedirs(folder, exist_ok=True)
for name in names:
    torch.manual_seed(len(name))
    arguments = {"init_weights": False} if name in ("googlenet", "inception_v3") else {}
    net = getattr(torchvision.models, name)(weights=None, **arguments).eval()
    for module in net.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.normal_(module.bias, 0, 0.1)
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
    side = 299 if name == "inception_v3" else 224
    x = torch.randn(1, 3, side, side)
    with torch.no_grad():
        y = net(x)
    torch.save(net.state_dict(), os.path.join(folder, name + ".pth"))
    np.save(os.path.join(folder, name + "-x.npy"), x.numpy())
    np.save(os.path.join(folder, name + "-y.npy"), y.numpy())
    print(name, float(y.abs().max()))
