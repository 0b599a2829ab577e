"""Logits of networks of Keras's applications with weights that a formula gives, for KerasClassifierTests: /usr/bin/python3 make_keras_logits.py > keras_logits.json
Here the networks are written once more, in PyTorch's functions and in the order of Keras's code, which numbers the layers that have no name.
With s = Σ (k + 1)·c_k mod 101 over the characters c of "layer/weight", element i of a weight in Keras's layout is v = ((37·i + s) mod 101 − 50)/50, for kernels times
√(4/fan in), for depthwise ones [h, w, c, 1] times √(1/(h·w)) (with more, rounding alone would change the fourth digit); gamma is 1 + v/5, moving_variance 1 + v/2, everything else v/10. Element i of the image [h, w, 3] is sin(0.11·i)."""
import json
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F

numbers, total = Counter(), Counter()


def weight(layer, name, *shape):
    seed = sum((k + 1) * ord(c) for k, c in enumerate(f"{layer}/{name}")) % 101
    v = ((37 * np.arange(np.prod(shape), dtype=np.int64) + seed) % 101 - 50) / 50
    total["all"] += v.size
    if "kernel" in name:
        v *= np.sqrt(1 / np.prod(shape[:2]) if name == "depthwise_kernel" else 4 / np.prod(shape[:-1]))
    else:
        v = 1 + v / 5 if name == "gamma" else 1 + v / 2 if name == "moving_variance" else v / 10
    if not name.startswith("moving"):
        total["learned"] += v.size
    return torch.tensor(v.reshape(shape), dtype=torch.float64)


def named(name, stem):
    if name is None:
        numbers[stem] += 1
        return f"{stem}_{numbers[stem]}"
    return name


