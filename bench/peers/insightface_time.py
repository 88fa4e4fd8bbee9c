"""Times InsightFace, as its documentation starts it, on a list of photos: detection at 640×640 and recognition of the
two largest faces, decoding included.

usage: insightface_time.py PACK_FOLDER LIST [--all]      (LIST: a path a line)

  --all   all of the pack's models, which is what FaceAnalysis() does when it is told nothing else

Prints {"photos": N, "milliseconds_per_photo": M}. Loading the models and a first photo are not counted.
"""
import json
import pathlib
import sys
import time

import cv2
from insightface.app import FaceAnalysis


def main():
    pack, photos = sys.argv[1], pathlib.Path(sys.argv[2]).read_text().splitlines()
    modules = None if "--all" in sys.argv[3:] else ["detection", "recognition"]
    app = FaceAnalysis(name=pack, allowed_modules=modules)
    app.prepare(ctx_id=-1, det_size=(640, 640))

    def analyze(path):
        return app.get(cv2.imread(path), max_num=2, det_metric="max")

    analyze(photos[0])
    begin = time.perf_counter()
    faces = sum(len(analyze(path)) for path in photos)
    seconds = time.perf_counter() - begin
    print(json.dumps(
        {"photos": len(photos), "faces": faces, "milliseconds_per_photo": 1000 * seconds / len(photos)}))


if __name__ == "__main__":
    main()
