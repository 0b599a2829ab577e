#!/usr/bin/env python3
"""Writes vgg16.onnx, resnet50.onnx and dqn.onnx (random weights, batch 1) to a folder, for onnx_workloads.mjs.

  /usr/bin/python3 export_onnx.py FOLDER        (Debian: python3-torch)
"""
import os
import sys

import torch
from torch import nn
from torch.nn import functional as F

from pytorch_workloads import q_network


def vgg16():
    layers, before = [], 3
    for block in ([64] * 2, [128] * 2, [256] * 3, [512] * 3, [512] * 3):
        for width in block:
            layers += [nn.Conv2d(before, width, 3, padding=1), nn.ReLU()]
            before = width
        layers.append(nn.MaxPool2d(2))
    head = [nn.Flatten(), nn.Linear(25088, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000)]
    return nn.Sequential(*layers, *head)


class Bottleneck(nn.Module):
    def __init__(self, before, width, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(before, width, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(),
            nn.Conv2d(width, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(),
            nn.Conv2d(width, 4 * width, 1, bias=False), nn.BatchNorm2d(4 * width))
        same = stride == 1 and before == 4 * width
        self.shortcut = nn.Identity() if same else nn.Sequential(nn.Conv2d(before, 4 * width, 1, stride, bias=False), nn.BatchNorm2d(4 * width))

    def forward(self, x):
        return F.relu(self.body(x) + self.shortcut(x))


def resnet50():
    layers, before = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1)], 64
    for width, blocks in ((64, 3), (128, 4), (256, 6), (512, 3)):
        for i in range(blocks):
            layers.append(Bottleneck(before, width, 2 if i == 0 and width > 64 else 1))
            before = 4 * width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2048, 1000))


if __name__ == "__main__":
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    torch.manual_seed(0)
    for name, model, shape in (("vgg16", vgg16(), (1, 3, 224, 224)), ("resnet50", resnet50(), (1, 3, 224, 224)), ("dqn", q_network(), (1, 4, 84, 84))):
        torch.onnx.export(model.eval(), torch.rand(shape), os.path.join(folder, name + ".onnx"), opset_version=13, input_names=["x"], output_names=["y"])
        print(name, flush=True)
