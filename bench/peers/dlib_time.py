"""Times dlib on a list of photos, each as large as it is: detection with the CNN, five landmarks, the descriptor of
every face, decoding included.

usage: dlib_time.py MODEL_FOLDER LIST      (LIST: a path a line)

Prints {"photos": N, "milliseconds_per_photo": M}. Loading the models and a first photo are not counted.
"""
import json
import pathlib
import sys
import time

import dlib


def main():
    folder, photos = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text().splitlines()
    detector = dlib.cnn_face_detection_model_v1(str(folder / "mmod_human_face_detector.dat"))
    predictor = dlib.shape_predictor(str(folder / "shape_predictor_5_face_landmarks.dat"))
    embedder = dlib.face_recognition_model_v1(str(folder / "dlib_face_recognition_resnet_model_v1.dat"))

    def analyze(path):
        photo = dlib.load_rgb_image(path)
        found = detector(photo, 0)
        return [embedder.compute_face_descriptor(photo, predictor(photo, face.rect)) for face in found]

    analyze(photos[0])
    begin = time.perf_counter()
    faces = sum(len(analyze(path)) for path in photos)
    seconds = time.perf_counter() - begin
    print(json.dumps(
        {"photos": len(photos), "faces": faces, "milliseconds_per_photo": 1000 * seconds / len(photos)}))


if __name__ == "__main__":
    main()