def same(x, kernel, stride, value=0):
    h, w = [max((-(-n // stride) - 1) * stride + k - n, 0) for n, k in zip(x.shape[2:], kernel)]
    return F.pad(x, (w // 2, w - w // 2, h // 2, h - h // 2), value=value)


def pair(k):
    return k if isinstance(k, tuple) else (k, k)


def conv(x, filters, kernel, stride=1, padding="same", name=None, bias=False):
    name, kernel = named(name, "conv2d"), pair(kernel)
    w = weight(name, "kernel", *kernel, x.shape[1], filters).permute(3, 2, 0, 1)
    b = weight(name, "bias", filters) if bias else None
    return F.conv2d(same(x, kernel, stride) if padding == "same" else x, w, b, stride)


def separable(x, filters, kernel, stride=1, name=None):
    d = weight(name, "depthwise_kernel", kernel, kernel, x.shape[1], 1).permute(2, 3, 0, 1)
    p = weight(name, "pointwise_kernel", 1, 1, x.shape[1], filters).permute(3, 2, 0, 1)
    return F.conv2d(F.conv2d(same(x, pair(kernel), stride), d, stride=stride, groups=x.shape[1]), p)


def bn(x, name=None, scale=True):
    name, c = named(name, "batch_normalization"), x.shape[1]
    gamma = weight(name, "gamma", c) if scale else None
    beta, mean, variance = (weight(name, n, c) for n in ("beta", "moving_mean", "moving_variance"))
    return F.batch_norm(x, mean, variance, gamma, beta, eps=1e-3)


def top(x, classes=10):
    return x.mean((2, 3)) @ weight("predictions", "kernel", x.shape[1], classes) + weight("predictions", "bias", classes)


def xception(x):
    relu = F.relu
    x = relu(bn(conv(x, 32, 3, 2, "valid", "block1_conv1"), "block1_conv1_bn"))
    x = relu(bn(conv(x, 64, 3, 1, "valid", "block1_conv2"), "block1_conv2_bn"))

    def sep(x, filters, name):
        return bn(separable(x, filters, 3, name=name), name + "_bn")

    for block, inner, filters in [(2, 128, 128), (3, 256, 256), (4, 728, 728), *[(b, 728, 0) for b in range(5, 13)], (13, 728, 1024)]:
        if filters:
            shortcut = bn(conv(x, filters, 1, 2))
            x = sep(x if block == 2 else relu(x), inner, f"block{block}_sepconv1")
            x = sep(relu(x), filters, f"block{block}_sepconv2")
            x = F.max_pool2d(same(x, (3, 3), 2, -np.inf), 3, 2) + shortcut
        else:
            y = x
            for i in (1, 2, 3):
                y = sep(relu(y), 728, f"block{block}_sepconv{i}")
            x = x + y
    x = relu(sep(x, 1536, "block14_sepconv1"))
    return top(relu(sep(x, 2048, "block14_sepconv2")))


def inception_resnet_v2(x):
    def unit(x, filters, kernel, stride=1, padding="same", name=None):
        return F.relu(bn(conv(x, filters, kernel, stride, padding, name), name and name + "_bn", scale=False))

    def chain(x, *steps):
        for step in steps:
            x = unit(x, *step)
        return x

    def half(filters):
        return filters, 3, 2, "valid"

    x = F.max_pool2d(chain(x, half(32), (32, 3, 1, "valid"), (64, 3)), 3, 2)
    x = F.max_pool2d(chain(x, (80, 1, 1, "valid"), (192, 3, 1, "valid")), 3, 2)
    branches = [chain(x, (96, 1)), chain(x, (48, 1), (64, 5)), chain(x, (64, 1), (96, 3), (96, 3))]
    x = torch.cat([*branches, chain(F.avg_pool2d(x, 3, 1, 1, count_include_pad=False), (64, 1))], 1)
    kinds = {
        35: ([(32, 1)], [(32, 1), (32, 3)], [(32, 1), (48, 3), (64, 3)]),
        17: ([(192, 1)], [(128, 1), (160, (1, 7)), (192, (7, 1))]),
        8: ([(192, 1)], [(192, 1), (224, (1, 3)), (256, (3, 1))]),
    }

    def block(x, kind, index, scale, relu=True):
        y = torch.cat([chain(x, *steps) for steps in kinds[kind]], 1)
        y = x + scale * conv(y, x.shape[1], 1, name=f"block{kind}_{index}_conv", bias=True)
        return F.relu(y) if relu else y

    for i in range(10):
        x = block(x, 35, i + 1, 0.17)
    x = torch.cat([chain(x, half(384)), chain(x, (256, 1), (256, 3), half(384)), F.max_pool2d(x, 3, 2)], 1)
    for i in range(20):
        x = block(x, 17, i + 1, 0.1)
    x = torch.cat([chain(x, (256, 1), half(384)), chain(x, (256, 1), half(288)), chain(x, (256, 1), (288, 3), half(320)), F.max_pool2d(x, 3, 2)], 1)
    for i in range(9):
        x = block(x, 8, i + 1, 0.2)
    return top(unit(block(x, 8, 10, 1, relu=False), 1536, 1, name="conv_7b"))


def nasnet_mobile(x, repeats=4, stem=32, penultimate=1056):
    def sep(x, filters, kernel, name, stride=1):
        x = bn(separable(F.relu(x), filters, kernel, stride, f"separable_conv_1_{name}"), f"separable_conv_1_bn_{name}")
        return bn(separable(F.relu(x), filters, kernel, 1, f"separable_conv_2_{name}"), f"separable_conv_2_bn_{name}")

    def mean(x):
        return F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)

    def adjust(p, x, filters, i):
        if p is None:
            return x
        p_relu = F.relu(p)
        if p.shape[3] != x.shape[3]:
            shifted = F.pad(p_relu, (0, 1, 0, 1))[:, :, 1:, 1:]
            halves = [conv(y[:, :, ::2, ::2], filters // 2, 1, name=f"adjust_conv_{k}_{i}") for k, y in ((1, p_relu), (2, shifted))]
            return bn(torch.cat(halves, 1), f"adjust_bn_{i}")
        return bn(conv(p_relu, filters, 1, name=f"adjust_conv_projection_{i}"), f"adjust_bn_{i}")

    def normal(x, p, f, i):
        p = adjust(p, x, f, i)
        h = bn(conv(F.relu(x), f, 1, name=f"normal_conv_1_{i}"), f"normal_bn_1_{i}")
        x1 = sep(h, f, 5, f"normal_left1_{i}") + sep(p, f, 3, f"normal_right1_{i}")
        x2 = sep(p, f, 5, f"normal_left2_{i}") + sep(p, f, 3, f"normal_right2_{i}")
        x5 = sep(h, f, 3, f"normal_left5_{i}") + h
        return torch.cat([p, x1, x2, mean(h) + p, 2 * mean(p), x5], 1), x

    def reduction(x, p, f, i):
        p = adjust(p, x, f, i)
        h = bn(conv(F.relu(x), f, 1, name=f"reduction_conv_1_{i}"), f"reduction_bn_1_{i}")
        padded = same(h, (3, 3), 2)
        x1 = sep(h, f, 5, f"reduction_left1_{i}", 2) + sep(p, f, 7, f"reduction_right1_{i}", 2)
        x2 = F.max_pool2d(padded, 3, 2) + sep(p, f, 7, f"reduction_right2_{i}", 2)
        x3 = F.avg_pool2d(padded, 3, 2) + sep(p, f, 5, f"reduction_right3_{i}", 2)
        x5 = sep(x1, f, 3, f"reduction_left4_{i}") + F.max_pool2d(padded, 3, 2)
        return torch.cat([x2, x3, mean(x1) + x2, x5], 1), x

    f = penultimate // 24
    x = bn(conv(x, stem, 3, 2, "valid", "stem_conv1"), "stem_bn1")
    x, p = reduction(x, None, f // 4, "stem_1")
    x, p = reduction(x, p, f // 2, "stem_2")
    for stage in range(3):
        if stage:
            x, p = reduction(x, p, f << stage, f"reduce_{stage * repeats}")
        for i in range(repeats):
            x, p = normal(x, p, f << stage, stage * repeats + i + (stage > 0))
    return top(F.relu(x))


result = {}
for net, height, width in [(xception, 72, 89), (inception_resnet_v2, 75, 80), (nasnet_mobile, 64, 83)]:
    numbers.clear()
    total.clear()
    image = np.sin(0.11 * np.arange(3 * height * width)).reshape(1, height, width, 3).transpose(0, 3, 1, 2)
    with torch.no_grad():
        logits = net(torch.tensor(image, dtype=torch.float64))[0]
    result[net.__name__] = {"image": [height, width], "weights": total["all"], "learned": total["learned"], "logits": [float(f) for f in logits]}
print(json.dumps(result))
