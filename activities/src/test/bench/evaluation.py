#!/usr/bin/env python3
"""COCO evaluation against pycocotools: equal bits, and the ratio of CPU seconds.

usage: evaluation.py GT.json DT.json [PAIRS=5]

Both sides evaluate the same files in turn, A B A B, in one run; the figure is the median of the
ratios of the pairs, in CPU seconds of the process (neighbours move wall time). Needs numpy and
pycocotools here, and Java's classes: `make check` or `./labelloop --help`, then
`mvn -q -pl activities -am test-compile`. Ends with one JSON object.
"""
import contextlib
import hashlib
import io
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[4]
CLASSES = [
    ROOT / "activities/target/test-classes",
    ROOT / "activities/target/classes",
    ROOT / "workflows/target/classes",
    ROOT / "worker/target/lib/*",
]
BENCHMARK = "dev.labelloop.activities.evaluation.coco.EvaluationBenchmark"
WORKER = ROOT / "worker/target/classes"
COLD = "import sys; sys.dont_write_bytecode = True; sys.path.insert(0, %r); import evaluation; evaluation.pycocotools(*sys.argv[1:])"


def pycocotools(truth, detections):
    """One evaluation: CPU seconds of loading and of evaluating, AP, hashes of the arrays."""
    import numpy
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    with contextlib.redirect_stdout(io.StringIO()):
        start = time.process_time()
        gt = COCO(truth)
        dt = gt.loadRes(detections)
        loaded = time.process_time()
        e = COCOeval(gt, dt, "bbox")
        e.evaluate()
        e.accumulate()
        e.summarize()
        done = time.process_time()
    arrays = [numpy.ascontiguousarray(e.eval[a], "<f8") for a in ("precision", "recall", "scores")]
    return {
        "load": loaded - start,
        "evaluate": done - loaded,
        "AP": float(e.stats[0]),
        "sha256": [hashlib.sha256(a.tobytes()).hexdigest() for a in arrays],
        "numpy": numpy.__version__,
    }


def child(command):
    """CPU seconds and peak memory (MiB) of a whole process."""
    pid = os.posix_spawnp(
        command[0],
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit("failed: " + " ".join(command))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def cold_pairs(truth, detections, pairs):
    """Whole processes. They come first: a child's peak memory begins at that of its parent."""
    python = [sys.executable, "-c", COLD % str(pathlib.Path(__file__).parent), truth, detections]
    java = ["java", "-cp", ":".join(map(str, [*CLASSES, WORKER])), "dev.labelloop.worker.Main"]
    java += ["evaluate", "--truth", truth, "--detections", detections]
    for _ in range(pairs):
        pair = child(python), child(java)
        print("cold, CPU s and MiB:", [[round(v, 2) for v in side] for side in pair], flush=True)
        yield pair


def warm_pairs(truth, detections, pairs):
    """Evaluations in processes that have done it before."""
    java = subprocess.Popen(
        ["java", "-Xmx2g", "-cp", ":".join(map(str, CLASSES)), BENCHMARK, truth, detections],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if java.stdout.readline() != "ready\n":
        sys.exit("the Java side did not start; see the usage at the top of this file")
    for _ in range(pairs):
        theirs = pycocotools(truth, detections)
        java.stdin.write("\n")
        java.stdin.flush()
        ours = json.loads(java.stdout.readline())
        if ours["sha256"] != theirs["sha256"] or ours["AP"] != theirs["AP"]:
            sys.exit("NOT EQUAL: %s\n%s" % (theirs, ours))
        print("warm, CPU s:", [[round(p[k], 4) for k in ("load", "evaluate")] for p in (theirs, ours)], flush=True)
        yield theirs, ours
    java.stdin.close()
    java.wait()


def main(truth, detections, pairs=5):
    cold = list(cold_pairs(truth, detections, int(pairs)))
    warm = list(warm_pairs(truth, detections, int(pairs)))

    def both(of, key, digits):
        return [round(statistics.median(pair[i][key] for pair in of), digits) for i in (0, 1)]

    def ratio(of, key):
        return round(statistics.median(pair[0][key] / pair[1][key] for pair in of), 1)

    result = {
        "order": ["pycocotools", "labelloop"],
        "numpy": warm[0][0]["numpy"],
        "equalBits": True,
        "AP": warm[0][1]["AP"],
        "evaluateRatio": ratio(warm, "evaluate"),
        "evaluateCpuSeconds": both(warm, "evaluate", 4),
        "loadCpuSeconds": both(warm, "load", 4),
        "coldCpuRatio": ratio(cold, 0),
        "coldCpuSeconds": both(cold, 0, 2),
        "coldMemoryMiB": both(cold, 1, 0),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
