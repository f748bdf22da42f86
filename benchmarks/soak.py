#!/usr/bin/env python3
"""The server under stress: memory over rounds, slow uploads, evictions, cancelling, ending, a bomb.

It starts servers itself, on free ports of this machine, and talks to 127.0.0.1 and 127.0.0.2 only. Linux, a JDK and
Python's standard library are all it needs. Nothing is asserted; a table is printed.

    benchmarks/soak.py                                  # ./picasso of this repository
    benchmarks/soak.py --command "/other/picasso serve" # another version
    benchmarks/soak.py cancel bomb                      # some of it
"""

import argparse
import http.client
import json
import os
import random
import shlex
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time
import zlib

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PATIENCE = 300  # seconds that anything may take


# --- files ------------------------------------------------------------------------------------------------------------


def png(width, height, rows, colour=2):
    """A PNG of 8 bits a channel; rows of bytes without filter bytes."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    packed = zlib.compressobj(9)
    data = b"".join(packed.compress(b"\0" + row) for row in rows) + packed.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def photo(seed, width=320, height=240):
    """A picture with some structure, another for each seed."""
    dice = random.Random(seed)
    red, green, blue = (dice.randrange(1, 7) for _ in range(3))
    rows = []
    for y in range(height):
        row = bytearray()
        for x in range(width):
            row += bytes(((x * red + y) & 255, (y * green) & 255, ((x ^ y) * blue) & 255))
        rows.append(bytes(row))
    return png(width, height, rows)


def bomb(pixels=50_000_000):
    """A picture one pixel wide and fifty million high, in about 100 kB."""

    def rows():
        block = b"\0" * 100_000  # fifty thousand rows: a filter byte and a grey each
        for _ in range(pixels // 50_000):
            yield block

    packed = zlib.compressobj(9)
    data = b"".join(packed.compress(block) for block in rows()) + packed.flush()
    header = struct.pack(">IIBBBBB", 1, pixels, 8, 0, 0, 0, 0)

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


class Onnx:
    """Just enough of ONNX's protobuf to write a network of convolutions with random weights."""

    @staticmethod
    def varint(n):
        out = bytearray()
        while n > 127:
            out.append(n & 127 | 128)
            n >>= 7
        out.append(n)
        return bytes(out)

    @classmethod
    def field(cls, number, value):
        if isinstance(value, int):
            return cls.varint(number << 3) + cls.varint(value)
        value = value.encode() if isinstance(value, str) else value
        return cls.varint(number << 3 | 2) + cls.varint(len(value)) + value

    @classmethod
    def tensor(cls, name, dims, dice):
        count = 1
        for d in dims:
            count *= d
        raw = struct.pack("<%df" % count, *(dice.gauss(0, (dims[0] / count) ** 0.5) for _ in range(count)))
        return b"".join(cls.field(1, d) for d in dims) + cls.field(2, 1) + cls.field(8, name) + cls.field(9, raw)

    @classmethod
    def ints(cls, name, values):
        body = cls.field(1, name) + b"".join(cls.field(8, v) for v in values) + cls.field(20, 7)
        return cls.field(5, body)

    @classmethod
    def node(cls, op, inputs, output, attributes=b""):
        names = b"".join(cls.field(1, i) for i in inputs)
        return cls.field(1, names + cls.field(2, output) + cls.field(3, output) + cls.field(4, op) + attributes)

    @classmethod
    def value(cls, name, dims):
        shape = b"".join(cls.field(1, cls.field(2, d) if isinstance(d, str) else cls.field(1, d)) for d in dims)
        return cls.field(1, name) + cls.field(2, cls.field(1, cls.field(1, 1) + cls.field(2, shape)))

    @classmethod
    def classifier(cls, classes=1000, size=224):
        dice = random.Random(1)
        nodes, weights, last, channels = b"", b"", "x", 3
        for i, out in enumerate((16, 32, 64, 64)):
            weights += cls.field(5, cls.tensor(f"w{i}", (out, channels, 3, 3), dice))
            stride = cls.ints("strides", (2, 2)) + cls.ints("pads", (1, 1, 1, 1))
            nodes += cls.node("Conv", [last, f"w{i}"], f"c{i}", stride) + cls.node("Relu", [f"c{i}"], f"r{i}")
            last, channels = f"r{i}", out
        weights += cls.field(5, cls.tensor("dense", (channels, classes), dice))
        nodes += cls.node("GlobalAveragePool", [last], "pool") + cls.node("Flatten", ["pool"], "flat")
        nodes += cls.node("MatMul", ["flat", "dense"], "scores") + cls.node("Softmax", ["scores"], "y")
        graph = nodes + cls.field(2, "soak") + weights
        graph += cls.field(11, cls.value("x", ("N", 3, size, size))) + cls.field(12, cls.value("y", ("N", classes)))
        return cls.field(1, 8) + cls.field(7, graph) + cls.field(8, cls.field(1, "") + cls.field(2, 13))


