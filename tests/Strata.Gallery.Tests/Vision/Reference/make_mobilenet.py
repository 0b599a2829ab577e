"""Logits of MobileNet, written down here with PyTorch's functions from its paper and Keras's layout, for MobileNetTests: python3 make_mobilenet.py > mobilenet.json
Array k in the order of Keras's weights has the elements v(i) = sin(37·i² + k), i counting its elements: kernels [h, w, in, out] and [h, w, channels, multiplier]
are 2·v/√fan in, scales 1 + v/5, shifts 3 + v (so that ReLU6 cuts off a fifth), variances 1 + v/2, means and the last bias v/10. Element i of the image [h, w, 3]
is sin(0.11·i)."""
import json

import numpy as np
import torch
import torch.nn.functional as F

number = 0


def array(shape, f):
    global number
    v = np.sin(37.0 * np.arange(np.prod(shape)) ** 2 + number).reshape(shape)
    number += 1
    return torch.tensor(f(v), dtype=torch.float32)


def kernel(shape, fan_in):
    return array(shape, lambda v: 2 * v / np.sqrt(fan_in))


def normalized(x):
    scale, shift, mean, variance = (array((x.shape[1],), f) for f in (lambda v: 1 + v / 5, lambda v: 3 + v, lambda v: v / 10, lambda v: 1 + v / 2))
    return F.relu6(F.batch_norm(x, mean, variance, scale, shift, eps=1e-3))


def bordered(x, stride):
    return F.pad(x, (1, 1, 1, 1) if stride == 1 else (0, 1, 0, 1))


def mobilenet(x, alpha, multiplier, classes):
    filters = int(32 * alpha)
    x = normalized(F.conv2d(bordered(x, 2), kernel((3, 3, 3, filters), 27).permute(3, 2, 0, 1), stride=2))
    for filters, stride in [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + [(512, 1)] * 5 + [(1024, 2), (1024, 1)]:
        channels = x.shape[1]
        depthwise = kernel((3, 3, channels, multiplier), 9).reshape(3, 3, 1, channels * multiplier).permute(3, 2, 0, 1)
        x = normalized(F.conv2d(bordered(x, stride), depthwise, stride=stride, groups=channels))
        filters = int(filters * alpha)
        x = normalized(F.conv2d(x, kernel((1, 1, x.shape[1], filters), x.shape[1]).permute(3, 2, 0, 1)))
    x = x.mean((2, 3), keepdim=True)
    return F.conv2d(x, kernel((1, 1, x.shape[1], classes), x.shape[1]).permute(3, 2, 0, 1), array((classes,), lambda v: v / 10)).flatten()


result = {}
for alpha, multiplier, height, width in [(0.5, 1, 64, 64), (0.25, 2, 64, 77)]:
    number = 0
    image = torch.tensor(np.sin(0.11 * np.arange(height * width * 3)).reshape(1, height, width, 3), dtype=torch.float32)
    result[f"{alpha} {multiplier} {height} {width}"] = [float(f) for f in mobilenet(image.permute(0, 3, 1, 2), alpha, multiplier, 10)]
print(json.dumps(result))
