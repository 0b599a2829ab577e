"""References of convolutions. PyTorch is channels-first: inputs and outputs are permuted, so that what is kept is channels-last."""
import torch
import torch.nn.functional as F
from reference import case, rand, write


def first(x):  # [n, spatial…, c] → [n, c, spatial…]
    return x.movedim(-1, 1)


def last(y):
    return y.movedim(1, -1)


def kernel(f):  # [k…, in, out] → [out, in, k…]
    return f.movedim(-1, 0).movedim(-1, 1)


def transposed(f):  # [k…, out, in] → [in, out, k…]
    return f.movedim(-1, 0).movedim(-1, 1)


case("2d/valid", lambda x, f: last(F.conv2d(first(x), kernel(f))), rand(2, 5, 4, 3), rand(3, 2, 3, 4))
case("2d/strides 2, padding 1", lambda x, f: last(F.conv2d(first(x), kernel(f), stride=2, padding=1)), rand(1, 5, 6, 2), rand(3, 3, 2, 2))
case("2d/same even", lambda x, f: last(F.conv2d(F.pad(first(x), (0, 1, 0, 1)), kernel(f))), rand(1, 4, 4, 2), rand(2, 2, 2, 3))
case("2d/dilation 2", lambda x, f: last(F.conv2d(first(x), kernel(f), dilation=2)), rand(1, 6, 5, 2), rand(2, 2, 2, 2))
case("2d/groups", lambda x, f: last(F.conv2d(first(x), kernel(f), groups=2)), rand(1, 4, 4, 4), rand(3, 3, 2, 6))
case("2d/pointwise", lambda x, f: last(F.conv2d(first(x), kernel(f))), rand(2, 3, 2, 3), rand(1, 1, 3, 5))
case("1d/causal", lambda x, f: last(F.conv1d(F.pad(first(x), (4, 0)), kernel(f), dilation=2)), rand(2, 6, 2), rand(3, 2, 3))
case("3d/strides", lambda x, f: last(F.conv3d(first(x), kernel(f), stride=(1, 2, 1), padding=(1, 0, 0))), rand(1, 3, 4, 3, 2), rand(2, 2, 2, 2, 2))
case("depthwise", lambda x, f: last(F.conv2d(first(x), f.reshape(3, 3, 1, 6).permute(3, 2, 0, 1), groups=3)), rand(1, 4, 5, 3), rand(3, 3, 3, 2))
case("transposed/valid", lambda x, f: last(F.conv_transpose2d(first(x), transposed(f), stride=2)), rand(1, 3, 2, 3), rand(3, 3, 2, 3))
case("transposed/same", lambda x, f: last(F.conv_transpose2d(first(x), transposed(f), stride=2)[:, :, 0:6, 0:6]), rand(1, 3, 3, 2), rand(3, 3, 2, 2))
case("transposed/output padding", lambda x, f: last(F.conv_transpose2d(first(x), transposed(f), stride=2, padding=1, output_padding=1)), rand(1, 3, 3, 2), rand(3, 3, 2, 2))
case("transposed/strides beyond the window", lambda x, f: last(F.conv_transpose1d(first(x), transposed(f), stride=3, output_padding=1)), rand(1, 3, 2), rand(2, 2, 2))

# y(i) = sum of x(i - j)·s(j) over the shifts j, indices modulo the length.
circular = lambda x, s: sum(torch.roll(x, j - s.shape[-1] // 2, -1) * s[..., j:j + 1] for j in range(s.shape[-1]))
case("circular", circular, rand(2, 1, 5), rand(2, 3, 3))
case("circular/as long as the ring", circular, rand(5), rand(5))


def patches(x, window, stride=1, padding=(0, 0), dilation=1):  # [n, h, w, c] -> [n, h', w', kh, kw, c]
    n, h, w, c = x.shape
    s, d = (v if isinstance(v, tuple) else (v, v) for v in (stride, dilation))
    y = F.unfold(first(x), window, dilation=d, padding=padding, stride=s)
    rows = (h + 2 * padding[0] - d[0] * (window[0] - 1) - 1) // s[0] + 1
    return y.reshape(n, c, *window, rows, -1).permute(0, 4, 5, 2, 3, 1)


case("patches/valid", lambda x: patches(x, (2, 3)), rand(2, 3, 4, 2))
case("patches/tiles", lambda x: patches(x, (2, 2), stride=2), rand(1, 5, 4, 3))
case("patches/strides, padding, dilation", lambda x: patches(x, (2, 3), stride=(2, 1), padding=(1, 2), dilation=(1, 2)), rand(2, 4, 3, 2))
case("patches/window beyond the input", lambda x: patches(x, (5, 5), padding=(3, 3), dilation=(1, 1)), rand(1, 2, 1, 1))
case("patches/1d", lambda x: patches(x[:, None], (1, 3), stride=(1, 2)).reshape(2, 2, 3, 2), rand(2, 6, 2))
case("patches/3d", lambda x: x.unfold(1, 2, 1).unfold(2, 2, 2).unfold(3, 1, 1).permute(0, 1, 2, 3, 5, 6, 7, 4), rand(1, 3, 4, 2, 2))
write("convolution.json")