# --- a server and its visitors ----------------------------------------------------------------------------------------


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A server in a process of its own, with one model of a thousand classes and a temporary folder of its own."""

    def __init__(self, command):
        self.port = free_port()
        self.folder = tempfile.mkdtemp(prefix="picasso-soak-")
        self.temporary = os.path.join(self.folder, "tmp")
        os.mkdir(self.temporary)
        with open(os.path.join(self.folder, "soak.onnx"), "wb") as model:
            model.write(Onnx.classifier())
        with open(os.path.join(self.folder, "picasso.yaml"), "w") as configuration:
            configuration.write("models: [{id: soak, path: soak.onnx}]\n")
        options = os.environ.get("PICASSO_OPTS", "") + f" -Djava.io.tmpdir={self.temporary}"
        self.process = subprocess.Popen(
            shlex.split(command) + ["--config", self.folder, "--port", str(self.port), "--no-browser"],
            env=dict(os.environ, PICASSO_OPTS=options.strip()),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(PATIENCE * 4):
            try:
                if Visitor(self).call("GET", "/api/v1")[0] == 200:
                    return
            except OSError:
                time.sleep(0.25)
        raise SystemExit("the server does not answer")

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def memory(self, key="VmRSS"):
        """Megabytes of the process: VmRSS now, VmHWM at most."""
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                if line.startswith(key):
                    return int(line.split()[1]) / 1024
        return 0.0


class Visitor:
    """Somebody with a cookie."""

    def __init__(self, server, source="127.0.0.1"):
        self.server, self.source, self.cookies = server, source, {}

    def call(self, method, path, body=None, headers=None, timeout=PATIENCE):
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.server.port, timeout=timeout, source_address=(self.source, 0)
        )
        try:
            sent = dict(headers or {})
            if self.cookies:
                sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            content = answer.read()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, text = value.split(";")[0].partition("=")
                    self.cookies[key] = text
            return answer.status, content
        finally:
            connection.close()

    def json(self, method, path, value=None):
        body = None if value is None else json.dumps(value)
        status, content = self.call(method, "/api/v1" + path, body, {"Content-Type": "application/json"})
        return status, json.loads(content or b"null")

    def upload(self, path, name, content):
        edge = "soak-edge"
        body = (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode() + content + f"\r\n--{edge}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        status, content = self.call("POST", "/api/v1" + path, body, headers)
        return status, json.loads(content or b"null")

    def image(self, name, content):
        return self.upload("/images", name, content)[1]["images"][0]["id"]

    def start(self, model, visualization, images, **more):
        order = dict(model=model, visualization=visualization, images=images, **more)
        status, run = self.json("POST", "/runs", order)
        if status != 202:
            raise RuntimeError(f"{status} {run}")
        return run["id"]

    def ended(self, run):
        """The run when it has ended, or after the patience is over."""
        end = time.monotonic() + PATIENCE
        while True:
            now = self.json("GET", f"/runs/{run}")[1]
            if now["state"] != "running" or time.monotonic() > end:
                return now
            time.sleep(0.2)


# --- what is measured -------------------------------------------------------------------------------------------------


def rounds(command, images, clients=10, count=5):
    """Ten people with twenty images each, five times over; none of them comes back."""
    pictures = [photo(i) for i in range(images)]
    rss, failures, complete = [], [], 0
    with Server(command) as server:

        def work(results):
            try:
                person = Visitor(server)
                ids = [person.image(f"{i}.png", p) for i, p in enumerate(pictures)]
                run = person.ended(person.start("soak", "saliency", ids))
                for image in run["images"]:
                    panels = image.get("panels", [])
                    results.append(len(panels) == 5 and person.call("GET", panels[4]["map"])[0] == 200)
            except (OSError, RuntimeError, KeyError, http.client.HTTPException) as e:
                failures.append(str(e))

        began = time.monotonic()
        for _ in range(count):
            results = []
            people = [threading.Thread(target=work, args=(results,)) for _ in range(clients)]
            for p in people:
                p.start()
            for p in people:
                p.join()
            complete += sum(results)
            time.sleep(4)
            rss.append(server.memory())
        took = time.monotonic() - began
    yield f"ten clients × {images} images × 5 rounds: results", f"{complete} of {clients * images * count}"
    yield "failures", f"{len(failures)} {failures[:1] or ''}".strip()
    yield "RSS after each round, MB", ", ".join(f"{r:.0f}" for r in rss)
    yield "last round against the second", f"{100 * (rss[-1] / rss[1] - 1):+.0f} %"
    yield "time, s", f"{took:.0f}"


def slow(command, uploads=260):
    """Uploads that come a byte a second, or not at all, and the page beside them."""
    for name, pace in (("one byte a second", 1), ("nothing", 0)):
        with Server(command) as server:
            sockets = []
            head = (
                "POST /api/v1/images HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 1000000\r\n"
                "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n" % server.port
            ).encode()
            for _ in range(uploads):
                try:
                    s = socket.create_connection(("127.0.0.1", server.port), timeout=5, source_address=("127.0.0.2", 0))
                    s.sendall(head)
                    sockets.append(s)
                except OSError:
                    break  # the server takes no more of them
            longest = 0.0
            for _ in range(10):
                for s in sockets if pace else ():
                    try:
                        s.sendall(b"-")
                    except OSError:
                        pass  # ended by the server, as it may
                began = time.monotonic()
                try:
                    Visitor(server).call("GET", "/", timeout=30)
                except OSError:
                    longest = 30.0
                    break
                longest = max(longest, time.monotonic() - began)
                time.sleep(1)
            for s in sockets:
                s.close()
        shown = "no answer in 30 s" if longest >= 30 else f"{longest * 1000:.0f} ms"
        yield f"{uploads} uploads of {name}: slowest answer of the page", shown


def evict(command, sessions=205):
    """Somebody's image, and hundreds of sessions of another address."""
    for name, with_image in (("empty", False), ("with an image each", True)):
        with Server(command) as server:
            owner = Visitor(server)
            kept = owner.image("mine.png", photo(0, 64, 48))
            small = photo(1, 16, 12)
            for _ in range(sessions):
                stranger = Visitor(server, "127.0.0.2")
                try:
                    if with_image:
                        stranger.image("x.png", small)
                    else:
                        stranger.json("GET", "/images")
                except (OSError, KeyError):
                    pass
            status = owner.call("GET", f"/api/v1/images/{kept}")[0]
        yield f"{sessions} sessions of another address, {name}: somebody's image", "is there" if status == 200 else "is gone"


