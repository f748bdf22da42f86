#!/usr/bin/env python3
"""Explains many small images in little memory, replaces the results by others, and repeats them.

    benchmarks/many_images.py [--counts 100,1000,10000] [--heap 160m] [--model examples/mnist-keras] [--method saliency]

Needs Python 3.9 and Linux (resident memory of a process that has ended), and nothing else. The images are noise of 32×32
pixels. It fails where a command does.
"""

import argparse
import os
import pathlib
import random
import struct
import subprocess
import tempfile
import time
import zlib

HOME = pathlib.Path(__file__).resolve().parent.parent
SIDE = 32


def png(noise):
    """A colour picture of noise."""
    rows = b"".join(b"\0" + noise.randbytes(3 * SIDE) for _ in range(SIDE))
    parts = [(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    chunks = [struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def measured(words, heap):
    """Seconds, and the largest resident memory in MB."""
    environment = {**os.environ, "PICASSO_OPTS": f"-Xmx{heap}"}
    begun = time.perf_counter()
    process = subprocess.Popen([HOME / "picasso", *map(str, words)], env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"picasso {' '.join(map(str, words))} ended with {process.returncode}")
    return time.perf_counter() - begun, usage.ru_maxrss / 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--counts", default="100,1000,10000")
    parser.add_argument("--heap", default="160m")
    parser.add_argument("--model", default=HOME / "examples/mnist-keras")
    parser.add_argument("--method", default="saliency")
    given = parser.parse_args()
    noise = random.Random(1)
    print(f"{'images':>8}{'command':>10}{'seconds':>10}{'MB':>8}")
    for count in map(int, given.counts.split(",")):
        with tempfile.TemporaryDirectory() as scratch:
            images, maps = pathlib.Path(scratch, "images"), pathlib.Path(scratch, "maps")
            images.mkdir()
            for i in range(count):
                (images / f"{i:06}.png").write_bytes(png(noise))
            explain = ["explain", given.model, images, "--method", given.method, "-o", maps]
            for name, words in [("explain", explain), ("again", explain), ("repeat", ["repeat", maps])]:
                seconds, memory = measured(words, given.heap)
                print(f"{count:8}{name:>10}{seconds:10.1f}{memory:8.0f}", flush=True)


if __name__ == "__main__":
    main()
