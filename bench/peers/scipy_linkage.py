"""Groups the vectors of a file by SciPy's average linkage of cosine distances, and prints the seconds.

usage: scipy_linkage.py VECTORS.f32 DIMENSION THRESHOLD LABELS
SciPy keeps the distances of all pairs, in memory and in one thread: 400 MB for 10,000 vectors, 40 GB for 100,000. Reading
the file is not in the time. LABELS is written, a line each.
"""
import json
import sys
import time

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist


def main():
    path, dimension, threshold, labels_path = sys.argv[1:]
    vectors = np.fromfile(path, "<f4").reshape(-1, int(dimension))
    begin = time.perf_counter()
    labels = fcluster(linkage(pdist(vectors, "cosine"), "average"), float(threshold), "distance")
    seconds = time.perf_counter() - begin
    np.savetxt(labels_path, labels, fmt="%d")
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()
