"""Writes the HDF5 files that the tests read. Run with an interpreter that has h5py 3.7: python3 make_hdf5.py"""
import os

import h5py
import numpy as np

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "Files"))

TYPES = ["float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", ">f4", ">i2"]


def fill(file):
    for i, name in enumerate(TYPES):  # a group of more than 8 would have a heap in the newer form
        first = 0 if name.startswith("uint") else -2
        file[f"types{i % 2}/" + name.replace(">", "big-")] = np.arange(first, first + 6).astype(name).reshape(2, 3)
    file["scalar"] = np.float32(1.5)
    file["empty"] = np.zeros((3, 0), np.float32)
    file["text"] = "no numbers"
    file["texts"] = np.array([b"a", b"bc"])
    file.attrs["note"] = "an attribute"
    file["types0"].attrs["names"] = np.array([b"float16", b"float32"])
    file["link"] = h5py.SoftLink("/scalar")


for libver in ["earliest", "latest"]:
    with h5py.File(libver + ".h5", "w", libver=libver) as file:
        fill(file)
        if libver == "earliest":  # more members than a leaf of a group's tree holds, and a header in several blocks
            for i in range(300):
                file[f"many/a{i}"] = np.int32(i)
            for i in range(20):
                file["scalar"].attrs[f"attribute {i}"] = "x" * 100

with h5py.File("user-block.h5", "w", userblock_size=1024) as file:
    file["a"] = np.arange(3.0)
with h5py.File("chunked.h5", "w") as file:
    file.create_dataset("a", data=np.arange(100.0), chunks=(10,), compression="gzip")
with h5py.File("heap.h5", "w", libver="latest") as file:
    for i in range(50):
        file[f"a{i}"] = np.int32(i)
