"""Prints what PyTorch's recurrent layers give for weights and inputs filled with cosines; RecurrentLayerTests holds the numbers.
fill(k, shape) is cos(k), cos(k + 1), … / 2 in row-major order, as in the tests. Biases of PyTorch: one of the two is zero where Keras has one."""
import torch
import torch.nn.functional as F

N, T, D, U = 2, 3, 2, 2


def fill(k, *shape):
    n = 1
    for s in shape:
        n *= s
    return (torch.cos(k + torch.arange(n, dtype=torch.float64)) / 2).reshape(shape)


def show(name, t):
    print(name, "[" + ", ".join(f"{v:.9f}" for v in t.flatten().tolist()) + "]")


x = fill(1, N, T, D)


def load(m, gates, order, suffix="", k=0, reset_after=False):
    "W, U and b as Keras lays them out, into PyTorch's places; order says which of Keras's gates each of PyTorch's is."
    w, u, b = fill(k + 10, D, gates * U), fill(k + 20, U, gates * U), fill(k + 30, 2, gates * U)
    pick = lambda a: torch.cat([a[..., g * U:(g + 1) * U] for g in order], -1)
    with torch.no_grad():
        getattr(m, "weight_ih_l0" + suffix).copy_(pick(w).T)
        getattr(m, "weight_hh_l0" + suffix).copy_(pick(u).T)
        getattr(m, "bias_ih_l0" + suffix).copy_(pick(b[0]))
        getattr(m, "bias_hh_l0" + suffix).copy_(pick(b[1]) if reset_after else torch.zeros(gates * U))


rnn = torch.nn.RNN(D, U, batch_first=True).double()
load(rnn, 1, [0])
show("SimpleRNN", rnn(x)[0])
lstm = torch.nn.LSTM(D, U, batch_first=True).double()
load(lstm, 4, [0, 1, 2, 3])
y, (h, c) = lstm(x)
show("LSTM", y)
show("LSTM c", c)
h0, c0 = fill(40, N, U), fill(50, N, U)
show("LSTM from states", lstm(x, (h0[None], c0[None]))[0][:, -1])
gru = torch.nn.GRU(D, U, batch_first=True).double()
load(gru, 3, [1, 0, 2], reset_after=True)
show("GRU", gru(x)[0])
both = torch.nn.LSTM(D, U, batch_first=True, bidirectional=True).double()
load(both, 4, [0, 1, 2, 3])
load(both, 4, [0, 1, 2, 3], "_reverse", k=100)
show("Bidirectional", both(x)[0])

# ConvLSTM2D: 3 x 3 images of one channel, 2 filters, windows of 2 x 2, valid for the input and same (one row below, one column right) for the state.
x, w, u, b = fill(1, 1, 2, 3, 3, 1), fill(10, 2, 2, 1, 8), fill(20, 2, 2, 2, 8), fill(30, 8)
h = c = torch.zeros(1, 2, 2, 2, dtype=torch.float64)
for t in range(2):
    image = x[:, t].permute(0, 3, 1, 2)
    state = F.pad(h, (0, 1, 0, 1))
    g = F.conv2d(image, w.permute(3, 2, 0, 1)) + F.conv2d(state, u.permute(3, 2, 0, 1)) + b[:, None, None]
    i, f, a, o = g.chunk(4, 1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(a)
    h = torch.sigmoid(o) * torch.tanh(c)
show("ConvLSTM2D", h.permute(0, 2, 3, 1))
