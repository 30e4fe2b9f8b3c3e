#!/usr/bin/env python3
"""COCO evaluation against pycocotools and its faster peers: equal bits, CPU seconds, memory.

usage: evaluation.py GENERATE.py WORK [PAIRS=5] [IMAGES=5000 TRUTHS=36000 A B GIGABYTES=1]

GENERATE.py makes the files, in the folder WORK, with A and B = 9 and 90 detections an image. All
sides evaluate the same files in turn in one run, each in a process of its own; a figure is the
median over the turns, a ratio the median of the turns' ratios, in CPU seconds of the process
(neighbours move wall time). A Python's evaluation is timed inside its process, for it is as fast the
first time as later; Java's in a process that has done it before. Needs pycocotools and
faster-coco-eval here, takes hotcoco and vernier where they are, and `./labelloop` with the test
classes of `mvn test-compile`. Ends with the ratios against their goals, and fails if bits differ.
"""
import contextlib
import hashlib
import importlib.util
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
OURS = "labelloop"
FIGURES = ("load", "evaluate", "cpu", "MiB", "bootstrap")
PEERS = {
    "pycocotools": ("pycocotools.coco:COCO", "pycocotools.cocoeval:COCOeval"),
    "faster-coco-eval": ("faster_coco_eval:COCO", "faster_coco_eval:COCOeval_faster"),
    "hotcoco": ("hotcoco:COCO", "hotcoco:COCOeval"),
    "vernier": ("pycocotools.coco:COCO", "vernier:COCOeval"),
}


def peer(name, truth, detections):
    """Evaluates, and prints what this process's children are measured by."""

    def named(path):
        module, attribute = path.split(":")
        return getattr(importlib.import_module(module), attribute)

    answer = {}
    with contextlib.redirect_stdout(io.StringIO()):
        coco, evaluation = map(named, PEERS[name])
        start = time.process_time()
        gt = coco(truth)
        dt = gt.loadRes(detections)
        loaded = time.process_time()
        e = evaluation(gt, dt, "bbox")
        e.evaluate()
        e.accumulate()
        answer["evaluate"] = time.process_time() - loaded
        answer["load"] = loaded - start
        e.summarize()
        answer["AP"] = float(e.stats[0])
        if name == "pycocotools":
            import numpy

            arrays = [numpy.ascontiguousarray(e.eval[a], "<f8") for a in ("precision", "recall", "scores")]
            answer["sha256"] = [hashlib.sha256(a.tobytes()).hexdigest() for a in arrays]
            answer["numpy"] = numpy.__version__
    print(json.dumps(answer))


