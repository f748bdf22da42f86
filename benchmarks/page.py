#!/usr/bin/env python3
"""The results of benchmarks/table as Markdown tables and as a plot.

    benchmarks/page.py RESULTS.json               # prints the table
    benchmarks/page.py RESULTS.json --write DOCS  # writes DOCS/benchmarks.md anew between its marks, and
                                                  # DOCS/images/benchmarks.svg
"""

import json
import pathlib
import re
import sys

import methods

WRITTEN = "PyTorch as people write it"
NETWORKS = {
    "vgg16": "VGG-16",
    "resnet18": "ResNet-18",
    "resnet50": "ResNet-50",
    "densenet121": "DenseNet-121",
    "mobilenetv2": "MobileNetV2",
    "efficientnet_b0": "EfficientNet-B0",
}


def load(path):
    path = pathlib.Path(path)
    if path.exists():
        return json.loads(path.read_text())
    return {"machine": {}, "results": []}


def save(path, results):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    results["results"].sort(key=place)
    new.write_text(json.dumps(results, indent=1) + "\n")
    new.replace(path)


def place(row):
    names = [*NETWORKS, row["model"]]
    return names.index(row["model"]), row["model"], list(methods.BY_ID).index(row["method"])


def find(results, model, method):
    for row in results["results"]:
        if (row["model"], row["method"]) == (model, method):
            return row
    return None


def best(row):
    """The name of the fastest PyTorch, as people write it or tuned; None where there is none."""
    names = [n for n in row["candidates"] if n.startswith("PyTorch")]
    return min(names, key=lambda n: row["candidates"][n]["seconds"]) if names else None


def duration(seconds):
    if seconds < 0.1:
        return f"{seconds * 1000:.1f} ms"
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:,.0f} s"


def times(ratio):
    return f"{ratio:.2f}×" if ratio < 10 else f"{ratio:.0f}×"


def compared(entry):
    return f"{duration(entry['seconds'])}, {times(entry['ratio'])}" if entry else "–"


def title(row):
    return NETWORKS.get(row["model"], row["model"])


def cells(row):
    """What stands in the table for a model and a method."""
    all_ = row["candidates"]
    own = all_["Picasso"]
    name = best(row)
    short = name.replace("PyTorch, ", "").replace("PyTorch as people write it", "as written") if name else ""
    passes = row["forwards"]
    return [
        title(row),
        methods.BY_ID[row["method"]].title + share(row),
        duration(own["seconds"]),
        f"{passes:.2f}" if passes < 100 else f"{passes:,.0f}",
        f"{own['peak']:,}" if "peak" in own else "–",
        compared(all_.get(WRITTEN)),
        f"{compared(all_[name])} ({short})" if name else "–",
        f"{row['agreement']:.3f}" if row.get("agreement") is not None else "–",
    ]


def share(row):
    """Marks where a part of the work was timed, and where other programs disturbed it."""
    timed = f" ({row['count']:,} timed)" if row["count"] != row["full"] else ""
    return timed + ("" if row["calm"] else " (busy)")


HEAD = [
    "model",
    "method",
    "Picasso",
    "forward passes",
    "peak, MiB",
    "PyTorch as people write it",
    "best of PyTorch",
    "maps agree",
]


def markdown(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def table(results):
    return markdown(HEAD, [cells(row) for row in results["results"]])


def line(row):
    return "  " + "; ".join(f"{h}: {c}" for h, c in zip(HEAD[2:], cells(row)[2:])) + f"; others {row['others']:.0%}"


def own_table(results):
    """What Picasso's methods take beside a forward pass of their own and beside the bare runtime."""
    rows = []
    for row in results["results"]:
        for name, entry in row["candidates"].items():
            if name.startswith(("ONNX Runtime", "Picasso, ", "OpenVINO")):
                like = f"; rank correlation {entry['like exact']:.3f}" if "like exact" in entry else ""
                rows.append([title(row), methods.BY_ID[row["method"]].title + share(row), name, compared(entry) + like])
    return markdown(["model", "method", "beside Picasso", "takes, times Picasso"], rows)


def memory_table(results):
    rows = []
    for row in results["results"]:
        peaks = {n: e["peak"] for n, e in row["candidates"].items() if "peak" in e}
        if len(peaks) > 1:
            name = best(row)
            shown = [f"{peaks[n]:,}" if n in peaks else "–" for n in ("Picasso", WRITTEN, name)]
            rows.append([title(row), methods.BY_ID[row["method"]].title, *shown])
    return markdown(["model", "method", "Picasso", "as people write it", "best of PyTorch"], rows)


def machine_table(results):
    machine = dict(results["machine"])
    versions = machine.pop("versions", {})
    machine["instructions"] = ", ".join(machine.get("instructions", []))
    dates = sorted(row["taken"][:10] for row in results["results"])
    busy = sorted(row["others"] for row in results["results"])
    rows = [[name, str(value)] for name, value in machine.items()]
    rows += [[name, str(value)] for name, value in versions.items()]
    if dates:
        rows.append(["taken", dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"])
        rows.append(["processors used by others", f"{busy[len(busy) // 2]:.0%} in the middle, {busy[-1]:.0%} at most"])
    return markdown(["", ""], rows)


def picture(results):
    """Bars, a panel for each method: seconds of Picasso and of PyTorch on a logarithmic axis, as SVG."""
    import plot

    return plot.svg(results)


PARTS = {"table": table, "own": own_table, "memory": memory_table, "machine": machine_table}


def written(text, results):
    """A document with its parts anew; each stands between <!-- NAME: begin --> and <!-- NAME: end -->."""
    for name, make in PARTS.items():
        pattern = re.compile(rf"(<!-- {name}: begin[^>]*-->\n).*?(<!-- {name}: end -->)", re.S)
        text = pattern.sub(lambda m: m.group(1) + "\n" + make(results) + "\n\n" + m.group(2), text)
    return text


def main():
    results = load(sys.argv[1])
    if sys.argv[2:3] == ["--write"]:
        docs = pathlib.Path(sys.argv[3])
        document = docs / "benchmarks.md"
        document.write_text(written(document.read_text(), results))
        (docs / "images" / "benchmarks.svg").write_text(picture(results))
    else:
        print(table(results))


if __name__ == "__main__":
    main()
