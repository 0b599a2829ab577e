"""Writes pictures that Pillow resized, for ResizeTests: python3 make_resize.py"""
import os

import numpy as np
from PIL import Image

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Resize")
y, x = np.mgrid[0:33, 0:41]
rng = np.random.default_rng(1)
rgba = np.stack([255 * ((x // 5 + y // 3) % 2), 128 + 120 * np.sin(x / 3), 255 * y / 32, 255 * (x > y)], -1) + rng.normal(0, 8, (33, 41, 4))
source = Image.fromarray(np.clip(rgba, 0, 255).astype(np.uint8))
source.save(os.path.join(folder, "source.png"))
filters = dict(nearest=Image.NEAREST, area=Image.BOX, bilinear=Image.BILINEAR, bicubic=Image.BICUBIC, lanczos=Image.LANCZOS)
for name, filter in filters.items():
    for height, width in [(11, 13), (50, 64), (33, 20), (70, 41), (1, 1)]:
        source.convert("RGB").resize((width, height), filter).save(os.path.join(folder, f"rgb-{name}-{height}-{width}.png"))
    source.resize((20, 15), filter).save(os.path.join(folder, f"rgba-{name}-15-20.png"))
    source.convert("L").resize((64, 9), filter).save(os.path.join(folder, f"grey-{name}-9-64.png"))
