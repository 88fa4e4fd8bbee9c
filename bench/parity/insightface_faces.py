"""Runs InsightFace on photos and prints what it finds, in the form of `measure analyze`.

usage: insightface_faces.py PACK_FOLDER LIK.jsonl [--detect-only | --max-faces N]

The photos, and the shapes of the detector's input for each of them, are those of LIK.jsonl. Faces come best score
first; with --max-faces only the largest, which get an embedding each.
"""
import argparse
import json

import cv2
from insightface.app import FaceAnalysis


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pack")
    parser.add_argument("lik")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--detect-only", action="store_true")
    group.add_argument("--max-faces", type=int, default=0)
    parser.add_argument("--det-thresh", type=float, default=0.5)
    options = parser.parse_args()

    modules = ["detection"] if options.detect_only else ["detection", "recognition"]
    app = FaceAnalysis(name=options.pack, allowed_modules=modules)
    app.prepare(ctx_id=-1, det_thresh=options.det_thresh, det_size=(640, 640))

    for line in open(options.lik):
        theirs = json.loads(line)
        photo = cv2.imread(theirs["file"])
        app.det_model.prepare(-1, input_size=theirs["inputs"], det_thresh=options.det_thresh)
        faces = app.get(photo, max_num=options.max_faces, det_metric="max")
        faces.sort(key=lambda face: -face.det_score)
        print(json.dumps({
            "file": theirs["file"],
            "width": photo.shape[1],
            "height": photo.shape[0],
            "inputs": theirs["inputs"],
            "faces": [as_json(face) for face in faces],
        }))


def as_json(face):
    left, top, right, bottom = (float(value) for value in face.bbox)
    result = {
        "box": [left, top, right - left, bottom - top],
        "landmarks": face.kps.tolist(),
        "detection_score": float(face.det_score),
    }
    if face.embedding is not None:
        result["embedding"] = face.embedding.tolist()
    return result


if __name__ == "__main__":
    main()
