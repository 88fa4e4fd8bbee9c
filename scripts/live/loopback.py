"""A loopback of one's own, on which every port is free."""
import fcntl
import os
import shutil
import socket
import struct
import subprocess

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1
OWN = "LIK_CHECK_LOOPBACK"


def own_loopback(argv):
    """Goes on in a network namespace of its own where the system lets it: argv begins again. What is to be fetched has
    to be there already."""
    if os.environ.get(OWN) == "own":
        _raise_loopback()
    if os.environ.get(OWN):
        return
    command = ["unshare", "--net"] + (["--map-root-user"] if os.geteuid() != 0 else [])
    may = shutil.which("unshare") and subprocess.run([*command, "true"], capture_output=True).returncode == 0
    os.environ[OWN] = "own" if may else "none"
    if may:
        os.execvp(command[0], [*command, *argv])


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False


def _raise_loopback():
    request = struct.pack("16sh14x", b"lo", 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        _, flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, SIOCGIFFLAGS, request))
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))
