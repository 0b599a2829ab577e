"""Loads the file that the tests' writer made with torch.load and checks what is in it: python3 check_written.py"""
import os

import torch

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Files", "written.pth")
state = torch.load(path)
expected = {
    "conv.weight": torch.arange(6.0).reshape(1, 2, 3) / 4,
    "double": torch.tensor([3.141592653589793], dtype=torch.float64),
    "n": torch.tensor(2**62),
    "i": torch.tensor([7, -8], dtype=torch.int32),
    "bytes": torch.tensor([1, 2, 255], dtype=torch.uint8),
    "mask": torch.tensor([True, False, True]),
    "empty": torch.zeros(3, 0, 2),
    "größe": torch.tensor(1.5),
}
assert list(state) == list(expected), list(state)
for name, tensor in expected.items():
    assert state[name].dtype == tensor.dtype and state[name].shape == tensor.shape and torch.equal(state[name], tensor), (name, state[name])
print("torch", torch.__version__, "reads", len(state), "tensors")
