"""Writes the JPEG, BMP and Netpbm files of the tests, and beside each the pixels that libjpeg-turbo or Pillow decode, as PNG.
Needs Pillow and Debian's libjpeg-turbo-progs and netpbm: python3 make_jpeg.py"""
import io
import os
import struct
import subprocess

import numpy as np
from PIL import Image

here = os.path.dirname(os.path.abspath(__file__))
jpeg, other = os.path.join(here, "Jpeg"), os.path.join(here, "Other")


def picture(height, width):
    """Smooth parts, edges and a little noise, in three channels that differ."""
    y, x = np.mgrid[0:height, 0:width]
    rng = np.random.default_rng(height * 1000 + width)
    rgb = np.stack([128 + 100 * np.sin(x / 5) * np.cos(y / 7), 255 * x / max(width - 1, 1), 255 * ((x // 6 + y // 4) % 2)], axis=-1)
    return np.clip(rgb + rng.normal(0, 6, rgb.shape), 0, 255).astype(np.uint8)


def save(name, data, convert="RGB"):
    with open(os.path.join(jpeg, name + ".jpg"), "wb") as f:
        f.write(data)
    Image.open(io.BytesIO(data)).convert(convert).save(os.path.join(jpeg, name + ".png"))


def cjpeg(image, *arguments):
    ppm = io.BytesIO()
    image.save(ppm, "PPM")
    return subprocess.run(["cjpeg", "-dct", "int", *arguments], input=ppm.getvalue(), stdout=subprocess.PIPE, check=True).stdout


color = Image.fromarray(picture(45, 61))
for sampling in ["1x1", "2x1", "1x2", "2x2", "4x1", "1x4", "4x2", "3x1"]:
    save(f"color-{sampling}", cjpeg(color, "-sample", sampling, "-quality", "85"))
    save(f"progressive-{sampling}", cjpeg(color, "-sample", sampling, "-quality", "85", "-progressive"))
for side in [1, 2, 3, 7, 8, 9, 16, 17]:
    save(f"size-{side}", cjpeg(Image.fromarray(picture(side, 18 - side)), "-sample", "2x2", "-quality", "90"))
save("grey", cjpeg(color, "-grayscale"), "L")
save("grey-progressive", cjpeg(color, "-grayscale", "-progressive"), "L")
save("rgb", cjpeg(color, "-rgb"))
save("restart-units", cjpeg(color, "-restart", "3B", "-sample", "2x2"))
save("restart-rows", cjpeg(color, "-restart", "1", "-sample", "2x1"))
save("restart-progressive", cjpeg(color, "-restart", "2B", "-progressive"))
save("optimized", cjpeg(color, "-optimize", "-quality", "30"))
save("coarse", cjpeg(color, "-quality", "1", "-progressive"))
save("fine", cjpeg(color, "-quality", "100"))
scans = os.path.join(here, "scans.txt")
with open(scans, "w") as f:
    f.write("0; 1; 2;")
save("one-component-a-scan", cjpeg(color, "-scans", scans, "-sample", "2x2"))
os.remove(scans)

to = io.BytesIO()
color.convert("CMYK").save(to, "JPEG", quality=90)
save("cmyk-adobe", to.getvalue())
plain = to.getvalue()
at = plain.index(b"\xff\xee")
save("cmyk-plain", plain[:at] + plain[at + 2 + int.from_bytes(plain[at + 2 : at + 4], "big") :])
exif = Image.Exif()
exif[0x0112] = 6  # orientation: turned
to = io.BytesIO()
color.save(to, "JPEG", quality=80, exif=exif, comment=b"a comment")
save("exif", to.getvalue())
with open(os.path.join(jpeg, "arithmetic.jpg"), "wb") as f:
    f.write(cjpeg(color, "-arithmetic"))


def keep(name, data, mode="RGB"):
    path = os.path.join(other, name)
    with open(path, "wb") as f:
        f.write(data)
    Image.open(path).convert(mode).save(path + ".png")


def saved(image, kind):
    to = io.BytesIO()
    image.save(to, kind)
    return to.getvalue()


small = Image.fromarray(picture(9, 13))
keep("rgb.bmp", saved(small, "BMP"))
keep("unused-byte.bmp", saved(Image.fromarray(np.dstack([picture(9, 13), picture(9, 13)[..., :1]])), "BMP"))
rgba = np.dstack([picture(3, 5), picture(3, 5)[..., :1]])
header = struct.pack("<IiiHHIIiiIIIIII", 108, 5, -3, 1, 32, 3, 0, 0, 0, 0, 0, 0xFF000000, 0xFF0000, 0xFF00, 0xFF) + bytes(52)
keep("alpha-field.bmp", b"BM" + struct.pack("<IHHI", 0, 0, 0, 14 + len(header)) + header + rgba[..., ::-1].tobytes(), "RGBA")
keep("palette.bmp", saved(small.quantize(20), "BMP"))
keep("grey.bmp", saved(small.convert("L"), "BMP"))
keep("black.bmp", saved(small.convert("1"), "BMP"))
ppm = saved(small.quantize(12).convert("RGB"), "PPM")
keep("sixteen.bmp", subprocess.run(["ppmtobmp"], input=ppm, stdout=subprocess.PIPE, check=True).stdout)
keep("old.bmp", subprocess.run(["ppmtobmp", "-os2"], input=ppm, stdout=subprocess.PIPE, check=True).stdout)
keep("rgb.ppm", saved(small, "PPM"))
keep("grey.pgm", saved(small.convert("L"), "PPM"), "L")
keep("black.pbm", saved(small.convert("1"), "PPM"), "L")
for name, mode in [("rgb.ppm", "RGB"), ("grey.pgm", "L"), ("black.pbm", "L")]:
    with open(os.path.join(other, name), "rb") as f:
        text = subprocess.run(["pnmtopnm", "-plain"], input=f.read(), stdout=subprocess.PIPE, check=True).stdout
    keep("plain-" + name, text.replace(b"\n", b"\n# a comment\n", 1), mode)
