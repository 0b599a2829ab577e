"""Makes a folder of JPEG photographs-like pictures and times Pillow on it as `Strata.Bench images FOLDER` times Strata:
python3 pillow_images.py FOLDER [THREADS]"""
import concurrent.futures
import os
import sys
import time

import numpy as np
from PIL import Image

folder = sys.argv[1]
threads = int(sys.argv[2]) if len(sys.argv) > 2 else os.cpu_count()
if not os.path.isdir(folder):
    rng = np.random.default_rng(0)
    y, x = np.mgrid[0:375, 0:500]
    for i in range(200):
        os.makedirs(os.path.join(folder, f"class{i % 4}"), exist_ok=True)
        waves = [128 + 80 * np.sin(x * a + y * b + c) for a, b, c in rng.uniform(0, 0.1, (3, 3))]
        noise = np.asarray(Image.fromarray(rng.integers(0, 255, (94, 125, 3), dtype=np.uint8)).resize((500, 375), Image.BICUBIC))
        pixels = np.clip(0.7 * np.stack(waves, -1) + 0.3 * noise, 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(os.path.join(folder, f"class{i % 4}", f"{i}.jpg"), quality=85)

paths = [os.path.join(d, f) for d, _, files in os.walk(folder) for f in files]


def load(path):
    image = Image.open(path).convert("RGB").resize((224, 224), Image.BILINEAR)
    return np.asarray(image, dtype=np.float32) / 255


best, least = 0, float("inf")  # the processor's time is steadier than the clock's where others work too
with concurrent.futures.ThreadPoolExecutor(threads) as pool:
    for _ in range(4):
        begin, used = time.perf_counter(), time.process_time()
        pictures = list(pool.map(load, paths))
        batches = [np.stack(pictures[i : i + 32]) for i in range(0, len(pictures), 32)]
        best = max(best, len(paths) / (time.perf_counter() - begin))
        least = min(least, (time.process_time() - used) / len(paths))
print(f"{len(paths)} pictures, {threads} threads: {best:.0f} pictures/s, {least * 1000:.2f} ms of processor time each")
