"""References of the reductions and of softmax with its relatives."""
import itertools
import torch
from reference import case, rand, write

shape = (3, 2, 4, 2)
for count in range(1, 5):
    for axes in itertools.combinations(range(4), count):
        case(f"sum {list(axes)}", lambda x, axes=axes: x.sum(axes), rand(*shape), gradient=count == 2)
        case(f"max {list(axes)}", lambda x, axes=axes: x.amax(axes, keepdim=True), rand(*shape), gradient=count == 2)

case("mean", lambda x: x.mean(), rand(3, 4))
case("mean/axis", lambda x: x.mean(1, keepdim=True), rand(3, 4, 2))
case("max/ties", lambda x: x.amax(1), torch.tensor([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]], dtype=torch.float64))
case("min", lambda x: x.amin((0, 2)), rand(3, 4, 2))
case("product", lambda x: x.prod(), rand(3, 4))
case("product/axis", lambda x: x.prod(1), rand(3, 4, 2))
case("product/zeros", lambda x: x.prod(1), torch.tensor([[1.5, 0.0, 2.0], [0.0, 0.5, 0.0], [1.0, 2.0, 3.0]], dtype=torch.float64))
case("variance", lambda x: x.var((0, 2), unbiased=False), rand(3, 4, 2))
case("variance/corrected", lambda x: x.var(1, unbiased=True, keepdim=True), rand(3, 4, 2))
case("standard deviation", lambda x: x.std(1, unbiased=False), rand(3, 4, 2))
case("norm", lambda x: x.norm(dim=1), rand(3, 4, 2))
case("logsumexp", lambda x: x.logsumexp((0, 2)), rand(3, 4, 2, low=-5, high=5))
case("logsumexp/last axis", lambda x: x.logsumexp(-1, keepdim=True), rand(3, 17, low=-5, high=5))
case("argmax", lambda x: x.argmax(1), rand(3, 5, 2))
case("argmin", lambda x: x.argmin(-1), rand(3, 40))
case("softmax", lambda x: x.softmax(-1), rand(3, 17, low=-5, high=5))
case("softmax/axis 0", lambda x: x.softmax(0), rand(5, 2, 3, low=-5, high=5))
case("log-softmax", lambda x: x.log_softmax(-1), rand(3, 17, low=-5, high=5))
case("log-softmax/axis 1", lambda x: x.log_softmax(1), rand(2, 5, 3, low=-5, high=5))
labels = torch.tensor([3, 0, 16, 7])
case("cross-entropy", lambda x, t: torch.nn.functional.cross_entropy(x, t, reduction="none"), rand(4, 17, low=-5, high=5), labels)
case("cross-entropy/probabilities", lambda x, t: torch.nn.functional.cross_entropy(x, t, reduction="none"), rand(4, 5, low=-5, high=5), rand(4, 5, low=0))

x, g, b = rand(4, 3, 5), rand(5, low=0.5, high=2), rand(5)
case("layer normalization", lambda x, g, b: torch.nn.functional.layer_norm(x, (5,), g, b, eps=1e-3), x, g, b)


def batch(x, g, b):
    flat = x.reshape(-1, x.shape[-1])
    mean, variance = flat.mean(0), flat.var(0, unbiased=False)
    return torch.nn.functional.batch_norm(x.movedim(-1, 1), None, None, g, b, True, eps=1e-3).movedim(1, -1), mean, variance


case("batch normalization", batch, rand(4, 3, 2, 5), g, b)
case("batch normalization/wide", batch, rand(3, 70), rand(70), rand(70))
write("reduction.json")
