#!/usr/bin/env python3
"""The workloads of `Strata.Bench -- workloads`, in PyTorch.

Prints a JSON object a line: {"workload": name, "seconds": median of a step}.  A workload is defined by its shapes, its batch and
its optimizer, which are the same in bench/Strata.Bench/Workloads; float32, CPU, training steps unless the name says otherwise.

  python3 pytorch_workloads.py [--threads N] [--seconds S] [--startup STEPS] [NAME ...]
"""
import argparse
import json
import resource
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F


def training(model, optimizer, x, y, clip=None):
    "One step of gradient descent on the softmax cross-entropy of model(x) and the labels y."
    def step():
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        if clip is not None:
            nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
    return step


def inference(f):
    def step():
        with torch.no_grad():
            f()
    return step


def labels(n, classes=10):
    return torch.randint(classes, (n,))


def gemm1024():
    a, b = torch.rand(1024, 1024), torch.rand(1024, 1024)
    return inference(lambda: a @ b)


def conv3x3():
    layer = nn.Conv2d(64, 64, 3, padding=1)
    x = torch.rand(8, 64, 56, 56, requires_grad=True)

    def step():
        layer.zero_grad()
        x.grad = None
        layer(x).sum().backward()
    return step


def mlp():
    model = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10))
    return training(model, torch.optim.Adam(model.parameters(), 1e-3), torch.rand(128, 784), labels(128))


def lenet5():
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))
    return training(model, torch.optim.SGD(model.parameters(), 0.01, momentum=0.9), torch.rand(128, 1, 28, 28), labels(128))


class Residual(nn.Module):
    "Two 3x3 convolutions with batch normalization; the shortcut is subsampled and padded with zero channels (option A)."

    def __init__(self, channels_in, channels, stride):
        super().__init__()
        self.stride, self.extra = stride, channels - channels_in
        self.body = nn.Sequential(
            nn.Conv2d(channels_in, channels, 3, stride, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU(),
            nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        shortcut = x if self.stride == 1 else F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 0, self.extra))
        return F.relu(self.body(x) + shortcut)


def resnet20():
    widths = [16, 16, 16, 32, 32, 32, 64, 64, 64]
    layers, before = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()], 16
    for width in widths:
        layers.append(Residual(before, width, 1 if width == before else 2))
        before = width
    model = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))
    optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9, weight_decay=1e-4)
    return training(model, optimizer, torch.rand(128, 3, 32, 32), labels(128))


class Highway(nn.Module):
    def __init__(self, depth=49, width=50):
        super().__init__()
        self.first, self.last = nn.Linear(784, width), nn.Linear(width, 10)
        self.plain = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.gates = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x):
        x = F.relu(self.first(x))
        for plain, gate in zip(self.plain, self.gates):
            t = torch.sigmoid(gate(x))
            x = F.relu(plain(x)) * t + x * (1 - t)
        return self.last(x)


def highway50():
    model = Highway()
    return training(model, torch.optim.SGD(model.parameters(), 0.01, momentum=0.9), torch.rand(128, 784), labels(128))


class LanguageModel(nn.Module):
    def __init__(self, words=10000, width=200):
        super().__init__()
        self.embedding, self.lstm, self.output = nn.Embedding(words, width), nn.LSTM(width, width, 2), nn.Linear(width, words)

    def forward(self, x):
        return self.output(self.lstm(self.embedding(x))[0]).flatten(0, 1)


def lstm_lm():
    model = LanguageModel()
    x, y = torch.randint(10000, (35, 20)), torch.randint(10000, (35, 20)).flatten()
    return training(model, torch.optim.SGD(model.parameters(), 1.0), x, y, clip=5.0)


def gru_cell_loop():
    weight, x = nn.Linear(128, 192), torch.rand(50, 32, 64)

    def step():
        h = torch.zeros(32, 64)
        weight.zero_grad()
        for t in range(50):
            r, z, n = weight(torch.cat([x[t], h], 1)).chunk(3, 1)
            r, z = torch.sigmoid(r), torch.sigmoid(z)
            h = (1 - z) * torch.tanh(n * r) + z * h
        h.sum().backward()
    return step


