"""Makes the files lists*.npy, lists*.npz and objects-*.npy in Arrays/Files/ for ListTests: arrays of objects as NumPy writes them.
Run: python3 make_lists.py (Debian package python3-numpy). Every good file is read back by NumPy here."""
import io
import os
import pickle
import sys

import numpy as np

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "Files"))


def ragged(*rows):
    array = np.empty(len(rows), object)
    for i, row in enumerate(rows):  # all at once, NumPy would look into rows of one length
        array[i] = row
    return array


# One and two bytes, four, eight; a list without numbers; a list that stands twice.
twice = [7, 8]
LISTS = ragged([1, 2, 255], [], [256, 65535, 65536, -5, 2**31 - 1, -(2**31)], twice, twice, (9, 10), list(range(1200)))


def header(array):
    to = io.BytesIO()
    np.lib.format.write_array_header_1_0(to, np.lib.format.header_data_from_array_1_0(array))
    return to.getvalue()


def write(name, array, pickled):
    with open(name, "wb") as f:
        f.write(header(array) + pickled)
    assert repr(np.load(name, allow_pickle=True, encoding="latin1").tolist()) == repr(array.tolist()), name


np.save("lists.npy", LISTS, allow_pickle=True)
for protocol in range(2, 6):
    write(f"lists-protocol{protocol}.npy", LISTS, pickle.dumps(LISTS, protocol=protocol))
np.save("lists-empty.npy", np.empty(0, object), allow_pickle=True)

# NumPy 2 writes protocol 4 and another module; the length of the name and of the frame around it are one more.
sys.modules["numpy._core"], sys.modules["numpy._core.multiarray"] = np.core, np.core.multiarray
short = ragged([1, 2], [3])
pickled = pickle.dumps(short, protocol=4)
assert pickled[2] == 0x95 and pickled.count(b"\x8c\x15numpy.core.multiarray") == 1
frame = int.from_bytes(pickled[3:11], "little") + 1
write("lists-numpy2.npy", short, pickled[:3] + frame.to_bytes(8, "little") + pickled[11:].replace(b"\x8c\x15numpy.core.multiarray", b"\x8c\x16numpy._core.multiarray"))

# What Python 2 wrote: its strings stand where Python 3 has bytes and texts.
write("lists-python2.npy", short,
      b"\x80\x02cnumpy.core.multiarray\n_reconstruct\nq\x01cnumpy\nndarray\nq\x02K\x00\x85U\x01b\x87Rq\x03(K\x01K\x02\x85cnumpy\ndtype\nq\x04U\x02O8K\x00K\x01\x87Rq\x05"
      b"(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK?tb\x89]q\x06(]q\x07(K\x01K\x02e]q\x08K\x03aetb.")

np.savez("lists.npz", x=LISTS, y=np.arange(7))
np.savez_compressed("lists-deflated.npz", x=LISTS, y=np.arange(7))
np.savez_compressed("lists-alike.npz", x=ragged(*([0] * 300 for _ in range(4000))))  # deflate makes a 150th of it


class Runs:
    """What a hostile file does: unpickling it calls os.system."""

    def __reduce__(self):
        return os.system, ("echo it ran > /tmp/strata-array-ran",)


objects = {
    "code": ragged([1], Runs()),
    "text": ragged([1, "a"]),
    "none": ragged([1], None),
    "fraction": ragged([1, 0.5]),
    "truth": ragged([True]),
    "large": ragged([2**31]),
    "huge": ragged([2**70]),
    "number": ragged(1, 2),
    "nested": ragged([[1]], [2]),
    "array": ragged(np.arange(2), [1]),
    "scalar": ragged([np.int64(1)]),
    "matrix": np.array([[1, 2], [3, 4]], object),
    "set": ragged({1}),
}
for name, array in objects.items():
    np.save(f"objects-{name}.npy", array, allow_pickle=True)
