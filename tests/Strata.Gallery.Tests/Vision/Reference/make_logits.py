"""Logits of torchvision's networks with weights that a formula gives, for ImageClassifierTests: python3 make_logits.py > logits.json
Tensor t of a state dictionary (in its order, counters left out) has the elements v(i) = sin(0.37·i + t), i counting its elements in PyTorch's order:
convolution and dense weights are v·√(3/fan in); scales 1 + v/5; running variances 1 + v/2; everything else v/10. Element i of the image [3, h, w] is sin(0.11·i)."""
import json

import numpy as np
import torch
import torchvision

result = {}
arguments = {"googlenet": {"aux_logits": False, "init_weights": False}, "mobilenet_v2": {"width_mult": 0.35}}
for name, side in [("resnet18", 64), ("googlenet", 64), ("densenet121", 64), ("mobilenet_v2", 64)]:
    net = getattr(torchvision.models, name)(weights=None, num_classes=10, **arguments.get(name, {})).eval()
    state = net.state_dict()
    for number, key in enumerate(k for k in state if not k.endswith("num_batches_tracked")):
        shape = tuple(state[key].shape)
        v = np.sin(0.37 * np.arange(np.prod(shape)) + number)
        if len(shape) > 1:
            v *= np.sqrt(3 / np.prod(shape[1:]))
        elif key.endswith("running_var"):
            v = 1 + v / 2
        elif key.endswith("weight"):
            v = 1 + v / 5
        else:
            v = v / 10
        state[key] = torch.tensor(v.reshape(shape), dtype=torch.float32)
    net.load_state_dict(state)
    image = np.sin(0.11 * np.arange(3 * side * side)).reshape(1, 3, side, side)
    with torch.no_grad():
        result[name] = [float(f) for f in net(torch.tensor(image, dtype=torch.float32))[0]]
print(json.dumps(result))
