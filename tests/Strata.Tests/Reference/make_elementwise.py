"""References of the element-wise operations."""
import torch
from reference import case, rand, write

unary = {
    "exp": (torch.exp, -3, 3), "exp2": (torch.exp2, -3, 3), "expm1": (torch.expm1, -2, 2),
    "log": (torch.log, 0.1, 4), "log1p": (torch.log1p, -0.8, 3), "log2": (torch.log2, 0.1, 4), "log10": (torch.log10, 0.1, 4),
    "sin": (torch.sin, -6, 6), "cos": (torch.cos, -6, 6), "tan": (torch.tan, -1.3, 1.3),
    "asin": (torch.asin, -0.9, 0.9), "acos": (torch.acos, -0.9, 0.9), "atan": (torch.atan, -4, 4),
    "sinh": (torch.sinh, -2, 2), "cosh": (torch.cosh, -2, 2), "tanh": (torch.tanh, -3, 3),
    "sigmoid": (torch.sigmoid, -4, 4), "softplus": (torch.nn.functional.softplus, -4, 4),
    "erf": (torch.erf, -2, 2), "erfc": (torch.special.erfc, -2, 2),
    "sqrt": (torch.sqrt, 0.1, 4), "rsqrt": (torch.rsqrt, 0.2, 4), "square": (torch.square, -3, 3), "reciprocal": (torch.reciprocal, 0.3, 3),
    "abs": (torch.abs, -3, 3), "sign": (torch.sign, -3, 3), "relu": (torch.relu, -3, 3), "negate": (torch.neg, -3, 3),
    "floor": (torch.floor, -3, 3), "ceiling": (torch.ceil, -3, 3), "round": (torch.round, -3, 3), "truncate": (torch.trunc, -3, 3),
    "log gamma": (torch.lgamma, 0.3, 8),
}
for name, (f, low, high) in unary.items():
    case(name, f, rand(3, 7, low=low, high=high))

where = torch.tensor([[True, False, True, True], [False, False, True, False]])
case("maximum", torch.maximum, rand(2, 4), rand(2, 4))
case("maximum/ties and broadcasting", torch.maximum, torch.tensor([[1.0, 2.0, 3.0, 4.0]], dtype=torch.float64), torch.tensor([[1.0], [3.0]], dtype=torch.float64))
case("minimum", torch.minimum, rand(2, 4), rand(3, 1, 4))
case("clip", lambda x: x.clamp(-0.5, 0.25), rand(4, 5))
case("where", lambda c, a, b: torch.where(c, a, b), where, rand(2, 4), rand(2, 4))
case("where/broadcasting", lambda c, a, b: torch.where(c, a, b), where, rand(4), rand(3, 1, 1))
case("power", torch.pow, rand(2, 4, low=0.3, high=3), rand(2, 4, low=-2, high=2))
case("power/broadcasting", torch.pow, rand(2, 1, low=0.3, high=3), rand(4, low=-2, high=2))
case("power/at zero", torch.pow, torch.tensor([0.0, 0.0, 2.0, -2.0], dtype=torch.float64), torch.tensor([0.0, 2.0, 0.0, 3.0], dtype=torch.float64), gradient=False)
case("remainder", torch.remainder, rand(2, 5, low=-5, high=5), rand(5, low=0.5, high=2))
case("remainder/negative", torch.remainder, rand(2, 5, low=-5, high=5), rand(5, low=-2, high=-0.5))
case("atan2", torch.atan2, rand(3, 6), rand(3, 6))
case("power/number", lambda x: x ** 3, rand(3, 4))
digamma = rand(3, 7, low=0.3, high=8)
case("digamma", torch.digamma, digamma, gradient=False)  # PyTorch's trigamma is good to nine digits only; differences check ours
case("sigmoid cross-entropy", lambda x, t: torch.nn.functional.binary_cross_entropy_with_logits(x, t, reduction="none"), rand(3, 4, low=-5, high=5), rand(3, 4, low=0))
for shapes in [((3, 1, 5), (1, 4, 5)), ((2, 3, 4), (3, 1)), ((5, 1), (1, 6)), ((1,), (2, 3)), ((2, 1, 3, 1, 2), (4, 1, 5, 1)), ((128, 10), (10,)), ((7, 33), (7, 1)), ((0, 3), (1, 3))]:
    case(f"subtract {list(shapes[0])} {list(shapes[1])}", lambda a, b: a - b, rand(*shapes[0]), rand(*shapes[1]))
write("elementwise.json")
