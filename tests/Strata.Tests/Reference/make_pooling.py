"""References of poolings. PyTorch is channels-first: inputs and outputs are permuted, so that what is kept is channels-last."""
import torch.nn.functional as F
from reference import case, rand, write


def pool(f):
    return lambda x: f(x.movedim(-1, 1)).movedim(1, -1)


case("max/2d", pool(lambda x: F.max_pool2d(x, 2)), rand(2, 4, 6, 3))
case("max/overlapping, padded", pool(lambda x: F.max_pool2d(x, 3, stride=2, padding=1)), rand(1, 5, 6, 2))
case("max/1d", pool(lambda x: F.max_pool1d(x, 3, stride=1)), rand(2, 6, 2))
case("max/3d", pool(lambda x: F.max_pool3d(x, (2, 1, 2), stride=(1, 2, 2))), rand(1, 3, 3, 4, 2))
case("average/2d", pool(lambda x: F.avg_pool2d(x, 2)), rand(2, 4, 6, 3))
case("average/padded, real elements", pool(lambda x: F.avg_pool2d(x, 3, stride=2, padding=1, count_include_pad=False)), rand(1, 5, 6, 2))
case("average/padded, all counted", pool(lambda x: F.avg_pool2d(x, 3, stride=2, padding=1)), rand(1, 5, 6, 2))
case("average/1d", pool(lambda x: F.avg_pool1d(x, 2, stride=1)), rand(2, 5, 2))
case("global max", lambda x: x.amax((1, 2)), rand(2, 3, 4, 2))
case("global average", lambda x: x.mean((1, 2)), rand(2, 3, 4, 2))
write("pooling.json")
