"""Pillow beside `Strata.Bench images`, which calls this script.

python3 pillow_images.py make FOLDER           writes FOLDER/jpeg and FOLDER/png: 200 pictures like photographs in four classes each
python3 pillow_images.py time FOLDER THREADS   prints pictures a second and the processor's milliseconds of each as JSON: decoded, resized to
                                               224 x 224 and put into batches by threads, and by as many processes (which here hand nothing over)
"""
import concurrent.futures
import json
import multiprocessing
import os
import resource
import sys
import time

import numpy as np
from PIL import Image


def make(folder):
    rng = np.random.default_rng(0)
    y, x = np.mgrid[0:375, 0:500]
    for i in range(200):
        waves = [128 + 80 * np.sin(x * a + y * b + c) for a, b, c in rng.uniform(0, 0.1, (3, 3))]
        noise = np.asarray(Image.fromarray(rng.integers(0, 255, (94, 125, 3), dtype=np.uint8)).resize((500, 375), Image.BICUBIC))
        picture = Image.fromarray(np.clip(0.7 * np.stack(waves, -1) + 0.3 * noise, 0, 255).astype(np.uint8))
        for kind, ending, options in (("jpeg", "jpg", {"quality": 85}), ("png", "png", {})):
            place = os.path.join(folder, kind, f"class{i % 4}")
            os.makedirs(place, exist_ok=True)
            picture.save(os.path.join(place, f"{i}.{ending}"), **options)


def load(path):
    image = Image.open(path).convert("RGB").resize((224, 224), Image.BILINEAR)
    return np.asarray(image, dtype=np.float32) / 255


def batches(paths):
    return [np.stack([load(p) for p in paths[i : i + 32]]) for i in range(0, len(paths), 32)]


def count(paths):
    return sum(len(b) for b in batches(paths))


def used():
    return sum(t.ru_utime + t.ru_stime for t in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)))


def measure(folder, threads):
    paths = [os.path.join(d, f) for d, _, files in os.walk(folder) for f in files]
    parts = [paths[i::threads] for i in range(threads)]
    best = {"threads": 0.0, "processes": 0.0}
    least = float("inf")
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        for _ in range(3):
            begin, before = time.perf_counter(), used()
            pictures = list(pool.map(load, paths))
            stacked = [np.stack(pictures[i : i + 32]) for i in range(0, len(pictures), 32)]
            best["threads"] = max(best["threads"], sum(len(b) for b in stacked) / (time.perf_counter() - begin))
            least = min(least, (used() - before) / len(paths))
    with multiprocessing.get_context("fork").Pool(threads) as pool:
        for _ in range(3):
            begin = time.perf_counter()
            assert sum(pool.map(count, parts)) == len(paths)
            best["processes"] = max(best["processes"], len(paths) / (time.perf_counter() - begin))
    print(json.dumps({**best, "milliseconds": least * 1000}))


if sys.argv[1] == "make":
    make(sys.argv[2])
else:
    measure(sys.argv[2], int(sys.argv[3]))
