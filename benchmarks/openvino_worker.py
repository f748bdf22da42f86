"""OpenVINO XAI's side of benchmarks/table: its Recipro-CAM and its RISE.

    openvino_worker.py MODEL.onnx IMAGE.npy THREADS

The protocol is that of pytorch_worker.py. Needs openvino_xai 1.1 and what it needs. Its RISE runs one mask at a time;
that is how it is published.
"""

import importlib.metadata
import json
import sys
import time

import numpy as np

CLASS = 7


class Worker:
    def __init__(self, model, image, threads):
        import openvino
        import openvino_xai

        self.xai = openvino_xai
        self.core = openvino.Core()
        self.core.set_property("CPU", {"INFERENCE_NUM_THREADS": threads})
        self.path = model
        self.x = np.load(image)
        self.explainers = {}

    def explainer(self, method):
        """Compiled once; the image is already as the model is fed with it."""
        if method not in self.explainers:
            modes, methods = self.xai.ExplainMode, self.xai.Method
            white = method == "recipro-cam"
            self.explainers[method] = self.xai.Explainer(
                model=self.core.read_model(self.path),
                task=self.xai.Task.CLASSIFICATION,
                postprocess_fn=lambda outputs: softmax(outputs[0]),
                explain_mode=modes.WHITEBOX if white else modes.BLACKBOX,
                explain_method=methods.RECIPROCAM if white else methods.RISE,
            )
        return self.explainers[method]

    def run(self, work):
        more = {"num_masks": work["count"], "num_cells": 7} if work["method"] == "rise" else {}
        return self.explainer(work["method"])(
            self.x, targets=[CLASS], resize=False, colormap=False, overlay=False, **more
        )

    def answer(self, request):
        if request["ask"] == "about":
            names = ("openvino", "openvino_xai")
            return {name: importlib.metadata.version(name) for name in names}
        if request["ask"] == "run":
            self.explainer(request["work"]["method"])
            seconds, left = [], request["turn"]
            while not seconds or left > 0:
                begun = time.perf_counter()
                self.run(request["work"])
                seconds.append(time.perf_counter() - begun)
                left -= seconds[-1]
            return {"seconds": seconds, "done": request["work"]["count"]}
        raise ValueError(f"nothing to do: {request}")


def softmax(scores):
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def main():
    model, image, threads = sys.argv[1:]
    answers, sys.stdout = sys.stdout, sys.stderr
    worker = Worker(model, image, int(threads))
    for line in sys.stdin:
        try:
            answer = worker.answer(json.loads(line))
        except Exception as e:
            answer = {"problem": f"{type(e).__name__}: {e}".split("\n")[0]}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
