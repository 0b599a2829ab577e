"""Writes models that PyTorch exported, with inputs and outputs as one array file each, for OnnxImportTests. Needs torch 1.13: python3 make_onnx.py"""
import os

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "Files"))
torch.manual_seed(0)


class Block(nn.Module):
    """A residual block with everything a classifier has."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(8)
        self.pool = nn.MaxPool2d(3, 2, 1)
        self.conv2 = nn.Conv2d(8, 8, 3, padding=1, groups=4)
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        x = self.pool(F.relu(self.bn(self.conv1(x))))
        x = F.leaky_relu(x + F.elu(self.conv2(x)), 0.2)
        x = torch.cat([x, F.avg_pool2d(x, 3, 1, 1)], 1)[:, 2:10]
        return torch.softmax(self.head(F.dropout(F.adaptive_avg_pool2d(x, 1).flatten(1), 0.5, self.training)), -1)


class Decoder(nn.Module):
    """Shapes computed from the input, enlarging, transposed convolution."""

    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(4, 3, 4, stride=2, padding=1)

    def forward(self, x):
        n, c, h, w = x.shape
        x = x.reshape(n, c // 2, 2, h * w).transpose(1, 2).reshape(n, c, h, w)
        x = F.interpolate(x, scale_factor=2, mode="nearest") * torch.sigmoid(F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False))
        return torch.clamp(self.up(F.pad(x, (1, 0, 0, 1), value=0.5)), -0.5, 0.5)


class Recurrent(nn.Module):
    def __init__(self, kind, **arguments):
        super().__init__()
        self.embedding = nn.Embedding(11, 6)
        self.rnn = kind(6, 5, batch_first=True, **arguments)
        self.head = nn.Linear(10 if arguments.get("bidirectional") else 5, 3)

    def forward(self, x):
        return self.head(self.rnn(self.embedding(x))[0])


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.norm = nn.Linear(8, 8), nn.Linear(8, 8), nn.LayerNorm(8)

    def forward(self, x):
        n, t, d = x.shape
        q = self.query(x).view(n, t, 2, 4).permute(0, 2, 1, 3)
        k = self.key(x).view(n, t, 2, 4).permute(0, 2, 3, 1)
        y = torch.softmax(q @ k / 2, -1) @ x.view(n, t, 2, 4).permute(0, 2, 1, 3)
        return F.gelu(self.norm(y.permute(0, 2, 1, 3).reshape(n, t, d) + x))

class Packed(nn.Module):
    """Sequences of different lengths, both ways."""

    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(3, 4, batch_first=True, bidirectional=True)
        self.head = nn.Linear(8, 2)

    def forward(self, x, lengths):
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True)
        y, (h, c) = self.rnn(packed)
        y, _ = nn.utils.rnn.pad_packed_sequence(y, batch_first=True)
        return self.head(torch.cat([y, h.transpose(0, 1).reshape(x.shape[0], 1, -1)], 1))


class Seq2Seq(nn.Module):
    """An encoder whose states begin the decoder; two layers each."""

    def __init__(self):
        super().__init__()
        self.source, self.target = nn.Embedding(11, 6), nn.Embedding(9, 6)
        self.encoder, self.decoder = nn.LSTM(6, 5, 2, batch_first=True), nn.LSTM(6, 5, 2, batch_first=True)
        self.head = nn.Linear(5, 9)

    def forward(self, source, target):
        return self.head(self.decoder(self.target(target), self.encoder(self.source(source))[1])[0])


def write_two(name, model, x1, x2):
    model.eval()
    with torch.no_grad():
        y = model(x1, x2)
    torch.onnx.export(model, (x1, x2), name + ".onnx", opset_version=13, input_names=["x1", "x2"], output_names=["y"], dynamic_axes={"x1": {0: "n"}, "x2": {0: "n"}, "y": {0: "n"}})
    np.save(name + "-x1.npy", x1.numpy())
    np.save(name + "-x2.npy", x2.numpy())
    np.save(name + "-y.npy", y.numpy())


def write(name, model, x):
    model.eval()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.uniform_(-1, 1)
            module.running_var.uniform_(0.5, 2)
    with torch.no_grad():
        y = model(x)
    torch.onnx.export(model, x, name + ".onnx", opset_version=13, input_names=["x"], output_names=["y"], dynamic_axes={"x": {0: "n"}, "y": {0: "n"}})
    np.save(name + "-x.npy", x.numpy())
    np.save(name + "-y.npy", y.numpy())


write("block", Block(), torch.randn(2, 3, 17, 19))
write("decoder", Decoder(), torch.randn(2, 4, 5, 6))
tokens = torch.randint(0, 11, (3, 7))
write("lstm", Recurrent(nn.LSTM, bidirectional=True, num_layers=2), tokens)
write("gru", Recurrent(nn.GRU), tokens)
write("rnn", Recurrent(nn.RNN), tokens)
write("attention", Attention(), torch.randn(2, 6, 8))
write_two("packed", Packed(), torch.randn(3, 6, 3), torch.tensor([6, 4, 1]))
write_two("seq2seq", Seq2Seq(), torch.randint(0, 11, (3, 7)), torch.randint(0, 9, (3, 5)))
