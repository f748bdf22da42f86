"""Arrays of float32 in .npy files, and how alike two maps rank their places; with Python's standard library only."""

import ast
import struct
from array import array


def write(path, values, shape):
    header = repr({"descr": "<f4", "fortran_order": False, "shape": tuple(shape)})
    header += " " * (-(len(header) + 11) % 64) + "\n"
    start = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()
    with open(path, "wb") as file:
        file.write(start + array("f", values).tobytes())


def read(path):
    """The numbers of a file of version 1, whatever their shape."""
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<H", content[8:10])
    header = ast.literal_eval(content[10 : 10 + length].decode())
    if header["descr"] != "<f4" or header["fortran_order"]:
        raise ValueError(f"{path}: {header}")
    return array("f", content[10 + length :])


def ranks(values):
    """The place of each in the order of all; equal ones share the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    i = 0
    while i < len(order):
        j = i
        while j < len(order) and values[order[j]] == values[order[i]]:
            j += 1
        for k in order[i:j]:
            found[k] = (i + j - 1) / 2
        i = j
    return found


def rank_correlation(one, other):
    """Spearman's; 0 where one of them is the same everywhere."""
    if len(one) != len(other):
        raise ValueError(f"maps of {len(one)} and {len(other)} numbers")
    a, b = ranks(one), ranks(other)
    middle = (len(a) - 1) / 2
    square = sum((p - middle) ** 2 for p in a) * sum((q - middle) ** 2 for q in b)
    return sum((p - middle) * (q - middle) for p, q in zip(a, b)) / square**0.5 if square else 0.0