def cancel(command):
    """Two runs of a thousand maps, cancelled; how long a stranger waits then."""
    with Server(command) as server:
        person, stranger = Visitor(server), Visitor(server)
        image = person.image("a.png", photo(3))
        own = stranger.image("b.png", photo(4))
        stranger.ended(stranger.start("soak", "saliency", [own]))  # loaded and compiled
        runs = [person.start("soak", "saliency", [image], top=1000) for _ in range(2)]
        time.sleep(5)
        states = [person.json("GET", f"/runs/{r}")[1]["state"] for r in runs]
        began = time.monotonic()
        for run in runs:
            person.call("DELETE", f"/api/v1/runs/{run}")
        after = stranger.ended(stranger.start("soak", "class-probabilities", [own]))
        waited = time.monotonic() - began
        yield "two runs of 1000 maps, cancelled: a stranger's run after", (
            f"{waited:.1f} s ({after['state']}; they were {' and '.join(states)})"
        )
        began = time.monotonic()
        run = person.start("soak", "saliency", [image], top=1000)
        done = person.ended(run)
        yield "one run of 1000 maps takes", f"{time.monotonic() - began:.0f} s ({done['state']})"
        yield "its peak of memory, MB", f"{server.memory('VmHWM'):.0f}"


def kill(command):
    """SIGTERM in the middle of a run."""
    with Server(command) as server:
        person = Visitor(server)
        person.start("soak", "saliency", [person.image("a.png", photo(3))], top=1000)
        time.sleep(4)
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        try:
            server.process.wait(60)
            took = f"{time.monotonic() - began:.1f} s"
        except subprocess.TimeoutExpired:
            took = "not within 60 s"
        left = sum(len(files) for _, _, files in os.walk(server.temporary))
        yield "SIGTERM in the middle of a run: ends after", took
        yield "files that it leaves", str(left)


def large(command):
    """A small file that is a large picture."""
    with Server(command) as server:
        person = Visitor(server)
        person.image("a.png", photo(3))
        before = server.memory()
        content = bomb()
        began = time.monotonic()
        status, answer = person.upload("/images", "bomb.png", content)
        took = time.monotonic() - began
        peak = server.memory("VmHWM")
        time.sleep(6)
        said = answer["images"][0].get("problem", "taken") if "images" in answer else str(answer)
        yield f"PNG of {len(content) // 1000} kB, 1 × 50 million pixels", f"{status} after {took:.1f} s: {said[:80]}"
        yield "memory before, at most, six seconds later, MB", f"{before:.0f}, {peak:.0f}, {server.memory():.0f}"


PARTS = dict(rounds=rounds, slow=slow, evict=evict, cancel=cancel, kill=kill, bomb=large)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help="of " + ", ".join(PARTS) + "; all where none is named")
    parser.add_argument("--images", type=int, default=20, help="of each client and round (20)")
    parser.add_argument("--command", default=shlex.quote(os.path.join(HOME, "picasso")) + " serve")
    given = parser.parse_args()
    unknown = [p for p in given.parts if p not in PARTS]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(PARTS)}")
    print("| what | measured |\n|---|---|", flush=True)
    for name in given.parts or PARTS:
        more = dict(images=given.images) if name == "rounds" else {}
        for what, figure in PARTS[name](given.command, **more):
            print(f"| {what} | {figure} |", flush=True)


if __name__ == "__main__":
    main()
