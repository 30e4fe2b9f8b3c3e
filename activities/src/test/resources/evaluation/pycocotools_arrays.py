"""Evaluates generated files with pycocotools, for a test to compare bits.

usage: pycocotools_arrays.py GENERATE.py OUT IMAGES

The first line printed is a sum by which to tell how this numpy adds. Then, for each case, one JSON
object a line: what was measured, and the folder under OUT with gt.json, dt.json, and the arrays and
the 12 numbers as raw little-endian doubles.
"""
import contextlib
import importlib.util
import io
import json
import pathlib
import sys

import numpy
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

SEEDS = range(1, 21)
STANDARD = {
    "iou": numpy.linspace(0.5, 0.95, 10).tolist(),
    "areas": [["all", 0, 1e10], ["small", 0, 1024], ["medium", 1024, 9216], ["large", 9216, 1e10]],
    "limits": [1, 10, 100],
}
OTHERS = [
    {"limits": [2, 5, 300]},
    {"limits": [1, 100, 200]},
    {"iou": numpy.linspace(0.2, 0.95, 16).tolist()},
    {"iou": [0.5]},
    {"iou": [0.3, 0.75, 1.0]},
    {"areas": [["all", 0, 1e10], ["large", 5000, 20000], ["tiny", 0, 256], ["small", 256, 1024]]},
    {"iou": [0.1, 0.5, 0.9], "areas": [["all", 0, 1e10]], "limits": [1, 3, 100]},
]


def evaluate(gt, dt, case, folder):
    folder.mkdir()
    for name, value in (("gt", gt), ("dt", dt)):
        (folder / (name + ".json")).write_text(json.dumps(value))
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO(str(folder / "gt.json"))
        e = COCOeval(truth, truth.loadRes(str(folder / "dt.json")), "bbox")
        e.params.iouThrs = numpy.array(case["iou"])
        e.params.areaRngLbl = [name for name, *_ in case["areas"]]
        e.params.areaRng = [ends for _, *ends in case["areas"]]
        e.params.maxDets = case["limits"]
        e.evaluate()
        e.accumulate()
        e.summarize()
    for name, array in [*((n, e.eval[n]) for n in ("precision", "recall", "scores")), ("stats", e.stats)]:
        numpy.ascontiguousarray(array, "<f8").tofile(folder / (name + ".f8"))
    print(json.dumps({**case, "folder": folder.name}), flush=True)


def main(generator, out, images):
    spec = importlib.util.spec_from_file_location("generate", generator)
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    out = pathlib.Path(out)
    images = int(images)
    print(float(numpy.sum(1 / (numpy.arange(20000) + 1))), flush=True)
    for seed in SEEDS:
        gt, dt = generate.build(images, 29 * images // 4, 20, seed)
        evaluate(gt, dt, STANDARD, out / ("seed%d" % seed))
    gt, dt = generate.build(40, 500, 60, 99)
    for i, other in enumerate(OTHERS):
        evaluate(gt, dt, {**STANDARD, **other}, out / ("other%d" % i))


main(*sys.argv[1:])
