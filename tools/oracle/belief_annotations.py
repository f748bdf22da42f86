"""Outlines in the format of COCO with the masks that pycocotools makes of them, for .../image/segments/coco.

    python belief_annotations.py OUT

OUT gets annotations.json, one image for each way to write an outline, and masks.txt: the name of each image, and a line of
0 and 1 for each row of its mask (all annotations of the image together).
"""

import json
import os
import sys

import numpy as np
from pycocotools import mask as coco

from store import generator

WIDTH, HEIGHT = 40, 31


def blob(name):
    """A random mask with holes and islands."""
    g = generator(name)
    coarse = g.normal(size=(8, 10)).repeat(4, 0).repeat(4, 1)[:HEIGHT, :WIDTH]
    return (coarse + g.normal(0, 0.4, (HEIGHT, WIDTH)) > 0.3).astype(np.uint8)


def star(x, y, outer, inner, points):
    angles = np.arange(2 * points) * np.pi / points
    radius = np.where(np.arange(2 * points) % 2, inner, outer)
    return np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], 1).round(2).ravel().tolist()


def counts(mask):
    """Run lengths that are not compressed."""
    flat = mask.ravel(order="F")
    edges = np.flatnonzero(np.diff(flat)) + 1
    runs = np.diff(np.concatenate([[0], edges, [flat.size]])).tolist()
    return ([0] if flat[0] else []) + runs


def main():
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    packed = coco.encode(np.asfortranarray(blob("packed")))
    filled = np.ones((HEIGHT, WIDTH), np.uint8)
    filled[-1, -1] = 0
    outlines = {
        "polygon.jpg": [{"segmentation": [star(19.5, 15.2, 14, 6, 5)]}],
        "polygons.jpg": [{"segmentation": [star(9, 9, 8, 4, 4), star(28.3, 20, 9.5, 9.5, 12)]},
                         {"segmentation": [[30, 2, 38, 2, 38, 9, 30, 9]]}],
        "outside.jpg": [{"segmentation": [[-10.5, -4, 25, 12, 52, 40, 3, 44]]}],
        "runs.jpg": [{"segmentation": {"counts": counts(blob("runs")), "size": [HEIGHT, WIDTH]}, "iscrowd": 1}],
        "full.jpg": [{"segmentation": {"counts": counts(filled), "size": [HEIGHT, WIDTH]}, "iscrowd": 1}],
        "packed.jpg": [{"segmentation": {"counts": packed["counts"].decode(), "size": [HEIGHT, WIDTH]}, "iscrowd": 1}],
        "box.jpg": [{"bbox": [5, 7, 11, 13], "segmentation": []}, {"bbox": [20, 1, 4, 4]}],
    }
    masks = {}
    images, annotations = [], []
    for i, (name, parts) in enumerate(outlines.items()):
        images.append({"id": 100 + i, "file_name": f"photos/{name}", "width": WIDTH, "height": HEIGHT, "license": 1})
        m = np.zeros((HEIGHT, WIDTH), np.uint8)
        for j, part in enumerate(parts):
            segmentation = part.get("segmentation")
            if isinstance(segmentation, dict):
                rle = coco.frPyObjects(segmentation, HEIGHT, WIDTH) if isinstance(segmentation["counts"], list) else segmentation
            else:
                x, y, w, h = part.get("bbox", [0] * 4)
                corners = segmentation or [[x, y, x + w, y, x + w, y + h, x, y + h]]
                rle = coco.merge(coco.frPyObjects(corners, HEIGHT, WIDTH))
            m |= coco.decode(rle)
            part.setdefault("bbox", [float(v) for v in coco.toBbox(rle)])
            annotations.append({"id": len(annotations), "image_id": 100 + i, "category_id": 1 + j, **part})
        masks[name] = m
    document = {"info": {"description": "outlines"}, "licenses": [], "images": images, "annotations": annotations,
                "categories": [{"id": 1, "name": "bird", "supercategory": "animal"}, {"id": 2, "name": "feeder"}]}
    with open(os.path.join(out, "annotations.json"), "w") as f:
        json.dump(document, f, separators=(",", ":"))
    with open(os.path.join(out, "masks.txt"), "w") as f:
        for name, m in masks.items():
            f.write(name + "\n" + "".join("".join(map(str, row)) + "\n" for row in m))


if __name__ == "__main__":
    main()
