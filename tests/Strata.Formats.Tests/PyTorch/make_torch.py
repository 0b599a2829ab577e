"""Writes the files of PyTorch that the tests read. Run with an interpreter that has torch 1.13: python3 make_torch.py"""
import collections
import io
import os
import pickle
import zipfile

import torch

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "Files"))


class Runs:
    """What a hostile file does: unpickling it calls os.system."""

    def __reduce__(self):
        return os.system, ("echo it ran > /tmp/strata-pickle-ran",)


def every_type():
    tensors = collections.OrderedDict()
    for name in ["float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8"]:
        first = 0 if name == "uint8" else -2
        tensors[name] = torch.arange(first, first + 6).to(getattr(torch, name)).reshape(2, 3)
    tensors["bool"] = torch.arange(6).reshape(2, 3) % 2 == 1
    return tensors


def views():
    base = torch.arange(24.0)
    return collections.OrderedDict(
        whole=base,
        part=base[5:9],
        turned=base[:6].reshape(2, 3).t(),
        steps=base[::5],
        repeated=torch.tensor([7.0]).expand(2, 2),
        scalar=base[3],
        empty=torch.zeros(0, 3),
        parameter=torch.nn.Parameter(torch.tensor([1.5, -2.5])),
    )


def checkpoint():
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    optimizer = torch.optim.Adam(net.parameters())
    net(torch.ones(4, 3)).sum().backward()
    optimizer.step()
    with torch.no_grad():
        net[0].weight.copy_(torch.arange(6.0).reshape(2, 3))
    return {"epoch": 3, "note": "ünï", "loss": 0.25, "big": 1 << 80, "none": None, "size": torch.Size([2, 3]), "list": [torch.ones(1), "x"],
            "state_dict": net.state_dict(), "optimizer": optimizer.state_dict()}


for name, value in dict(types=every_type(), views=views(), checkpoint=checkpoint()).items():
    torch.save(value, name + ".pth")
    torch.save(value, name + "-legacy.pth", _use_new_zipfile_serialization=False)
torch.save({"a": torch.arange(2.0)}, "protocol4.pth", pickle_protocol=4)

evil = pickle.dumps({"weight": Runs()}, protocol=2)
with zipfile.ZipFile("runs-code.pth", "w") as archive:
    archive.writestr("archive/data.pkl", evil)
    archive.writestr("archive/version", "3\n")
torch.save(torch.nn.Linear(1, 1), "module.pth")
