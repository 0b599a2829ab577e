"""References of the look-ups by index tensors."""
import torch
from reference import case, rand, write


def index(*rows, dtype=torch.int64):
    return torch.tensor(rows, dtype=dtype)


case("gather", lambda x, i: x[i], rand(4, 3), index(3, 0, 3, 1))
case("gather/axis 1", lambda x, i: x[:, i.long()], rand(2, 4, 3), index([3, 0], [3, 1], dtype=torch.int32))
case("gather/last axis", lambda x, i: x[..., i], rand(2, 5), index(4, 4, 2))
case("embedding", lambda t, i: torch.nn.functional.embedding(i, t), rand(5, 3), index([0, 4], [4, 4]))
case("scatter add", lambda x, i, u: x.index_add(0, i, u), rand(4, 3), index(3, 0, 3), rand(3, 3))
case("scatter add/axis 1", lambda x, i, u: x.index_add(1, i, u), rand(2, 4, 9), index(3, 0, 3), rand(2, 3, 9))
case("gather along", lambda x, i: torch.gather(x, 1, i), rand(2, 4), index([3, 0, 0], [1, 1, 2]))
case("gather along/axis 0", lambda x, i: torch.gather(x, 0, i), rand(3, 2, 2), index([[2, 0], [0, 0]], [[1, 1], [1, 2]]))
case("scatter add along", lambda x, i, u: x.scatter_add(1, i, u), rand(2, 4), index([3, 0, 0], [1, 1, 2]), rand(2, 3))
case("gather nd", lambda x, i: x[i[..., 0], i[..., 1]], rand(3, 4, 2), index([[2, 3], [0, 1]], [[2, 3], [1, 0]]))
case("gather nd/scalars", lambda x, i: x[i[:, 0], i[:, 1]], rand(3, 4), index([2, 3], [0, 1], [0, 1]))
case("scatter nd", lambda i, u: torch.zeros(3, 4, 2, dtype=torch.float64).index_put((i[:, 0], i[:, 1]), u, accumulate=True), index([2, 3], [0, 1], [2, 3]), rand(3, 2))
case("one hot", lambda i: torch.nn.functional.one_hot(i, 5), index([1, 4], [0, 2]))
mask = torch.tensor([[True, False, True], [False, False, True]])
case("boolean mask", lambda x, m: x[m], rand(2, 3, 2), mask)
case("boolean mask/rows", lambda x, m: x[m], rand(3, 2), mask[0])
case("non-zero", lambda m: m.nonzero(), mask)
write("indexing.json")
