"""References of the operations that the engine's own tests begin with."""
from reference import case, rand, write

case("add", lambda a, b: a + b, rand(3, 4), rand(3, 4))
case("add/broadcast", lambda a, b: a + b, rand(2, 1, 4), rand(3, 1))
case("subtract", lambda a, b: a - b, rand(3, 4), rand(4))
case("multiply", lambda a, b: a * b, rand(3, 1), rand(3, 4))
case("divide", lambda a, b: a / b, rand(3, 4), rand(1, 4, low=0.5))
case("sum/axis 1", lambda x: x.sum(1), rand(3, 4, 2))
case("matmul", lambda a, b: a @ b, rand(3, 4), rand(4, 5))
case("matmul/both transposed", lambda a, b: a.T @ b.T, rand(4, 3), rand(5, 4))
case("stack", lambda a, b: __import__("torch").stack([a, b], 1), rand(3, 4), rand(3, 4))
write("core.json")
