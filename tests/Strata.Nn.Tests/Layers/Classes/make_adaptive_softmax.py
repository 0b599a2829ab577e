"""Prints what torch.nn.AdaptiveLogSoftmaxWithLoss gives for weights and inputs filled with cosines; ClassOutputTests holds the numbers."""
import torch


def fill(k, *shape):
    n = 1
    for s in shape:
        n *= s
    return (torch.cos(k + torch.arange(n, dtype=torch.float64)) / 2).reshape(shape)


m = torch.nn.AdaptiveLogSoftmaxWithLoss(8, 7, [2, 4], div_value=2.0).double()
with torch.no_grad():
    m.head.weight.copy_(fill(10, 8, 4).T)
    m.tail[0][0].weight.copy_(fill(20, 8, 4).T)
    m.tail[0][1].weight.copy_(fill(30, 4, 2).T)
    m.tail[1][0].weight.copy_(fill(40, 8, 2).T)
    m.tail[1][1].weight.copy_(fill(50, 2, 3).T)
h, y = fill(1, 4, 8), torch.tensor([0, 3, 6, 1])
print("losses", [round(-v, 9) for v in m(h, y).output.tolist()])
print("log p of row 0", [round(v, 9) for v in m.log_prob(h)[0].tolist()])
