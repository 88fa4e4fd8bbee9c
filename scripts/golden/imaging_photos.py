"""Makes the small photos of Tests/ImagingTests/Golden/photos and says in expected.json what they show.

Needs Pillow, numpy and the command `vips` (libvips-tools). Every picture is drawn here: four flat quarters.
"""

import json
import pathlib
import struct
import subprocess
import tempfile

import numpy as np
from PIL import Image, ImageCms

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/ImagingTests/Golden/photos"
W, H = 48, 32
QUARTERS = [(200, 40, 40), (40, 180, 60), (40, 60, 200), (220, 200, 40)]  # top left, top right, bottom left, bottom right
expected = {}


def picture(colours=QUARTERS, dtype=np.uint8):
    pixels = np.zeros((H, W, len(colours[0])), dtype)
    for index, colour in enumerate(colours):
        row, column = divmod(index, 2)
        pixels[row * H // 2:(row + 1) * H // 2, column * W // 2:(column + 1) * W // 2] = colour
    return pixels


def note(name, form, colours=QUARTERS, size=(W, H), tolerance=3, **more):
    expected[name] = {"format": form, "width": size[0], "height": size[1], "tolerance": tolerance,
                      "quarters": [list(map(int, c)) for c in colours], **more}


def vips(*arguments):
    subprocess.run(["vips", *map(str, arguments)], check=True)


def turned(colours, orientation):
    """What the quarters look like once the orientation is applied."""
    grid = np.array(colours).reshape(2, 2, 3)
    grid = {1: grid, 2: grid[:, ::-1], 3: grid[::-1, ::-1], 4: grid[::-1], 5: grid.transpose(1, 0, 2),
            6: np.rot90(grid, -1), 7: grid[::-1, ::-1].transpose(1, 0, 2), 8: np.rot90(grid, 1)}[orientation]
    return grid.reshape(4, 3).tolist()


def exif(**tags):
    data = Image.Exif()
    numbers = {"maker": 0x010F, "model": 0x0110, "orientation": 0x0112}
    for key, value in tags.items():
        if key in numbers:
            data[numbers[key]] = value
    inner = {0x9003: tags.get("taken"), 0x9011: tags.get("offset")}
    inner = {key: value for key, value in inner.items() if value}
    if inner:
        data._ifds[0x8769] = inner
        data[0x8769] = inner
    return data.tobytes()


def plain():
    rgb = Image.fromarray(picture())
    jpeg = {"quality": 95, "subsampling": 0}
    rgb.save(OUT / "plain.jpg", **jpeg)
    rgb.save(OUT / "progressive.jpg", progressive=True, **jpeg)
    rgb.convert("CMYK").save(OUT / "cmyk.jpg", quality=95)
    note("plain.jpg", "jpeg")
    note("progressive.jpg", "jpeg")
    note("cmyk.jpg", "jpeg", tolerance=80)
    greys = [(30,) * 3, (90,) * 3, (160,) * 3, (240,) * 3]
    grey = Image.fromarray(picture(greys)).convert("L")
    grey.save(OUT / "grey.jpg", quality=95)
    note("grey.jpg", "jpeg", greys)
    rgb.save(OUT / "plain.png")
    rgb.quantize(16).save(OUT / "palette.png")
    note("plain.png", "png", tolerance=0)
    note("palette.png", "png", tolerance=2)
    bits = [(0,) * 3, (255,) * 3, (255,) * 3, (0,) * 3]
    Image.fromarray(picture(bits)).convert("1").save(OUT / "one_bit.png")
    note("one_bit.png", "png", bits, tolerance=0)

    # Alpha 0, 128, 255, 255 on white.
    alphas = [0, 128, 255, 255]
    rgba = [c + (a,) for c, a in zip(QUARTERS, alphas)]
    flat = [[round((v * a + 255 * (255 - a)) / 255) for v in c] for c, a in zip(QUARTERS, alphas)]
    Image.fromarray(picture(rgba), "RGBA").save(OUT / "alpha.png")
    note("alpha.png", "png", flat, tolerance=1)
    grey_alpha = [(g[0], a) for g, a in zip(greys, alphas)]
    Image.fromarray(picture(grey_alpha), "LA").save(OUT / "grey_alpha.png")
    flat_grey = [[round((g[0] * a + 255 * (255 - a)) / 255)] * 3 for g, a in zip(greys, alphas)]
    note("grey_alpha.png", "png", flat_grey, tolerance=1)

    for name, colours, kind, result in [
            ("rgb16.png", QUARTERS, "rgb16", QUARTERS), ("rgba16.png", rgba, "rgb16", flat),
            ("grey16.png", [g[:1] for g in greys], "grey16", greys),
            ("grey_alpha16.png", grey_alpha, "grey16", flat_grey), ("rgb16.tiff", QUARTERS, "rgb16", QUARTERS)]:
        deep = (picture(colours).astype(np.uint16) * 257).astype("<u2")
        with tempfile.NamedTemporaryFile(suffix=".raw") as raw:
            raw.write(deep.tobytes())
            raw.flush()
            vips("rawload", raw.name, f"{raw.name}.v", W, H, deep.shape[2], "--format", "ushort", "--interpretation", kind)
            vips("copy", f"{raw.name}.v", OUT / name)
        note(name, name.split(".")[1], result, tolerance=1)

    rgb.save(OUT / "lossy.webp", quality=95)
    rgb.save(OUT / "lossless.webp", lossless=True)
    other = Image.fromarray(picture(QUARTERS[::-1]))
    rgb.save(OUT / "animated.webp", save_all=True, append_images=[other], lossless=True, duration=100)
    rgb.save(OUT / "animated.gif", save_all=True, append_images=[other], duration=100)
    rgb.save(OUT / "still.gif")
    note("lossy.webp", "webp", tolerance=12)
    note("lossless.webp", "webp", tolerance=0)
    note("animated.webp", "webp", tolerance=0)
    note("animated.gif", "gif", tolerance=2)
    note("still.gif", "gif", tolerance=2)
    rgb.save(OUT / "pages.tiff", save_all=True, append_images=[other], compression="tiff_lzw")
    note("pages.tiff", "tiff", tolerance=0)
    vips("colourspace", OUT / "plain.png", f"{OUT}/lab.tiff[compression=deflate]", "lab")
    note("lab.tiff", "tiff", tolerance=2)
    rgb.save(OUT / "plain.ppm")
    note("plain.ppm", "ppm", tolerance=0)
    (OUT / "ascii.pgm").write_text(
        f"P2\n# grey, as text\n{W} {H}\n255\n" + "\n".join(" ".join(map(str, r)) for r in picture(greys)[:, :, 0]) + "\n")
    note("ascii.pgm", "ppm", greys, tolerance=0)
    rgb.save(OUT / "plain.jp2")
    note("plain.jp2", "jpeg2000", tolerance=2)
    vips("copy", OUT / "plain.png", f"{OUT}/plain.heic[compression=hevc,Q=90,strip]")
    vips("copy", OUT / "plain.png", f"{OUT}/plain.avif[compression=av1,Q=90,strip]")
    note("plain.heic", "heic", tolerance=12)
    note("plain.avif", "avif", tolerance=12)


def oriented():
    for orientation in range(1, 9):
        size = (W, H) if orientation < 5 else (H, W)
        name = f"orientation_{orientation}.jpg"
        Image.fromarray(picture()).save(OUT / name, quality=95, subsampling=0, exif=exif(orientation=orientation))
        note(name, "jpeg", turned(QUARTERS, orientation), size)
    Image.fromarray(picture()).save(OUT / "orientation_99.jpg", quality=95, subsampling=0, exif=exif(orientation=99))
    note("orientation_99.jpg", "jpeg")
    Image.fromarray(picture()).save(OUT / "orientation_6.png", exif=exif(orientation=6))
    note("orientation_6.png", "png", turned(QUARTERS, 6), (H, W), 0)
    Image.fromarray(picture()).save(OUT / "orientation_8.webp", lossless=True, exif=exif(orientation=8))
    note("orientation_8.webp", "webp", turned(QUARTERS, 8), (H, W), 0)
    Image.fromarray(picture()).save(OUT / "orientation_3.tiff", tiffinfo={274: 3})
    note("orientation_3.tiff", "tiff", turned(QUARTERS, 3), tolerance=0)


def described():
    tags = {"maker": "Canon", "model": "Canon EOS 40D", "taken": "2008:05:30 15:56:01", "offset": "+03:00"}
    said = {"takenAt": "2008-05-30T15:56:01", "utcOffsetMinutes": 180, "camera": "Canon EOS 40D"}
    block = exif(**tags)
    rgb = Image.fromarray(picture())
    rgb.save(OUT / "camera.jpg", quality=95, subsampling=0, exif=block)
    note("camera.jpg", "jpeg", **said)
    rgb.save(OUT / "camera.png", exif=block)
    note("camera.png", "png", tolerance=0, **said)
    rgb.save(OUT / "camera.webp", lossless=True, exif=block)
    note("camera.webp", "webp", tolerance=0, **said)
    # HEIF turns pictures by properties of its own: the orientation in its EXIF must do nothing.
    rgb.save(OUT / "turned.jpg", quality=95, subsampling=0, exif=exif(orientation=6, **tags))
    vips("copy", OUT / "turned.jpg", f"{OUT}/camera.heic[compression=hevc,Q=90]")
    (OUT / "turned.jpg").unlink()
    note("camera.heic", "heic", tolerance=14, **said)
    rgb.save(OUT / "camera.tiff", tiffinfo={271: "ACME", 272: "Snapper 2"})
    note("camera.tiff", "tiff", tolerance=0, camera="ACME Snapper 2")
    broken = bytearray(block)
    broken[14:] = bytes((7 * i) % 256 for i in range(len(broken) - 14))
    rgb.save(OUT / "broken_exif.jpg", quality=95, subsampling=0, exif=bytes(broken))
    note("broken_exif.jpg", "jpeg")


def profile(name, red, green, blue, gamma=2.2):
    """A small matrix profile, written by the layout of ICC.1:2001."""
    def xyz(value):
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(v * 65536)) for v in value)
    text = name.encode() + b"\0"
    desc = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * 78
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    tags = [(b"desc", desc), (b"cprt", b"text\0\0\0\0none\0\0\0\0"), (b"wtpt", xyz((0.9642, 1.0, 0.8249))),
            (b"rXYZ", xyz(red)), (b"gXYZ", xyz(green)), (b"bXYZ", xyz(blue)),
            (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)]
    table, body, offset = b"", b"", 128 + 4 + 12 * len(tags)
    for tag, data in tags:
        data += b"\0" * (-len(data) % 4)
        table += tag + struct.pack(">II", offset + len(body), len(data))
        body += data
    size = offset + len(body)
    head = struct.pack(">I4sI4s4s4s6H4sI4s", size, b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ",
                       2024, 1, 1, 0, 0, 0, b"acsp", 0, b"\0\0\0\0")
    head = head.ljust(68, b"\0") + struct.pack(">iii", round(0.9642 * 65536), 65536, round(0.8249 * 65536))
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def coloured():
    # sRGB's primaries, red and blue exchanged: what the file calls red is blue.
    red, green, blue = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
    swapped = profile("Lik test: red and blue exchanged", blue, green, red)
    rgb = Image.fromarray(picture())
    rgb.save(OUT / "swapped_profile.png", icc_profile=swapped)
    with tempfile.NamedTemporaryFile(suffix=".icc") as file:
        file.write(swapped)
        file.flush()
        seen = np.array(ImageCms.profileToProfile(
            rgb, file.name, ImageCms.createProfile("sRGB"), ImageCms.Intent.RELATIVE_COLORIMETRIC))
    colours = [seen[y, x].tolist() for y in (H // 4, 3 * H // 4) for x in (W // 4, 3 * W // 4)]
    note("swapped_profile.png", "png", colours, tolerance=2)
    rgb.save(OUT / "broken_profile.png", icc_profile=b"\0\0\1\0" + b"no profile at all" * 12)
    note("broken_profile.png", "png", tolerance=0)
    rgb.save(OUT / "broken_profile.jpg", quality=95, subsampling=0, icc_profile=swapped[:200])
    note("broken_profile.jpg", "jpeg")
    # The name says sRGB, so the exchanged primaries must not be looked at.
    rgb.save(OUT / "named_srgb.png", icc_profile=profile("sRGB IEC61966-2.1", blue, green, red))
    note("named_srgb.png", "png", tolerance=0)


def bitmap(name, bits, rows, colours=QUARTERS, palette=(), compression=0, masks=b"", top_down=False, header=40,
           tolerance=0):
    table = b"".join(bytes((b, g, r)) + (b"" if header == 12 else b"\0") for r, g, b in palette)
    offset = 14 + header + (len(masks) if header == 40 else 0) + len(table)
    if header == 12:
        info = struct.pack("<IHHHH", 12, W, H, 1, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", header, W, -H if top_down else H, 1, bits, compression, len(rows),
                           2835, 2835, len(palette), 0)
        info = (info + masks).ljust(header, b"\0")
    file = b"BM" + struct.pack("<IHHI", offset + len(rows), 0, 0, offset) + info + table + rows
    (OUT / name).write_bytes(file)
    note(name, "bmp", colours, tolerance=tolerance)


def bitmaps():
    index = np.repeat(np.repeat(np.array([[0, 1], [2, 3]], np.uint8), H // 2, 0), W // 2, 1)
    upward = index[::-1]

    def packed(bits):
        rows = []
        for row in upward:
            binary = "".join(format(v, f"0{bits}b") for v in row)
            data = bytes(int(binary[i:i + 8], 2) for i in range(0, len(binary), 8))
            rows.append(data + b"\0" * (-len(data) % 4))
        return b"".join(rows)

    bits = [(0, 0, 0), (255, 255, 255)] * 2
    one = np.where(upward % 2, 1, 0)
    bitmap("one_bit.bmp", 1, b"".join(np.packbits(r.astype(np.uint8)).tobytes().ljust(8, b"\0") for r in one), bits,
           [(0, 0, 0), (255, 255, 255)])
    bitmap("four_bits.bmp", 4, packed(4), palette=QUARTERS)
    bitmap("eight_bits.bmp", 8, packed(8), palette=QUARTERS)
    bitmap("os2.bmp", 8, packed(8), palette=QUARTERS + [(0, 0, 0)] * 252, header=12)
    rgb = picture()
    bgr = rgb[::-1, :, ::-1]
    bitmap("true_colour.bmp", 24, bgr.tobytes())
    bitmap("top_down.bmp", 24, rgb[:, :, ::-1].tobytes(), top_down=True)
    bitmap("thirty_two.bmp", 32, np.dstack([bgr, np.zeros((H, W), np.uint8)]).tobytes())
    red, green, blue = (rgb[::-1, :, i].astype(np.uint16) for i in range(3))
    bitmap("fifteen_bits.bmp", 16, ((red >> 3) << 10 | (green >> 3) << 5 | blue >> 3).astype("<u2").tobytes(),
           tolerance=8)
    bitmap("fields_565.bmp", 16, ((red >> 3) << 11 | (green >> 2) << 5 | blue >> 3).astype("<u2").tobytes(),
           compression=3, masks=struct.pack("<III", 0xF800, 0x07E0, 0x001F), tolerance=8)
    alphas = np.repeat(np.repeat(np.array([[0, 128], [255, 255]], np.uint8), H // 2, 0), W // 2, 1)[::-1]
    flat = [[round((v * a + 255 * (255 - a)) / 255) for v in c] for c, a in zip(QUARTERS, [0, 128, 255, 255])]
    bitmap("fields_alpha.bmp", 32, np.dstack([rgb[::-1], alphas]).tobytes(), flat, compression=3, header=124,
           masks=struct.pack("<IIII", 0xFF, 0xFF00, 0xFF0000, 0xFF000000), tolerance=1)
    runs8 = b"".join(bytes((W // 2, r[0], W // 2, r[-1], 0, 0)) for r in upward) + b"\0\1"
    bitmap("runs_8.bmp", 8, runs8, palette=QUARTERS, compression=1)
    # Each row as a stretch of single pixels and a run.
    literal = b"".join(
        bytes((0, W // 2)) + bytes([r[0] << 4 | r[0]] * (W // 4)) + bytes((W // 2, r[-1] << 4 | r[-1], 0, 0))
        for r in upward)
    bitmap("runs_4.bmp", 4, literal + b"\0\1", palette=QUARTERS, compression=2)


OUT.mkdir(parents=True, exist_ok=True)
plain()
oriented()
described()
coloured()
bitmaps()
(OUT.parent / "photos.json").write_text(json.dumps(expected, indent=1, sort_keys=True) + "\n")
print(len(expected), "photos,", sum(p.stat().st_size for p in OUT.iterdir()), "bytes")
