#!/usr/bin/env python3
"""A training step of YOLOX-nano: ours against PyTorch's, taking turns.

usage: training_step.py [--batch 8] [--input 416] [--rounds 15] [--threads CORES]

Both sides run the network with batch norm, SimOTA, the YOLOX losses, gradient clipping, AdamW and an
average of the weights, on random pictures, in the process environment of ./labelloop. PyTorch is
eager, float32, NCHW; its network and losses are written from the paper, arXiv 2107.08430. The figure
is the median of the ratios of neighbouring turns. Needs torch here, and Java's classes:
`./labelloop --help`, then `mvn -q -pl activities -am test-compile`. Ends with one JSON object.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

ROOT = Path(__file__).resolve().parents[4]
CLASSES = [
    ROOT / "activities/target/test-classes",
    ROOT / "activities/target/classes",
    ROOT / "workflows/target/classes",
    ROOT / "worker/target/lib/*",
]
BENCHMARK = "dev.labelloop.activities.training.TrainingStepBenchmark"
# Read once, when a process starts: docs/adr/0003-libtorch-process.md.
SETTINGS = {
    "GOMP_SPINCOUNT": "10000",
    "MALLOC_MMAP_THRESHOLD_": "8000000000",
    "MALLOC_TRIM_THRESHOLD_": "16000000000",
}
KINDS = 5  # classes of objects


class Conv(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride=1, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(
            inputs, outputs, kernel, stride, (kernel - 1) // 2, groups=groups, bias=False)
        self.bn = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03)
        self.act = nn.SiLU(inplace=True)

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))


def spatial(inputs, outputs, stride=1):
    return nn.Sequential(Conv(inputs, inputs, 3, stride, inputs), Conv(inputs, outputs, 1))


class Bottleneck(nn.Module):
    def __init__(self, channels, shortcut):
        super().__init__()
        self.body = nn.Sequential(Conv(channels, channels, 1), spatial(channels, channels))
        self.shortcut = shortcut

    def forward(self, x):
        return x + self.body(x) if self.shortcut else self.body(x)


class Csp(nn.Module):
    def __init__(self, inputs, outputs, n, shortcut):
        super().__init__()
        half = outputs // 2
        self.main = nn.Sequential(
            Conv(inputs, half, 1), *(Bottleneck(half, shortcut) for _ in range(n)))
        self.side = Conv(inputs, half, 1)
        self.merge = Conv(outputs, outputs, 1)

    def forward(self, x):
        return self.merge(torch.cat((self.main(x), self.side(x)), 1))


class Spp(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.before = Conv(channels, channels // 2, 1)
        self.after = Conv(channels * 2, channels, 1)

    def forward(self, x):
        x = self.before(x)
        return self.after(torch.cat([x] + [F.max_pool2d(x, k, 1, k // 2) for k in (5, 9, 13)], 1))


class Head(nn.Module):
    def __init__(self, inputs, hidden):
        super().__init__()
        self.stem = Conv(inputs, hidden, 1)
        self.classes = nn.Sequential(spatial(hidden, hidden), spatial(hidden, hidden))
        self.boxes = nn.Sequential(spatial(hidden, hidden), spatial(hidden, hidden))
        self.cls = nn.Conv2d(hidden, KINDS, 1)
        self.reg = nn.Conv2d(hidden, 4, 1)
        self.obj = nn.Conv2d(hidden, 1, 1)
        for layer in (self.cls, self.obj):
            nn.init.constant_(layer.bias, -4.595)  # a probability of 0.01

    def forward(self, x):
        x = self.stem(x)
        boxes = self.boxes(x)
        out = torch.cat((self.reg(boxes), self.obj(boxes), self.cls(self.classes(x))), 1)
        return out.flatten(2)


class Nano(nn.Module):
    def __init__(self):
        super().__init__()
        c = (16, 32, 64, 128, 256)
        self.two = nn.Sequential(
            Conv(12, c[0], 3), spatial(c[0], c[1], 2), Csp(c[1], c[1], 1, True))
        self.three = nn.Sequential(spatial(c[1], c[2], 2), Csp(c[2], c[2], 3, True))
        self.four = nn.Sequential(spatial(c[2], c[3], 2), Csp(c[3], c[3], 3, True))
        self.five = nn.Sequential(
            spatial(c[3], c[4], 2), Spp(c[4]), Csp(c[4], c[4], 1, False))
        self.lateral = Conv(c[4], c[3], 1)
        self.top4 = Csp(c[4], c[3], 1, False)
        self.reduce = Conv(c[3], c[2], 1)
        self.top3 = Csp(c[3], c[2], 1, False)
        self.down3 = spatial(c[2], c[2], 2)
        self.up4 = Csp(c[3], c[3], 1, False)
        self.down4 = spatial(c[3], c[3], 2)
        self.up5 = Csp(c[4], c[4], 1, False)
        self.heads = nn.ModuleList(Head(n, c[2]) for n in (c[2], c[3], c[4]))

    def forward(self, x):
        x = torch.cat((x[..., ::2, ::2], x[..., 1::2, ::2], x[..., ::2, 1::2], x[..., 1::2, 1::2]), 1)
        two = self.two(x)
        three = self.three(two)
        four = self.four(three)
        five = self.lateral(self.five(four))
        four_top = self.reduce(self.top4(torch.cat((F.interpolate(five, scale_factor=2), four), 1)))
        out3 = self.top3(torch.cat((F.interpolate(four_top, scale_factor=2), three), 1))
        out4 = self.up4(torch.cat((self.down3(out3), four_top), 1))
        out5 = self.up5(torch.cat((self.down4(out4), five), 1))
        levels = [head(x) for head, x in zip(self.heads, (out3, out4, out5))]
        return torch.cat(levels, 2).transpose(1, 2)


def grid(side):
    rows = []
    for stride in (8, 16, 32):
        n = side // stride
        y, x = torch.meshgrid(torch.arange(n), torch.arange(n), indexing="ij")
        rows.append(torch.stack((x.flatten(), y.flatten(), torch.full((n * n,), stride)), 1))
    return torch.cat(rows).float()


def overlaps(a, b):
    """IoU of boxes given by corners: [n, 4] and [m, 4] give [n, m]."""
    size = (torch.minimum(a[:, None, 2:], b[None, :, 2:])
            - torch.maximum(a[:, None, :2], b[None, :, :2])).clamp(min=0)
    inner = size.prod(2)
    areas = (a[:, 2:] - a[:, :2]).prod(1)[:, None] + (b[:, 2:] - b[:, :2]).prod(1)[None]
    return inner / (areas - inner)


@torch.no_grad()
def assign(logits, boxes, cells, objects, labels):
    """SimOTA for one picture: positive cells, their objects, their overlaps."""
    centre = (cells[:, :2] + 0.5) * cells[:, 2:]
    to_box = torch.cat((centre[None] - objects[:, None, :2], objects[:, None, 2:] - centre[None]), 2)
    in_box = to_box.amin(2) > 0
    middle = (objects[:, :2] + objects[:, 2:]) / 2
    near = ((centre[None] - middle[:, None]).abs() < 2.5 * cells[None, :, 2:]).all(2)
    candidate = (in_box | near).any(0).nonzero()[:, 0]
    iou = overlaps(objects, boxes[candidate])
    score = (logits[candidate, 5:].sigmoid() * logits[candidate, 4:5].sigmoid()).sqrt()
    onehot = F.one_hot(labels, KINDS).float()[:, None].expand(-1, len(candidate), -1)
    cost = F.binary_cross_entropy(
        score[None].expand(len(objects), -1, -1), onehot, reduction="none").sum(2)
    cost = cost - 3 * (iou + 1e-8).log() + 1e5 * ~(in_box & near)[:, candidate]
    wanted = iou.topk(min(10, iou.shape[1]), 1).values.sum(1).int().clamp(min=1)
    match = torch.zeros_like(cost)
    for i, n in enumerate(wanted.tolist()):
        match[i, cost[i].topk(n, largest=False).indices] = 1
    double = match.sum(0) > 1
    if double.any():
        best = cost[:, double].argmin(0)
        match[:, double] = F.one_hot(best, len(objects)).T.float()
    positive = match.sum(0) > 0
    owner = match[:, positive].argmax(0)
    return candidate[positive], owner, iou[owner, positive]


def loss_of(logits, cells, targets):
    stride = cells[None, :, 2:]
    middle = (logits[..., :2] + cells[None, :, :2]) * stride
    half = logits[..., 2:4].exp() * stride / 2
    boxes = torch.cat((middle - half, middle + half), 2)
    rows, goals, classes = [], [], []
    for i, (objects, labels) in enumerate(targets):
        cell, owner, iou = assign(logits[i], boxes[i], cells, objects, labels)
        rows.append(cell + i * cells.shape[0])
        goals.append(objects[owner])
        classes.append(F.one_hot(labels[owner], KINDS) * iou[:, None])
    rows, goals, classes = torch.cat(rows), torch.cat(goals), torch.cat(classes)
    flat = logits.reshape(-1, logits.shape[2])
    found = boxes.reshape(-1, 4)[rows]
    inner = (torch.minimum(found[:, 2:], goals[:, 2:])
             - torch.maximum(found[:, :2], goals[:, :2])).clamp(min=0).prod(1)
    areas = (found[:, 2:] - found[:, :2]).prod(1) + (goals[:, 2:] - goals[:, :2]).prod(1)
    iou = inner / (areas - inner)
    wanted = torch.zeros(flat.shape[0])
    wanted[rows] = 1
    total = (5 * (1 - iou * iou).sum()
             + F.binary_cross_entropy_with_logits(flat[:, 4], wanted, reduction="sum")
             + F.binary_cross_entropy_with_logits(flat[rows, 5:], classes, reduction="sum"))
    return total / len(rows)


class Step:
    def __init__(self, batch, side):
        torch.manual_seed(1)
        self.model = Nano().train()
        self.parameters = list(self.model.parameters())
        self.average = [p.detach().clone() for p in self.parameters]
        self.optimiser = torch.optim.AdamW(self.parameters, lr=1e-4, weight_decay=0.01)
        self.cells = grid(side)
        self.pixels = torch.rand(batch, 3, side, side)
        self.targets = []
        for _ in range(batch):
            size = side * (0.1 + 0.5 * torch.rand(2, 1))
            corner = torch.rand(2, 2) * (side - size)
            self.targets.append(
                (torch.cat((corner, corner + size), 1), torch.randint(KINDS, (2,))))

    def run(self, steps):
        cpu, start = time.process_time(), time.perf_counter()
        for _ in range(steps):
            loss_of(self.model(self.pixels), self.cells, self.targets).backward()
            nn.utils.clip_grad_norm_(self.parameters, 10)
            self.optimiser.step()
            self.optimiser.zero_grad()
            with torch.no_grad():
                torch._foreach_lerp_(self.average, self.parameters, 0.002)
        return ((time.perf_counter() - start) * 1e3 / steps,
                (time.process_time() - cpu) * 1e3 / steps)


class Ours:
    def __init__(self, arguments):
        self.process = subprocess.Popen(
            ["java", "-Dai.djl.offline=true", f"-Dai.djl.pytorch.num_threads={arguments.threads}",
             "-cp", ":".join(map(str, CLASSES)), BENCHMARK, str(arguments.batch),
             str(arguments.input)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, steps):
        print(steps, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline().split()
        if not answer:
            sys.exit("the Java side stopped; see the usage at the top of this file")
        return tuple(map(float, answer))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--input", type=int, default=416)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--steps", type=int, default=2, help="of each side in each round")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    sides = {"ours": Ours(arguments), "torch": Step(arguments.batch, arguments.input)}
    for side in sides.values():
        side.run(3)  # the first steps make primitives and compile code
    times = {name: [] for name in sides}
    for _ in range(arguments.rounds):
        for name, side in sides.items():
            times[name].append(side.run(arguments.steps))
    answer = {"torch": torch.__version__, "batch": arguments.batch, "input": arguments.input,
              "threads": arguments.threads}
    for name, pairs in times.items():
        answer[name + "Ms"] = round(statistics.median(p[0] for p in pairs), 1)
        answer[name + "CpuMs"] = round(statistics.median(p[1] for p in pairs), 1)
    # Pairs lie beside each other in time, so their ratio feels a busy machine least.
    for i, what in enumerate(("ratio", "cpuRatio")):
        answer[what] = round(statistics.median(
            a[i] / b[i] for a, b in zip(times["ours"], times["torch"])), 3)
    print(json.dumps(answer))


if __name__ == "__main__":
    if any(os.environ.get(name) != value for name, value in SETTINGS.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **SETTINGS})
    main()
