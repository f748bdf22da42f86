"""Copies a compact part of what tflite_zoo.py made, for use as test resources.

    python tflite_resources.py ZOO FOLDER

Takes the small files, those listed, and for each operator at least one file; with their lines of cases.tsv.
"""

import csv
import os
import shutil
import sys

SMALL = 5_000  # bytes of a file and its numbers together
LISTED = set("""net_float net_float16 net_dynamic net_int16 net_int8 net_int8_inout net_int8_per_tensor
    net_uint8_as_trained net_uint8_inout segment_int8 conv_space_to_batch depthwise_dilation two_inputs""".split())


def files(row, zoo):
    return [os.path.join(zoo, f) for f in (row["file"], row["npz"]) if f]


def size(row, zoo):
    return sum(map(os.path.getsize, files(row, zoo)))


if __name__ == "__main__":
    zoo, folder = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with open(os.path.join(zoo, "cases.tsv"), newline="") as f:
        table = csv.DictReader(f, delimiter="\t")
        rows, columns = list(table), table.fieldnames
    covered, taken = set(), []
    for row in sorted(rows, key=lambda r: size(r, zoo)):
        operators = set(row["operators"].split())
        listed = row["file"].removesuffix(".tflite") in LISTED
        if listed or row["refused"] or size(row, zoo) <= SMALL or operators - covered:
            taken.append(row)
            covered |= operators
    for row in taken:
        for f in files(row, zoo):
            shutil.copy(f, folder)
    with open(os.path.join(folder, "cases.tsv"), "w", newline="") as f:
        writer = csv.DictWriter(f, columns, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(taken, key=lambda r: r["file"]))
    print(len(taken), "of", len(rows), "files,", sum(size(r, zoo) for r in taken), "bytes")
