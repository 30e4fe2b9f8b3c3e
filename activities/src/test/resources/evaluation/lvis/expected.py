#!/usr/bin/env python3
"""Makes a small federated truth and detections for it, and writes what lvis-api says of them.

usage: expected.py DIR

Needs lvis (with pycocotools) and numpy. The same bytes each time with the same versions.
"""
import collections
import hashlib
import json
import pathlib
import random
import sys

import numpy

numpy.float = float  # lvis-api 0.5.3 uses the name that numpy 1.24 took away
from lvis import LVIS, LVISEval, LVISResults  # noqa: E402

IMAGES, CATEGORIES = 14, 9


def truth(r):
    categories = [
        {"id": 3 * k + 2, "name": "class%d" % k, "frequency": "rccfff"[k % 6]}
        for k in range(CATEGORIES)
    ]
    ids = [c["id"] for c in categories]
    images, annotations = [], []
    for i in range(IMAGES):
        image = 100 - 7 * i  # falling: order in the file is not order of ids
        shown = r.sample(ids[:-1], r.randint(0, 4))  # the last class has no box
        others = [c for c in ids if c not in shown]
        images.append({
            "id": image,
            "neg_category_ids": r.sample(others, r.randint(0, 3)) + [999] * (i == 0),
            "not_exhaustive_category_ids": [c for c in ids if r.random() < 0.25],
        })
        for category in shown:
            for _ in range(r.randint(1, 3)):
                w, h = r.choice([(32, 32), (96, 96), (20, 40), (80, 50), (150, 120)])
                box = [r.randrange(0, 400, 4), r.randrange(0, 300, 4), w, h]
                for _ in range(1 + (r.random() < 0.1)):  # sometimes a twin
                    annotations.append({
                        "image_id": image, "category_id": category, "bbox": box,
                        "area": w * h * r.choice([1, 1, 0.7]),
                        "iscrowd": int(r.random() < 0.2),  # has no meaning here
                        "ignore": int(r.random() < 0.15),
                    })
    r.shuffle(annotations)
    for n, annotation in enumerate(annotations):
        annotation["id"] = n + 1
        if annotation["ignore"] == 0 and n % 2:
            del annotation["ignore"]
    return {"images": images, "categories": categories, "annotations": annotations}


def detections(r, gt):
    ids = [c["id"] for c in gt["categories"]] + [998]  # one that the truth does not know
    found = []
    for a in gt["annotations"]:
        for _ in range(r.choice([0, 1, 1, 2, 3])):
            x, y, w, h = a["bbox"]
            box = r.choice([a["bbox"], [x, y, w, h / 2], [x, y, w / 4 * 3, h], [x + 3, y - 2, w, h + 5]])
            category = a["category_id"] if r.random() < 0.9 else r.choice(ids)
            found.append((a["image_id"], category, box, r.randint(2, 10) / 10))
    for image in gt["images"]:
        for _ in range(r.randint(3, 9)):
            box = [r.randrange(400), r.randrange(300), r.randrange(8, 120), r.randrange(8, 120)]
            found.append((image["id"], r.choice(ids), box, r.randint(0, 7) / 10))
    r.shuffle(found)
    return [dict(zip(("image_id", "category_id", "bbox", "score"), f)) for f in found]


def evaluate(folder, limit):
    gt = LVIS(str(folder / "truth.json"))
    with open(folder / "detections.json") as f:
        dt = LVISResults(gt, json.load(f), max_dets=limit)
    e = LVISEval(gt, dt, "bbox")
    e.params.max_dets = limit
    e.run()
    arrays = {name: numpy.ascontiguousarray(e.eval[name], "<f8") for name in ("precision", "recall")}
    return {
        "maxDetections": limit,
        "results": {name: float(value) for name, value in e.results.items()},
        "sha256": {name: hashlib.sha256(a.tobytes()).hexdigest() for name, a in arrays.items()},
    }


def lines(rows):
    return "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    r = random.Random(5)
    gt = truth(r)
    dt = detections(r, gt)
    (folder / "truth.json").write_text(
        "{" + ",\n".join('"%s": %s' % (name, lines(rows)) for name, rows in gt.items()) + "}\n")
    (folder / "detections.json").write_text(lines(dt) + "\n")
    most = max(collections.Counter(d["image_id"] for d in dt).values())
    expected = {
        "tool": "lvis-api 0.5.3, numpy " + numpy.__version__,
        "mostDetectionsOfAnImage": most,
        "runs": [evaluate(folder, limit) for limit in (300, 12, 5)],
    }
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
