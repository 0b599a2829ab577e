"""References of sorting, running sums and products, diagonals, triangles, and resized images."""
import torch
import torch.nn.functional as F
from reference import case, rand, write

ties = torch.tensor([[2.0, float("nan"), 1.0, 2.0, -1.0], [0.0, 3.0, -0.0, float("inf"), 3.0]], dtype=torch.float64)
case("argsort", lambda x: x.sort(dim=1, stable=True)[1], ties)
case("argsort/axis 0", lambda x: x.argsort(0), rand(7, 3))
case("sort", lambda x: x.sort(dim=-1)[0], rand(3, 5))
case("sort/descending", lambda x: x.sort(dim=0, descending=True)[0], rand(5, 2))
case("top-k", lambda x: x.topk(2, 1), rand(3, 5, 2))
case("top-k/smallest", lambda x: x.topk(3, -1, largest=False), rand(2, 40))
case("sum", lambda x: x.cumsum(1), rand(2, 5, 3))
case("sum/reverse", lambda x: x.flip(0).cumsum(0).flip(0), rand(5, 2))
case("sum/exclusive", lambda x: x.cumsum(1) - x, rand(2, 5))
case("sum/exclusive reverse", lambda x: x.flip(1).cumsum(1).flip(1) - x, rand(2, 5))
case("sum/counts", lambda x: x.cumsum(0), torch.tensor([1, 0, 2, 200, 200], dtype=torch.uint8))
case("product", lambda x: x.cumprod(1), rand(2, 5, 2))
zeros = rand(2, 6)
zeros[0, 2] = zeros[1, 1] = zeros[1, 4] = 0
case("product/zeros", lambda x: x.cumprod(1), zeros)
case("product/reverse", lambda x: x.flip(1).cumprod(1).flip(1), zeros)
case("product/exclusive", lambda x: torch.cat([torch.ones(2, 1, dtype=torch.float64), x.cumprod(1)[:, :-1]], 1), zeros)


def recurrence(a, b):
    y = [b[:, 0]]
    for i in range(1, b.shape[1]):
        y.append(a[:, i] * y[-1] + b[:, i])
    return torch.stack(y, 1)


case("recurrence", recurrence, rand(2, 4, 3), rand(2, 4, 3))
case("recurrence/reverse", lambda a, b: recurrence(a.expand(2, 4).flip(1), b.flip(1)).flip(1), rand(4), rand(2, 4))

case("diagonal", lambda x: x.diagonal(0, -2, -1), rand(2, 3, 4))
case("diagonal/above", lambda x: x.diagonal(2), rand(3, 4))
case("diagonal/below", lambda x: x.diagonal(-1), rand(3, 4))
case("diagonal matrix", lambda x: torch.diag_embed(x), rand(2, 3))
case("diagonal matrix/below", lambda x: torch.diag_embed(x, -2), rand(3))
case("trace", lambda x: x.trace(), rand(3, 4))
case("lower triangle", lambda x: x.tril(), rand(2, 3, 4))
case("lower triangle/offset", lambda x: x.tril(-1), rand(4, 3))
case("upper triangle", lambda x: x.triu(1), rand(2, 3, 4))


def resize(x, size, **options):
    return F.interpolate(x.permute(0, 3, 1, 2), size=size, **options).permute(0, 2, 3, 1)


case("resize", lambda x: resize(x, (5, 7), mode="bilinear"), rand(2, 3, 4, 2))
case("resize/smaller", lambda x: resize(x, (3, 2), mode="bilinear"), rand(1, 7, 5, 9))
case("resize/aligned", lambda x: resize(x, (5, 7), mode="bilinear", align_corners=True), rand(1, 3, 4, 1))
case("resize/nearest", lambda x: resize(x, (7, 3), mode="nearest-exact"), rand(1, 3, 5, 2))
write("ordering.json")
