"""Picasso's saliency graph beside PyTorch's autograd and, if asked, tf.keras: one machine, one process, in turns.

What Picasso runs is written by `picasso convert --explain saliency` and run by ONNX Runtime, which is what Picasso
does itself; the ratios of Picasso's own process are measured by benchmarks.jar. PyTorch computes what Captum's
Saliency does: forward pass, backward pass of one class score to the input, parameters without gradients. All get
the same number of threads and the same input; times are medians of rounds in which each runs once.

    benchmarks/side_by_side.py [--threads N] [--rounds N] [--keras] [NETWORK ...]

Needs Python 3.9 with torch, onnx and onnxruntime (for --keras tensorflow as well).
"""

import argparse
import pathlib
import statistics
import subprocess
import tempfile
import time

import numpy as np
import onnxruntime
import torch

import architectures

PICASSO = pathlib.Path(__file__).resolve().parent.parent / "picasso"
CLASS = 7


def session(path, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    options.add_session_config_entry("session.force_spinning_stop", "1")  # as Picasso does
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"]
    )


def picasso(name, folder, x, threads):
    """Forward pass and saliency, as functions without arguments."""
    model = architectures.export(name, folder)
    explanation = pathlib.Path(folder) / f"{name}-saliency.onnx"
    command = [PICASSO, "convert", model, "--explain", "saliency", "--class", str(CLASS)]
    subprocess.run([*command, "-o", explanation], check=True)
    forward, both = session(model, threads), session(explanation, threads)
    return (
        lambda: forward.run(None, {"image": x}),
        lambda: both.run(["picasso/gradient"], {"image": x})[0],
    )


def pytorch(name, x):
    network = architectures.build(name).requires_grad_(False)
    image = torch.from_numpy(x)

    def forward():
        with torch.inference_mode():
            return network(image)

    def saliency():
        pixels = image.clone().requires_grad_()
        network(pixels)[:, CLASS].sum().backward()
        return pixels.grad.numpy()

    return forward, saliency


def keras(name, x, threads):
    """The same architecture of keras.applications, whose random weights are others."""
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    kind = {"vgg16": "VGG16", "resnet50": "ResNet50", "mobilenetv2": "MobileNetV2"}[name]
    network = getattr(tf.keras.applications, kind)(weights=None, classifier_activation=None)
    image = tf.constant(x.transpose(0, 2, 3, 1))

    @tf.function
    def forward():
        return network(image, training=False)

    @tf.function
    def saliency():
        with tf.GradientTape() as tape:
            tape.watch(image)
            score = network(image, training=False)[:, CLASS]
        return tape.gradient(score, image)

    return forward, saliency


def interleaved(work, rounds):
    """Milliseconds of each, as lists over the rounds; the first rounds are not counted."""
    taken = {name: [] for name in work}
    for i in range(-3, rounds):
        for name, function in work.items():
            begun = time.perf_counter()
            function()
            if i >= 0:
                taken[name].append(1000 * (time.perf_counter() - begun))
    return taken


def compare(name, options):
    x = np.random.default_rng(1).standard_normal((1, 3, 224, 224), dtype=np.float32)
    with tempfile.TemporaryDirectory() as folder:
        pairs = {"Picasso": picasso(name, folder, x, options.threads)}
        pairs["PyTorch"] = pytorch(name, x)
        ours, theirs = pairs["Picasso"][1](), pairs["PyTorch"][1]()
        if options.keras:
            pairs["tf.keras"] = keras(name, x, options.threads)
        work = {}
        for system, (forward, saliency) in pairs.items():
            work[system, "forward"] = forward
            work[system, "saliency"] = saliency
        taken = interleaved(work, options.rounds)
    deviation = np.abs(ours - theirs).max() / np.abs(theirs).max()
    print(f"\n{name}, {options.threads} threads, {options.rounds} rounds", end="; ")
    print(f"gradients of Picasso and PyTorch differ by {deviation:.1e} of the largest")
    print("| system | forward, ms | saliency, ms | saliency / forward | saliency / Picasso's |")
    print("|---|---|---|---|---|")
    for system in pairs:
        forward, saliency = taken[system, "forward"], taken[system, "saliency"]
        own = statistics.median(s / f for s, f in zip(saliency, forward))
        ratio = statistics.median(s / p for s, p in zip(saliency, taken["Picasso", "saliency"]))
        middles = statistics.median(forward), statistics.median(saliency)
        print(f"| {system} | {middles[0]:.1f} | {middles[1]:.1f} | {own:.2f} | {ratio:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("networks", nargs="*", default=list(architectures.ALL), metavar="NETWORK")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--keras", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print(f"ONNX Runtime {onnxruntime.__version__}, PyTorch {torch.__version__}")
    for name in options.networks:
        compare(name, options)


if __name__ == "__main__":
    main()
