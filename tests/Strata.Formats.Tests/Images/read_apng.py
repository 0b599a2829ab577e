"""Reads an animated PNG file with Pillow and prints what is in it: a second reader for what AnimatedPng writes.

    python3 read_apng.py FILE [FOLDER]

With a folder, each frame is saved there as a still picture.
"""
import sys
import zlib

from PIL import Image, ImageSequence

film = Image.open(sys.argv[1])
print(film.size, film.mode, "frames", film.n_frames, "loop", film.info.get("loop"), "ms", film.info.get("duration"))
for i, frame in enumerate(ImageSequence.Iterator(film)):
    pixels = frame.convert("RGB")
    print(i, f"{zlib.crc32(pixels.tobytes()):08x}")
    if len(sys.argv) > 2:
        pixels.save(f"{sys.argv[2]}/{i:04}.png")
