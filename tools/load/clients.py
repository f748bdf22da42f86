#!/usr/bin/env python3
"""Many people use a server at once, and nothing may be lost.

Each client begins a session, uploads images of its own, asks for a visualization of all of them, listens to the
events until the run has ended, fetches every file of the results, compares what it got with what it sent, and starts over.
After each round the server's resident memory is read, where its process is given. Python's standard library is all it needs.

    tools/load/clients.py http://127.0.0.1:5000 --model mnist-keras --pid 4711
"""

import argparse
import http.cookiejar
import json
import random
import struct
import sys
import threading
import time
import urllib.error
import urllib.request
import zlib


def png(seed, side):
    """A picture that no other client has: a coloured disc on a gradient, with some noise."""
    dice = random.Random(seed)
    x0, y0, radius = dice.uniform(.3, .7) * side, dice.uniform(.3, .7) * side, dice.uniform(.1, .3) * side
    colour = [dice.randrange(256) for _ in range(3)]
    rows = bytearray()
    for y in range(side):
        rows.append(0)
        for x in range(side):
            inside = (x - x0) ** 2 + (y - y0) ** 2 < radius ** 2
            rows += bytes(colour if inside else [x * 255 // side, y * 255 // side, dice.randrange(256)])

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b""))


class Person:
    """A browser with a cookie of its own."""

    def __init__(self, address, token, number):
        self.address, self.token, self.number = address, token, number
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.files = self.maps = 0

    def ask(self, path, body=None, kind="application/json", method=None):
        headers = {"Authorization": "Bearer " + self.token} if self.token else {}
        if body is not None:
            headers["Content-Type"] = kind
        request = urllib.request.Request(self.address + path, body, headers, method=method)
        with self.opener.open(request, timeout=600) as answer:
            return answer.read()

    def json(self, path, value=None):
        body = None if value is None else json.dumps(value).encode()
        return json.loads(self.ask(path, body))

    def upload(self, count, side):
        ids = []
        for n in range(count):
            name = "client%d-%d.png" % (self.number, n)
            part = ('--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n' % name).encode()
            body = part + png(self.number * 1000 + n, side) + b"\r\n--x--\r\n"
            taken = json.loads(self.ask("/api/v1/images", body, "multipart/form-data; boundary=x"))["images"][0]
            assert taken["name"] == name, taken
            ids.append(taken["id"])
        return ids

    def explain(self, model, visualization, ids):
        order = {"model": model, "visualization": visualization, "images": ids}
        run = self.json("/api/v1/runs", order)["id"]
        events = self.ask("/api/v1/runs/%s/events" % run).decode()
        told = events.count("event: result")
        assert told == len(ids), "%d results were told, not %d" % (told, len(ids))
        found = self.json("/api/v1/runs/" + run)
        assert found["state"] == "done", found.get("problem", found["state"])
        assert len(found["images"]) == len(ids)
        for n, result in enumerate(found["images"]):
            assert result["image"] == "client%d-%d.png" % (self.number, n), result["image"]
            assert "problem" not in result, result
            for address in addresses(result):
                assert len(self.ask(address)) > 0, address
                self.files += 1
            self.maps += len(result["panels"])

    def visit(self, work):
        ids = self.upload(work.images, work.side)
        assert [i["id"] for i in self.json("/api/v1/images")["images"]] == ids, "images are lost"
        self.explain(work.model, work.visualization, ids)
        self.ask("/api/v1/session/reset", b"")


def addresses(value):
    """All addresses of files of a result, wherever they stand."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from addresses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner)
    elif isinstance(value, str) and value.startswith("/api/v1/runs/") and "/files/" in value:
        yield value


def resident(pid):
    """MiB of a process, on Linux."""
    with open("/proc/%d/status" % pid) as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def round_of(work):
    problems, people, ends = [], [], []

    def visit(person):
        try:
            person.visit(work)
        except urllib.error.HTTPError as e:
            problems.append("%s: %s %s" % (e.url, e.code, e.read()[:300].decode(errors="replace")))
        except Exception as e:  # each is one thing that went wrong
            problems.append("%s: %s" % (type(e).__name__, e))
        ends.append(time.monotonic())

    begun = time.monotonic()
    threads = []
    for number in range(work.clients):
        people.append(Person(work.address, work.token, number))
        threads.append(threading.Thread(target=visit, args=(people[-1],)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems, sum(p.maps for p in people), sum(p.files for p in people), [e - begun for e in ends]


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("address")
    words.add_argument("--model", required=True)
    words.add_argument("--visualization", default="saliency")
    words.add_argument("--clients", type=int, default=10)
    words.add_argument("--images", type=int, default=20)
    words.add_argument("--side", type=int, default=96, help="pixels")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--token", default="")
    words.add_argument("--pid", type=int, help="of the server, whose memory is to be read")
    work = words.parse_args()
    memory = [resident(work.pid)] if work.pid else []
    failed = False
    print("round  maps  files  first s  last s  problems  MiB" + ("  (before: %.0f)" % memory[0] if memory else ""))
    for number in range(1, work.rounds + 1):
        problems, maps, files, ends = round_of(work)
        if work.pid:
            time.sleep(3)  # what goes back to the system goes when nothing runs
            memory.append(resident(work.pid))
        print("%5d %5d %6d %8.1f %7.1f %9d  %s" % (
            number, maps, files, min(ends), max(ends), len(problems), "%.0f" % memory[-1] if memory else "-"))
        for problem in problems[:5]:
            print("   ", problem)
        failed = failed or bool(problems) or maps == 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