class Vae(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.mean, self.log_variance = nn.Linear(784, 400), nn.Linear(400, 20), nn.Linear(400, 20)
        self.decoder, self.output = nn.Linear(20, 400), nn.Linear(400, 784)

    def forward(self, x):
        h = F.relu(self.encoder(x))
        mean, log_variance = self.mean(h), self.log_variance(h)
        z = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        logits = self.output(F.relu(self.decoder(z)))
        reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
        divergence = -0.5 * torch.sum(1 + log_variance - mean * mean - log_variance.exp())
        return (reconstruction + divergence) / len(x)


def vae():
    model, x = Vae(), torch.rand(128, 784)
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)

    def step():
        optimizer.zero_grad()
        model(x).backward()
        optimizer.step()
    return step


def q_network(actions=6):
    return nn.Sequential(
        nn.Conv2d(4, 32, 8, 4), nn.ReLU(), nn.Conv2d(32, 64, 4, 2), nn.ReLU(), nn.Conv2d(64, 64, 3, 1), nn.ReLU(),
        nn.Flatten(), nn.Linear(3136, 512), nn.ReLU(), nn.Linear(512, actions))


def dqn_learn():
    online, target = q_network(), q_network()
    optimizer = torch.optim.RMSprop(online.parameters(), 2.5e-4, alpha=0.95, eps=0.01, momentum=0.95)
    state, successor = torch.rand(32, 4, 84, 84), torch.rand(32, 4, 84, 84)
    action, reward = torch.randint(6, (32, 1)), torch.rand(32)

    def step():
        with torch.no_grad():
            best = online(successor).argmax(1, keepdim=True)
            wanted = reward + 0.99 * target(successor).gather(1, best)[:, 0]
        loss = F.smooth_l1_loss(online(state).gather(1, action)[:, 0], wanted)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return step


def dqn_act():
    network, x = q_network().eval(), torch.rand(1, 4, 84, 84)
    return inference(lambda: network(x).argmax(1))


def policy_act():
    policy = nn.Sequential(nn.Linear(4, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 2)).eval()
    x = torch.rand(1, 4)
    return inference(lambda: torch.softmax(policy(x), 1))


def vgg16_infer():
    layers, before = [], 3
    for block in ([64] * 2, [128] * 2, [256] * 3, [512] * 3, [512] * 3):
        for width in block:
            layers += [nn.Conv2d(before, width, 3, padding=1), nn.ReLU()]
            before = width
        layers.append(nn.MaxPool2d(2))
    head = [nn.Flatten(), nn.Linear(25088, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000)]
    model, x = nn.Sequential(*layers, *head).eval(), torch.rand(1, 3, 224, 224)
    return inference(lambda: model(x))


WORKLOADS = [gemm1024, conv3x3, mlp, lenet5, resnet20, highway50, lstm_lm, gru_cell_loop, vae, dqn_learn, dqn_act, policy_act, vgg16_infer]


def median_seconds(step, seconds):
    for _ in range(3):
        step()
    times, end = [], time.perf_counter() + seconds
    while len(times) < 5 or time.perf_counter() < end:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def startup(create, steps):
    "Seconds to make the step and of the first two, and the most memory in MiB that the process held over all of them."
    times = [time.perf_counter()]
    step = create()
    times.append(time.perf_counter())
    for _ in range(steps):
        step()
        times.append(time.perf_counter())
    spent = [b - a for a, b in zip(times, times[1:])]
    return {"create": spent[0], "first": spent[1], "second": spent[2], "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3, help="how long each workload is measured")
    parser.add_argument("--startup", type=int, metavar="STEPS", help="time the first step and measure the memory of so many instead")
    parser.add_argument("names", nargs="*", metavar="NAME")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    for workload in WORKLOADS:
        if not arguments.names or workload.__name__ in arguments.names:
            if arguments.startup:
                print(json.dumps({"workload": workload.__name__, **startup(workload, arguments.startup)}), flush=True)
                continue
            print(json.dumps({"workload": workload.__name__, "seconds": median_seconds(workload(), arguments.seconds)}), flush=True)
