"""Copies photos as PNG files, so that everybody who is compared starts from the same pixels.

usage: prepare_photos.py LIST SET_FOLDER OUT_FOLDER [--longer-side PIXELS]

LIST names a photo a line, relative to SET_FOLDER. A photo whose longer side is above PIXELS is made smaller, to exactly
that. Prints the path of each copy. JPEG decoders of different versions differ by a grey level here and there, which is
no difference between the systems that work on the pixels.
"""
import argparse
import pathlib
import sys

import cv2


def names(path):
    lines = (line.strip() for line in pathlib.Path(path).read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("list")
    parser.add_argument("set_folder", type=pathlib.Path)
    parser.add_argument("out_folder", type=pathlib.Path)
    parser.add_argument("--longer-side", type=int)
    options = parser.parse_args()

    options.out_folder.mkdir(parents=True, exist_ok=True)
    for name in names(options.list):
        photo = cv2.imread(str(options.set_folder / name))
        if photo is None:
            sys.exit(f"{options.set_folder / name} could not be read.")
        height, width = photo.shape[:2]
        limit = options.longer_side
        if limit and max(height, width) > limit:
            scale = limit / max(height, width)
            photo = cv2.resize(photo, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
        copy = options.out_folder / (name.replace("/", "__") + ".png")
        cv2.imwrite(str(copy), photo, [cv2.IMWRITE_PNG_COMPRESSION, 1])
        print(copy.resolve())


if __name__ == "__main__":
    main()
