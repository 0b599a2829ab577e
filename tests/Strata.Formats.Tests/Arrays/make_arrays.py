"""Makes the files in Arrays/Files/ with NumPy for NpyTests and NpzTests. Run: python3 make_arrays.py (Debian package python3-numpy).
Every array holds arange(size) − 3 (unsigned: arange(size); truth values: its parity; floats: quarters of it), shaped [2, 3, 4]."""
import json
import os
import struct

import numpy as np

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Files")
os.makedirs(OUT, exist_ok=True)


def values(dtype):
    n = np.arange(24)
    if dtype.kind == "b":
        return (n % 2 == 1).reshape(2, 3, 4)
    if dtype.kind == "f":
        n = (n - 3) / 4
    elif dtype.kind == "i":
        n = n - 3
    return n.astype(dtype).reshape(2, 3, 4)


CODES = ["|b1", "|u1", "|i1", "<u2", "<i2", "<u4", "<i4", "<u8", "<i8", "<f2", "<f4", "<f8", ">i2", ">i4", ">i8", ">f4", ">f8"]
for code in CODES:
    name = code.replace("<", "").replace("|", "").replace(">", "big-")
    np.save(f"{OUT}/{name}.npy", values(np.dtype(code)))
np.save(f"{OUT}/fortran.npy", np.asfortranarray(values(np.dtype("<f4"))))
np.save(f"{OUT}/scalar.npy", np.float32(2.5))
np.save(f"{OUT}/vector.npy", np.arange(5, dtype=np.int64))
np.save(f"{OUT}/empty.npy", np.zeros((0, 3), np.float32))
np.save(f"{OUT}/complex.npy", np.zeros(2, np.complex64))
np.save(f"{OUT}/record.npy", np.zeros(2, np.dtype([("a", "<f4"), ("b", "<i4")])))
np.save(f"{OUT}/object.npy", np.array([None, 1], object), allow_pickle=True)
with open(f"{OUT}/version2.npy", "wb") as f:
    np.lib.format.write_array(f, values(np.dtype("<f4")), version=(2, 0))
np.savez(f"{OUT}/stored.npz", a=values(np.dtype("<f4")), **{"layer/kernel": np.arange(6, dtype=np.int32).reshape(2, 3)})
np.savez_compressed(f"{OUT}/deflated.npz", a=values(np.dtype("<f4")), zeros=np.zeros((100, 100), np.float64))


# A safetensors file, byte by byte after the format's description (the reference writer's own order: by size of element, then by name).
def safetensors(path, tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name, (dtype, array) in tensors.items():
        raw = array.tobytes()
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + data)


TYPES = {"F64": "<f8", "I64": "<i8", "U64": "<u8", "F32": "<f4", "I32": "<i4", "U32": "<u4", "BF16": None, "F16": "<f2", "I16": "<i2", "U16": "<u2", "BOOL": "?", "I8": "i1", "U8": "u1"}
tensors = {}
for dtype, code in TYPES.items():
    array = values(np.dtype(code or "<f4"))
    tensors[dtype.lower()] = (dtype, array if code else (array.view("<u4") >> 16).astype("<u2"))
tensors["scalar"] = ("F32", np.array(2.5, np.float32))
tensors["empty"] = ("F32", np.zeros((0, 3), np.float32))
safetensors(f"{OUT}/types.safetensors", tensors, {"format": "pt", "note": "ünïcode"})
