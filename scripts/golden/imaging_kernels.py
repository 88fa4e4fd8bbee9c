"""Makes Tests/ImagingTests/Golden/kernels: one drawn picture, and what OpenCV (5.0) and InsightFace's letterbox make of it.

Needs opencv-python and numpy. OpenCV 4 rounds the positions of warpAffine to 1/32 pixel and gives other edges.
"""

import json
import pathlib

import cv2
import numpy as np

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/ImagingTests/Golden/kernels"
OUT.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(7)
width, height = 61, 47
y, x = np.mgrid[0:height, 0:width]
photo = np.stack([4 * x, 5 * y, 255 * ((x // 7 + y // 5) % 2)], 2).astype(np.float64)
photo[10:30, 20:45] = random.integers(0, 256, (20, 25, 3))
photo = photo.clip(0, 255).astype(np.uint8)
cases = {"resized": [], "letterboxed": [], "warped": [], "reduced": []}


def save(name, rgb):
    cv2.imwrite(str(OUT / name), rgb[:, :, ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 9])


def letterbox(image, box_width, box_height):
    """As InsightFace 0.7 to 1.0 prepares a photo for SCRFD."""
    image_ratio = image.shape[0] / image.shape[1]
    if image_ratio > box_height / box_width:
        new_height = box_height
        new_width = int(new_height / image_ratio)
    else:
        new_width = box_width
        new_height = int(new_width * image_ratio)
    result = np.zeros((box_height, box_width, 3), np.uint8)
    result[:new_height, :new_width] = cv2.resize(image, (new_width, new_height))
    return result, new_height / image.shape[0], new_width, new_height


save("photo.png", photo)
for w, h in [(64, 64), (30, 23), (61, 20), (122, 94), (17, 90), (1, 1), (200, 3)]:
    save(f"resized_{w}x{h}.png", cv2.resize(photo, (w, h)))
    cases["resized"].append({"width": w, "height": h})
for w, h in [(64, 64), (32, 96), (100, 40), (61, 47)]:
    result, scale, cw, ch = letterbox(photo, w, h)
    save(f"letterboxed_{w}x{h}.png", result)
    cases["letterboxed"].append({"width": w, "height": h, "scale": scale, "contentWidth": cw, "contentHeight": ch})
transforms = [(0.9, 0.3, 4.25, -7.5, 56, 56), (-1.7, 0.4, 80.1, 60.9, 64, 48), (1.0, 0.0, -3.5, 2.25, 61, 47),
              (0.4, -0.05, 10.0, 12.0, 40, 40), (3.0, 1.0, -40.0, -90.0, 50, 50)]
for index, (a, b, tx, ty, w, h) in enumerate(transforms):
    save(f"warped_{index}.png", cv2.warpAffine(photo, np.array([[a, -b, tx], [b, a, ty]]), (w, h), borderValue=0))
    cases["warped"].append({"a": a, "b": b, "tx": tx, "ty": ty, "width": w, "height": h})
for side in [60, 40, 31, 10, 1]:
    w, h = side, max(round(height * side / width), 1)
    save(f"reduced_{side}.png", cv2.resize(photo, (w, h), interpolation=cv2.INTER_AREA))
    cases["reduced"].append({"side": side, "width": w, "height": h})
(OUT.parent / "kernels.json").write_text(json.dumps(cases, indent=1) + "\n")
