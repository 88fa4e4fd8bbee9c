"""PNG files made here, small ones and one that claims to be enormous."""
import struct
import zlib


def chunk(kind, content):
    return struct.pack("!I", len(content)) + kind + content + struct.pack("!I", zlib.crc32(kind + content))


def png(width, height, depth, rows):
    """A grey PNG; `rows` yields the bytes of each row, without its filter byte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" + row) for row in rows) + packer.flush()
    header = struct.pack("!IIBBBBB", width, height, depth, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def grey_png(width, height):
    return png(width, height, 8, (b"\x80" * width for _ in range(height)))


def bomb(side=30_000):
    """900 million white pixels in about a hundred kilobytes."""
    row = b"\xff" * -(-side // 8)
    return png(side, side, 1, (row for _ in range(side)))
