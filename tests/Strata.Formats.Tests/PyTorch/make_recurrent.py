"""Writes Files/recurrent.pth: recurrent modules with their weights, an input and its output. Run with an interpreter that has torch 1.13: python3 make_recurrent.py"""
import os

import torch

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "Files"))
torch.manual_seed(0)
cases = {}
for kind in ["LSTM", "GRU", "RNN"]:
    for layers in [1, 2]:
        for bidirectional in [False, True]:
            module = torch.nn.Module()
            module.rnn = getattr(torch.nn, kind)(2, 3, num_layers=layers, bidirectional=bidirectional, batch_first=True)
            x = torch.randn(2, 4, 2)
            name = kind.lower() + str(layers) + ("both" if bidirectional else "")
            cases[name] = {"state": module.state_dict(), "x": x, "y": module.rnn(x)[0].detach()}
torch.save(cases, "recurrent.pth")
