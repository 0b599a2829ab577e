"""References of gated recurrent cells: the equations written out, and checked here against torch.nn.LSTM and torch.nn.GRU where those compute the same."""
import torch
from reference import case, rand, write


def gate(x, hard):
    return (0.2 * x + 0.5).clamp(0, 1) if hard else torch.sigmoid(x)


def lstm_step(x, c, hard=False):
    i, f, g, o = x.chunk(4, 1)
    c = gate(f, hard) * c + gate(i, hard) * torch.tanh(g)
    return gate(o, hard) * torch.tanh(c), c


def gru_step(x, r, h, hard=False):
    (xz, xr, xg), (rz, rr, rg) = x.chunk(3, 1), r.chunk(3, 1)
    z, reset = gate(xz + rz, hard), gate(xr + rr, hard)
    return z * h + (1 - z) * torch.tanh(xg + reset * rg)


def gru_step_before(x, h, u, hard=False):
    n = h.shape[1]
    z, r = gate(x[:, :2 * n] + h @ u[:, :2 * n], hard).chunk(2, 1)
    return z * h + (1 - z) * torch.tanh(x[:, 2 * n:] + (r * h) @ u[:, 2 * n:])


def over(t, reverse):
    return range(t - 1, -1, -1) if reverse else range(t)


def lstm(x, h, c, u, mask=None, hard=False, reverse=False):
    hs, cs = [None] * x.shape[1], [None] * x.shape[1]
    for t in over(x.shape[1], reverse):
        h1, c1 = lstm_step(x[:, t] + h @ u, c, hard)
        if mask is not None:
            m = mask[:, t, None]
            h1, c1 = torch.where(m, h1, h), torch.where(m, c1, c)
        h, c = hs[t], cs[t] = h1, c1
    return torch.stack(hs, 1), torch.stack(cs, 1)


def gru(x, h, u, b=None, mask=None, hard=False, reverse=False):
    hs = [None] * x.shape[1]
    for t in over(x.shape[1], reverse):
        h1 = gru_step_before(x[:, t], h, u, hard) if b is None else gru_step(x[:, t], h @ u + b, h, hard)
        h = hs[t] = h1 if mask is None else torch.where(mask[:, t, None], h1, h)
    return torch.stack(hs, 1)


def check():
    n, t, d, u = 3, 5, 4, 6
    x, h, c = rand(n, t, d), rand(n, u), rand(n, u)
    m = torch.nn.LSTM(d, u, batch_first=True).double()
    y, _ = m(x, (h[None], c[None]))
    ours, _ = lstm(x @ m.weight_ih_l0.T + m.bias_ih_l0 + m.bias_hh_l0, h, c, m.weight_hh_l0.T)
    assert torch.allclose(y, ours, atol=1e-12)
    m = torch.nn.GRU(d, u, batch_first=True).double()
    y, _ = m(x, h[None])
    swap = lambda w: torch.cat([w[u:2 * u], w[:u], w[2 * u:]])  # PyTorch's order is r, z, n
    ours = gru(x @ swap(m.weight_ih_l0).T + swap(m.bias_ih_l0), h, swap(m.weight_hh_l0).T, swap(m.bias_hh_l0))
    assert torch.allclose(y, ours, atol=1e-12)


check()
mask = torch.tensor([[True, True, False, True], [False, True, True, False]])
n, t, u = 2, 4, 3
for hard in (False, True):
    s = "/hard" if hard else ""
    case("lstm step" + s, lambda x, c: lstm_step(x, c, hard), 3 * rand(2, 12), rand(2, 3))
    case("gru step" + s, lambda x, r, h: gru_step(x, r, h, hard), 2 * rand(2, 9), 2 * rand(2, 9), rand(2, 3))
    case("lstm" + s, lambda *z: lstm(*z, hard=hard), 2 * rand(n, t, 4 * u), rand(n, u), rand(n, u), rand(u, 4 * u))
    case("gru" + s, lambda *z: gru(*z, hard=hard), 2 * rand(n, t, 3 * u), rand(n, u), rand(u, 3 * u))
    case("gru/reset after" + s, lambda *z: gru(*z, hard=hard), 2 * rand(n, t, 3 * u), rand(n, u), rand(u, 3 * u), rand(3 * u))
case("lstm step/h alone", lambda x, c: lstm_step(x, c)[0], rand(2, 4), rand(2, 1))
case("lstm step/c alone", lambda x, c: lstm_step(x, c)[1], rand(1, 20), rand(1, 5))
case("lstm/h alone, reverse", lambda *z: lstm(*z, reverse=True)[0], rand(n, t, 4 * u), rand(n, u), rand(n, u), rand(u, 4 * u))
case("lstm/c alone", lambda *z: lstm(*z)[1], rand(1, 3, 8), rand(1, 2), rand(1, 2), rand(2, 8))
case("lstm/mask, reverse", lambda x, h, c, w, m: lstm(x, h, c, w, m, reverse=True), rand(n, t, 4 * u), rand(n, u), rand(n, u), rand(u, 4 * u), mask)
case("lstm/mask", lambda x, h, c, w, m: lstm(x, h, c, w, m), rand(n, t, 4 * u), rand(n, u), rand(n, u), rand(u, 4 * u), mask)
case("gru/reverse", lambda *z: gru(*z, reverse=True), rand(n, t, 3 * u), rand(n, u), rand(u, 3 * u))
case("gru/mask", lambda x, h, w, m: gru(x, h, w, None, m), rand(n, t, 3 * u), rand(n, u), rand(u, 3 * u), mask)
case("gru/reset after, mask, reverse", lambda x, h, w, b, m: gru(x, h, w, b, m, reverse=True), rand(n, t, 3 * u), rand(n, u), rand(u, 3 * u), rand(3 * u), mask)
write("recurrent.json")
