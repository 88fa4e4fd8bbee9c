"""Compares two analyses of the same photos, face by face, and prints the worst differences.

usage: compare_faces.py TITLE LIK.jsonl PEER.jsonl [--box PIXELS] [--landmark PIXELS] [--score S]
                        [--cosine C | --vector D] [--threshold T]

Every face must be in both files. Of a face in only one of them it is said whether rounding alone can be the reason: a
score at the threshold (--threshold), an overlap at the limit of the suppression of neighbours, two overlapping faces of
the same score, of which either may stay, or such a face as a neighbour. Those are counted; any other one breaks the
comparison, as every difference beyond a bound does. Exit status 1 then.
"""
import argparse
import json
import sys

import numpy as np

OVERLAP_LIMIT = 0.4


def load(path):
    return {photo["file"]: photo["faces"] for photo in map(json.loads, open(path))}


def corners(faces):
    boxes = np.array([face["box"] for face in faces], float).reshape(-1, 4)
    return np.hstack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]])


def pairs(lik, peer):
    """Index pairs of faces that are each other's nearest by the corners of the box."""
    if not lik or not peer:
        return []
    apart = np.abs(corners(lik)[:, None] - corners(peer)[None]).max(axis=2)
    nearest, nearest_back = apart.argmin(axis=1), apart.argmin(axis=0)
    return [(i, j) for i, j in enumerate(nearest) if nearest_back[j] == i and apart[i, j] < 5]


def overlap(first, second):
    """Intersection over union as InsightFace computes it, with sides one pixel longer."""
    a, b = corners([first, second])
    sides = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]) + 1
    if (sides <= 0).any():
        return 0.0
    inner = sides.prod()
    return inner / ((a[2:] - a[:2] + 1).prod() + (b[2:] - b[:2] + 1).prod() - inner)


def is_borderline(face, own, other, options):
    """Whether rounding can explain that `face`, one of `own`, has no counterpart in `other`."""
    score = face["detection_score"]
    if options.threshold is not None and score - options.threshold < options.score:
        return True
    at_limit = any(abs(overlap(face, kept) - OVERLAP_LIMIT) < 0.01 for kept in own + other)
    tied = any(
        overlap(face, kept) > OVERLAP_LIMIT and abs(score - kept["detection_score"]) < 2 * options.score
        for kept in other
    )
    return at_limit or tied


def sort_out(lik, peer, lik_used, peer_used, options):
    """Of the faces in one file only: how many rounding explains, and the others with whose they are."""
    open_cases = [("Lik", face, lik, peer) for i, face in enumerate(lik) if i not in lik_used]
    open_cases += [("the peer", face, peer, lik) for j, face in enumerate(peer) if j not in peer_used]
    explained = [case for case in open_cases if is_borderline(case[1], case[2], case[3], options)]
    # A face that is there for rounding suppresses its neighbours, which then are missing for the same reason.
    while True:
        further = [
            case for case in open_cases
            if case not in explained
            and any(overlap(case[1], other[1]) > OVERLAP_LIMIT and other[0] != case[0] for other in explained)
        ]
        if not further:
            break
        explained += further
    return len(explained), [(whose, face) for whose, face, _, _ in open_cases
                            if not any(face is case[1] for case in explained)]


class Worst:
    """The largest differences over all pairs of faces, each with its bound."""

    def __init__(self, options):
        self.bounds = {
            "box": ("box, pixels", options.box),
            "landmark": ("landmark, pixels", options.landmark),
            "score": ("score", options.score),
            "cosine": ("1 - cosine", None if options.cosine is None else 1 - options.cosine),
            "vector": ("embedding, each number", options.vector),
        }
        self.values = {}

    def see(self, key, value):
        self.values[key] = max(self.values.get(key, 0.0), float(value))

    def add(self, lik, peer):
        self.see("box", np.abs(corners([lik]) - corners([peer])).max())
        self.see("landmark", np.abs(np.subtract(lik["landmarks"], peer["landmarks"])).max())
        self.see("score", abs(lik["detection_score"] - peer["detection_score"]))
        if "embedding" in lik and "embedding" in peer:
            a, b = np.array(lik["embedding"], float), np.array(peer["embedding"], float)
            self.see("cosine", 1 - a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))
            self.see("vector", np.abs(a - b).max())

    def report(self):
        """Prints a line for each difference that has a bound; whether all are inside."""
        fine = True
        for key, (name, bound) in self.bounds.items():
            if bound is None:
                continue
            value = self.values.get(key)
            ok = value is not None and value <= bound * (1 + 1e-9)
            fine = fine and ok
            shown = "never compared" if value is None else f"{value:.3g}"
            print(f"  {name:24} {shown:>14}   bound {bound:<8.3g} {'ok' if ok else 'BROKEN'}")
        return fine


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("title")
    parser.add_argument("lik")
    parser.add_argument("peer")
    parser.add_argument("--box", type=float)
    parser.add_argument("--landmark", type=float)
    parser.add_argument("--score", type=float, default=1e-3)
    parser.add_argument("--cosine", type=float)
    parser.add_argument("--vector", type=float)
    parser.add_argument("--threshold", type=float)
    options = parser.parse_args()

    lik, peer = load(options.lik), load(options.peer)
    worst, matched, borderline, alone = Worst(options), 0, 0, []
    for file in lik:
        found = pairs(lik[file], peer[file])
        matched += len(found)
        for i, j in found:
            worst.add(lik[file][i], peer[file][j])
        explained, unexplained = sort_out(
            lik[file], peer[file], {i for i, _ in found}, {j for _, j in found}, options)
        borderline += explained
        alone += [(whose, file, face) for whose, face in unexplained]

    print(f"{options.title}: {len(lik)} photos, {matched} faces in both, {borderline} on a limit in one, "
          f"{len(alone)} in one without reason")
    fine = worst.report()
    for whose, file, face in alone[:5]:
        print(f"  only {whose} found {[round(side, 1) for side in face['box']]} "
              f"(score {face['detection_score']:.4f}) on {file}")
    # Limits may explain a few faces, not a twentieth of them.
    few = borderline <= max(1, matched // 20)
    if not few:
        print("  Too many faces are in one only.")
    sys.exit(0 if fine and few and matched and not alone and lik.keys() == peer.keys() else 1)


if __name__ == "__main__":
    main()
