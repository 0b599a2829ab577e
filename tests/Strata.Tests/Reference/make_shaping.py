"""References of the operations that move data: slices, padding, concatenation, transposition, repetition."""
import torch
import torch.nn.functional as F
from reference import case, rand, write

case("transpose/reversed", lambda x: x.permute(2, 1, 0), rand(2, 3, 4))
case("transpose/0312", lambda x: x.permute(0, 3, 1, 2), rand(2, 3, 2, 3))
case("transpose/swap", lambda x: x.transpose(1, 3), rand(2, 3, 1, 4))
case("transpose/move", lambda x: x.movedim(0, 2), rand(2, 3, 4))
case("broadcast", lambda x: x.expand(2, 3, 4), rand(3, 1))
case("concatenate", lambda a, b, c: torch.cat([a, b, c], 1), rand(2, 3, 2), rand(2, 0, 2), rand(2, 1, 2))
case("concatenate/last", lambda a, b: torch.cat([a, b], -1), rand(2, 3), rand(2, 2))
case("stack", lambda a, b: torch.stack([a, b], -1), rand(2, 3), rand(2, 3))
case("split", lambda x: x.split([1, 3, 1], 1), rand(2, 5, 2))
case("split/equal", lambda x: x.chunk(2, 0), rand(4, 3))
case("unstack", lambda x: x.unbind(1), rand(2, 3, 2))
case("slice", lambda x: x[1:3, 2], rand(4, 3, 2))
case("slice/from the end", lambda x: x[..., -1], rand(2, 3, 2))
case("slice/new axis", lambda x: x[:, None, 1:, 0], rand(2, 3, 2))
case("slice/strided", lambda x: x[::2, 1::3], rand(5, 8))
case("slice/backward", lambda x: x.flip(0)[::2, 1:], rand(5, 3))


def with_slice(x, v):
    y = x.clone()
    y[1:3, ::2] = v
    return y


def with_slice_added(x, v):
    y = x.clone()
    y[1:3, ::2] += v
    return y


case("with slice", with_slice, rand(4, 5, 2), rand(3, 2))
case("with slice added", with_slice_added, rand(4, 5, 2), rand(3, 2))
case("pad", lambda x: F.pad(x, (1, 2, 0, 1)), rand(2, 3))
case("pad/value", lambda x: F.pad(x, (1, 2, 0, 1), value=-1.5), rand(2, 3))
case("pad/edge", lambda x: F.pad(x[None, None], (2, 1, 1, 3), mode="replicate")[0, 0], rand(2, 3))
case("pad/reflect", lambda x: F.pad(x[None, None], (2, 1, 1, 0), mode="reflect")[0, 0], rand(2, 3))
case("pad/wrap", lambda x: F.pad(x[None, None], (2, 1, 1, 2), mode="circular")[0, 0], rand(2, 3))
case("tile", lambda x: x.repeat(2, 3), rand(2, 3))
case("repeat", lambda x: x.repeat_interleave(3, 1), rand(2, 3, 2))
case("flip", lambda x: x.flip(0, 2), rand(2, 3, 4))
case("roll", lambda x: x.roll(2, 1), rand(2, 5))
case("roll/back", lambda x: x.roll(-1, 0), rand(4, 2))
write("shaping.json")
