"""Writes weights in the layouts of Keras's files, of versions 2 and 3. Keras is not needed: the layouts are those of its saving code. Run with an interpreter that has
h5py 3.7: python3 make_keras.py. Element i of the k-th array is k + i / 1000."""
import json
import os
import zipfile

import h5py
import numpy as np

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "Files"))

# The net: Conv2D(2, 3), BatchNormalization, Reshape, Bidirectional(LSTM(2)), Dense(3), Dense(2) on [6, 6, 1].
SHAPES = {
    "conv2d": [("kernel", (3, 3, 1, 2)), ("bias", (2,))],
    "batch_normalization": [("gamma", (2,)), ("beta", (2,)), ("moving_mean", (2,)), ("moving_variance", (2,))],
    "bidirectional": [(way + name, shape) for way in ["forward", "backward"] for name, shape in [("kernel", (8, 8)), ("recurrent_kernel", (2, 8)), ("bias", (8,))]],
    "dense": [("kernel", (4, 3)), ("bias", (3,))],
    "dense_1": [("kernel", (3, 2)), ("bias", (2,))],
}


def arrays():
    k = 0
    for layer, weights in SHAPES.items():
        for name, shape in weights:
            yield layer, name, (k + np.arange(np.prod(shape)) / 1000).astype(np.float32).reshape(shape)
            k += 1


def two(path, first, numbered):
    """Keras 2's save_weights (first is empty) and save; numbered: from 1, as before TensorFlow 2."""
    with h5py.File(path, "w") as file:
        root = file.create_group(first) if first else file
        names = {}
        for layer, name, value in arrays():
            stem = layer.split("_1")[0]
            called = {"dense": "dense_1", "dense_1": "dense_2"}.get(layer, layer + "_1") if numbered else layer
            way = name.startswith("forward") and "forward_" or name.startswith("backward") and "backward_" or ""
            inner = f"{called}/{way}lstm{'_1' if numbered else '/lstm_cell_1'}/" if way else f"{called}/"
            weight = f"{inner}{name.removeprefix('forward').removeprefix('backward')}:0"
            root[f"{called}/{weight}"] = value
            names.setdefault(called, []).append(weight.encode())
        root.create_group("reshape_1" if numbered else "reshape").attrs["weight_names"] = np.array([])
        for called, weights in names.items():
            root[called].attrs["weight_names"] = weights
        root.attrs["layer_names"] = [n.encode() for n in names]
        root.attrs["backend"] = b"tensorflow"
        root.attrs["keras_version"] = b"2.2.4"
        if first:
            file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"layers": list(names)}}).encode()
            file["optimizer_weights/Adam/iterations:0"] = np.int64(3)


def three(path):
    """Keras 3's save_weights."""
    with h5py.File(path, "w") as file:
        numbers = {}
        for layer, name, value in arrays():
            way = "forward" if name.startswith("forward") else "backward" if name.startswith("backward") else ""
            inner = f"layers/{layer}/{way}_layer/cell/vars" if way else f"layers/{layer}/vars"
            number = numbers[inner] = numbers.get(inner, -1) + 1
            file[f"{inner}/{number}"] = value
        for way in ["forward", "backward"]:
            file[f"layers/bidirectional/{way}_layer/cell/seed_generator/vars/0"] = np.array([0, 7], np.uint32)
        file.create_group("layers/reshape/vars")
        file["optimizer/vars/0"] = np.int64(3)
        file["vars/0"] = np.float32(1)


two("keras-2.2.4.h5", "", numbered=True)
two("keras-2-model.h5", "model_weights", numbered=False)
three("keras-3.weights.h5")
with zipfile.ZipFile("keras-3.keras", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("metadata.json", json.dumps({"keras_version": "3.3.3"}))
    archive.writestr("config.json", "{}")
    archive.write("keras-3.weights.h5", "model.weights.h5")
