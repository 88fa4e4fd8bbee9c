"""A network of the check's own, and in it a second machine whose link can be cut."""
import os
import shutil
import subprocess

OWN = "LIK_CHECK_NETWORK"
HERE, THERE = "10.99.0.1", "10.99.0.2"
SUBNET = "10.99.0.0/24"
NAME, LINK, PEER = "lik", "lik0", "lik1"


# Names of namespaces are files below /run, which would be left there and be in the way of the next run.
OWN_NAMES = "mkdir -p /run/netns && mount -t tmpfs tmpfs /run/netns"


def own_network(argv):
    """Goes on in network and mount namespaces of its own, so that nothing outlives the check: argv begins again. In words
    why that cannot be; None when it is so."""
    if os.environ.get(OWN):
        run("sh", "-c", OWN_NAMES)
        run("ip", "link", "set", "lo", "up")
        return None
    if os.geteuid() != 0 or not shutil.which("ip") or not shutil.which("unshare"):
        return "a link of one's own to cut needs root and iproute2."
    command = ["unshare", "--net", "--mount"]
    if subprocess.run([*command, "sh", "-c", OWN_NAMES + " && ip netns add probe"], capture_output=True).returncode != 0:
        return "this system gives no network namespaces."
    os.environ[OWN] = "own"
    os.execvp(command[0], [*command, *argv])


class SecondMachine:
    """A network namespace at the other end of a cable."""

    def __init__(self):
        run("ip", "netns", "add", NAME)
        run("ip", "link", "add", LINK, "type", "veth", "peer", "name", PEER)
        run("ip", "link", "set", PEER, "netns", NAME)
        run("ip", "addr", "add", HERE + "/24", "dev", LINK)
        run("ip", "link", "set", LINK, "up")
        run("ip", "-n", NAME, "addr", "add", THERE + "/24", "dev", PEER)
        run("ip", "-n", NAME, "link", "set", PEER, "up")
        run("ip", "-n", NAME, "link", "set", "lo", "up")

    # What begins a command over there.
    prefix = ["ip", "netns", "exec", NAME]

    def cut(self):
        """From here on nothing gets through. Our end goes down, and theirs has no carrier."""
        run("ip", "link", "set", LINK, "down")

    def mend(self):
        run("ip", "link", "set", LINK, "up")


def run(*command):
    subprocess.run(command, check=True)
