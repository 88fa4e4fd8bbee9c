"""Groups the vectors of a file with scikit-learn's DBSCAN, cosine, on all cores, and prints the seconds.

usage: sklearn_dbscan.py VECTORS.f32 DIMENSION EPS MIN_SAMPLES LABELS
Reading the file is not in the time. LABELS is written, a line each.
"""
import json
import sys
import time

import numpy as np
from sklearn.cluster import DBSCAN


def main():
    path, dimension, eps, min_samples, labels_path = sys.argv[1:]
    vectors = np.fromfile(path, "<f4").reshape(-1, int(dimension))
    begin = time.perf_counter()
    labels = DBSCAN(eps=float(eps), min_samples=int(min_samples), metric="cosine", n_jobs=-1).fit_predict(vectors)
    seconds = time.perf_counter() - begin
    np.savetxt(labels_path, labels, fmt="%d")
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()
