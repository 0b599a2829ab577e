"""Makes the pictures in Png/ with netpbm's pnmtopng (libpng) for PngTests: each color type, depth and interlacing.
Run: python3 make_png.py (Debian packages netpbm, python3-pil, python3-numpy). The pixels follow a formula that PngTests computes too."""
import os
import subprocess
import tempfile

import numpy as np
from PIL import Image

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Png")
GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
FILTERS = ["-nofilter", "-sub", "-up", "-avg", "-paeth"]


def sample(h, w, c):
    y, x = np.mgrid[0:h, 0:w].astype(np.int64)
    return (x * 5003 + y * 9001 + c * 20011 + x * y * 1009) & 0xFFFF


def color(i):
    return np.stack([i * 37 & 255, 255 - (i * 11 & 255), i * 5 + 3 & 255], -1)


def pnm(path, pixels, maxval):
    h, w = pixels.shape[:2]
    kind = b"P6" if pixels.ndim == 3 else b"P5"
    with open(path, "wb") as f:
        f.write(b"%s\n%d %d\n%d\n" % (kind, w, h, maxval))
        f.write(pixels.astype(">u2" if maxval > 255 else "u1").tobytes())


def write(name, kind, depth, pixels, alpha=None, interlace=False, extra=()):
    maxval = 255 if kind == PALETTE else (1 << depth) - 1
    with tempfile.TemporaryDirectory() as d:
        pnm(f"{d}/p", pixels, maxval)
        args = ["pnmtopng", *extra]
        if kind != PALETTE:
            args.append("-force")
        if interlace:
            args.append("-interlace")
        if alpha is not None:
            pnm(f"{d}/a", alpha, maxval)
            args += ["-alpha", f"{d}/a"]
        data = subprocess.run([*args, f"{d}/p"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    got = (data[25], data[24], data[28])
    assert got == (kind, depth, int(interlace)), (name, got)
    with open(f"{OUT}/{name}.png", "wb") as f:
        f.write(data)


def main():
    os.makedirs(OUT, exist_ok=True)
    n = 0
    for interlace in (False, True):
        tail = "-interlaced" if interlace else ""
        for h, w in ((9, 13), (1, 1), (3, 2)) if interlace else ((9, 13),):
            size = f"-{w}x{h}"
            for depth in (1, 2, 4, 8, 16):
                n += 1
                extra = [FILTERS[n % 5]]
                s = [sample(h, w, c) >> (16 - depth) for c in range(4)]
                write(f"grey{depth}{size}{tail}", GREY, depth, s[0], None, interlace, extra)
                if depth <= 8 and w > 2:
                    write(f"palette{depth}{size}{tail}", PALETTE, depth, color(s[0]), None, interlace, extra)
                if depth >= 8:
                    rgb = np.stack(s[:3], -1)
                    write(f"rgb{depth}{size}{tail}", RGB, depth, rgb, None, interlace, extra)
                    if w > 2:  # (libpng's tool drops an alpha channel that a tiny picture does not need)
                        write(f"greyalpha{depth}{size}{tail}", GREY_ALPHA, depth, s[0], s[3], interlace, extra)
                        write(f"rgba{depth}{size}{tail}", RGBA, depth, rgb, s[3], interlace, extra)
    # One transparent color (tRNS): the color of the pixel at (0, 0), which is 0 or black.
    h, w = 9, 13
    for depth in (8, 16):
        s = [sample(h, w, c) >> (16 - depth) for c in range(3)]
        key = "#%s" % "".join(("%02x" if depth == 8 else "%04x") % v[0, 0] for v in s)
        write(f"rgb{depth}-key", RGB, depth, np.stack(s, -1), extra=["-transparent", key])
    # Pillow: transparency of grey and of palettes.
    for depth in (1, 2, 4, 8):
        index = (sample(h, w, 0) >> (16 - depth)).astype(np.uint8)
        im = Image.fromarray(index, "P")
        count = 1 << depth
        im.putpalette(color(np.arange(count)).astype(np.uint8).tobytes())
        im.save(f"{OUT}/palette{depth}-alpha.png", bits=depth, transparency=bytes((i * 40 + 5) & 255 for i in range(count // 2)))
    Image.fromarray((sample(h, w, 0) >> 8).astype(np.uint8), "L").save(f"{OUT}/grey8-key.png", transparency=int(sample(h, w, 0)[2, 3] >> 8))
    # A smooth picture large enough for every filter and several chunks, Pillow's own choice of filters.
    y, x = np.mgrid[0:64, 0:80]
    rgb = np.stack([x * 3, y * 4 - x // 2, (x * y) // 20], -1).clip(0, 255).astype(np.uint8)
    Image.fromarray(rgb, "RGB").save(f"{OUT}/smooth.png")


main()
