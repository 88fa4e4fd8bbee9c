"""Compares Lik's DBSCAN and HDBSCAN with scikit-learn's on random sets of vectors.

usage: compare_clustering.py MEASURE [--sets N] [--seed N]

MEASURE is the program built from bench/measure. Each set has clusters of different sizes and widths and some scattered
vectors, in 2 to 128 dimensions, under the Euclidean or the cosine metric. Labels must be the same up to renaming, noise
must be noise. Exit status 1 when any differ.

HDBSCAN sorts edges of which many are equally long, and its labels depend on how equal ones are ordered. NumPy sorts
them differently on different processors, scikit-learn with it; so NumPy's portable sort is asked for here.
"""
import argparse
import json
import os
import subprocess
import sys

import numpy as np

if "NPY_DISABLE_CPU_FEATURES" not in os.environ:
    os.environ["NPY_DISABLE_CPU_FEATURES"] = " ".join(np._core._multiarray_umath.__cpu_dispatch__)
    os.execv(sys.executable, [sys.executable, "-W", "ignore"] + sys.argv)

from sklearn.cluster import DBSCAN, HDBSCAN  # noqa: E402
from sklearn.metrics import pairwise_distances  # noqa: E402


def vectors(rng):
    dimension = int(rng.choice([2, 3, 8, 32, 128]))
    parts = [rng.normal(size=(int(rng.integers(5, 40)), dimension))]
    for _ in range(int(rng.integers(2, 9))):
        center = rng.normal(size=dimension) * rng.uniform(3, 8)
        count, width = int(rng.integers(4, 60)), rng.uniform(0.2, 1.5)
        parts.append(center + width * rng.normal(size=(count, dimension)))
    return rng.permutation(np.vstack(parts)).astype(np.float32)


def cases(rng, sets):
    """One DBSCAN and one HDBSCAN for each set, each with the labels that scikit-learn gives."""
    for index in range(sets):
        points = vectors(rng)
        metric = ("euclidean", "cosine")[index % 2]
        exact = points.astype(np.float64)
        distances = pairwise_distances(exact, metric=metric)
        # A radius that some but not all vectors have neighbours within; a little more than any distance, since
        # rounding decides about one that is just as large.
        eps = 1.0001 * float(np.quantile(np.sort(distances, axis=1)[:, 4], rng.uniform(0.3, 0.8)))
        min_samples = int(rng.integers(1, 8))
        shared = {"set": index, "vectors": points.tolist(), "metric": metric}
        yield (
            shared | {"algorithm": "dbscan", "eps": eps, "min_samples": min_samples},
            DBSCAN(eps=eps, min_samples=min_samples, metric=metric).fit_predict(exact),
        )
        min_cluster_size = int(rng.integers(2, 12))
        min_samples = int(rng.integers(2, 8))
        yield (
            shared | {"algorithm": "hdbscan", "min_cluster_size": min_cluster_size, "min_samples": min_samples},
            HDBSCAN(min_cluster_size=min_cluster_size, min_samples=min_samples, metric=metric, copy=True)
            .fit_predict(exact),
        )


def renamed(labels):
    """Labels as numbers in order of first appearance, noise as None."""
    names = {}
    return [None if label is None or label < 0 else names.setdefault(int(label), len(names)) for label in labels]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("measure")
    parser.add_argument("--sets", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    todo = list(cases(np.random.default_rng(options.seed), options.sets))
    lines = "".join(json.dumps(case) + "\n" for case, _ in todo)
    run = subprocess.run([options.measure, "cluster", "-"], input=lines, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit("measure cluster failed: " + run.stderr.strip())
    answers = [json.loads(line)["labels"] for line in run.stdout.splitlines()]
    if len(answers) != len(todo):
        sys.exit(f"measure cluster answered {len(answers)} of {len(todo)} cases.")

    broken = False
    for algorithm in ("dbscan", "hdbscan"):
        equal = groups = noise = total = 0
        for (case, expected), labels in zip(todo, answers):
            if case["algorithm"] != algorithm:
                continue
            wanted, got = renamed(expected), renamed(labels)
            total += 1
            equal += wanted == got
            groups += len({label for label in wanted if label is not None})
            noise += wanted.count(None)
            if wanted != got:
                different = sum(a != b for a, b in zip(wanted, got)) if len(wanted) == len(got) else "all"
                parameters = {key: value for key, value in case.items() if key != "vectors"}
                print(f"  {different} of {len(wanted)} labels differ: {parameters}")
        print(f"{algorithm}: {equal} of {total} sets equal to scikit-learn's ({groups} clusters, {noise} noise in all)")
        broken = broken or equal < total or total == 0
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