def child(command):
    """What a process prints, its CPU seconds and peak memory in MiB, those of its own children too."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("failed: " + " ".join(command))
    return output, {"cpu": usage.ru_utime + usage.ru_stime, "MiB": usage.ru_maxrss / 1024}


class Warm:
    """A Java process that evaluates the files again and again."""

    def __init__(self, truth, detections, repeats):
        self.process = subprocess.Popen(
            ["java", "-Xmx2g", "-cp", ":".join(map(str, CLASSES)), BENCHMARK, truth, detections, str(repeats)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self.process.stdout.readline() != "ready\n":
            sys.exit("the Java side did not start; see the usage at the top of this file")

    def turn(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def ours(truth, detections):
    return [str(ROOT / "labelloop"), "evaluate", "--truth", str(truth), "--detections", str(detections)]


def turns(truth, detections, peers, count, repeats):
    """One list of turns: by name of the side what it measured."""
    warm = Warm(truth, detections, repeats)
    all_turns = []
    for _ in range(count):
        turn = {}
        for name in peers:
            output, usage = child([sys.executable, __file__, "--peer", name, truth, detections])
            turn[name] = {**json.loads(output), **usage}
        turn[OURS] = {**warm.turn(), **child(ours(truth, detections))[1]}
        if turn[OURS]["sha256"] != turn["pycocotools"]["sha256"] or turn[OURS]["AP"] != turn["pycocotools"]["AP"]:
            sys.exit("NOT EQUAL: %s\n%s" % (turn["pycocotools"], turn[OURS]))
        for side in turn:
            print(side, {k: round(turn[side][k], 4) for k in FIGURES if k in turn[side]}, flush=True)
        all_turns.append(turn)
    warm.close()
    return all_turns


def table(title, measured):
    print("\n%s\n%-20s %8s %10s %10s %8s %22s" % (title, "", "load s", "evaluate s", "whole s", "MiB", "AP"))
    for name in measured[0]:
        m = {k: statistics.median(t[name][k] for t in measured) for k in ("load", "evaluate", "cpu", "MiB")}
        print("%-20s %8.3f %10.4f %10.2f %8.0f %22.17g" % (name, m["load"], m["evaluate"], m["cpu"], m["MiB"], measured[0][name]["AP"]), flush=True)


def apart(function, *arguments):
    """Runs one of these functions in another process: a child's peak memory begins at its parent's."""
    return child([sys.executable, __file__, "--" + function.__name__, *map(str, arguments)])[0]


def generate(generator, truth, detections, images, truths, an_image):
    """Writes the two files."""
    spec = importlib.util.spec_from_file_location("generate", generator)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    values = module.build(int(images), int(truths), int(an_image), 7)
    for path, value in zip((truth, detections), values):
        with open(path, "w") as f:
            json.dump(value, f, separators=(",", ":"))


def enlarge(detections, path, gigabytes):
    """Writes a results file of so many GB: the same boxes over and over, with other scores."""
    with open(detections) as f:
        boxes = [json.dumps(d)[:-1] for d in json.load(f)]
    n = 0
    with open(path, "w") as f:
        while f.tell() < float(gigabytes) * 1e9:
            f.write("[" if n == 0 else ",")
            f.write(",".join('%s,"score":%.3f}' % (b[: b.rindex(",")], (n + i) % 997 / 997) for i, b in enumerate(boxes)))
            n += len(boxes)
        f.write("]")
    print(n)


def large(folder, truth, detections, gigabytes):
    path = folder / "large.json"
    n = int(apart(enlarge, detections, path, gigabytes))
    usage = child(ours(truth, path))[1]
    path.unlink()
    print("\n%s GB, %d detections: %.1f CPU s, %.0f MiB" % (gigabytes, n, usage["cpu"], usage["MiB"]))


def goals(small, ten):
    def ratio(measured, key, side, other=None):
        return statistics.median(t[OURS][key] / t[side][other or key] for t in measured)

    return [
        ("warm evaluate, of pycocotools", ratio(small, "evaluate", "pycocotools"), 1 / 100),
        ("warm evaluate, of faster-coco-eval", ratio(small, "evaluate", "faster-coco-eval"), 1 / 30),
        ("cold process CPU, of pycocotools", ratio(small, "cpu", "pycocotools"), 1 / 4),
        ("cold process CPU, of faster-coco-eval", ratio(small, "cpu", "faster-coco-eval"), 0.7),
        ("cold memory, of pycocotools", ratio(small, "MiB", "pycocotools"), 1 / 2),
        ("cold memory, of faster-coco-eval", ratio(small, "MiB", "faster-coco-eval"), 1 / 2),
        ("ten times: evaluate, of pycocotools", ratio(ten, "evaluate", "pycocotools"), 1 / 60),
        ("1,000 replicates, of a pycocotools run", ratio(small, "bootstrap", "pycocotools", "cpu"), 1 / 5),
    ]


def main(generator, work, pairs=5, images=5000, truths=36000, few=9, many=90, gigabytes=1):
    work = pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    files, more = ([str(work / ("%s%s.json" % (name, n))) for name in ("gt", "dt")] for n in (few, many))
    apart(generate, generator, *files, images, truths, few)
    apart(generate, generator, *more, images, truths, many)
    peers = [p for p, (_, module) in PEERS.items() if importlib.util.find_spec(module.partition(":")[0])]
    child([str(ROOT / "labelloop"), "--version"])  # is built, if need be, before it is timed
    small = turns(*files, peers, int(pairs), 20)
    table("%s images, %s truths, %s detections an image" % (images, truths, few), small)
    ten = turns(*more, ["pycocotools"], int(pairs), 5)
    table("the same with %s detections an image" % many, ten)
    large(work, *files, gigabytes)
    print("\nEvery bit of precision, recall and scores equals pycocotools' (numpy %s).\n" % small[0]["pycocotools"]["numpy"])
    for name, value, goal in goals(small, ten):
        print("%-40s %8.4f (1/%.1f)  goal %.4f  %s" % (name, value, 1 / value, goal, "met" if value <= goal else "MISSED"))


if __name__ == "__main__":
    inner = {"--" + f.__name__: f for f in (peer, generate, enlarge)}
    if sys.argv[1] in inner:
        inner[sys.argv[1]](*sys.argv[2:])
    else:
        main(*sys.argv[1:])
