"""Writes layers.json: inputs, weights (in Keras's layout) and outputs of layers, computed by PyTorch. Run: /usr/bin/python3 make_layers.py"""
import json
import torch
import torch.nn.functional as F

torch.manual_seed(1)
torch.set_default_dtype(torch.float64)
cases = {}


def flat(t):
    return {"shape": list(t.shape), "values": [float(f"{v:.7g}") for v in t.flatten().tolist()]}


def case(name, x, weights, y):
    cases[name] = {"x": flat(x), "weights": [flat(w) for w in weights], "y": flat(y)}


def first(x):  # channels last to channels first
    return x.movedim(-1, 1)


def last(x):
    return x.movedim(1, -1)


def kernel(w):  # [k..., in, out] to PyTorch's [out, in, k...]
    return w.movedim(-1, 0).movedim(-1, 1)


def same(n, k, s, d=1):
    out = -(-n // s)
    total = max((out - 1) * s + d * (k - 1) + 1 - n, 0)
    return total // 2, total - total // 2


x = torch.randn(2, 7, 3)
w, b = torch.randn(3, 3, 4), torch.randn(4)
case("Conv1D", x, [w, b], last(F.conv1d(first(x), kernel(w), b)))
case("Conv1D same, strides 2", x, [w, b], last(F.conv1d(F.pad(first(x), same(7, 3, 2)), kernel(w), b, stride=2)))
case("Conv1D causal, dilation 2", x, [w, b], last(F.conv1d(F.pad(first(x), (4, 0)), kernel(w), b, dilation=2)))
d, p, c = torch.randn(3, 3, 2), torch.randn(1, 6, 4), torch.randn(4)
dw = d.reshape(3, 1, 6)
case("SeparableConv1D", x, [d, p, c], last(F.conv1d(F.conv1d(first(x), kernel(dw), groups=3), kernel(p), c)))
w, b = torch.randn(5, 9, 2), torch.randn(5, 2)
patches = torch.stack([x[:, i:i + 3].reshape(2, 9) for i in range(5)], 1)
case("LocallyConnected1D", x, [w, b], torch.einsum("npk,pkf->npf", patches, w) + b)
case("MaxPooling1D", x, [], last(F.max_pool1d(first(x), 2)))
case("AveragePooling1D", x, [], last(F.avg_pool1d(first(x), 3, 2)))
w, b = torch.randn(3, 2, 3), torch.randn(2)  # [k, out, in]
case("Conv1DTranspose strides 2", x, [w, b], last(F.conv_transpose1d(first(x), w.movedim(-1, 0).movedim(-1, 1), b, stride=2)))

x = torch.randn(2, 6, 5, 3)
w, b = torch.randn(3, 2, 3, 4), torch.randn(4)
case("Conv2D", x, [w, b], last(F.conv2d(first(x), kernel(w), b)))
(t, u), (l, r) = same(6, 3, 2), same(5, 2, 2)
case("Conv2D same, strides 2", x, [w, b], last(F.conv2d(F.pad(first(x), (l, r, t, u)), kernel(w), b, stride=2)))
case("Conv2D dilation 2", x, [w, b], last(F.conv2d(first(x), kernel(w), b, dilation=2)))
d, c = torch.randn(3, 3, 3, 2), torch.randn(6)
case("DepthwiseConv2D", x, [d, c], last(F.conv2d(first(x), kernel(d.reshape(3, 3, 1, 6)), c, groups=3)))
p, c = torch.randn(1, 1, 6, 4), torch.randn(4)
case("SeparableConv2D same", x, [d, p, c],
     last(F.conv2d(F.conv2d(F.pad(first(x), (1, 1, 1, 1)), kernel(d.reshape(3, 3, 1, 6)), groups=3), kernel(p), c)))
w, b = torch.randn(3, 3, 2, 3), torch.randn(2)  # [k, k, out, in]
wt = w.movedim(-1, 0).movedim(-1, 1)
case("Conv2DTranspose strides 2", x, [w, b], last(F.conv_transpose2d(first(x), wt, b, stride=2)))
full = F.conv_transpose2d(first(x), wt, b, stride=2)  # 13, 11; same is 12, 10: the total padding of 12 by 3 with stride 2 is 1, all of it last
case("Conv2DTranspose same, strides 2", x, [w, b], last(full[:, :, :12, :10]))
case("Conv2DTranspose same, strides 2, output padding 1", x, [w, b], last(F.conv_transpose2d(first(x), wt, b, stride=2, padding=1, output_padding=1)))
w, b = torch.randn(16, 18, 2), torch.randn(4, 4, 2)
patches = torch.stack([x[:, i:i + 3, j:j + 2].reshape(2, 18) for i in range(4) for j in range(4)], 1)
case("LocallyConnected2D", x, [w, b], torch.einsum("npk,pkf->npf", patches, w).reshape(2, 4, 4, 2) + b)
case("MaxPooling2D", x, [], last(F.max_pool2d(first(x), 2)))
case("AveragePooling2D same", x, [], last(F.avg_pool2d(F.pad(first(x), (0, 1, 0, 0)), 2) * torch.tensor([1, 1, 2.0])))
case("UpSampling2D", x, [], last(F.interpolate(first(x), scale_factor=(2, 3), mode="nearest")))
case("UpSampling2D bilinear", x, [], last(F.interpolate(first(x), scale_factor=(2, 3), mode="bilinear")))
a = torch.rand(1, 1, 3)
case("PReLU", x, [a], last(F.prelu(first(x), a.flatten())))
for name, f in [("LeakyReLU", lambda v: F.leaky_relu(v, .3)), ("ELU", F.elu), ("ThresholdedReLU", lambda v: F.threshold(v, 1, 0)),
                ("ReLU", lambda v: v.clamp(0, 1)), ("Softmax axis 1", lambda v: v.softmax(1))]:
    case(name, x, [], f(x))
g, h, m, v = torch.rand(3), torch.randn(3), torch.randn(3), torch.rand(3)
case("BatchNormalization", x, [g, h, m, v], last(F.batch_norm(first(x), m, v, g, h, eps=1e-3)))
g5, h5, m5, v5 = torch.rand(5), torch.randn(5), torch.randn(5), torch.rand(5)
case("BatchNormalization axis 2", x, [g5, h5, m5, v5], F.batch_norm(x.movedim(2, 1), m5, v5, g5, h5, eps=1e-3).movedim(1, 2))
case("LayerNormalization", x, [g, h], F.layer_norm(x, (3,), g, h, eps=1e-3))

x = torch.randn(1, 4, 5, 3, 2)
w, b = torch.randn(2, 3, 2, 2, 3), torch.randn(3)
case("Conv3D", x, [w, b], last(F.conv3d(first(x), kernel(w), b)))
case("MaxPooling3D", x, [], last(F.max_pool3d(first(x), (2, 2, 3))))
case("AveragePooling3D", x, [], last(F.avg_pool3d(first(x), 2)))
w, b = torch.randn(2, 2, 2, 3, 2), torch.randn(3)
case("Conv3DTranspose strides 2", x, [w, b], last(F.conv_transpose3d(first(x), w.movedim(-1, 0).movedim(-1, 1), b, stride=2)))
case("GlobalMaxPooling3D", x, [], x.amax((1, 2, 3)))
case("GlobalAveragePooling3D", x, [], x.mean((1, 2, 3)))

with open("layers.json", "w") as file:
    file.write("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in cases.items()) + "\n}\n")
