#!/usr/bin/env python3
"""Finding rooms, and all from a map to a release, against OpenCV's distanceTransform, connectedComponents and watershed.

    benches/peers/opencv.py [ROUNDS]

The very same grids, one thread, alternating in one run: each round OpenCV's three calls, then ours. Printed are medians and
their ratios, ours over OpenCV's: of finding rooms, of all from a map to a release of the default policy, and to one at
λ = 4, for which plans are ranked. Needs Python with opencv-python-headless; the real maps are those of the pipeline's
benchmarks (HOMEVEIL_MAPS).
"""

import pathlib
import re
import statistics
import subprocess
import sys
import time

try:
    import cv2
    import numpy
except ImportError:
    print("opencv-python-headless is not installed: nothing was compared")
    sys.exit(0)

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 9
# A seed of the watershed: what is this many cells from the walls.
SEED_CELLS = 10


def program():
    """The program of ours, built."""
    build = ["cargo", "bench", "--bench", "peers", "--no-run"]
    told = subprocess.run(build, cwd=ROOT, check=True, capture_output=True, text=True).stderr
    return ROOT / re.search(r"benches/peers/main\.rs \(([^)]*)\)", told)[1]


def opencv(free, image):
    """Nanoseconds of the three calls; what is between them is not counted."""
    start = time.perf_counter_ns()
    distance = cv2.distanceTransform(free, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    taken = time.perf_counter_ns() - start
    seeds = (distance > SEED_CELLS).astype(numpy.uint8)
    start = time.perf_counter_ns()
    _, labels = cv2.connectedComponents(seeds, connectivity=4)
    taken += time.perf_counter_ns() - start
    labels[free == 0] = labels.max() + 1
    start = time.perf_counter_ns()
    cv2.watershed(image, labels)
    return taken + time.perf_counter_ns() - start


def main():
    cv2.setNumThreads(1)
    ours = subprocess.Popen([program(), "serve"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(what):
        ours.stdin.write(what + b"\n")
        ours.stdin.flush()
        return ours.stdout.readline().decode().strip()

    stages = ("segment", "release", "ranked")
    print(f"{'map':34} {'cells':>9} {'OpenCV':>10}" + "".join(f" {stage:>10} {'ratio':>6}" for stage in stages))
    while (head := ask(b"next")) != "end":
        name, width, height = head.split("\t")
        cells = int(width) * int(height)
        grid = numpy.frombuffer(ours.stdout.read(cells), numpy.uint8).reshape(int(height), int(width))
        free = numpy.where(grid == 1, 255, 0).astype(numpy.uint8)
        image = cv2.cvtColor(free, cv2.COLOR_GRAY2BGR)
        rounds = [(opencv(free, image), *(int(ask(stage.encode())) for stage in stages)) for _ in range(ROUNDS)]
        peer, *ours_ms = (statistics.median(times) / 1e6 for times in zip(*rounds))
        columns = "".join(f" {taken:7.2f} ms {taken / peer:6.2f}" for taken in ours_ms)
        print(f"{name:34} {cells:9} {peer:7.2f} ms{columns}", flush=True)


main()
